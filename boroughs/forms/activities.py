"""What is asked about activities."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from boroughs.activity_policies import why_not_cancelled, why_not_count, why_not_result
from boroughs.counting import Uncountable, as_text, counted_in
from boroughs.filling import version_seen
from boroughs.forms.reviews import NOBODY, RowField, prose
from boroughs.models import Activity, Area, Borough, FigureValue, FundingLine, Priority, Strategy
from boroughs.periods import Period, financial
from boroughs.prose_field import ProseField
from govuk.forms import Checkboxes, CleanText, DateField, Radios

EXAMPLE = "For example, 1 4 2018"
COUNTS = "One a line, the number first: 120 professionals, or over 30 groups. What is counted each year belongs to Figures."


class CountsField(ProseField):
    """Its value is a list of `Counted`."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            counts = counted_in(text)
        except Uncountable as why:
            raise ValidationError(str(why), code="uncountable") from why
        for count in counts:
            if why_not := why_not_count(count.what):
                raise ValidationError(f"“{count}”: {why_not}", code="referred")
        return counts


class ServesField(forms.ChoiceField):
    """A priority or an area, grouped by strategy; its value is (priority, area)."""

    def __init__(self, **rest: Any) -> None:
        super().__init__(label="Serves (optional)", required=False, **rest)
        self.rows: dict[str, tuple[Priority, Area | None]] = {}

    def offer(self, strategies: QuerySet[Strategy]) -> None:
        groups: list[Any] = [("", "No priority")]
        for strategy in strategies.prefetch_related("priorities__areas"):
            group = []
            for priority in strategy.priorities.all():
                self.rows[str(priority.pk)] = priority, None
                group.append((str(priority.pk), f"{strategy.priority_word} {priority}"))
                for area in priority.areas.all():
                    self.rows[str(area.pk)] = priority, area
                    group.append((str(area.pk), f"— {priority.position}.{area.position} {area}"))
            groups += [(str(strategy), group)] if group else []
        self.choices = groups

    def clean(self, value: Any) -> Any:
        return self.rows.get(super().clean(value), (None, None))


class ActivityForm(forms.Form):
    kind = forms.ChoiceField(label="Kind", choices=Activity.Kind.choices, widget=Radios())
    title = ProseField(
        label="Short name",
        help_text="For example, Act Now campaign with the tenants’ conference",
        max_length=200,
    )
    about = prose(rows=3, label="What it is about (optional)", required=False, max_length=2000)
    audiences = forms.MultipleChoiceField(
        label="Audience", choices=Activity.Audience.choices, widget=Checkboxes()
    )
    starts_on = DateField(label="The first day", help_text=EXAMPLE)
    ends_on = DateField(
        label="The last day (optional)",
        help_text="Leave it empty for a single day. A financial year ends on 31 3.",
        required=False,
    )
    state = forms.ChoiceField(
        label="State",
        choices=Activity.State.choices,
        widget=Radios(hints={"delivered": "All of it, or as much as will be."}),
    )
    cancelled_because = prose(
        rows=2, label="Why it was cancelled, if it was", required=False, max_length=1000
    )
    result = prose(
        rows=4,
        label="Result in words (optional)",
        help_text=f"What came of it, once it is delivered. Committees read it. {NOBODY}",
        required=False,
    )
    counts = CountsField(
        label="Result in numbers (optional)",
        help_text=COUNTS,
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    organisation = RowField(
        label="Delivered by",
        help_text="Organisations are kept under Record.",
        empty_label="The council itself",
    )
    serves = ServesField()
    funding = RowField(label="Paid for by (optional)", empty_label="No funding line")
    source = CleanText(
        label="Source (optional)",
        help_text="The report in which this can be read, with its date.",
        max_length=300,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        borough: Borough,
        strategies: QuerySet[Strategy],
        lines: QuerySet[FundingLine],
        now: Activity | None = None,
        **rest: Any,
    ) -> None:
        super().__init__(*args, **rest)
        cast("RowField", self.fields["organisation"]).queryset = borough.organisations.all()
        cast("RowField", self.fields["funding"]).queryset = lines
        serves = cast("ServesField", self.fields["serves"])
        serves.offer(strategies)
        if now:
            self._keep_unseen(now, serves, lines)

    def _keep_unseen(
        self, now: Activity, serves: ServesField, lines: QuerySet[FundingLine]
    ) -> None:
        """What leads to something that this person may not see stays as it is: nothing is asked about it."""
        served = now.area_id or now.priority_id
        if served and str(served) not in serves.rows:
            del self.fields["serves"]
        if now.funding_id and not lines.filter(pk=now.funding_id).exists():
            del self.fields["funding"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if "serves" in said:
            said["priority"], said["area"] = said.pop("serves")
        if "state" in said:
            rules = (
                ("cancelled_because", why_not_cancelled),
                ("result", why_not_result),
            )
            for name, why_not in rules:
                if name in said and (why := why_not(said["state"], said[name])):
                    self.add_error(name, why)
        return said


class ActivityChangeForm(ActivityForm):
    seen = version_seen()

    @classmethod
    def said_in(cls, activity: Activity) -> dict[str, Any]:
        """`serves` and `counts` as they are asked for."""
        served = activity.area_id or activity.priority_id
        rows = {
            "serves": str(served) if served else "",
            "organisation": activity.organisation_id,
            "funding": activity.funding_id,
        }
        names = [name for name in cls.base_fields if name not in {"seen", "counts", *rows}]
        said = {name: getattr(activity, name) for name in names}
        counts = as_text(activity.counts.all())
        return said | rows | {"counts": counts, "seen": activity.version}


class ActivityFilterForm(forms.Form):
    """Read from the address: which activities are listed."""

    year = forms.ChoiceField(label="Financial year", required=False)
    kind = forms.ChoiceField(
        label="Kind", choices=[("", "Every kind"), *Activity.Kind.choices], required=False
    )
    audience = forms.ChoiceField(
        label="Audience",
        choices=[("", "Every audience"), *Activity.Audience.choices],
        required=False,
    )

    def __init__(self, *args: Any, years: list[int], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.years = years
        offered = [(str(year), str(financial("year", year))) for year in years]
        cast("forms.ChoiceField", self.fields["year"]).choices = [("", "Every year"), *offered]

    @property
    def period(self) -> Period | None:
        year = self.cleaned_data.get("year")
        return financial("year", int(year)) if year else None


class ActivityFiguresForm(forms.Form):
    figures = forms.MultipleChoiceField(
        label="Figures that it led to", required=False, widget=Checkboxes()
    )

    def __init__(self, *args: Any, offered: list[tuple[FigureValue, str]], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.rows = {str(figure.pk): figure for figure, _ in offered}
        choices = [(str(figure.pk), words) for figure, words in offered]
        cast("forms.MultipleChoiceField", self.fields["figures"]).choices = choices

    @property
    def chosen(self) -> list[FigureValue]:
        return [self.rows[key] for key in self.cleaned_data["figures"]]
