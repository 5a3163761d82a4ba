"""Reviews: what each was, who looked, and what was found."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any, cast

from accounts.models import User
from boroughs.actions.reviews import add_review, change_review, remove_review
from boroughs.forms.reviews import MOST, ReviewForm
from boroughs.models import Borough, DeliveryPlan, Meeting, Qualifier, Review, meetings_of
from boroughs.policies import day
from boroughs.review_policies import why_not_count, why_not_meeting, why_not_period
from sheets.cells import Wrong, as_choice, as_day_of, as_text, as_whole, held_to
from sheets.models import SheetRow
from sheets.reading import Cell

from .base import Judged, Line, Reader, RowByRow, Written, in_sentence
from .levels import Names, plain
from .review_columns import EXACT, EXACT_OFFERED, KINDS, KINDS_OFFERED, REVIEWS

CLOSED = "This review is closed. Change it on its own page, where it stays closed"
LABELS = {column.key: column.heading for column in REVIEWS}
SAID = tuple(column.key for column in REVIEWS if column.read and column.key != "reference")
BLANK: dict[str, Any] = {"ends_on": None, "meeting": None, "reviewer_count": None, "documents": None, "interviewees": None}  # fmt: skip


class ReviewsSheet(RowByRow):
    columns = REVIEWS
    sheet_names = ("Reviews",)
    labels = {
        "kind": dict(Review.Kind.choices),
        "documents_exactness": dict(Qualifier.choices),
        "interviewees_exactness": dict(Qualifier.choices),
    }

    def __init__(self, borough: Borough, by: User, plan: DeliveryPlan | None = None) -> None:
        super().__init__(borough, by, plan)
        rows = borough.reviews.visible_to(by).select_related("closure", "meeting__committee")
        self.reviews = {row.pk: row for row in rows}
        self.by_words: dict[tuple[str, dt.date], list[Review]] = {}
        for row in self.reviews.values():
            self.by_words.setdefault((plain(row.title), row.starts_on), []).append(row)
        self.meetings = meetings(borough)

    # -- Reading -------------------------------------------------------------------------------------------
    def readers(self) -> Mapping[str, Reader]:
        asked = ReviewForm.base_fields
        prose = {
            key: word(asked[key])
            for key in ("title", "reviewers", "judgement", "findings", "source")
        }
        exact = lambda cell: as_choice(cell, EXACT, EXACT_OFFERED)  # noqa: E731
        return {
            **prose,
            "kind": lambda cell: as_choice(cell, KINDS, KINDS_OFFERED),
            "starts_on": as_day_of(asked["starts_on"]),
            "ends_on": as_day_of(asked["ends_on"]),
            "meeting": lambda cell: self.meetings.find(as_text(cell)),
            "reviewer_count": counted,
            "documents": counted,
            "interviewees": counted,
            "documents_exactness": exact,
            "interviewees_exactness": exact,
            "reference": as_text,
        }

    # -- Judging -------------------------------------------------------------------------------------------
    def judge_said(self, line: Line, said: dict[str, Any], judged: Judged) -> None:
        try:
            review = self._found(said)
        except Wrong as why:
            judged.refuse(str(why))
            return
        values = self._values(review, said)
        key = review.pk if review else (plain(values["title"]), values["starts_on"])
        changes = changes_of(review, values, LABELS, self.labels) if review else []
        closed = CLOSED if changes and review and review.is_closed else None
        if judged.refuse(self.once(key, line), closed, *self._rules(values)).is_refused:
            return
        judged.said = values
        judged.target = review.pk if review else None
        judged.changes = changes
        judged.verdict = verdict_of(review, changes)

    def _found(self, said: Mapping[str, Any]) -> Review | None:
        if reference := said.get("reference"):
            named: Review = by_reference(self.reviews, reference, "review")
            return named
        rows = self.by_words.get((plain(said["title"]), said["starts_on"]), [])
        if len(rows) > 1:
            raise Wrong(f"{len(rows)} reviews have this title and day. Add the reference of the one that is meant")  # fmt: skip
        return rows[0] if rows else None

    @staticmethod
    def _values(review: Review | None, said: Mapping[str, Any]) -> dict[str, Any]:
        """What the row says; of what it does not speak, what the record says, or nothing."""
        kept = {key: getattr(review, key) if review else BLANK.get(key, "") for key in SAID}
        return kept | {key: said[key] for key in SAID if key in said}

    @staticmethod
    def _rules(values: Mapping[str, Any]) -> list[str | None]:
        first, last = values["starts_on"], values["ends_on"]
        rules = [
            ("ends_on", why_not_period(first, last)),
            ("meeting", why_not_meeting(values["kind"], values["meeting"], first)),
            ("documents", why_not_count(values["documents_exactness"], values["documents"])),
            ("interviewees", why_not_count(values["interviewees_exactness"], values["interviewees"])),
        ]  # fmt: skip
        return [f"{LABELS[key]}: {why}" for key, why in rules if why]

    # -- Writing -------------------------------------------------------------------------------------------
    def write(self, judged: Judged) -> Written:
        if judged.target is None:
            review = add_review(borough=self.borough, by=self.by, **judged.said)
            return Written(review.pk, {"was": {}, "version": review.version})
        review = self.reviews[judged.target]
        was = {key: kept(getattr(review, key)) for key in SAID}
        change_review(review=review, seen=review.version, by=self.by, **judged.said)
        return Written(review.pk, {"was": was, "version": review.version})

    # -- Undoing -------------------------------------------------------------------------------------------
    def why_not_undo(self, rows: Sequence[SheetRow]) -> str | None:
        found = Review.objects.filter(pk__in=[row.target for row in rows if row.target])
        now = {row.pk: row for row in found.select_related("closure").prefetch_related("recommendations")}  # fmt: skip
        for row in rows:
            review = now.get(cast("uuid.UUID", row.target))
            added = not row.before["was"]
            if review is None or review.version != row.before["version"] or review.is_closed:
                return f"Row {row.number}, “{row.title}”, was changed or closed since."
            if added and review.recommendations.all():
                return f"Recommendations were added since to row {row.number}, “{row.title}”."
        return None

    def undo(self, rows: Sequence[SheetRow]) -> None:
        for row in reversed(rows):
            found = Review.objects.select_related("closure", "borough")
            review = found.get(pk=cast("uuid.UUID", row.target))
            if not row.before["was"]:
                remove_review(review=review, by=self.by)
                continue
            was = dict(row.before["was"])
            for key in ("starts_on", "ends_on"):
                was[key] = dt.date.fromisoformat(was[key]) if was[key] else None
            was["meeting"] = meetings_of(self.borough).filter(pk=was["meeting"]).first()
            change_review(review=review, seen=review.version, by=self.by, **was)


# -- What reviews and recommendations share --------------------------------------------------------------
def word(field: Any) -> Reader:
    """A text, held to the rules of its form's field; whether it is needed is said of the row."""

    def read(cell: Cell) -> str:
        text = as_text(cell)
        return str(held_to(field, text)) if text else ""

    return read


