"""May this be done now: the reason why not, or None."""

from boroughs.models import DutyRound
from boroughs.policies import Refused

from .models import Rendering, Report

__all__ = ["Refused", "WrittenMeanwhile", "why_not_done_by", "why_not_retry"]


class WrittenMeanwhile(Exception):
    """Somebody else saved the report's text since the page was opened; `now` is the report as they left it."""

    def __init__(self, now: Report) -> None:
        self.now = now
        super().__init__("Somebody else changed the report while you were writing.")


def why_not_retry(rendering: Rendering) -> str | None:
    """Only what failed is tried again."""
    if rendering.state == Rendering.State.FAILED:
        return None
    return "This PDF is ready." if rendering.finished else "This PDF is being made already."


def why_not_done_by(round: DutyRound, report: Report | None) -> str | None:
    """What was missed was done by no report; a report is of its own council."""
    if report is None:
        return None
    if round.done_on is None:
        return "This was missed. A report can be named only for a duty that was done."
    if report.borough_id != round.duty.borough_id:
        return "This report is another council’s."
    return None
