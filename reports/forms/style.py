from typing import Any

from django import forms

from boroughs.models import Borough
from boroughs.prose_field import ProseField
from govuk.forms import Radios
from reports.models import styles_for


class StyleForm(forms.Form):
    style: Any = forms.ModelChoiceField(
        None,
        label="House style",
        to_field_name="key",
        empty_label=None,
        widget=Radios(),
        help_text="The front sheet, the order of sections and the numbering of the reports begun from now on.",
    )

    def __init__(self, *args: Any, borough: Borough, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["style"].queryset = styles_for(borough)  # type: ignore[attr-defined]  # it is a ModelChoiceField


class CopyForm(forms.Form):
    title = ProseField(
        label="Name of your style",
        help_text="As it is chosen from the list, such as: Cabinet report",
        max_length=100,
    )


class RemoveForm(forms.Form):
    """Nothing to fill in: the button says it."""
