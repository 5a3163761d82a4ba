"""Handing a person's duties to a successor."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms

from boroughs.handover import Piece
from govuk.forms import Checkboxes

from .committees import PersonField


class HandoverForm(forms.Form):
    keys = forms.MultipleChoiceField(
        label="What moves",
        error_messages={"required": "Select at least one thing that moves"},
    )
    successor = PersonField(
        label="Successor",
        help_text="Somebody who holds a role here already. Invite them first when they do not.",
        queryset=None,
        empty_label="Choose a person",
        error_messages={"invalid_choice": "Choose somebody from the list of people"},
    )

    def __init__(self, *args: Any, pieces: Sequence[Piece], people: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        keys = cast("forms.MultipleChoiceField", self.fields["keys"])
        keys.widget = Checkboxes(hints={piece.key: piece.hint for piece in pieces if piece.hint})
        keys.choices = [(piece.key, piece.words) for piece in pieces]
        cast("PersonField", self.fields["successor"]).queryset = people
