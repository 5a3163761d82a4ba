"""What is typed about strategies."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from boroughs.filling import said_in, version_seen
from boroughs.models import (
    Borough,
    ClosureCase,
    Committee,
    Consultation,
    Meeting,
    Strategy,
    meetings_of,
)
from boroughs.policies import day
from boroughs.prose_field import ProseField
from boroughs.strategy_policies import next_states
from govuk.forms import CleanText, DateField, Radios

EXAMPLE = "For example, 1 4 2017"
LONGEST = 4000  # characters


def prose(rows: int = 4, **rest: Any) -> ProseField:
    rest = {"max_length": LONGEST, "required": False, **rest}
    return ProseField(widget=forms.Textarea(attrs={"rows": rows}), **rest)


class TextsForm(forms.Form):
    """The words that a body adopts."""

    title = ProseField(label="Title", help_text="As on its cover.", max_length=200)
    starts_on = DateField(label="The day it begins", help_text=EXAMPLE)
    ends_on = DateField(label="The day it ends", help_text="The last day of its period.")
    aims = prose(label="Aims (optional)", help_text="What it is to achieve, one line each.")
    summary = prose(label="Summary (optional)", rows=6)
    corporate_priorities = prose(
        label="Corporate priorities it serves (optional)", help_text="One line each.", rows=3
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    @classmethod
    def said_in(cls, strategy: Strategy) -> dict[str, Any]:
        """What the strategy says now, as the form's initial values."""
        return {name: getattr(strategy, name) for name in Strategy.TEXTS} | {
            "seen": strategy.version
        }

    @property
    def texts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in Strategy.TEXTS}

    def clean(self) -> None:
        starts_on, ends_on = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error(
                "ends_on",
                f"A strategy ends after it begins. Enter {day(starts_on)} or a later day",
            )


class LevelsForm(forms.Form):
    """What the strategy's levels are called; each council has its own words."""

    priority_name = CleanText(
        label="A priority is called (optional)",
        help_text="Priority, Objective, Action, Aim. Leave it empty for “Priority”.",
        max_length=40,
        required=False,
    )
    area_name = CleanText(
        label="What stands under a priority is called (optional)",
        help_text="Leave it empty for “Area of focus”.",
        max_length=40,
        required=False,
    )
    action_name = CleanText(
        label="A line of the delivery plan is called (optional)",
        help_text="Leave it empty for “Action”.",
        max_length=40,
        required=False,
    )


class StrategyField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    def label_from_instance(self, obj: Strategy) -> str:
        return f"{obj.title} ({obj.get_state_display().lower()})"


class RowField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    """A row by its own name; the form says which rows are offered."""


