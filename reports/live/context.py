"""Blocks on what stands around the work: the national level of threat, and the boards that oversee it."""

from collections.abc import Iterator
from uuid import UUID

from boroughs.cadence import in_words
from boroughs.governance_chart import Node, tree
from boroughs.models import Committee
from boroughs.national import by_kind
from reports.models import Report

from .piece import Chart, Live, Piece, day_of, table

LEVEL = "National threat level"
LATEST = 3


def threat(report: Report) -> Piece:
    """What was recorded up to the report's day. Public knowledge, each with the day it is of and its source."""
    until = day_of(report).isoformat()
    facts = [fact for fact in dict(by_kind(report.borough))[LEVEL] if fact.on <= until][:LATEST]
    if not facts:
        return Piece("No national level of threat is recorded for the time of this report.")
    newest = facts[0]
    return table(
        f"The national level of threat, as recorded for {newest.when}: {newest.title}.",
        "The national level of threat, newest first",
        ["When", "Level", "What is known", "Source"],
        [[fact.when, fact.title, fact.about, fact.source] for fact in facts],
    )


def governance(report: Report) -> Piece:
    """Boards, and the bodies that they report to."""
    bodies = list(report.borough.committees.sitting())
    above = {body.reports_to_id for body in bodies}
    boards = [b for b in bodies if b.kind == Committee.Kind.BOARD or b.pk in above]
    if not boards:
        return Piece("No board is recorded.")
    placed = list(_placed(tree(boards)))
    names: dict[UUID | None, str] = {body.pk: body.name for body in bodies}
    drawn = [{"label": body.name, "said": _chaired(body), "depth": depth} for body, depth in placed]
    return table(
        "The boards that oversee this work, and to whom each reports.",
        "Boards",
        ["Body", "Chaired by", "Meets", "Reports to"],
        [
            [body.name, body.chair_post, _meets(body), names.get(body.reports_to_id)]
            for body, _ in placed
        ],
        charts=[Chart("tree", "Who reports to whom", drawn)],
    )  # fmt: skip


def _placed(nodes: list[Node], depth: int = 0) -> Iterator[tuple[Committee, int]]:
    for node in nodes:
        yield node.body, depth
        yield from _placed(node.below, depth + 1)


def _chaired(body: Committee) -> str:
    return f"Chaired by {body.chair_post}" if body.chair_post else ""


def _meets(body: Committee) -> str:
    return in_words(body.meetings_a_year) if body.meetings_a_year else ""


BLOCKS = (
    Live("threat level", "The national level of threat", threat),
    Live("governance", "Boards and who each reports to, with a chart", governance),
)
