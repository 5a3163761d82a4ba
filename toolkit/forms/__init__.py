from .added import VersionFileForm
from .assessment import AdoptionForm, AssessmentForm, MoveForm, OtherPeriodForm
from .comparison import ComparisonForm
from .evidence import EvidenceForm, PostsForm
from .letter import RecommendForm
from .prompts import AnswersForm, WordingForm
from .rating import RatingForm
from .round import ReopenForm, RoundRuleForm, SignOffForm, SubmitForm, UnchangedForm
from .served import ServedForm
from .wording import LevelsForm

__all__ = [
    "AdoptionForm",
    "AnswersForm",
    "AssessmentForm",
    "ComparisonForm",
    "EvidenceForm",
    "LevelsForm",
    "MoveForm",
    "OtherPeriodForm",
    "PostsForm",
    "RatingForm",
    "RecommendForm",
    "ReopenForm",
    "RoundRuleForm",
    "ServedForm",
    "SignOffForm",
    "SubmitForm",
    "UnchangedForm",
    "VersionFileForm",
    "WordingForm",
]
