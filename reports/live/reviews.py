"""Blocks from reviews: what was recommended, and what the committee itself asked for."""

from boroughs.models import Recommendation
from boroughs.policies import day
from reports.models import Report

from .piece import Live, Piece, invented, table

HEAD = ["No.", "What was asked for", "Answer", "Where it stands"]


def recommendations(report: Report) -> Piece:
    asked = Recommendation.objects.filter(review__borough=report.borough).of_open_reviews()
    rows = list(
        asked.unsettled()
        .select_related("review")
        .order_by("review__title", "review", "position", "pk")
    )
    if not rows:
        return Piece("No recommendation of a review is open.")
    lead = f"{len(rows)} recommendation{'s' * (len(rows) > 1)} of reviews {'are' if len(rows) > 1 else 'is'} not settled yet."
    return _listed(lead, "Recommendations of reviews and their answers", rows)


def asked(report: Report) -> Piece:
    """Of the committee to which the report goes; of every committee while it goes to none."""
    rows = Recommendation.objects.filter(review__borough=report.borough).of_open_reviews()
    rows = rows.asked_by_committees().select_related("review__meeting__committee", "reported_at")
    if report.meeting:
        rows = rows.filter(review__meeting__committee=report.meeting.committee)
    found = list(rows)
    if not found:
        return Piece("No request of the committee is recorded.")
    return _listed(
        "What the committee asked for, and what came of it.", "Requests of the committee", found
    )


def _listed(lead: str, caption: str, rows: list[Recommendation]) -> Piece:
    said = [[row.number, row.text, _answer(row), _stands(row)] for row in rows]
    return table(lead, caption, HEAD, said, illustrative=invented(row.review for row in rows))


def _answer(row: Recommendation) -> str:
    words = row.get_response_display()
    return f"{words}. {row.response_text}" if row.response_text else words


def _stands(row: Recommendation) -> str:
    word, _ = row.state
    if row.done_on:
        return f"{word}, {day(row.done_on)}"
    return f"{word}; due on {day(row.due)}" if row.due and not row.is_settled else word


BLOCKS = (
    Live("recommendations", "Recommendations of reviews and answers", recommendations),
    Live("committee asked", "What the committee asked for", asked),
)
