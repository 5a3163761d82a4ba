from .assessment import Adoption, Assessment
from .evidence import Evidence
from .post import BenchmarkPost
from .prompt import LocalPrompt, PromptAnswer
from .rating import Rating
from .rule import RoundRule, rule_of
from .served import ServedBenchmark, actions_serving
from .sign_off import SignedRating, SignedText, SignOff
from .version import Benchmark, Crossing, Level, Prompt, Scale, ToolkitVersion, benchmark_of

__all__ = [
    "Adoption",
    "Assessment",
    "Benchmark",
    "BenchmarkPost",
    "Crossing",
    "Evidence",
    "Level",
    "LocalPrompt",
    "Prompt",
    "PromptAnswer",
    "Rating",
    "RoundRule",
    "Scale",
    "ServedBenchmark",
    "SignOff",
    "SignedRating",
    "SignedText",
    "ToolkitVersion",
    "actions_serving",
    "benchmark_of",
    "rule_of",
]
