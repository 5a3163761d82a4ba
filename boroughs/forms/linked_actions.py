"""Which actions of delivery plans are done for what a review asks for."""

from collections.abc import Iterable
from typing import Any

from django import forms

from boroughs.models import Action, DeliveryPlan
from govuk.forms import Checkboxes


class LinkedActionsForm(forms.Form):
    """One question a plan; `plans` are those in which work goes on, each with the actions that can be chosen."""

    def __init__(
        self, *args: Any, plans: Iterable[tuple[DeliveryPlan, list[Action]]], **rest: Any
    ) -> None:
        super().__init__(*args, **rest)
        self.rows: dict[str, Action] = {}
        for plan, actions in plans:
            self.rows |= {str(action.pk): action for action in actions}
            self.fields[f"plan_{plan.pk}"] = forms.MultipleChoiceField(
                label=f"{plan}{' (closed)' if plan.strategy.is_closed else ''}",
                choices=[(str(action.pk), action.title) for action in actions],
                required=False,
                widget=Checkboxes(hints={str(action.pk): _about(action) for action in actions}),
            )

    def clean(self) -> dict[str, Any]:
        if self.fields and not any(self.cleaned_data.values()):
            self.add_error(next(iter(self.fields)), "Select at least one action.")
        return self.cleaned_data

    @property
    def chosen(self) -> list[Action]:
        return [self.rows[key] for keys in self.cleaned_data.values() for key in keys]


def _about(action: Action) -> str:
    """Its state, owner and day."""
    who = ", ".join(filter(None, (action.owner_post, str(action.organisation or ""))))
    due = f"Due {action.due_on.day} {action.due_on:%B %Y}" if action.due_on else ""
    return ". ".join(filter(None, (action.get_state_display(), who, due)))
