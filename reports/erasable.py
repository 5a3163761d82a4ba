"""What of a report can be erased: its title, a text, or all of it; the PDFs that carry it go with it."""

from uuid import UUID

from accounts.models import User
from boroughs.models import Borough
from boroughs.purging import Erasable, Kind, also, offer
from boroughs.retention import review
from boroughs.roles import Perm

from .forms import ReportForm


def report(borough: Borough, user: User, granted: frozenset[str], record: UUID) -> Erasable | None:
    """For those who write reports, and for those who read this one as it was made."""
    found = (
        borough.reports.select_related("style", "assessment", "borough").filter(pk=record).first()
    )
    if found is None or Perm.READ_REPORTS not in granted:
        return None
    if Perm.COMPOSE not in granted and not found.renderings.ready().exists():
        return None
    form = ReportForm(report=found)
    texts = {key: str(form.fields[key].label) for key in form.places}
    parts = {"title": "The title", **texts, "": "All of it"}
    return Erasable(found.title, found.get_absolute_url(), parts)


offer(Kind("report", "The text of a report", report, ["reports_purge"]))
for kind in ("rating", "assessment", "paper", "action", "indicator"):
    also(kind, "reports_purge")
review("report", "reports_review")
