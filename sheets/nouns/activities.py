"""Activities and projects: what was done or is planned, with its result in words and numbers."""

import datetime as dt
import re
import uuid
from collections.abc import Mapping, Sequence
from typing import Any, cast

from django.db import connection

from accounts.models import User
from boroughs.actions.activities import add_activity, change_activity
from boroughs.activity_policies import (
    why_not_cancelled,
    why_not_count,
    why_not_period,
    why_not_result,
    why_not_state,
)
from boroughs.counting import Counted, Uncountable, counted_in
from boroughs.forms.activities import ActivityForm
from boroughs.models import Activity, Borough, DeliveryPlan
from sheets.cells import Wrong, as_choice, as_day_of, as_text
from sheets.models import SheetRow
from sheets.reading import Cell

from .activity_columns import (
    ACTIVITIES,
    AUDIENCES,
    AUDIENCES_OFFERED,
    KINDS,
    KINDS_OFFERED,
    STATES,
    STATES_OFFERED,
)
from .base import Judged, Line, Reader, RowByRow, Written, in_sentence
from .levels import organisations, plain
from .reviews import by_reference, kept, verdict_of, word

LABELS = {column.key: column.heading for column in ACTIVITIES}
SAID = tuple(column.key for column in ACTIVITIES if column.read and column.key != "reference")
BLANK: dict[str, Any] = {"ends_on": None, "organisation": None, "counts": [], "audiences": []}
NEXT_NUMBER = re.compile(r"\n|;\s*(?=(?:(?:over|about|exactly)\s+)?\d)", re.IGNORECASE)
LISTED = {value: str(label) for value, label in Activity.Audience.choices}


def said_in(activity: Activity) -> dict[str, Any]:
    """What the record says of it, in the columns that are read back."""
    counts = [Counted(row.exactness, row.number, row.what) for row in activity.counts.all()]
    plainly = {key: getattr(activity, key) for key in SAID if key != "counts"}
    return {**plainly, "audiences": _in_order(activity.audiences), "counts": counts}


