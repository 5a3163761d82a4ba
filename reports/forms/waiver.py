"""Reasons for leaving what the checks found as it is: one field a finding, so that several are waived at once."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms

from boroughs.prose_field import ProseField
from reports.checks import Found

REASON = 1000  # characters
NAME = re.compile(r"[a-z-]+-[0-9a-f]{16}")  # of a field


class WaiverForm(forms.Form):
    def __init__(self, *args: Any, found: Iterable[Found], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = list(found)
        for number, one in enumerate(self.found, start=1):
            self.fields[one.field] = ProseField(
                label=f"Why {number} is left as it is",
                required=False,
                max_length=REASON,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    @property
    def lines(self) -> list[tuple[Found, forms.BoundField]]:
        """Each finding with the field for its reason."""
        return [(one, self[one.field]) for one in self.found]

    @property
    def lost(self) -> list[str]:
        """Reasons that were typed for what is found no more, so that they can be copied."""
        known = {one.field for one in self.found}
        return [
            text
            for name, text in self.data.items()
            if NAME.fullmatch(name) and name not in known and str(text).strip()
        ]

    def clean(self) -> None:
        if self.lost:
            raise forms.ValidationError(
                "Something has changed since you opened the page, and a reason has no place any more. It stands below."
            )
        if not self.errors and not self.reasons:
            raise forms.ValidationError("Enter a reason beside what is to be left as it is")

    @property
    def reasons(self) -> dict[str, str]:
        """By the field of the finding; those left empty are not waived."""
        return {name: said for name, said in self.cleaned_data.items() if said}
