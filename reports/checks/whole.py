"""What a report as a whole must have: a title, a meeting, something to decide, and every section settled."""

from collections.abc import Iterator

from reports.models import ReportText
from reports.places import PAPERS, RECOMMENDATIONS, Place

from .beneath_lock import TextStands
from .dates import MONTHS
from .finding import Found
from .sheet import Sheet

DRAFT, NOT_NEEDED = ReportText.State.DRAFT, ReportText.State.NOT_NEEDED
NOTHING = TextStands("", DRAFT, carried=False, empty=True, version=0)


def untitled(sheet: Sheet) -> Iterator[Found]:
    if not sheet.report.title.strip():
        yield sheet.found("title", "The report has no title.", "title", sheet.front("title"), blocking=True)  # fmt: skip


def without_meeting(sheet: Sheet) -> Iterator[Found]:
    if sheet.report.meeting_id is None:
        said = "Choose the meeting first: it goes to democratic services for an agenda."
        yield sheet.found("meeting", said, "meeting", sheet.front("meeting"), blocking=True)


def without_recommendations(sheet: Sheet) -> Iterator[Found]:
    if not sheet.snapshot["recommendations"]["items"]:
        said = "Nothing is recommended. A report that asks for nothing recommends that it is noted."
        href = sheet.section(RECOMMENDATIONS)
        yield sheet.found("recommendations", said, RECOMMENDATIONS, href, blocking=True)


def required_missing(sheet: Sheet) -> Iterator[Found]:
    """A section without which the house style never goes out."""
    for place in sheet.places:
        text = sheet.standing.texts.get(place.key, NOTHING)
        empty = text.empty and not _shows_ratings(sheet, place)
        if place.key in sheet.required and empty and place.key != RECOMMENDATIONS:
            said = f"“{place.name}” is needed in every report of this house style, and has no text."
            yield sheet.found("required", said, place.key, sheet.section(place.key), blocking=True)


def still_draft(sheet: Sheet) -> Iterator[Found]:
    for place in sheet.places:
        text = sheet.standing.texts.get(place.key, NOTHING)
        if text.state == DRAFT and not text.empty and not text.carried:
            said = f"“{place.name}” is still a draft. Finish it and say that it is done."
            yield sheet.found("draft", said, place.key, sheet.section(place.key), blocking=True)


def carried(sheet: Sheet) -> Iterator[Found]:
    """The words of the report before, which nobody has saved in this one."""
    for place in sheet.places:
        text = sheet.standing.texts.get(place.key, NOTHING)
        if text.carried and not text.empty:
            said = f"“{place.name}” says what the last report said: nobody has looked at it since."
            yield sheet.found("carried", said, place.key, sheet.section(place.key), text.version)


def uncleared(sheet: Sheet) -> Iterator[Found]:
    """A clearance that the house style asks for, a returned section, or one that was changed after it was verified."""
    for place, lacks in sheet.uncleared():
        said = f"“{place.name}” is still to be cleared: {lacks}."
        href = sheet.section(place.key)
        yield sheet.found("clearance", said, place.key, href, lacks, blocking=True)


def not_started(sheet: Sheet) -> Iterator[Found]:
    """In one finding, since they are looked through together on the list of sections."""
    left = [place for place in sheet.places if _is_left(sheet, place)]
    if left:
        named = ", ".join(f"“{place.name}”" for place in left)
        said = f"These sections have no text, and nobody has said that they are not needed: {named}. The paper leaves them out, or says that there is nothing."
        href = sheet.report.get_absolute_url()
        yield sheet.found("not-started", said, "sections", href, *(place.key for place in left))


def _is_left(sheet: Sheet, place: Place) -> bool:
    text = sheet.standing.texts.get(place.key, NOTHING)
    settled = place.key == RECOMMENDATIONS or place.key in sheet.required
    return (
        text.empty and text.state != NOT_NEEDED and not settled and not _shows_ratings(sheet, place)
    )


def _shows_ratings(sheet: Sheet, place: Place) -> bool:
    """The section is filled by the table of ratings, without a word typed."""
    return place.kind == "benchmarks" and bool(sheet.report.assessment_id)


def unrated(sheet: Sheet) -> Iterator[Found]:
    """A benchmark that the table shows without a rating."""
    if not sheet.report.assessment_id:
        return
    rows = sheet.snapshot["assessment"]["ratings"]
    missing = [row for row in rows if not row["level"] and not row["standing"]]
    if missing:
        numbers = ", ".join(row["number"] for row in missing)
        one = len(missing) == 1
        said = f"Benchmark{'' if one else 's'} {numbers} {'has' if one else 'have'} no rating in the table."
        keys = (row["key"] for row in missing)
        yield sheet.found(
            "unrated", said, "ratings", sheet.assessment, sheet.report.assessment_id, *keys
        )


def papers_untitled(sheet: Sheet) -> Iterator[Found]:
    """A line of the list of background papers that is only a date, or only says where it is."""
    for number, title in sheet.background():
        if not _is_title(title):
            said = f"Line {number} of “{_name(sheet)}” has no title: it is empty, or only a date."
            yield sheet.found("paper-title", said, PAPERS, sheet.section(PAPERS), title)


def _name(sheet: Sheet) -> str:
    return next((place.name for place in sheet.places if place.key == PAPERS), "Background papers")


def _is_title(text: str) -> bool:
    words = "".join(each if each.isalpha() else " " for each in text.lower()).split()
    of_dates = {*MONTHS, *(name[:3] for name in MONTHS), "sept", "st", "nd", "rd", "th", "of", "dated", "undated"}  # fmt: skip
    return any(word not in of_dates for word in words)
