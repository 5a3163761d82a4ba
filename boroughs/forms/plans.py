"""What is typed about priorities, delivery plans and their actions."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from boroughs.filling import said_in, version_seen
from boroughs.models import (
    Action,
    Area,
    Borough,
    DeliveryPlan,
    Organisation,
    Priority,
    areas_of,
)
from boroughs.plurals import plural
from boroughs.policies import day
from boroughs.prose_field import ProseField
from govuk.forms import CleanText, DateField, Radios

from .strategies import EXAMPLE, RowField, prose

LONGEST_TITLE = 300  # characters


class PriorityForm(forms.Form):
    title = ProseField(label="Title", max_length=LONGEST_TITLE)
    about = prose(label="About it (optional)")


class PriorityChangeForm(PriorityForm):
    seen = version_seen()

    @classmethod
    def said_in(cls, priority: Priority) -> dict[str, Any]:
        return said_in(cls, priority)


class AreasForm(forms.Form):
    """Areas as they stand in a document: several at once, a line each."""

    areas = prose(label="Titles", help_text="One line each.", required=True)

    def __init__(self, *args: Any, noun: str, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.noun = noun

    @property
    def titles(self) -> list[str]:
        """Without the signs that a list in a document begins its lines with."""
        lines = str(self.cleaned_data.get("areas") or "").split("\n")
        return [title for line in lines if (title := line.strip().lstrip("-–•*").strip())]

    def clean_areas(self) -> str:
        for number, title in enumerate(self.titles, 1):
            if len(title) > LONGEST_TITLE:
                raise forms.ValidationError(
                    f"Line {number} has {len(title)} characters. Shorten it to {LONGEST_TITLE}"
                )
        return str(self.cleaned_data["areas"])


class PriorityAddForm(PriorityForm, AreasForm):
    """A priority with what stands under it."""

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["areas"].label = f"{plural(self.noun)} (optional)"
        self.fields["areas"].required = False
        self.order_fields(["title", "about", "areas"])


class AreaChangeForm(forms.Form):
    title = ProseField(label="Title", max_length=LONGEST_TITLE)
    seen = version_seen()

    @classmethod
    def said_in(cls, area: Area) -> dict[str, Any]:
        return said_in(cls, area)


class PlanPeriodForm(forms.Form):
    title = ProseField(
        label="Title", help_text="For example, Delivery plan 2017/18", max_length=200
    )
    starts_on = DateField(label="The day it begins", help_text=EXAMPLE)
    ends_on = DateField(label="The day it ends", help_text="The last day of its period.")

    def clean(self) -> None:
        starts_on, ends_on = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error(
                "ends_on", f"A plan ends after it begins. Enter {day(starts_on)} or a later day"
            )


class PlanForm(PlanPeriodForm):
    adopted_by = RowField(
        label="Adopted by (optional)", queryset=None, required=False, empty_label="Not adopted yet"
    )
    adopted_on = DateField(label="Adopted on (optional)", help_text=EXAMPLE, required=False)

    def __init__(self, *args: Any, borough: Borough, **rest: Any) -> None:
        super().__init__(*args, **rest)
        field = cast("forms.ModelChoiceField[Any]", self.fields["adopted_by"])
        field.queryset = borough.committees.all()


class PlanChangeForm(PlanForm):
    seen = version_seen()

    @classmethod
    def said_in(cls, plan: DeliveryPlan) -> dict[str, Any]:
        return said_in(cls, plan)


class ActionForm(forms.Form):
    """A line of the plan."""

    title = prose(label="What is to be done", required=True, max_length=1000, rows=3)
    priority = RowField(
        label="Stands under (optional)", queryset=None, required=False, empty_label="None"
    )
    area = RowField(
        label="In the area (optional)", queryset=None, required=False, empty_label="None"
    )
    owner_post = CleanText(
        label="Owner (optional)",
        help_text="A post, never a person’s name.",
        max_length=150,
        required=False,
    )
    organisation = RowField(
        label="Organisation (optional)",
        help_text="Its people can report progress on the action.",
        queryset=None,
        required=False,
        empty_label="The council itself",
    )
    partners = CleanText(
        label="Together with (optional)",
        help_text="Other organisations that help: Essex Police, all secondary schools.",
        max_length=300,
        required=False,
    )
    due_on = DateField(
        label="Due on (optional)", help_text="For example, 31 3 2018", required=False
    )
    timing = CleanText(
        label="When, in the plan’s words (optional)",
        help_text="Where it says more than a day, or no day: ongoing, each autumn term.",
        max_length=100,
        required=False,
    )
    resources = ProseField(
        label="Resources (optional)",
        help_text="What it takes: within existing budgets, two days of a trainer.",
        max_length=300,
        required=False,
    )
    success_measure = prose(label="How its success is measured (optional)", rows=3)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(self, *args: Any, plan: DeliveryPlan, **rest: Any) -> None:
        super().__init__(*args, **rest)
        strategy = plan.strategy
        rows: dict[str, QuerySet[Any]] = {
            "priority": strategy.priorities.all(),
            "area": areas_of(strategy),
            "organisation": strategy.borough.organisations.all(),
        }
        for name, offered in rows.items():
            cast("forms.ModelChoiceField[Any]", self.fields[name]).queryset = offered
        self.fields["priority"].label = f"{strategy.priority_word} (optional)"
        self.fields["area"].label = f"{strategy.area_word} (optional)"

    @classmethod
    def said_in(cls, action: Action) -> dict[str, Any]:
        rows = ("priority", "area", "organisation")
        words = (
            "title",
            "owner_post",
            "partners",
            "due_on",
            "timing",
            "resources",
            "success_measure",
        )
        said = {name: getattr(action, name) for name in words}
        said |= {name: getattr(action, f"{name}_id") for name in rows}
        return said | {"seen": action.version}


class ReportForm(forms.Form):
    """Progress on one action."""

    state = forms.ChoiceField(
        label="State", choices=Action.State.choices, widget=Radios(inline=True)
    )
    stopped_reason = prose(label="Why, if it is stopped", max_length=1000, rows=2)
    note = prose(
        label="Progress note (optional)",
        help_text="What was done since the last note. Do not name or describe anyone who was referred.",
        rows=3,
    )
    on = DateField(
        label="Date of the note (optional)",
        help_text="Leave it empty when it is of today.",
        required=False,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    @classmethod
    def said_in(cls, action: Action) -> dict[str, Any]:
        return {
            "state": action.state,
            "stopped_reason": action.stopped_reason,
            "seen": action.version,
        }


class PlanFilterForm(forms.Form):
    """Which actions of a plan are shown; an answer that is not offered counts as none."""

    ANY = ("", "All")
    DUE = (
        ("overdue", "Overdue"),
        ("soon", "Within 30 days"),
        ("none", "No date"),
        ("quiet", f"No news for {Action.QUIET_AFTER} days"),
    )

    words = forms.CharField(label="Words in it", max_length=100, required=False)
    state = forms.ChoiceField(label="State", required=False, choices=[ANY, *Action.State.choices])
    priority = forms.ChoiceField(label="Priority", required=False)
    organisation = forms.ChoiceField(label="Organisation", required=False)
    owner = forms.ChoiceField(label="Owner", required=False)
    due = forms.ChoiceField(label="Due", required=False, choices=[ANY, *DUE])

    def __init__(self, *args: Any, actions: list[Action], priority_word: str, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["priority"].label = priority_word
        priorities = {str(a.priority_id): str(a.priority) for a in actions if a.priority_id}
        bodies = {str(a.organisation_id): str(a.organisation) for a in actions if a.organisation_id}
        owners = {a.owner_post: a.owner_post for a in actions if a.owner_post}
        self._offer("priority", [*priorities.items(), ("none", "None")])
        self._offer("organisation", [*sorted(bodies.items(), key=_word), ("none", "The council")])
        self._offer("owner", sorted(owners.items(), key=_word))

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = [self.ANY, *choices]

    @property
    def chosen(self) -> dict[str, str]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


def _word(choice: tuple[str, str]) -> str:
    return choice[1].casefold()


class OrganisationForm(forms.Form):
    name = CleanText(
        label="Name", help_text="For example, the health trust’s full name.", max_length=150
    )


class OrganisationChangeForm(OrganisationForm):
    seen = version_seen()

    @classmethod
    def said_in(cls, organisation: Organisation) -> dict[str, Any]:
        return said_in(cls, organisation)


class PersonOrganisationForm(forms.Form):
    organisation = RowField(
        label="Reports for", queryset=None, required=False, empty_label="No organisation"
    )

    def __init__(self, *args: Any, borough: Borough, **rest: Any) -> None:
        super().__init__(*args, **rest)
        field = cast("forms.ModelChoiceField[Any]", self.fields["organisation"])
        field.queryset = borough.organisations.all()
