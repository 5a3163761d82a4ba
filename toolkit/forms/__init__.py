from .added import VersionFileForm
from .assessment import AdoptionForm, AssessmentForm, OtherPeriodForm
from .comparison import ComparisonForm
from .evidence import EvidenceForm, PostsForm
from .prompts import AnswersForm, WordingForm
from .rating import RatingForm
from .round import ReopenForm, RoundRuleForm, SignOffForm, SubmitForm, UnchangedForm
from .served import ServedForm

__all__ = [
    "AdoptionForm",
    "AnswersForm",
    "AssessmentForm",
    "ComparisonForm",
    "EvidenceForm",
    "OtherPeriodForm",
    "PostsForm",
    "RatingForm",
    "ReopenForm",
    "RoundRuleForm",
    "ServedForm",
    "SignOffForm",
    "SubmitForm",
    "UnchangedForm",
    "VersionFileForm",
    "WordingForm",
]
