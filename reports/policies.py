"""May this be done now: the reason why not, or None."""

from boroughs.policies import Refused

from .models import Rendering, Report

__all__ = ["Refused", "WrittenMeanwhile", "why_not_retry"]


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
