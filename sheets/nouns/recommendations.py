"""What reviews ask for, and what was answered."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any, cast

from accounts.models import User
from boroughs.actions.reviews import (
    add_recommendation,
    answer_recommendation,
    change_recommendation,
    remove_recommendation,
)
from boroughs.forms.reviews import AnswerForm, RecommendationForm
from boroughs.models import Borough, Committee, DeliveryPlan, Recommendation, Review
from boroughs.review_policies import (
    why_not_answer,
    why_not_by,
    why_not_past,
    why_not_report_to,
    why_not_responded,
    why_not_this_answer,
)
from sheets.cells import Wrong, as_choice, as_day_of, as_text
from sheets.models import SheetRow

from .base import Judged, Line, Reader, RowByRow, Written
from .levels import Names, plain
from .review_columns import ANSWERS, ANSWERS_OFFERED, RECOMMENDATIONS
from .reviews import CLOSED, by_reference, changes_of, kept, verdict_of, word

LABELS = {column.key: column.heading for column in RECOMMENDATIONS}
ASKED = ("number", "text", "importance", "owner_post", "due", "report_to", "report_by")
ANSWERED = ("response", "response_text", "responded_on", "done_on")
DAYS = ("due", "report_by", "responded_on", "done_on")
BLANK: dict[str, Any] = {**dict.fromkeys(DAYS), "report_to": None}


class RecommendationsSheet(RowByRow):
    columns = RECOMMENDATIONS
    sheet_names = ("Recommendations",)
    labels = {"response": dict(Recommendation.Response.choices)}

    def __init__(self, borough: Borough, by: User, plan: DeliveryPlan | None = None) -> None:
        super().__init__(borough, by, plan)
        reviews = list(borough.reviews.visible_to(by).select_related("closure"))
        named = [(row, [row.title]) for row in reviews]
        self.reviews: Names[Review] = Names("review", named, "Add it first, or correct the cell")
        committees = [(row, [row.name]) for row in borough.committees.all()]
        self.committees: Names[Committee] = Names("committee", committees, "Correct the cell")
        found = Recommendation.objects.filter(review__in=reviews)
        rows = found.select_related("review__closure", "review__borough", "report_to", "reported_at__committee")  # fmt: skip
        self.rows = {row.pk: row for row in rows}
        self.by_number = {(row.review_id, plain(row.number)): row for row in self.rows.values()}

    def readers(self) -> Mapping[str, Reader]:
        asked, told = RecommendationForm.base_fields, AnswerForm.base_fields
        return {
            "review": lambda cell: self.reviews.find(as_text(cell)),
            **{key: word(asked[key]) for key in ("number", "text", "importance", "owner_post")},
            "due": as_day_of(asked["due"]),
            "report_to": lambda cell: self.committees.find(as_text(cell)),
            "report_by": as_day_of(asked["report_by"]),
            "response": lambda cell: as_choice(cell, ANSWERS, ANSWERS_OFFERED),
            "response_text": word(told["response_text"]),
            "responded_on": as_day_of(told["responded_on"]),
            "done_on": as_day_of(told["done_on"]),
            "reference": as_text,
        }

    def title_of(self, said: Mapping[str, Any]) -> str:
        words = " ".join(str(said.get("text") or "").split())
        return f"{said['number']}. {words}" if said.get("number") else words

    # -- Judging -------------------------------------------------------------------------------------------
    def judge_said(self, line: Line, said: dict[str, Any], judged: Judged) -> None:
        try:
            row = self._found(said)
        except Wrong as why:
            judged.refuse(str(why))
            return
        review = said["review"]
        values = self._values(row, said)
        key = row.pk if row else (review.pk, plain(values["number"]))
        changes = changes_of(row, values, LABELS, self.labels) if row else []
        rules = self._rules(row, review, values) if changes or row is None else []
        if judged.refuse(self.once(key, line), *rules).is_refused:
            return
        judged.said = values | {"review": review}
        judged.target = row.pk if row else None
        judged.changes = changes
        judged.verdict = verdict_of(row, changes)

    def _found(self, said: Mapping[str, Any]) -> Recommendation | None:
        """Raises Wrong."""
        number = plain(said["number"])
        if not (reference := said.get("reference")):
            return self.by_number.get((said["review"].pk, number))
        row: Recommendation = by_reference(self.rows, reference, "recommendation")
        if row.review_id != said["review"].pk:
            raise Wrong(f"The reference is of a recommendation of “{row.review}”. Leave both as they were, or delete it")  # fmt: skip
        other = self.by_number.get((row.review_id, number))
        if other and other.pk != row.pk:
            raise Wrong(f"This review has a recommendation {other.number}. Give this one another number")  # fmt: skip
        return row

    @staticmethod
    def _values(row: Recommendation | None, said: Mapping[str, Any]) -> dict[str, Any]:
        names = (*ASKED, *ANSWERED)
        known = {key: getattr(row, key) if row else BLANK.get(key, "") for key in names}
        return known | {key: said[key] for key in names if key in said}

    @staticmethod
    def _rules(
        row: Recommendation | None, review: Review, values: Mapping[str, Any]
    ) -> list[str | None]:
        about = row or Recommendation(review=review)
        answer = values["response"], values["response_text"], values["done_on"]
        done = why_not_by(review, values["done_on"]) or why_not_past(values["done_on"])
        rules = [
            ("due", why_not_by(review, values["due"])),
            ("report_to", why_not_report_to(review, values["report_to"], values["report_by"])),
            ("report_by", why_not_by(review, values["report_by"])),
            ("response_text", why_not_this_answer(*answer)),
            ("responded_on", why_not_responded(about, answer[0], values["responded_on"])),
            ("done_on", done),
        ]
        named = [f"{LABELS[key]}: {why}" for key, why in rules if why]
        told = why_not_answer(row) if row else None
        return [CLOSED if review.is_closed else None, told, *named]

    # -- Writing -------------------------------------------------------------------------------------------
    def write(self, judged: Judged) -> Written:
        said = judged.said
        asked = {key: said[key] for key in ASKED}
        if judged.target is None:
            row = add_recommendation(review=said["review"], by=self.by, **asked)
            was: dict[str, Any] = {}
        else:
            row = self.rows[judged.target]
            was = {key: kept(getattr(row, key)) for key in (*ASKED, *ANSWERED)}
            if any(getattr(row, key) != value for key, value in asked.items()):
                change_recommendation(recommendation=row, seen=row.version, by=self.by, **asked)
        self._answer(row, {key: said[key] for key in ANSWERED})
        return Written(row.pk, {"was": was, "version": row.version})

    def _answer(self, row: Recommendation, answer: Mapping[str, Any]) -> None:
        if any(getattr(row, key) != value for key, value in answer.items()):
            answer_recommendation(recommendation=row, seen=row.version, by=self.by, **answer)

    # -- Undoing -------------------------------------------------------------------------------------------
    def why_not_undo(self, rows: Sequence[SheetRow]) -> str | None:
        found = Recommendation.objects.filter(pk__in=[row.target for row in rows if row.target])
        now = {row.pk: row for row in found.select_related("review__closure").prefetch_related("steps")}  # fmt: skip
        for row in rows:
            there = now.get(cast("uuid.UUID", row.target))
            if there is None or there.version != row.before["version"] or there.review.is_closed:
                return f"Row {row.number}, “{row.title}”, was changed or closed since."
            if not row.before["was"] and (there.steps.all() or there.linked.exists()):
                return f"Actions were recorded since for row {row.number}, “{row.title}”."
        return None

    def undo(self, rows: Sequence[SheetRow]) -> None:
        found = Recommendation.objects.select_related("review__closure", "review__borough", "reported_at")  # fmt: skip
        for row in reversed(rows):
            there = found.get(pk=cast("uuid.UUID", row.target))
            if not row.before["was"]:
                remove_recommendation(recommendation=there, by=self.by)
                continue
            was = {key: _back(key, value) for key, value in row.before["was"].items()}
            was["report_to"] = self.borough.committees.filter(pk=was["report_to"]).first()
            asked = {key: was[key] for key in ASKED}
            if any(getattr(there, key) != value for key, value in asked.items()):
                change_recommendation(recommendation=there, seen=there.version, by=self.by, **asked)
            self._answer(there, {key: was[key] for key in ANSWERED})


def _back(key: str, value: Any) -> Any:
    return dt.date.fromisoformat(value) if key in DAYS and value else value
