from .assessment import AdoptionForm, AssessmentForm
from .rating import RatingForm
from .served import ServedForm

__all__ = ["AdoptionForm", "AssessmentForm", "RatingForm", "ServedForm"]