def _offer(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    cast("forms.ModelChoiceField[Any]", form.fields[name]).queryset = rows


class StrategyForm(TextsForm, LevelsForm):
    """A new strategy."""

    replaces = StrategyField(
        label="It replaces (optional)", queryset=None, required=False, empty_label="None"
    )
    seen = None  # type: ignore[assignment]  # there is nothing to have seen yet

    def __init__(self, *args: Any, strategies: QuerySet[Strategy], **rest: Any) -> None:
        super().__init__(*args, **rest)
        _offer(self, "replaces", strategies)
        self.order_fields([*Strategy.TEXTS])


class GovernForm(LevelsForm):
    """How a strategy is kept: what is no part of the words adopted."""

    replaces = StrategyField(
        label="It replaces (optional)", queryset=None, required=False, empty_label="None"
    )
    marking = forms.ChoiceField(
        label="Protective marking",
        help_text="A marking does not close the strategy, and closing it does not mark it.",
        choices=ClosureCase.Marking.choices,
        required=False,
        widget=Radios(),
    )
    owner_post = CleanText(
        label="Who is responsible for it (optional)",
        help_text="Posts, never names: Strategic Director, Public Protection; Cabinet Member for Communities.",
        max_length=200,
        required=False,
    )
    owning_board = RowField(
        label="Board that owns it (optional)",
        help_text="A partnership board. One that is missing is added under Boards first.",
        queryset=None,
        required=False,
        empty_label="None",
    )
    reports_to = CleanText(
        label="The board reports to (optional)",
        help_text="For example, the Community Safety Partnership.",
        max_length=200,
        required=False,
    )
    cadence = CleanText(
        label="How often (optional)",
        help_text="For example, every quarter, and to scrutiny every year.",
        max_length=200,
        required=False,
    )
    delegated_to = CleanText(
        label="Who may amend it under delegated authority (optional)",
        help_text="A post, never a person’s name.",
        max_length=200,
        required=False,
    )
    delegated_with = CleanText(
        label="In consultation with (optional)", max_length=200, required=False
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(
        self,
        *args: Any,
        borough: Borough,
        strategies: QuerySet[Strategy],
        strategy: Strategy,
        **rest: Any,
    ) -> None:
        super().__init__(*args, **rest)
        _offer(self, "replaces", strategies)
        if strategy.replaces_id and not strategies.filter(pk=strategy.replaces_id).exists():
            del self.fields[
                "replaces"
            ]  # it replaces one that is closed to the visitor, and goes on doing so
        _offer(self, "owning_board", borough.committees.filter(kind=Committee.Kind.BOARD))
        kept_by = ["owning_board", "reports_to", "cadence", "delegated_to", "delegated_with"]
        self.order_fields(["replaces", "owner_post", *kept_by])

    @classmethod
    def said_in(cls, strategy: Strategy) -> dict[str, Any]:
        rows = {"replaces": strategy.replaces_id, "owning_board": strategy.owning_board_id}
        names = [name for name in cls.base_fields if name not in {*rows, "seen"}]
        return rows | {name: getattr(strategy, name) for name in names} | {"seen": strategy.version}


class MoveForm(forms.Form):
    to = forms.ChoiceField(label="What becomes of it", widget=Radios())
    reason = prose(
        label="Reason", help_text="A withdrawal needs one; otherwise it may stay empty.", rows=3
    )

    def __init__(self, *args: Any, strategy: Strategy, **rest: Any) -> None:
        super().__init__(*args, **rest)
        words = [(state.value, state.label) for state in next_states(strategy)]
        cast("forms.ChoiceField", self.fields["to"]).choices = words


class AdoptForm(forms.Form):
    adopted_by = RowField(
        label="Who adopted it",
        help_text="A body that is missing is added under Committees first.",
        queryset=None,
        empty_label="Choose a committee",
    )
    adopted_on = DateField(label="The day it was adopted", help_text="For example, 18 7 2017")
    meeting = RowField(
        label="At its meeting (optional)", queryset=None, required=False, empty_label="Not recorded"
    )
    recommendation = CleanText(
        label="Under which recommendation (optional)",
        help_text="As the minutes number it. For example, recommendation (i)",
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, borough: Borough, **rest: Any) -> None:
        super().__init__(*args, **rest)
        _offer(self, "adopted_by", borough.committees.all())
        meetings: QuerySet[Meeting] = meetings_of(borough)
        _offer(self, "meeting", meetings)


class AmendForm(TextsForm):
    """The strategy's words, and the decision that changes them."""

    decided_on = DateField(label="The day of the decision", help_text=EXAMPLE)
    decided_by = CleanText(
        label="Who decided",
        help_text="The post that holds the delegated authority.",
        max_length=200,
    )
    consulted = CleanText(label="In consultation with (optional)", max_length=200, required=False)
    reason = prose(label="Reason", required=True)
    decision_record = CleanText(
        label="Record of the officer decision (optional)",
        help_text="Its reference or address, where it is published.",
        max_length=300,
        required=False,
    )

    @property
    def decision(self) -> dict[str, Any]:
        names = ("decided_on", "decided_by", "consulted", "reason", "decision_record")
        return {name: self.cleaned_data[name] for name in names}


class ConsultationForm(forms.Form):
    who = ProseField(
        label="Who was consulted", help_text="A group or a body, never a person.", max_length=200
    )
    since = DateField(label="From (optional)", help_text=EXAMPLE, required=False)
    until = DateField(
        label="To (optional)", help_text="Empty when it was on one day.", required=False
    )
    how = CleanText(
        label="How (optional)",
        help_text="A survey, a meeting, a letter.",
        max_length=300,
        required=False,
    )
    outcome = prose(label="What came of it (optional)")


class ConsultationChangeForm(ConsultationForm):
    seen = version_seen()

    @classmethod
    def said_in(cls, line: Consultation) -> dict[str, Any]:
        return said_in(cls, line)


class UnconsultedForm(forms.Form):
    consultation_none = prose(
        label="Why nobody was consulted",
        help_text="Leave it empty to take the answer back.",
    )
    seen = version_seen()

    @classmethod
    def said_in(cls, strategy: Strategy) -> dict[str, Any]:
        return said_in(cls, strategy)


class LinkForm(forms.Form):
    linked = StrategyField(
        label="A strategy of the portal (optional)",
        queryset=None,
        required=False,
        empty_label="None of these",
    )
    title = CleanText(
        label="Or the title of another (optional)",
        help_text="For example, Hate Crime Action Plan",
        max_length=200,
        required=False,
    )
    about = ProseField(label="How they belong together (optional)", max_length=300, required=False)

    def __init__(self, *args: Any, strategies: QuerySet[Strategy], **rest: Any) -> None:
        super().__init__(*args, **rest)
        _offer(self, "linked", strategies)
