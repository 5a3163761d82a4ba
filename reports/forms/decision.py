"""What a meeting decided: an outcome for each recommendation, the record, and what followed."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import Truncator

from boroughs.filling import said_in, version_seen
from boroughs.models import Action
from boroughs.prose_field import ProseField
from govuk.forms import CleanText, DateField, Radios
from reports.models import DecidedItem, Decision, DecisionStep

HELP = "For example, 4 7 2026"
LONG = 4000


def long_text(label: str, help_text: str = "", rows: int = 3) -> ProseField:
    area = forms.Textarea(attrs={"rows": rows})
    return ProseField(
        label=label, help_text=help_text, max_length=LONG, required=False, widget=area
    )


class DecisionForm(forms.Form):
    """`recommendations` are those that were put to the meeting; each has its outcome and, where amended, its words."""

    template_name = "reports/decision_form.html"
    decided_on = DateField(label="Decided on", help_text=HELP)
    minute = CleanText(
        label="Minute reference (optional)",
        help_text="As the minutes number it, for example 34/2020.",
        max_length=60,
        required=False,
    )
    published_on = DateField(
        label="Decision published on (optional)",
        help_text="The day the record of the decision was, or is, open to the public.",
        required=False,
    )
    reasons = long_text("Reasons for the decision (optional)")
    alternatives = long_text("Alternatives considered and rejected (optional)")
    conflicts = long_text(
        "Conflicts of interest, and dispensations (optional)",
        "By post or office, such as “a cabinet member declared an interest and left the room”.",
    )
    urgent = forms.BooleanField(
        label="It is exempt from call-in because it is urgent", required=False
    )
    urgent_because = long_text("Why it is urgent, and which post agreed (optional)")
    requests = long_text(
        "What the body asks for (optional)",
        "One request to a line. Each is tracked under Reviews until it is reported back.",
        rows=4,
    )
    report_by = DateField(label="To be reported back by (optional)", required=False)

    def __init__(
        self,
        *args: Any,
        recommendations: Sequence[str],
        can_be_called_in: bool = True,
        **rest: Any,
    ) -> None:
        super().__init__(*args, **rest)
        self.count = len(recommendations)
        for place, text in enumerate(recommendations, start=1):
            self._add_item(place, text)
        if not can_be_called_in:
            del self.fields["urgent"], self.fields["urgent_because"]
        first = [name for n in range(self.count) for name in _names(n + 1)]
        self.order_fields(["decided_on", "minute", "published_on", *first])

    def _add_item(self, place: int, text: str) -> None:
        outcome, amended = _names(place)
        self.fields[amended] = long_text(f"Recommendation {place} as amended (optional)", rows=2)
        self.fields[outcome] = forms.ChoiceField(
            label=f"Recommendation {place}",
            help_text=text,
            choices=DecidedItem.Outcome.choices,
            widget=Radios(parts={"amended": f"{self[amended].auto_id}-part"}),
            error_messages={"required": f"Select what became of recommendation {place}"},
        )

    def get_context(self) -> dict[str, Any]:
        amended = [_names(place)[1] for place in range(1, self.count + 1)]
        return super().get_context() | {"parts": amended}

    def clean_requests(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["requests"].splitlines() if line.strip()]

    @property
    def said(self) -> dict[str, Any]:
        """As the actions take it."""
        data = dict(self.cleaned_data)
        outcomes = [
            tuple(data.pop(name) for name in _names(place)) for place in range(1, self.count + 1)
        ]
        data.setdefault("urgent", False)
        data.setdefault("urgent_because", "")
        return {**data, "outcomes": outcomes}


class DecisionCorrectForm(DecisionForm):
    why = CleanText(
        label="Why it is corrected",
        help_text="This stays beside what the record said before.",
        max_length=500,
    )
    seen = version_seen()

    @classmethod
    def said_in(cls, decision: Decision) -> dict[str, Any]:
        names = [name for name in DecisionForm.base_fields if hasattr(decision, name)]
        names.remove("requests")  # those are its rows; more may be added
        said = {name: getattr(decision, name) for name in names}
        for item in decision.items.all():
            outcome, amended = _names(item.position)
            said |= {outcome: item.outcome, amended: item.amended}
        return said | {"seen": decision.version}


def _names(place: int) -> tuple[str, str]:
    return f"outcome_{place}", f"amended_{place}"


class DecisionFollowForm(forms.Form):
    minute = CleanText(label="Minute reference (optional)", max_length=60, required=False)
    published_on = DateField(label="Decision published on (optional)", required=False)
    called_in_on = DateField(label="Called in on (optional)", help_text=HELP, required=False)
    called_in_by = CleanText(
        label="Called in by (optional)",
        help_text="How many members, or which post: “three members of the council”. No names.",
        max_length=200,
        required=False,
    )
    result = forms.ChoiceField(
        label="What came of it", choices=Decision.Result.choices, required=False, widget=Radios
    )
    result_on = DateField(label="Known on (optional)", required=False)
    seen = version_seen()

    def __init__(self, *args: Any, can_be_called_in: bool, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.hidden = (
            () if can_be_called_in else ("called_in_on", "called_in_by", "result", "result_on")
        )
        for name in self.hidden:
            del self.fields[name]

    def clean(self) -> None:
        for name in self.hidden:
            self.cleaned_data[name] = None if name.endswith("_on") else ""

    @classmethod
    def said_in(cls, decision: Decision) -> dict[str, Any]:
        return said_in(cls, decision)


class DecisionStepForm(forms.Form):
    text = ProseField(
        label="What is to be done", max_length=LONG, widget=forms.Textarea(attrs={"rows": 3})
    )
    owner_post = CleanText(
        label="Which post does it (optional)",
        help_text="A post, never a person: people change.",
        max_length=150,
        required=False,
    )
    due = DateField(label="Due (optional)", help_text=HELP, required=False)


class DecisionStepChangeForm(DecisionStepForm):
    seen = version_seen()

    @classmethod
    def said_in(cls, step: DecisionStep) -> dict[str, Any]:
        return said_in(cls, step)


class ActionField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    def label_from_instance(self, obj: Action) -> str:
        return Truncator(f"{obj.plan}: {obj.title}").chars(120)


class DecisionStepFollowForm(forms.Form):
    action = ActionField(
        label="Action of a delivery plan that stands for it (optional)",
        queryset=None,
        required=False,
        empty_label="None",
    )
    done_on = DateField(label="Done on (optional)", help_text=HELP, required=False)
    seen = version_seen()

    def __init__(self, *args: Any, actions: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["action"].queryset = actions  # type: ignore[attr-defined]  # a ModelChoiceField

    @classmethod
    def said_in(cls, step: DecisionStep) -> dict[str, Any]:
        return said_in(cls, step)
