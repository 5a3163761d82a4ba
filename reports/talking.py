"""Comments to colleagues: who may say what, and which stand beside a section."""

from collections import Counter
from dataclasses import dataclass

from accounts.models import User

from .closed import closed_in
from .models import Report, ReportComment
from .places import places_of

WHOLE = "The whole report"


@dataclass(frozen=True)
class Thread:
    """A comment with its answers, and of which section it is."""

    comment: ReportComment
    name: str


def threads_on(report: Report, user: User, *keys: str) -> list[Thread]:
    """Those that the person may read; of those sections where any are named, an empty key is the whole report."""
    rows = ReportComment.objects.filter(report=report).visible_to(user)
    found = (rows.filter(key__in=keys) if keys else rows).threads()
    names = {place.key: place.name for place in places_of(report.style)} | {"": WHOLE}
    return [Thread(comment, names.get(comment.key, comment.key)) for comment in found]


def unresolved_of(report: Report, user: User) -> Counter[str]:
    """How many threads of each section wait for somebody."""
    rows = ReportComment.objects.filter(report=report).visible_to(user).unresolved()
    return Counter(rows.values_list("key", flat=True))


def why_not_comment(report: Report, key: str, by: User) -> str | None:
    """Beside a closed section only those on its list; while it is written."""
    if report.state == Report.State.ISSUED:
        return "This report was issued. What is to be said of it now is for its next version."
    if key and key not in {place.key for place in places_of(report.style)}:
        return "The house style of this report has no such section."
    hidden = {one.key for one in closed_in(report) if one.part == "section"}
    if key in hidden and not report.texts.visible_to(by).filter(key=key).exists():
        return "This section is closed, and you are not on its access list."
    return None


def why_not_resolve(comment: ReportComment) -> str | None:
    """A thread, once."""
    if comment.reply_to_id:
        return "An answer is resolved with the comment that it answers."
    if comment.resolved_at:
        return "This comment was resolved already."
    return None
