"""What goes out: the rows a person may see, in the columns that are read when an edited copy comes back."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from accounts.models import User
from boroughs.models import Action, Borough, DeliveryPlan, ProgressNote
from boroughs.policies import day

from .columns import Column, in_words
from .models import SheetRow
from .nouns.levels import benchmark_name
from .nouns.plan_columns import COLUMNS as PLAN
from .reading import Cell
from .writing import Page, Value

CLOSED = "Closed records are in this file, which only the people on their access lists may read. Do not pass it on."
NO_CLOSED = "Nothing closed is in this file."
COME_BACK = "Change what you like, leave the references as they are, and import the file again. Rows without a reference are added."


@dataclass(frozen=True)
class Download:
    """The sheets of a workbook, the first of which can come back, and how many closed records are in it."""

    name: str
    title: str
    pages: list[Page]
    closed: int
    come_back: str = COME_BACK

    def about(self, borough: Borough, by: User) -> list[tuple[str, Value]]:
        now = timezone.localtime()
        return [
            ("What this is", f"{self.title}, {borough.full_name}"),
            ("Downloaded by", f"{by}, {day(now.date())}, {now:%H:%M}"),
            ("What is in it", "What this person may see in the portal, and nothing else."),
            ("Closed", CLOSED if self.closed else NO_CLOSED),
            ("Coming back", self.come_back),
        ]


def headings(columns: tuple[Column, ...]) -> list[tuple[str, int]]:
    return [(column.heading, column.width) for column in columns]


# -- A delivery plan -----------------------------------------------------------------------------------
def plan_download(plan: DeliveryPlan) -> Download:
    """The actions in the plan's order, and what was reported on them. The plan is one the person may read."""
    actions = list(plan.actions.in_order().prefetch_related("serves__benchmark__version"))
    notes = ProgressNote.objects.filter(action__plan=plan).select_related("action")
    pages = [
        Page("Actions", headings(PLAN), [_action(action) for action in actions]),
        Page(
            "Progress",
            [("Action", 50), ("Date", 14), ("State since", 14), ("What was reported", 70)],
            [_note(note) for note in notes.order_by("action__position", "action", "-on", "-at")],
        ),
    ]
    return Download("plan", f"{plan}, {plan.strategy}", pages, int(plan.strategy.is_closed))


def _action(action: Action) -> list[Value]:
    serves = [benchmark_name(row.benchmark) for row in action.serves.all()]
    last_on, last = getattr(action, "last_on", None), getattr(action, "last_text", None)
    values: dict[str, Value] = {
        "priority": str(action.priority or ""),
        "area": str(action.area or ""),
        "title": action.title,
        "owner_post": action.owner_post,
        "organisation": str(action.organisation or ""),
        "partners": action.partners,
        "due_on": action.due_on,
        "timing": action.timing,
        "resources": action.resources,
        "success_measure": action.success_measure,
        "state": str(action.get_state_display()),
        "stopped_reason": action.stopped_reason,
        "serves": "; ".join(serves),
        "latest": f"{day(last_on)}: {last}" if last_on and last else "",
        "reference": str(action.pk),
    }
    return [values.get(column.key) for column in PLAN]


def _note(note: ProgressNote) -> list[Value]:
    return [note.action.title, note.on, str(note.get_state_display() or ""), note.text]


# -- Rows that were refused -------------------------------------------------------------------------------
def refused_page(
    columns: list[Column], rows: Iterable[tuple[SheetRow, Mapping[str, Value]]]
) -> Page:
    """What has to be corrected, each row with the reasons; it can be imported by itself."""
    heads = [("Why it was refused", 60), ("Row", 8), *headings(tuple(columns))]
    said = [
        ["\n".join(row.reasons), row.number, *(values.get(column.key) for column in columns)]
        for row, values in rows
    ]
    return Page("Refused rows", heads, said)


def typed(cell: Cell) -> Value:
    """A cell as it came: days are days again, and what could not be read is said in words."""
    if isinstance(cell, dict):
        return dt.date.fromisoformat(cell["day"]) if "day" in cell else ""
    if isinstance(cell, bool):
        return in_words(cell)
    return Decimal(str(cell)) if isinstance(cell, float) else cell
