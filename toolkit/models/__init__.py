from .assessment import Adoption, Assessment
from .rating import Rating
from .rule import RoundRule, rule_of
from .served import ServedBenchmark, actions_serving
from .sign_off import SignedRating, SignedText, SignOff
from .version import Benchmark, Crossing, Level, Prompt, Scale, ToolkitVersion

__all__ = [
    "Adoption",
    "Assessment",
    "Benchmark",
    "Crossing",
    "Level",
    "Prompt",
    "Rating",
    "RoundRule",
    "Scale",
    "ServedBenchmark",
    "SignOff",
    "SignedRating",
    "SignedText",
    "ToolkitVersion",
    "actions_serving",
    "rule_of",
]
