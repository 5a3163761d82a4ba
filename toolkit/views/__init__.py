from .adoption import version_adopt
from .assessment import assessment, assessment_list, assessment_open
from .rating import rating, rating_history
from .served import action_serves

__all__ = [
    "action_serves",
    "assessment",
    "assessment_list",
    "assessment_open",
    "rating",
    "rating_history",
    "version_adopt",
]
