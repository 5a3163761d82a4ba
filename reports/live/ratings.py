"""Blocks from the assessment that a report shows: its ratings, alone, compared, and over its periods."""

from typing import Any

from reports.models import Report
from toolkit.comparison import Compared, beside, compare, counts, said_by
from toolkit.models import Assessment, Level, Rating

from .piece import Cell, Live, Piece, invented, table

NO_ASSESSMENT = "This report is not tied to an assessment, so there are no ratings to show."
PERIODS = 4


def benchmarks(report: Report) -> Piece:
    """Each benchmark with its rating, actions and comments."""
    if (assessment := report.assessment) is None:
        return Piece(NO_ASSESSMENT)
    rows, words = compare(assessment, None), _words(report)
    return table(
        _lead(assessment, rows),
        f"Ratings, actions and comments by benchmark, {assessment.period}",
        [words["benchmark"], words["rating"], words["actions"], words["comments"]],
        [[str(row.now.benchmark), _badge(row.now), row.now.actions, _comment(row.now, words)] for row in rows],
        illustrative=invented([assessment]),
        is_wide=True,
    )  # fmt: skip


def compared(report: Report) -> Piece:
    """Each rating beside that of the period before, and beside what the chosen other assessors say."""
    if (assessment := report.assessment) is None:
        return Piece(NO_ASSESSMENT)
    previous = assessment.previous()
    others = [other for other in beside(assessment) if other.assessor in report.beside]
    if previous is None and not others:
        return Piece(f"There is nothing yet to compare the ratings of {assessment.period} with.")
    rows, said = compare(assessment, previous), said_by(others)
    shown = [assessment, *([previous] if previous else []), *others]
    return table(
        _lead(assessment, rows),
        "Ratings beside each other",
        [_words(report)["benchmark"], *(f"{each.assessed_by}, {each.period}" for each in shown)],
        [
            [
                str(row.now.benchmark),
                _badge(row.now, _changed(row, report)),
                *([_badge(row.before)] if previous else []),
                *(_badge(said.get((other.pk, row.now.benchmark_id))) for other in others),
            ]
            for row in rows
        ],
        illustrative=invented(shown),
        is_wide=True,
    )


def over_time(report: Report) -> Piece:
    """The direction of each over the latest periods of the same assessor by the same version."""
    if (assessment := report.assessment) is None:
        return Piece(NO_ASSESSMENT)
    line = [each for each in assessment.line if each.ends_on <= assessment.ends_on]
    periods = line[:PERIODS][::-1]
    if len(periods) < 2:
        return Piece(f"The ratings of {assessment.period} are the first of their kind.")
    said = said_by(periods)
    rows = compare(assessment, periods[-2])
    return table(
        f"The ratings of {assessment.assessed_by} over {len(periods)} periods.",
        "Direction of the ratings",
        [_words(report)["benchmark"], *(each.period for each in periods)],
        [
            [
                str(row.now.benchmark),
                *(_badge(said.get((each.pk, row.now.benchmark_id))) for each in periods[:-1]),
                _badge(row.now, _changed(row, report)),
            ]
            for row in rows
        ],
        illustrative=invented(periods),
        is_wide=True,
    )


def _lead(assessment: Assessment, rows: list[Compared]) -> str:
    said = ", ".join(
        f"{number} {word[:1].lower()}{word[1:]}" for word, _, number in counts(rows) if number
    )
    return f"Ratings of {assessment.period}, given by {assessment.assessed_by}: {said}."


def _words(report: Report) -> dict[str, str]:
    """As the house style calls things."""
    return dict(report.style.definition["wording"])


def _badge(rating: Rating | None, note: str = "") -> Cell:
    level = rating.level if rating else None
    tone, pattern = (str(level.tone), level.pattern) if level else (str(Level.Tone.GREY), "")
    said = {"text": rating.word if rating else "Not rated", "tone": tone, "pattern": pattern}
    return {**said, "note": note} if note else said


def _changed(row: Compared, report: Report) -> str:
    if not row.direction:
        return ""
    previous = str(row.before.level) if row.before and row.before.level else ""
    return _words(report)[row.direction].format(previous=previous)


def _comment(rating: Rating, words: dict[str, Any]) -> str:
    reason = f"{words['reason']}: {rating.reason}" if rating.reason else ""
    return "\n".join(filter(None, (reason, rating.comment)))


BLOCKS = (
    Live("benchmarks", "Ratings by benchmark, with actions and comments", benchmarks),
    Live("benchmarks compared", "Ratings beside the period before and other assessors", compared),
    Live("ratings over time", "Direction of the ratings over the latest periods", over_time),
)
