"""May this be done with a paper now: each rule returns the reason why not, or None."""

from typing import Any

from django.conf import settings
from django.db import connection

from boroughs.models import Borough

from .models import Paper, PaperFinding, PaperUse, PaperVersion

MEANWHILE = (
    "Somebody else changed this paper while you were writing. What it says now stands below your answers: "
    "compare them, and save again."
)
NOT_SEALED = (
    "Not every file of this paper is sealed yet: one still lies on the server’s disk as it did while the paper was open. Nobody but "
    "the people on the access list gets it from the portal. The portal keeps trying; if you still read this tomorrow, tell the "
    "administrator of the portal."
)


def why_not_keep(borough: Borough, size: int) -> str | None:
    """A borough's files share a quota; closed ones count and are not told apart."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT papers_used(%s)", [borough.pk])
        used = int(cursor.fetchone()[0])
    if used + size <= settings.FILES_QUOTA:
        return None
    return f"{borough} has used up the room it has for files. Ask the administrator of the portal for more."


def why_not_close(paper: Paper) -> str | None:
    """What is closed is not closed twice; what was released may be closed again."""
    return "This paper is closed already." if paper.is_closed else None


def why_not_clear(finding: PaperFinding) -> str | None:
    """A finding is cleared once."""
    return "Somebody has cleared this already." if finding.cleared_at else None


def why_not_publish(version: PaperVersion) -> str | None:
    """A paper goes to the public only when what is hidden in its file has been looked at (issue of a report, release)."""
    if version.paper.is_closed:
        return "This paper is closed."
    if left := version.uncleared():
        things = "; ".join(str(finding) for finding in left)
        return f"The file holds what its reader would not see: {things}. Take it out and add a new version, or clear it with a reason."
    return None


def why_not_use(paper: Paper, kind: str, to: Any) -> str | None:
    """A paper belongs once to a record of its own borough."""
    if paper.borough_id != to.borough_id:
        return "This paper is another council’s."
    if PaperUse.objects.filter(paper=paper, **{kind: to}).exists():
        return "This paper is linked already."
    return None
