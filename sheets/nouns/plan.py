"""The actions of a delivery plan."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any, cast

from django.db import connection
from django.forms import Field
from django.utils import timezone

from accounts.models import User
from boroughs.actions.plan_actions import add_action, change_action, remove_action, report_action
from boroughs.forms import ActionForm, ReportForm
from boroughs.models import Action, Area, Borough, DeliveryPlan, Organisation, areas_of, plans_of
from boroughs.plan_policies import (
    why_look_again_at_due,
    why_not_add_action,
    why_not_due,
    why_not_note,
    why_not_state,
    why_not_write_action,
)
from boroughs.policies import Refused, day
from boroughs.prose import identifiers
from sheets.cells import Wrong, as_choice, as_day_of, as_text, held_to
from sheets.models import SheetRow
from sheets.reading import Cell
from toolkit.actions.served import serve
from toolkit.models import Benchmark

from .base import Judged, Line, Reader, RowByRow, Written
from .levels import benchmark_name, benchmarks, levels, organisations, plain
from .plan_columns import COLUMNS, KEPT, LABELS, OFFERED, PLAIN, STATES, TEXTS

GONE = "This plan is not there any more, or you may no longer read it."


class PlanSheet(RowByRow):
    columns = COLUMNS
    sheet_names = ("Actions", "Delivery plan", "Action plan", "Plan")
    labels = {
        "state": dict(Action.State.choices),
        "organisation": {"council": "The council itself"},
    }

    def __init__(self, borough: Borough, by: User, plan: DeliveryPlan | None = None) -> None:
        super().__init__(borough, by, plan)
        plans = plans_of(borough.strategies.visible_to(by)).select_related("strategy__borough")
        found = plans.filter(pk=plan.pk).first() if plan else None
        if found is None:
            raise Refused(GONE)
        self.of = found
        strategy = found.strategy
        rows = found.actions.in_order().prefetch_related("serves")
        self.actions = {action.pk: action for action in rows}
        self.by_words: dict[Any, list[Action]] = {}
        for action in self.actions.values():
            self.by_words.setdefault(self._words(vars(action)), []).append(action)
        add = "Add it to the strategy first, or correct the cell"
        self.priorities = levels(strategy.priority_word, strategy.priorities.all(), add)
        self.areas = levels(strategy.area_word, areas_of(strategy), add)
        self.organisations = organisations(borough)
        self.benchmarks = benchmarks(Benchmark.objects.select_related("version"))
        self.today = timezone.localdate()

    @staticmethod
    def _words(said: Mapping[str, Any]) -> tuple[str, Any, Any]:
        return plain(str(said["title"])), said.get("priority_id"), said.get("area_id")

    def why_not(self) -> str | None:
        return why_not_add_action(self.of)

    # -- Reading -----------------------------------------------------------------------------------------
    def readers(self) -> Mapping[str, Reader]:
        asked, told = ActionForm.base_fields, ReportForm.base_fields
        return {
            "priority": lambda cell: self.priorities.find(as_text(cell)),
            "area": as_text,  # looked for under its priority, once that is known
            "title": lambda cell: held_to(asked["title"], as_text(cell)) if as_text(cell) else "",
            "owner_post": self._owner,
            "organisation": lambda cell: self.organisations.find(as_text(cell)),
            "due_on": as_day_of(asked["due_on"]),
            **{key: _held(asked[key]) for key in PLAIN},
            "state": lambda cell: as_choice(cell, STATES, OFFERED),
            "stopped_reason": lambda cell: held_to(told["stopped_reason"], as_text(cell)),
            "serves": self._serves,
            "note": lambda cell: held_to(told["note"], as_text(cell)),
            "note_on": as_day_of(told["on"]),
            "reference": as_text,
        }

    def _owner(self, cell: Cell) -> str:
        post = str(held_to(ActionForm.base_fields["owner_post"], as_text(cell)))
        if found := identifiers(post):
            raise Wrong(f"{found[0].kind.value} stands here. An owner is a post, never a person")
        return post

    def _serves(self, cell: Cell) -> list[Benchmark]:
        parts = [part.strip() for part in as_text(cell).replace("\n", ";").split(";")]
        found: dict[int, Benchmark] = {}
        for part in filter(None, parts):
            rows = self.benchmarks.get(plain(part), [])
            if len(rows) != 1:
                many = (
                    "two versions of the toolkit have" if rows else "no version of the toolkit has"
                )
                raise Wrong(f"{many} a benchmark “{part}”. Write it with the year, like Training (2018)")  # fmt: skip
            found[rows[0].pk] = rows[0]
        return list(found.values())

    # -- Judging -----------------------------------------------------------------------------------------
    def judge_said(self, line: Line, said: dict[str, Any], judged: Judged) -> None:
        self._place(line, said, judged)
        if judged.is_refused:
            return
        try:
            action = self._found(said)
        except Wrong as why:
            judged.refuse(str(why))
            return
        key = action.pk if action else self._words(_ids(said))
        if judged.refuse(self.once(key, line), *self._rules(action, said)).is_refused:
            return
        if action and said.get("note") == getattr(action, "last_text", None):
            said["note"] = ""  # said already: the same sheet came once more
        before = action.due_on if action else None
        late = why_look_again_at_due(self.of, said.get("due_on"), before=before)
        judged.warnings += [f"{LABELS['due_on']}: {late}"] if late else []
        judged.target = action.pk if action else None
        judged.changes = self._changes(action, said) if action else []
        verdicts = SheetRow.Verdict
        same = verdicts.SAME if action and not judged.changes else verdicts.CHANGE
        judged.verdict = same if action else verdicts.ADD

    def _place(self, line: Line, said: dict[str, Any], judged: Judged) -> None:
        """The area among those of the priority; where only the area is said, its priority too."""
        if "area" not in said:
            return
        priority = said.get("priority")
        try:
            of_it = [row for row in self._areas() if priority is None or row.priority == priority]
            area = self.areas.find(said["area"], of_it)
        except Wrong as why:
            judged.refuse(f"{LABELS['area']} ({line.address('area')}): {why}")
            return
        said["area"] = area
        if area and priority is None:
            said["priority"] = area.priority
        elif area and area.priority != priority:
            judged.refuse(
                f"{LABELS['area']} ({line.address('area')}): “{area}” stands under {area.priority}. "
                "Correct the one or the other"
            )

    def _areas(self) -> list[Area]:
        return [row for rows in self.areas.by_name.values() for row in rows]

    def _found(self, said: Mapping[str, Any]) -> Action | None:
        """By its reference; without one, the action of the same words in the same place."""
        if reference := said.get("reference"):
            try:
                found = self.actions.get(uuid.UUID(reference))
            except ValueError:
                found = None
            if found is None:
                raise Wrong(
                    "The reference is of no action in this plan. Leave it as it was downloaded, or delete it to add the row"
                )
            return found
        rows = self.by_words.get(self._words(_ids(said)), [])
        if len(rows) > 1:
            raise Wrong(
                f"{len(rows)} actions of the plan have these words. Add the reference of the one that is meant"
            )
        return rows[0] if rows else None

    def _rules(self, action: Action | None, said: Mapping[str, Any]) -> list[str | None]:
        due, before = said.get("due_on"), action.due_on if action else None
        state = said.get("state") or (action.state if action else "")
        reason = said.get("stopped_reason", action.stopped_reason if action else "")
        return [
            why_not_write_action(action) if action else None,
            _named("due_on", why_not_due(self.of, due, before=before)),
            _named("stopped_reason", why_not_state(state, reason)),
            _named("note_on", why_not_note(said.get("note_on") or self.today, self.today)),
        ]

    def _changes(self, action: Action, said: Mapping[str, Any]) -> list[list[str]]:
        changes = []
        for key in (*KEPT, "state", "stopped_reason"):
            now = getattr(action, key)
            then = self._as_written(action, key, said)
            if key in said and then != now:
                changes.append([LABELS[key], _words(now, key), _words(then, key)])
        served = {row.benchmark_id for row in action.serves.all()}
        if "serves" in said and {row.pk for row in said["serves"]} != served:
            names = {row.pk: benchmark_name(row) for rows in self.benchmarks.values() for row in rows}  # fmt: skip
            before = "; ".join(names[pk] for pk in sorted(served))
            after = "; ".join(benchmark_name(row) for row in said["serves"])
            changes.append([LABELS["serves"], before, after])
        if said.get("note"):
            changes.append([LABELS["note"], "", said["note"]])
        return changes

    @staticmethod
    def _as_written(action: Action, key: str, said: Mapping[str, Any]) -> Any:
        """An empty state says nothing, and a reason belongs to what is stopped."""
        if key == "state":
            return said.get("state") or action.state
        if key == "stopped_reason":
            stopped = (said.get("state") or action.state) == Action.State.STOPPED
            return said.get(key, "") if stopped else ""
        value = said.get(key)
        return None if value == "council" else value

    # -- Writing -----------------------------------------------------------------------------------------
    def write(self, judged: Judged) -> Written:
        said = judged.said
        if judged.target is None:
            values = {key: self._as_written(Action(), key, said) or BLANK.get(key) for key in KEPT}
            action = add_action(plan=self.of, by=self.by, **values)
            was: dict[str, Any] = {}
        else:
            action = self.actions[judged.target]
            was = _remembered(action)
            words = {key: self._as_written(action, key, said) for key in KEPT if key in said}
            if any(getattr(action, key) != value for key, value in words.items()):
                values = {key: getattr(action, key) for key in KEPT} | words
                change_action(action=action, seen=action.version, by=self.by, **values)
        self._report(action, said)
        if "serves" in said and (said["serves"] or was):
            serve(action=action, benchmarks=said["serves"], by=self.by)
        return Written(action.pk, {"was": was})

    def _report(self, action: Action, said: Mapping[str, Any]) -> None:
        state = said.get("state") or action.state
        reason = said.get("stopped_reason", action.stopped_reason)
        note = said.get("note", "")
        same = (state, reason) == (action.state, action.stopped_reason)
        if same and not note:
            return
        report_action(
            action=action,
            state=state,
            stopped_reason=reason,
            note=note,
            on=said.get("note_on"),
            seen=action.version,
            by=self.by,
        )

    def write_all(self, rows: Sequence[tuple[int, Judged]]) -> list[Written]:
        """Beside what each was, how each stands now: it must be found so again when the import is undone."""
        written = super().write_all(rows)
        found = Action.objects.filter(pk__in=[row.target for row in written])
        now = {action.pk: action for action in found.prefetch_related("serves", "notes")}
        for row in written:
            action, before = now[row.target], row.before["was"].get("notes", [])
            notes = [str(note.pk) for note in action.notes.all() if str(note.pk) not in before]
            row.before.update(version=action.version, notes=notes, serves=_served(action))
        return written

    # -- Undoing -----------------------------------------------------------------------------------------
    def why_not_undo(self, rows: Sequence[SheetRow]) -> str | None:
        if why := self.why_not():
            return why
        keys = [row.target for row in rows if row.target]
        found = Action.objects.filter(pk__in=keys).prefetch_related("serves", "notes", "carried_to")
        now = {action.pk: action for action in found}
        for row in rows:
            action = now.get(_key(row))
            if action is None or not _stands(action, row.before):
                return f"Row {row.number}, “{row.title}”, was changed or reported on since."
        return None

    def undo(self, rows: Sequence[SheetRow]) -> None:
        for row in reversed(rows):
            action = Action.objects.select_related("plan__strategy").get(pk=_key(row))
            with connection.cursor() as cursor:
                cursor.execute("SELECT sheets_take_back_notes(%s)", [row.pk])
            was = row.before["was"]
            if not was:
                remove_action(action=action, by=self.by)
                continue
            change_action(action=action, seen=action.version, by=self.by, **self._back(was))
            if was["serves"] != row.before["serves"]:
                before = Benchmark.objects.filter(pk__in=was["serves"])
                serve(action=action, benchmarks=before, by=self.by)

    def _back(self, was: Mapping[str, Any]) -> dict[str, Any]:
        strategy = self.of.strategy
        area = areas_of(strategy).filter(pk=was["area"]).first()
        return {
            **{key: was.get(key, "") for key in TEXTS},
            "priority": strategy.priorities.filter(pk=was["priority"]).first(),
            "area": area,
            "organisation": Organisation.objects.filter(pk=was["organisation"]).first(),
            "due_on": dt.date.fromisoformat(was["due_on"]) if was["due_on"] else None,
            "state": was["state"],
            "stopped_reason": was["stopped_reason"],
        }


BLANK: dict[str, Any] = dict.fromkeys(("owner_post", *PLAIN), "")


def _held(field: Field) -> Reader:
    return lambda cell: held_to(field, as_text(cell))


def _key(row: SheetRow) -> uuid.UUID:
    return cast("uuid.UUID", row.target)


def _named(key: str, why: str | None) -> str | None:
    return f"{LABELS[key]}: {why}" if why else None


def _ids(said: Mapping[str, Any]) -> dict[str, Any]:
    rows = {f"{key}_id": getattr(said.get(key), "pk", None) for key in ("priority", "area")}
    return {"title": said.get("title", ""), **rows}


def _words(value: Any, key: str) -> str:
    if key == "state":
        return str(Action.State(value).label)
    if isinstance(value, dt.date):
        return day(value)
    if value is None and key == "organisation":
        return "The council itself"
    return str(value) if value is not None else ""


def _served(action: Action) -> list[int]:
    return sorted(row.benchmark_id for row in action.serves.all())


def _remembered(action: Action) -> dict[str, Any]:
    rows = ("priority", "area", "organisation")
    keys = {name: getattr(action, f"{name}_id") for name in rows}
    return {
        **{name: getattr(action, name) for name in TEXTS},
        **{name: str(key) if key else None for name, key in keys.items()},
        "due_on": action.due_on.isoformat() if action.due_on else None,
        "state": action.state,
        "stopped_reason": action.stopped_reason,
        "serves": _served(action),
        "notes": [str(note) for note in action.notes.values_list("pk", flat=True)],
    }


def _stands(action: Action, then: Mapping[str, Any]) -> bool:
    """Nothing was changed, reported, carried forward or said of benchmarks since."""
    notes = {str(note.pk) for note in action.notes.all()}
    known = {*then["notes"], *then["was"].get("notes", [])}
    carried = hasattr(action, "carried_to")
    return (
        action.version == then["version"]
        and notes == known
        and not carried
        and _served(action) == then["serves"]
    )
