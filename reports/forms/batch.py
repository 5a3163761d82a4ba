"""Which reports are made together."""

from collections.abc import Iterable
from typing import Any

from django import forms

from govuk.forms import Checkboxes
from reports.models import Report


class BatchForm(forms.Form):
    reports = forms.MultipleChoiceField(
        label="Reports to make",
        help_text="The newest of each council is ticked.",
        widget=Checkboxes(),
        error_messages={"required": "Tick at least one report"},
    )

    def __init__(self, *args: Any, reports: Iterable[Report], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_key = {str(report.pk): report for report in reports}
        self.fields["reports"].choices = [  # type: ignore[attr-defined]  # a field of choices
            (key, f"{report.borough}: {report.title}") for key, report in self.by_key.items()
        ]

    @property
    def chosen(self) -> list[Report]:
        return [self.by_key[key] for key in self.cleaned_data["reports"]]
