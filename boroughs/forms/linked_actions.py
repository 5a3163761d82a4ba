"""Which actions of delivery plans are done for what a review asks for."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from boroughs.models import Action, DeliveryPlan
from boroughs.policies import day
from govuk.forms import Checkboxes

FEW = 20  # actions that a page shows without folding them away


class LinkedActionsForm(forms.Form):
    """One question a priority of each plan; `plans` are those in which work goes on, each with the actions that can be
    chosen, in the plan's order."""

    def __init__(
        self, *args: Any, plans: Iterable[tuple[DeliveryPlan, list[Action]]], **rest: Any
    ) -> None:
        super().__init__(*args, **rest)
        self.rows: dict[str, Action] = {}
        self.parts: list[tuple[DeliveryPlan, list[str]]] = []
        for plan, actions in plans:
            under = groupby(actions, key=lambda action: action.priority)
            self.parts.append((plan, [self._ask(plan, of, list(its)) for of, its in under]))

    def _ask(self, plan: DeliveryPlan, priority: Any, actions: list[Action]) -> str:
        name = f"plan_{plan.pk}_{priority.pk if priority else 'none'}"
        word = plan.strategy.priority_word
        self.rows |= {str(action.pk): action for action in actions}
        self.fields[name] = forms.MultipleChoiceField(
            label=f"{word} {priority}" if priority else f"Under no {word.lower()}",
            choices=[(str(action.pk), action.title) for action in actions],
            required=False,
            widget=Checkboxes(hints={str(action.pk): _about(action) for action in actions}),
        )
        return name

    def clean(self) -> dict[str, Any]:
        if self.fields and not any(self.cleaned_data.values()):
            self.add_error(next(iter(self.fields)), "Select at least one action.")
        return self.cleaned_data

    @property
    def sections(self) -> Iterator[tuple[DeliveryPlan, list[tuple[BoundField, int, bool]]]]:
        """Each plan with its questions, how many actions each offers, and whether it stands open."""
        few = len(self.rows) <= FEW
        for plan, names in self.parts:
            fields = [self[name] for name in names]
            yield plan, [(f, len(f.field.choices), few or bool(f.errors or f.value())) for f in fields]  # type: ignore[attr-defined]  # fmt: skip

    @property
    def chosen(self) -> list[Action]:
        return [self.rows[key] for keys in self.cleaned_data.values() for key in keys]


def _about(action: Action) -> str:
    """Its area, state, owner and day."""
    who = ", ".join(filter(None, (action.owner_post, str(action.organisation or ""))))
    due = f"Due {day(action.due_on)}" if action.due_on else ""
    said = (str(action.area or ""), action.get_state_display(), who, due)
    return ". ".join(part.rstrip(".") for part in said if part)
