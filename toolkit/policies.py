"""May this be done now: the reason why not, or None."""

import datetime as dt

from boroughs.policies import Refused

from .models import Assessment, Level, Rating, ToolkitVersion

__all__ = ["ChangedMeanwhile", "Refused", "why_not_open", "why_not_rate", "why_not_this_rating"]


class ChangedMeanwhile(Exception):
    """Somebody else saved this benchmark since the page was opened; `now` is what they saved."""

    def __init__(self, now: Rating) -> None:
        self.now = now
        super().__init__("Somebody else changed this benchmark while you were writing.")


def why_not_open(assessment: Assessment) -> str | None:
    """Why this assessment may not be opened as a new one; it is not saved yet."""
    if assessment.ends_on < assessment.starts_on:
        return "The period must end on or after the day it begins."
    if assessment.ends_on - assessment.starts_on > dt.timedelta(days=366):
        return "A period is a year at most."
    if (
        assessment.same_line()
        .filter(starts_on=assessment.starts_on, ends_on=assessment.ends_on)
        .exists()
    ):
        return f"There is an assessment for {assessment.period} by this assessor already."
    if later := assessment.same_line().filter(ends_on__gte=assessment.ends_on).first():
        return f"There is a later assessment already, for {later.period}. A new period must end after it."
    return None


def why_not_rate(assessment: Assessment) -> str | None:
    """Ratings are kept as they were once a later period has been opened."""
    following = assessment.following()
    if following is None:
        return None
    return f"{assessment.period} is closed: {following.period} was opened after it. Change the ratings there."


def why_not_this_rating(
    version: ToolkitVersion, level: Level | None, standing: str, reason: str
) -> str | None:
    """Whether level, standing and reason go together."""
    if level and level.scale_id != version.scale_id:
        return "Choose a rating of this toolkit's scale."
    if standing == Rating.Standing.NOT_APPLICABLE and level:
        return "A benchmark that does not apply has no rating. Choose “Not rated”, or say that it is rated as usual."
    if standing and not reason.strip():
        return "Give the reason why this benchmark is not rated as usual."
    return None
