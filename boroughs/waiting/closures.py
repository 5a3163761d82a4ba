"""Closures to look at again, requests for what is closed, and what waits for a decision to erase it."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, TextField, Value
from django.db.models.functions import Coalesce, JSONObject, NullIf

from boroughs.closure_policies import missing_from
from boroughs.models import AccessRequest, Closure, ClosureParagraph
from boroughs.purging import KINDS
from boroughs.roles import Perm

from .shape import CLOSED, Group, Reader, Rows, Sort, When, arm, closed_by, item


def _label(kind: str, _: int = 0) -> str:
    return KINDS[kind].label if kind in KINDS else kind


REQUEST = Sort(
    "access-request",
    "Requests to read a closed record",
    "boroughs:request-answer",
    when=When.ASKED,
    say=lambda title, _: f"{title} waits for an answer",
)
SHOW = ("boroughs:closure-show", ("key",), When.REVIEW)
REVIEW = Sort("closure-review", "Closures due for review", *SHOW)
INCOMPLETE = Sort("closure-incomplete", "Incomplete closures", *SHOW)
ERASE = Sort(
    "purge-decide",
    "Erasures that wait for a second person",
    "boroughs:purge-decide",
    when=When.ASKED,
    say=_label,
)
RETENTION = Sort(
    "retention-decide", "Records whose time is over", "boroughs:retention-decide", say=_label
)
SORTS = (REQUEST, REVIEW, INCOMPLETE, ERASE, RETENTION)
LINE = Coalesce(NullIf("public_line", Value("")), Value("A closed record"))


def _theirs(reader: Reader) -> Any:
    """Closures in force that the reader looks after: every one for who sees the lists, else those on whose list they stand."""
    in_force = reader.borough.closures.in_force()
    if Perm.SEE_LISTS in reader.granted:
        return in_force
    if Perm.KEEP_PAPERS in reader.granted:
        return in_force.filter(pk__in=reader.listed)
    return in_force.none()


def arms(reader: Reader, most: int) -> list[Rows]:
    found: list[Rows] = []
    if {Perm.SEE_LISTS, Perm.KEEP_PAPERS} & reader.granted:
        due = _theirs(reader).filter(case__review_on__lte=reader.today)
        said: dict[str, Any] = {"title": LINE, "due": "case__review_on", "closed": CLOSED}
        found.append(arm(REVIEW, due, most=most, **said))
    if Perm.MANAGE_LISTS in reader.granted:
        asked = AccessRequest.objects.waiting().filter(closure__borough=reader.borough)
        asked = asked.exclude(asked_by=reader.user)
        said = {"title": "asked_by__name", "due": "asked_at", "closed": CLOSED}
        found.append(arm(REQUEST, asked, most=most, **said))
    if Perm.ERASE in reader.granted:
        found += _erasures(reader, most)
    return found


def _erasures(reader: Reader, most: int) -> list[Rows]:
    asked = reader.borough.purges.waiting().exclude(asked_by=reader.user)
    over = reader.borough.retention_reviews.waiting()
    closed = closed_by("closure")
    return [
        arm(ERASE, asked, title="kind", due="asked_at", closed=closed, most=most),
        arm(RETENTION, over, title="kind", due="due_on", closed=closed, most=most),
    ]


def incomplete(reader: Reader, most: int) -> list[Group]:
    """Closures that do not say yet what the law asks for. That is said in one place, and not in SQL: a statement of its own."""
    if not {Perm.SEE_LISTS, Perm.KEEP_PAPERS} & reader.granted:
        return []
    claims = ClosureParagraph.objects.filter(closure=OuterRef("pk")).order_by("key")
    claimed = ArraySubquery(claims.values(claim=JSONObject(key="key", reason="reason")))
    rows = (
        _theirs(reader)
        .select_related("case")
        .annotate(claims=claimed, line=Coalesce(LINE, Value(""), output_field=TextField()))
    )
    lacking = [closure for closure in rows.order_by("closed_at", "pk") if _missing(closure)]
    if not lacking:
        return []
    lines = [
        item((None, c.pk, "", c.line, c.case.review_on, 0, True, 0), INCOMPLETE, reader)
        for c in lacking[:most]
    ]
    return [Group(INCOMPLETE, lines, len(lacking))]


def _missing(closure: Closure) -> list[str]:
    claims: Any = closure.claims  # type: ignore[attr-defined]  # annotated by `incomplete`
    return missing_from(closure.case, [ClosureParagraph(**claim) for claim in claims])
