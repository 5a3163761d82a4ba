from .assessment import Adoption, Assessment, Rating
from .version import Benchmark, Crossing, Level, Prompt, Scale, ToolkitVersion

__all__ = [
    "Adoption",
    "Assessment",
    "Benchmark",
    "Crossing",
    "Level",
    "Prompt",
    "Rating",
    "Scale",
    "ToolkitVersion",
]
