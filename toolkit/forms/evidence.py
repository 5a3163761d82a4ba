"""What a rating rests on, and which post answers for a benchmark."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from accounts.models import User
from boroughs.models import Borough, actions_of, meetings_of
from boroughs.prose_field import ProseField
from govuk.forms import CleanText, DateField
from toolkit.models import Benchmark

MOST = 200  # of each kind, the newest
LABELS = {"paper": "Papers", "meeting": "Meetings", "figure": "Figures", "action": "Actions"}


class EvidenceForm(forms.Form):
    what = forms.ChoiceField(label="What the rating rests on", required=False)
    address = forms.URLField(
        label="Or an address on the web",
        help_text="For example, https://www.example.org/minutes",
        max_length=500,
        required=False,
        assume_scheme="https",
        error_messages={
            "invalid": "Enter the whole address, such as https://www.example.org/minutes"
        },
    )
    dated = DateField(
        label="Day of the evidence",
        help_text="When it was written, held or counted. It is shown as old once the borough’s limit has passed.",
    )
    note = ProseField(label="Note (optional)", max_length=300, required=False)

    def __init__(self, *args: Any, borough: Borough, user: User, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.things = offered(borough, user)
        groups = [
            (LABELS[kind], [(f"{kind}:{row.pk}", said_of(row)) for row in rows])
            for kind, rows in self.things.items()
            if rows
        ]
        self.fields["what"].choices = [("", "Choose"), *groups]  # type: ignore[attr-defined]  # it is a ChoiceField

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        what, address = said.get("what", ""), said.get("address", "")
        if self.errors:
            return said
        if bool(what) == bool(address):
            say = "Choose one thing, or give an address on the web"
            self.add_error("what", say if not what else f"{say}, not both")
            return said
        kind, _, key = what.partition(":")
        rows = {str(row.pk): row for row in self.things.get(kind, [])}
        return {
            "kind": kind or "address",
            "thing": rows.get(key, address),
            "note": said["note"],
            "dated": said["dated"],
        }


def offered(borough: Borough, user: User) -> dict[str, list[Any]]:
    """What the person may read of the borough, kind by kind."""
    rows: dict[str, QuerySet[Any]] = {
        "paper": borough.papers.visible_to(user),
        "meeting": meetings_of(borough).order_by("-date", "pk"),
        "figure": borough.figures.visible_to(user).latest_first(),
        "action": actions_of(borough, user).filter(carried_to=None).select_related("plan"),
    }
    return {kind: list(found[:MOST]) for kind, found in rows.items()}


def said_of(row: Any) -> str:
    if hasattr(row, "committee"):
        return f"{row.committee}, {row.date.day} {row.date:%B %Y}"
    return str(row)


class PostsForm(forms.Form):
    """A post for each benchmark of a version."""

    def __init__(self, *args: Any, benchmarks: list[Benchmark], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.benchmarks = {f"post_{row.key}": row for row in benchmarks}
        for name, row in self.benchmarks.items():
            self.fields[name] = CleanText(label=str(row), required=False, max_length=150)

    @property
    def posts(self) -> dict[Benchmark, str]:
        return {row: self.cleaned_data[name] for name, row in self.benchmarks.items()}