class ActivitiesSheet(RowByRow):
    columns = ACTIVITIES
    sheet_names = ("Activities",)
    labels = {
        "kind": dict(Activity.Kind.choices),
        "state": dict(Activity.State.choices),
    }

    def __init__(self, borough: Borough, by: User, plan: DeliveryPlan | None = None) -> None:
        super().__init__(borough, by, plan)
        self.activities = {row.pk: row for row in borough.activities.with_numbers()}
        self.by_words: dict[tuple[str, dt.date], list[Activity]] = {}
        for row in self.activities.values():
            self.by_words.setdefault((plain(row.title), row.starts_on), []).append(row)
        self.organisations = organisations(borough)

    # -- Reading -------------------------------------------------------------------------------------------
    def readers(self) -> Mapping[str, Reader]:
        asked = ActivityForm.base_fields
        prose = ("title", "about", "cancelled_because", "result", "source")
        return {
            **{key: word(asked[key]) for key in prose},
            "kind": lambda cell: as_choice(cell, KINDS, KINDS_OFFERED),
            "state": lambda cell: as_choice(cell, STATES, STATES_OFFERED),
            "audiences": _audiences,
            "starts_on": as_day_of(asked["starts_on"]),
            "ends_on": as_day_of(asked["ends_on"]),
            "counts": _counts,
            "organisation": self._organisation,
            "reference": as_text,
        }

    def _organisation(self, cell: Cell) -> Any:
        """None is the council itself."""
        found = self.organisations.find(as_text(cell))
        return None if isinstance(found, str) else found

    # -- Judging -------------------------------------------------------------------------------------------
    def judge_said(self, line: Line, said: dict[str, Any], judged: Judged) -> None:
        try:
            activity = self._found(said)
        except Wrong as why:
            judged.refuse(str(why))
            return
        before = said_in(activity) if activity else {key: BLANK.get(key, "") for key in SAID}
        values = before | {key: said[key] for key in SAID if key in said}
        values["state"] = values["state"] or before["state"] or Activity.State.PLANNED
        key = activity.pk if activity else (plain(values["title"]), values["starts_on"])
        if judged.refuse(self.once(key, line), *_rules(values)).is_refused:
            return
        judged.said = values
        judged.target = activity.pk if activity else None
        judged.changes = self._changes(before, values) if activity else []
        judged.verdict = verdict_of(activity, judged.changes)

    def _found(self, said: Mapping[str, Any]) -> Activity | None:
        if reference := said.get("reference"):
            named: Activity = by_reference(self.activities, reference, "activity")
            return named
        rows = self.by_words.get((plain(said["title"]), said["starts_on"]), [])
        if len(rows) > 1:
            raise Wrong(f"{len(rows)} activities have this name and day. Add the reference of the one that is meant")  # fmt: skip
        return rows[0] if rows else None

    def _changes(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[list[str]]:
        return [
            [LABELS[key], self._words(key, before[key]), self._words(key, after[key])]
            for key in SAID
            if before[key] != after[key]
        ]

    def _words(self, key: str, value: Any) -> str:
        if key == "audiences":
            return "; ".join(LISTED[one] for one in value)
        return in_sentence(self.labels[key][value] if key in self.labels else value)

    def details(self, said: Mapping[str, Any]) -> list[list[str]]:
        found = super().details({key: value for key, value in said.items() if key != "audiences"})
        return [[LABELS["audiences"], "", self._words("audiences", said["audiences"])], *found]

    # -- Writing -------------------------------------------------------------------------------------------
    def write(self, judged: Judged) -> Written:
        if judged.target is None:
            added = add_activity(borough=self.borough, by=self.by, **judged.said)
            return Written(added.pk, {"was": {}, "version": added.version})
        activity = self.activities[judged.target]
        was = {key: kept(value) for key, value in said_in(activity).items()}
        was["counts"] = [str(count) for count in said_in(activity)["counts"]]
        change_activity(activity=activity, seen=activity.version, by=self.by, **judged.said)
        return Written(activity.pk, {"was": was, "version": activity.version})

    # -- Undoing -------------------------------------------------------------------------------------------
    def why_not_undo(self, rows: Sequence[SheetRow]) -> str | None:
        found = Activity.objects.filter(pk__in=[row.target for row in rows if row.target])
        now = {row.pk: row for row in found.prefetch_related("figure_links")}
        for row in rows:
            activity = now.get(cast("uuid.UUID", row.target))
            if activity is None or activity.version != row.before["version"]:
                return f"Row {row.number}, “{row.title}”, was changed since."
            if not row.before["was"] and activity.figure_links.all():
                return f"Figures were linked since to row {row.number}, “{row.title}”."
        return None

    def undo(self, rows: Sequence[SheetRow]) -> None:
        for row in reversed(rows):
            if not row.before["was"]:
                with connection.cursor() as cursor:
                    cursor.execute("SELECT sheets_take_back_activity(%s)", [row.pk])
                continue
            activity = self.activities[cast("uuid.UUID", row.target)]
            was = dict(row.before["was"])
            for key in ("starts_on", "ends_on"):
                was[key] = dt.date.fromisoformat(was[key]) if was[key] else None
            was["counts"] = counted_in("\n".join(was["counts"]))
            was["organisation"] = self.borough.organisations.filter(pk=was["organisation"]).first()
            change_activity(activity=activity, seen=activity.version, by=self.by, **was)


def _rules(values: Mapping[str, Any]) -> list[str | None]:
    state = values["state"]
    rules = [
        ("ends_on", why_not_period(values["starts_on"], values["ends_on"])),
        ("state", why_not_state(state, values["starts_on"])),
        ("cancelled_because", why_not_cancelled(state, values["cancelled_because"])),
        ("result", why_not_result(state, values["result"])),
        *(("counts", why_not_count(count.what)) for count in values["counts"]),
    ]
    return [f"{LABELS[key]}: {why}" for key, why in rules if why]


def _audiences(cell: Cell) -> list[str]:
    """One or several, with semicolons or lines between them."""
    parts = [part.strip() for part in re.split(r"[;\n]", as_text(cell)) if part.strip()]
    return _in_order(as_choice(part, AUDIENCES, AUDIENCES_OFFERED) for part in parts)


def _in_order(audiences: Any) -> list[str]:
    chosen = set(audiences)
    return [one for one in LISTED if one in chosen]


def _counts(cell: Cell) -> list[Counted]:
    lines = "\n".join(NEXT_NUMBER.split(as_text(cell)))
    try:
        return counted_in(lines)
    except Uncountable as why:
        raise Wrong(str(why)) from None
