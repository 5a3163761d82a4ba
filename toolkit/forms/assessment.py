"""Opening a period, and adopting a toolkit."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from boroughs.policies import day
from govuk.forms import CleanText, DateField, Radios
from toolkit.models import Adoption, Assessment, ToolkitVersion


class AssessmentForm(forms.Form):
    version = forms.ModelChoiceField(
        ToolkitVersion.objects.all(),
        label="Toolkit",
        to_field_name="key",
        empty_label=None,
        widget=Radios(),
    )
    assessor = forms.ChoiceField(
        label="Who makes the assessment", choices=Assessment.Assessor, widget=Radios()
    )
    assessor_name = CleanText(
        label="Name of the group, if it has one",
        required=False,
        max_length=100,
        help_text="For example, Prevent strategy group",
    )
    starts_on = DateField(label="First day of the period", help_text="For example, 1 7 2019")
    ends_on = DateField(label="Last day of the period")

    def say_in_use(self, adopted: Adoption | None) -> None:
        """Beside the toolkit that the council uses, since when."""
        if adopted:
            hint = {adopted.version.key: f"In use here since {day(adopted.since)}"}
            cast("Radios", self.fields["version"].widget).hints = hint

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        first, last = said.get("starts_on"), said.get("ends_on")
        if first and last and last < first:
            self.add_error(
                "ends_on", "Last day of the period must be the same as or after the first day"
            )
        return said


class MoveForm(forms.Form):
    """The version chosen on the page, and what was shown of the ratings (`Move.seen`)."""

    to = forms.SlugField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class PeriodField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    def label_from_instance(self, obj: Assessment) -> str:
        return f"{obj.period}, {obj.assessed_by}"


class OtherPeriodForm(forms.Form):
    """Another period or assessor of the same version, to be held against one."""

    against = PeriodField(label="Compare with", queryset=None, empty_label=None)

    def __init__(self, *args: Any, others: "QuerySet[Assessment]", **rest: Any) -> None:
        super().__init__(*args, **rest)
        against = self.fields["against"]
        if isinstance(against, PeriodField):
            against.queryset = others


class AdoptionForm(forms.Form):
    version = forms.ModelChoiceField(
        ToolkitVersion.objects.filter(kind=ToolkitVersion.Kind.TOOLKIT),
        label="Toolkit",
        to_field_name="key",
        empty_label=None,
        widget=Radios(),
    )
    since = DateField(
        label="From which day",
        help_text="New assessments are made by it from this day. Earlier ones stay as they are.",
    )
