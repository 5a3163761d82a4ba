from .asked import AskedBenchmark, asked_about
from .assessment import Adoption, Assessment
from .draft import RatingDraft
from .evidence import Evidence
from .post import BenchmarkPost
from .prompt import LocalPrompt, PromptAnswer, PromptSheet
from .rating import Rating
from .rule import RoundRule, rule_of
from .served import ServedBenchmark, actions_serving
from .sign_off import SignedAnswer, SignedEvidence, SignedRating, SignedText, SignOff
from .version import Benchmark, Crossing, Level, Prompt, Scale, ToolkitVersion, benchmark_of
from .wording import LONGEST_MEANING, LevelWording

__all__ = [
    "LONGEST_MEANING",
    "Adoption",
    "AskedBenchmark",
    "Assessment",
    "Benchmark",
    "BenchmarkPost",
    "Crossing",
    "Evidence",
    "Level",
    "LevelWording",
    "LocalPrompt",
    "Prompt",
    "PromptAnswer",
    "PromptSheet",
    "Rating",
    "RatingDraft",
    "RoundRule",
    "Scale",
    "ServedBenchmark",
    "SignOff",
    "SignedAnswer",
    "SignedEvidence",
    "SignedRating",
    "SignedText",
    "ToolkitVersion",
    "actions_serving",
    "asked_about",
    "benchmark_of",
    "rule_of",
]
