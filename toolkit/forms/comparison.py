"""Which boroughs are compared, by which toolkit, and in which order."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from django import forms

from boroughs.models import Borough, FundingStatus
from boroughs.models.borough import Kind
from toolkit.across import Choice, Toolkit
from toolkit.across.table import SORTS
from toolkit.models import Assessment

ALL = ("", "All")


class ComparisonForm(forms.Form):
    """An answer that is not offered counts as none."""

    version = forms.ChoiceField(label="Toolkit", required=False)
    assessor = forms.ChoiceField(
        label="Assessed by",
        required=False,
        choices=[("", "Whoever assessed last"), *Assessment.Assessor.choices],
    )
    area = forms.ChoiceField(label="Region", required=False)
    kind = forms.ChoiceField(label="Kind of authority", required=False)
    funded = forms.ChoiceField(label="Funding by the Home Office", required=False)
    sort = forms.ChoiceField(
        label="Order", required=False, choices=[(key, label) for key, (label, _) in SORTS.items()]
    )

    def __init__(
        self, *args: Any, boroughs: Sequence[Borough], offered: Sequence[Toolkit], **rest: Any
    ) -> None:
        super().__init__(*args, **rest)
        newest = Choice().toolkit(offered)
        first = sorted(offered, key=lambda each: each != newest)
        self._offer("version", [(each.key, each.title) for each in first])
        areas = sorted({each.area for each in boroughs} - {""})
        self._offer("area", [ALL, *((area, area) for area in areas)])
        self._offer("kind", [ALL, *_those(Kind.choices, (each.kind for each in boroughs))])
        funded = (getattr(each, "funded", None) or "unknown" for each in boroughs)
        self._offer("funded", [ALL, *_those(FundingStatus.Status.choices, funded)])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = choices

    @property
    def leaves_out(self) -> bool:
        """Whether boroughs are left out."""
        choice = self.choice
        return any((choice.area, choice.kind, choice.funded))

    @property
    def choice(self) -> Choice:
        self.is_valid()
        return Choice(**{name: value for name, value in self.cleaned_data.items() if value})


def _those(choices: Iterable[tuple[str, Any]], found: Iterable[str]) -> list[tuple[str, str]]:
    there = set(found)
    return [(key, str(label)) for key, label in choices if key in there]
