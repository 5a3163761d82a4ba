from .assessment import AdoptionForm, AssessmentForm
from .evidence import EvidenceForm, PostsForm
from .rating import RatingForm
from .round import ReopenForm, RoundRuleForm, SignOffForm, SubmitForm, UnchangedForm
from .served import ServedForm

__all__ = [
    "AdoptionForm",
    "AssessmentForm",
    "EvidenceForm",
    "PostsForm",
    "RatingForm",
    "ReopenForm",
    "RoundRuleForm",
    "ServedForm",
    "SignOffForm",
    "SubmitForm",
    "UnchangedForm",
]
