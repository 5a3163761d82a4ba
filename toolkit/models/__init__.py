from .assessment import Adoption, Assessment, Rating
from .served import ServedBenchmark, actions_serving
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
    "ServedBenchmark",
    "ToolkitVersion",
    "actions_serving",
]
