from .adoption import version_adopt
from .assessment import assessment, assessment_list, assessment_open
from .rating import rating, rating_history

__all__ = [
    "assessment",
    "assessment_list",
    "assessment_open",
    "rating",
    "rating_history",
    "version_adopt",
]
