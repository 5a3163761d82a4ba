from .assessment import AdoptionForm, AssessmentForm
from .rating import RatingForm
from .round import ReopenForm, RoundRuleForm, SignOffForm, SubmitForm, UnchangedForm
from .served import ServedForm

__all__ = [
    "AdoptionForm",
    "AssessmentForm",
    "RatingForm",
    "ReopenForm",
    "RoundRuleForm",
    "ServedForm",
    "SignOffForm",
    "SubmitForm",
    "UnchangedForm",
]
