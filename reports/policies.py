"""May this be done now: the reason why not, or None."""

from django.db.models import Q

from accounts.models import User
from boroughs.models import Borough, DutyRound
from boroughs.policies import ChangedMeanwhile, Refused

from .checks.finding import Found
from .checks.standing import Checked
from .clearing import why_not_cleared
from .closed import closed_in
from .models import HouseStyle, Issue, Rendering, Report, ReportText, Waiver
from .places import APPENDICES, LISTS, front_places, places_of

__all__ = [
    "ChangedMeanwhile",
    "Refused",
    "why_not_approve",
    "why_not_close_section",
    "why_not_done_by",
    "why_not_issue",
    "why_not_pass",
    "why_not_publish",
    "why_not_remove_style",
    "why_not_reopen",
    "why_not_retry",
    "why_not_take_back",
    "why_not_take_down",
    "why_not_use_style",
    "why_not_waive",
    "why_not_withdraw",
    "why_not_write",
    "why_not_write_section",
]
State = Report.State


# -- Writing ----------------------------------------------------------------------------------------
def why_not_write(report: Report) -> str | None:
    """What was issued stays as it is; another version is begun from it."""
    if report.state == State.ISSUED:
        return "This report was issued. Begin a new version of it to change it."
    return None


def why_not_write_section(report: Report, key: str, by: User) -> str | None:
    """Only places of the report's style, and a closed section only by who may read it."""
    known = {place.key for place in places_of(report.style)}
    if key not in known | set(front_places(report.style)) | {APPENDICES}:
        return "The house style of this report has no such section."
    hidden = {one.key for one in closed_in(report) if one.part == "section"}
    if key in hidden and not report.texts.visible_to(by).filter(key=key).exists():
        return "This section is closed, and you are not on its access list."
    return why_not_write(report)


def why_not_close_section(report: Report, key: str, text: ReportText | None) -> str | None:
    """A section that is narrative and open, also before anything is written in it."""
    if why := why_not_write(report):
        return why
    if key in LISTS:
        return "Recommendations and background papers are always public. Move what is closed into an appendix."
    if text and text.closure and text.closure.released_at is None:
        return "This section is closed already."
    return None


# -- From hand to hand --------------------------------------------------------------------------------
def why_not_approve(report: Report, found: Checked) -> str | None:
    """Only what passes the checks and was cleared goes to democratic services."""
    if report.state in Report.HANDED_OVER:
        return "This report was approved already."
    if report.meeting is None:
        return "Choose the meeting first: it goes to democratic services for an agenda."
    return why_not_cleared(report) or why_not_pass(found)


def why_not_pass(found: Checked) -> str | None:
    """Something stands in the way that was neither put right nor waived."""
    return None if found.passes else f"{found.summary} See the checks before issue."


def why_not_reopen(report: Report) -> str | None:
    """A new version is begun of what was issued; what is approved goes back to be written."""
    if report.state not in Report.HANDED_OVER:
        return "This report is being written already."
    return None


def why_not_issue(report: Report, found: Checked) -> str | None:
    """Approved, not issued since, and still passing the checks."""
    if report.state == State.ISSUED:
        return "This report was issued already."
    if report.state != State.CLEARED:
        return "This report has not been approved yet. The lead approves it."
    return why_not_pass(found)


def why_not_waive(report: Report, found: Found | None) -> str | None:
    """What is found now, may be waived, and is not yet."""
    if report.state == State.ISSUED:
        return "This report was issued already."
    if found is None:
        return "This is found no more, or what it is about has changed."
    if found.blocking:
        return "This has to be put right. It cannot be waived."
    if report.waivers.standing().filter(check_key=found.key, subject=found.subject).exists():
        return "This was waived already."
    return None


def why_not_take_back(waiver: Waiver) -> str | None:
    """Once, while the report was not issued on it."""
    if waiver.taken_back_at:
        return "This waiver was taken back already."
    if waiver.report.state == State.ISSUED:
        return "The report was issued on this waiver."
    return None


def why_not_publish(issue: Issue) -> str | None:
    """Once, where the borough has turned its public pages on, and never after a take-down."""
    if issue.taken_down_at:
        return "This version was taken down."
    if issue.published_at:
        return "This version was published already."
    if place := _hiding(issue):
        return f"The file of appendix {place} holds something its readers would not see. Clear it on the paper’s page first."
    if not hasattr(issue.borough, "public_register"):
        return "The borough’s public pages are off. A lead turns them on under Council."
    return None


def _hiding(issue: Issue) -> int | None:
    """The first open appendix with something hidden that nobody has cleared."""
    hidden = Q(version__findings__isnull=False, version__findings__cleared_at=None)
    rows = issue.appendices.filter(hidden, version__paper__closure=None)
    return rows.values_list("place", flat=True).first()


def why_not_withdraw(issue: Issue) -> str | None:
    """Only what is public now."""
    return None if issue.is_public else "This version is not on the public pages."


def why_not_take_down(issue: Issue) -> str | None:
    return "This version was taken down already." if issue.taken_down_at else None


# -- Renderings ---------------------------------------------------------------------------------------
def why_not_retry(rendering: Rendering) -> str | None:
    """Only what failed is tried again, and nothing of a version that was taken down."""
    if rendering.issue and rendering.issue.taken_down_at:
        return "This version was taken down."
    if rendering.state == Rendering.State.FAILED:
        return None
    return "This PDF is ready." if rendering.finished else "This PDF is being made already."


# -- Duties -------------------------------------------------------------------------------------------
def why_not_done_by(round: DutyRound, report: Report | None) -> str | None:
    """What was missed was done by no report; a report is of its own council."""
    if report is None:
        return None
    if round.done_on is None:
        return "This was missed. A report can be named only for a duty that was done."
    if report.borough_id != round.duty.borough_id:
        return "This report is another council’s."
    return None


# -- House styles -------------------------------------------------------------------------------------
def why_not_use_style(borough: Borough, style: HouseStyle) -> str | None:
    """A style that ships is for everybody, and a borough's own for its own reports."""
    if style.borough_id in (None, borough.pk):
        return None
    return "This house style is another council’s."


def why_not_remove_style(style: HouseStyle) -> str | None:
    """A style stays as long as a report is laid out in it or the next ones will be."""
    if style.choices.exists():
        return "This is the council’s house style. Choose another one first."
    if style.reports.exists():
        return "Reports are laid out in this style. It stays for them."
    return None
