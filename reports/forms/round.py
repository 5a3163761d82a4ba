"""By which report a duty was done."""

from typing import Any

from django import forms


class RoundForm(forms.Form):
    report: Any = forms.ModelChoiceField(
        None, label="Report", required=False, empty_label="No report"
    )

    def __init__(self, *args: Any, reports: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["report"].queryset = reports  # type: ignore[attr-defined]  # a ModelChoiceField
