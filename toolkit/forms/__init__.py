from .assessment import AdoptionForm, AssessmentForm
from .rating import RatingForm

__all__ = ["AdoptionForm", "AssessmentForm", "RatingForm"]