def counted(cell: Cell) -> int | None:
    number = as_whole(cell)
    if number is not None and number > MOST:
        raise Wrong(f"{number:,} is more than anybody would believe. Enter up to {MOST:,}")
    return number


def meetings(borough: Borough) -> Names[Meeting]:
    rows = list(meetings_of(borough).select_related("committee"))
    named = [(row, [str(row), *_ways(row)]) for row in rows]
    return Names("meeting", named, "Write it like “Cabinet, 4 July 2019”, or add it first")


def _ways(meeting: Meeting) -> list[str]:
    committee, on = meeting.committee, meeting.date
    days = (day(on), f"{on:%d/%m/%Y}", on.isoformat())
    return [f"{committee}{between}{when}" for when in days for between in (", ", " ")]


def by_reference(rows: Mapping[uuid.UUID, Any], reference: str, what: str) -> Any:
    """Raises Wrong."""
    try:
        found = rows.get(uuid.UUID(reference))
    except ValueError:
        found = None
    if found is None:
        raise Wrong(f"The reference is of no {what} here. Leave it as it was downloaded, or delete it to add the row")  # fmt: skip
    return found


def verdict_of(row: Any, changes: list[list[str]]) -> str:
    if row is None:
        return SheetRow.Verdict.ADD
    return SheetRow.Verdict.CHANGE if changes else SheetRow.Verdict.SAME


def changes_of(
    row: Any,
    values: Mapping[str, Any],
    labels: Mapping[str, str],
    choices: Mapping[str, Mapping[Any, Any]],
) -> list[list[str]]:
    found = []
    for key, after in values.items():
        before = getattr(row, key)
        if before != after:
            said = choices.get(key, {})
            found.append([labels[key], in_sentence(said.get(before, before)), in_sentence(said.get(after, after))])  # fmt: skip
    return found


def kept(value: Any) -> Any:
    """As JSON: days in ISO, rows by their keys."""
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value.pk) if hasattr(value, "pk") else value
