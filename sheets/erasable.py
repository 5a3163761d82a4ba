"""What of an import can be erased: what its workbook said, row by row."""

from uuid import UUID

from accounts.models import User
from boroughs.models import Borough
from boroughs.purging import Erasable, Kind, also, offer
from boroughs.retention import review
from boroughs.roles import Perm

from .models import sheets_of


def sheet(borough: Borough, user: User, granted: frozenset[str], record: UUID) -> Erasable | None:
    if Perm.KEEP_RECORD not in granted:
        return None
    found = sheets_of(borough, user).filter(pk=record).first()
    if found is None:
        return None
    closure = found.plan.strategy.closure if found.plan else None
    return Erasable(str(found), found.get_absolute_url(), {"": "All of its rows"}, closure)


offer(Kind("sheet", "The rows of an imported workbook", sheet, ["sheets_purge"]))
for kind in ("action", "review", "recommendation", "figure", "activity", "rating", "assessment"):
    also(kind, "sheets_purge_copies")
review("sheet", "sheets_review")
