"""What is typed of figures: a page of one subject's indicators for one period, indicators, and what is published."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError

from boroughs import periods
from boroughs.disclosure import SMALL_BASE
from boroughs.figure_policies import Entry, why_not_entry, why_sums_differ
from boroughs.indicators import DIRECTIONS, PART, RELATIONS, UNITS, Catalogue, Indicator, topics
from boroughs.models import FigureRule, FigureValue, OwnIndicator
from boroughs.models.figure import plain_number
from boroughs.periods import Period
from boroughs.policies import day
from boroughs.prose_field import ProseField
from govuk.forms import Checkboxes, CleanText, DateField, Radios

NARROW = {"class": "govuk-input--width-5", "inputmode": "decimal", "autocomplete": "off"}
FIELDS = ("number", "qualifier", "note", "target", "baseline", "difference", "seen")
DETAILS = ("note", "target", "baseline")


class NumberField(forms.Field):
    """A count as people write it: 1,263 or 1 263. Below nought and decimals are refused by the rules of the indicator."""

    widget = forms.TextInput(attrs=NARROW)

    def to_python(self, value: Any) -> Decimal | None:
        text = str(value or "").strip().replace(",", "").replace(" ", "").replace("\u00a0", "")
        if not text:
            return None
        try:
            number = Decimal(text)
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite() or "e" in text.lower():
            raise ValidationError(
                f"“{str(value).strip()[:40]}” is not a number. Enter digits, like 1,263"
            )
        if number.as_tuple().exponent < -1:  # type: ignore[operator]  # finite, so a number
            raise ValidationError("Enter at most one digit after the decimal point")
        return number

    def prepare_value(self, value: Any) -> Any:
        return plain_number(value) if isinstance(value, Decimal) else value


# -- A page of figures ----------------------------------------------------------------------------------
@dataclass
class Row:
    """One indicator on the page."""

    indicator: Indicator
    depth: int
    breakdown: str
    fields: Mapping[str, forms.BoundField]
    ask_difference: bool
    theirs: FigureValue | None = None
    details: list[forms.BoundField] = field(default_factory=list)

    @property
    def opened(self) -> bool:
        """What is filled in or wrong under “Note, target and baseline” stays in sight."""
        return any(bound.value() or bound.errors for bound in self.details)


class FiguresForm(forms.Form):
    """Every indicator of a subject in one period; what is left empty and was never recorded stays unsaid."""

    source = CleanText(
        label="Source (optional)",
        help_text="Where these figures can be checked, for example a report with its date. It is noted with each figure you "
        "enter or change here.",
        max_length=300,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        catalogue: Catalogue,
        topic: str,
        standing: Mapping[str, FigureValue],
        **rest: Any,
    ) -> None:
        super().__init__(*args, **rest)
        self.catalogue, self.standing = catalogue, standing
        self.indicators = catalogue.of_topic(topic)
        for indicator in self.indicators:
            self._ask(indicator)

    def _ask(self, indicator: Indicator) -> None:
        key, name = indicator.key, indicator.name
        prose = forms.Textarea(attrs={"rows": 2})
        asked: dict[str, forms.Field] = {
            "number": NumberField(label=f"{name} ({indicator.unit})", required=False),
            "qualifier": forms.ChoiceField(
                label="Meant as",
                choices=FigureValue.Qualifier.choices,
                widget=forms.Select(attrs={"aria-label": f"Meant as: {name}"}),
            ),
            "note": ProseField(
                label=f"Note on {name.lower()}, or why it is withheld",
                max_length=1000,
                required=False,
                widget=prose,
            ),
            "target": NumberField(label=f"Target for {name.lower()}", required=False),
            "baseline": NumberField(label=f"Baseline of {name.lower()}", required=False),
            "difference": ProseField(
                label="Why the figures differ",
                help_text="Correct a figure, or say here why they do not add up.",
                max_length=1000,
                required=False,
                widget=prose,
            ),
            "seen": forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False),
        }
        self.fields |= {f"{part}-{key}": found for part, found in asked.items()}

    @staticmethod
    def said_in(
        catalogue: Catalogue, topic: str, standing: Mapping[str, FigureValue]
    ) -> dict[str, Any]:
        """What is recorded now, as the form's initial values."""
        said: dict[str, Any] = {}
        for indicator in catalogue.of_topic(topic):
            row = standing.get(indicator.key)
            said[f"seen-{indicator.key}"] = row.version if row else 0
            said[f"qualifier-{indicator.key}"] = row.qualifier if row else "exactly"
            for part in ("number", "note", "target", "baseline", "difference") if row else ():
                said[f"{part}-{indicator.key}"] = getattr(row, part)
        sources = {row.source for key, row in standing.items() if f"seen-{key}" in said}
        return said | {"source": sources.pop() if len(sources) == 1 else ""}

    def clean(self) -> None:
        """Each indicator by itself, then what must add up with all that is recorded of the period."""
        entries = self.entries
        for entry in entries:
            why = why_not_entry(self.catalogue.by_key[entry.indicator], entry)
            if why and f"{why[0]}-{entry.indicator}" not in self.errors:
                self.add_error(f"{why[0]}-{entry.indicator}", why[1])
        said = {e.indicator: e for e in entries if f"number-{e.indicator}" not in self.errors}
        for found in why_sums_differ(self.catalogue, said):
            self.add_error(f"number-{found.at}", found.why)

    @property
    def entries(self) -> list[Entry]:
        """What is said of each indicator; nothing of those left empty that were never recorded."""
        found = [self._entry(indicator.key) for indicator in self.indicators]
        return [entry for entry in found if entry.indicator in self.standing or _says(entry)]

    def _entry(self, key: str) -> Entry:
        given = {part: self.cleaned_data.get(f"{part}-{key}") for part in FIELDS}
        row, source = self.standing.get(key), self.cleaned_data.get("source", "")
        if row and (not source or not self._touched(key)):
            source = row.source
        return Entry(
            indicator=key,
            qualifier=given["qualifier"] or "exactly",
            number=given["number"],
            target=given["target"],
            baseline=given["baseline"],
            note=given["note"] or "",
            difference=given["difference"] or "",
            source=source,
            seen=given["seen"] or 0,
        )

    def _touched(self, key: str) -> bool:
        return "source" in self.changed_data or any(
            f"{part}-{key}" in self.changed_data for part in FIELDS
        )

    def rows(self, theirs: Mapping[str, FigureValue] | None = None) -> list[Row]:
        """The indicators as the page shows them, with what somebody else saved meanwhile."""
        rows, told = [], set()
        for indicator in self.indicators:
            fields = {part: self[f"{part}-{indicator.key}"] for part in FIELDS}
            place = (indicator.whole, indicator.breakdown)
            heading = "" if place in told else indicator.breakdown
            told.add(place)
            row = Row(
                indicator,
                self.catalogue.depth(indicator.key),
                heading,
                fields,
                self._asks_why(indicator.key),
                (theirs or {}).get(indicator.key),
                [fields[part] for part in DETAILS],
            )
            rows.append(row)
        return rows

    def _asks_why(self, key: str) -> bool:
        """Why a whole and its parts differ is asked where it is said already, or where one of their numbers is wrong."""
        reason, parts = self[f"difference-{key}"], self.catalogue.under(key)
        numbers = [f"number-{found}" for found in (key, *(part.key for part in parts))]
        wrong = bool(parts) and any(name in self.errors for name in numbers)
        return wrong or bool(reason.value() or reason.errors)


def _says(entry: Entry) -> bool:
    numbers = (entry.number, entry.target, entry.baseline)
    return bool(
        entry.qualifier != "exactly"
        or entry.note
        or entry.difference
        or any(number is not None for number in numbers)
    )


# -- Which page -------------------------------------------------------------------------------------------
WHOLE, OTHER = "year-1", "other"
YEARS = {"school": periods.school_year, "calendar": periods.calendar_year}
MONTHS = "April May June July August September October November December January February March"
PARTS = [
    (WHOLE, "The whole year: April to March"),
    ("half-1", "First half: April to September"),
    ("half-2", "Second half: October to March"),
    ("quarter-1", "First quarter: April to June"),
    ("quarter-2", "Second quarter: July to September"),
    ("quarter-3", "Third quarter: October to December"),
    ("quarter-4", "Fourth quarter: January to March"),
    *((f"month-{number}", month) for number, month in enumerate(MONTHS.split(), 1)),
    ("school", "School year: September to August"),
    ("calendar", "Calendar year: January to December"),
    (OTHER, "Other dates, or a single day, as below"),
]


class FigurePeriodForm(forms.Form):
    """Read from the address."""

    topic = forms.ChoiceField(
        label="Subject", choices=[(t.key, t.title) for t in topics()], widget=Radios
    )
    year = forms.IntegerField(
        label="Year",
        help_text="The year in which it begins: 2021 for 2021/22.",
        min_value=periods.FIRST,
        max_value=periods.LAST,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-4", "inputmode": "numeric"}),
    )
    part = forms.ChoiceField(label="Period", choices=PARTS)
    starts_on = DateField(label="From (only for other dates)", required=False)
    ends_on = DateField(label="To (only for other dates)", required=False)

    def clean(self) -> None:
        if self.cleaned_data.get("part") == OTHER:
            self._check_dates()
        elif not self.cleaned_data.get("year") and "year" not in self.errors:
            self.add_error("year", "Enter the year, like 2021")

    def _check_dates(self) -> None:
        first, last = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        for name, found in (("starts_on", first), ("ends_on", last)):
            if not found and name not in self.errors:
                which = "first" if name == "starts_on" else "last"
                self.add_error(name, f"Enter the {which} day of the period")
        if first and last and last < first:
            self.add_error("ends_on", f"A period ends after it begins. Enter {day(first)} or later")

    @property
    def period(self) -> Period:
        given = self.cleaned_data
        if given["part"] == OTHER:
            return periods.between(cast("dt.date", given["starts_on"]), given["ends_on"])
        if named := YEARS.get(given["part"]):
            return named(given["year"])
        kind, _, number = given["part"].partition("-")
        return periods.financial(kind, given["year"], int(number))


# -- Indicators of one's own --------------------------------------------------------------------------------
class IndicatorForm(forms.Form):
    name = ProseField(label="Name", max_length=100)
    definition = ProseField(
        label="Definition",
        help_text="What is counted, and what is not, so that somebody else counts the same next year.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    topic = forms.ChoiceField(label="Subject", choices=[(t.key, t.title) for t in topics()])
    unit = forms.ChoiceField(label="Unit", choices=[(unit, unit.capitalize()) for unit in UNITS])
    direction = forms.ChoiceField(
        label="Direction", choices=list(DIRECTIONS.items()), widget=Radios
    )
    people_referred = forms.BooleanField(
        label="It counts people who were referred, or enquiries about them",
        help_text="Then it is withheld from the public until the lead publishes it, and small numbers are suppressed.",
        required=False,
    )
    whole = forms.ChoiceField(label="It stands under (optional)", required=False)
    relation = forms.ChoiceField(
        label="How",
        help_text="Only when it stands under another indicator.",
        choices=[("", "It stands by itself"), *RELATIONS.items()],
        required=False,
        widget=Radios,
    )
    breakdown = CleanText(
        label="What the parts are told apart by",
        help_text="Only for parts, for example “By employer”. Parts with the same words here add up to the total.",
        max_length=60,
        required=False,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, catalogue: Catalogue, **rest: Any) -> None:
        super().__init__(*args, **rest)
        offered = [(found.key, _indented(catalogue, found)) for found in catalogue]
        choices = [("", "Nothing: it stands by itself"), *offered]
        cast("forms.ChoiceField", self.fields["whole"]).choices = choices

    @staticmethod
    def said_in(row: OwnIndicator) -> dict[str, Any]:
        names = set(IndicatorForm.base_fields) - {"seen"}
        return {name: getattr(row, name) for name in names} | {"seen": row.version}

    def clean(self) -> None:
        given = self.cleaned_data
        whole, relation = given.get("whole"), given.get("relation")
        if whole and not relation:
            self.add_error("relation", "Select how it stands under the other indicator")
        if relation and not whole and "whole" not in self.errors:
            self.add_error("whole", "Select what it stands under")
        if relation == PART and not given.get("breakdown"):
            self.add_error("breakdown", "Enter what the parts are told apart by")
        if given.get("breakdown") and relation != PART:
            self.add_error("breakdown", "Delete this, or select that it is a part")

    @property
    def said(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}


def _indented(catalogue: Catalogue, found: Indicator) -> str:
    return f"{'— ' * catalogue.depth(found.key)}{found.name}"


# -- What is published ----------------------------------------------------------------------------------------
class FigureRuleForm(forms.Form):
    published = forms.MultipleChoiceField(
        label="Publish",
        help_text="Indicators that count referred people are withheld unless you tick them.",
        required=False,
        widget=Checkboxes,
    )
    threshold = forms.TypedChoiceField(
        label="Threshold",
        help_text="Numbers below it are suppressed, with all that would tell them.",
        choices=FigureRule.Threshold.choices,
        coerce=int,
        widget=Radios,
    )
    rounding = forms.TypedChoiceField(
        label="Rounding", choices=FigureRule.Rounding.choices, coerce=int, widget=Radios
    )
    zeros = forms.BooleanField(
        label="Publish noughts",
        help_text="Otherwise a nought is suppressed like a small number. A published nought says that it happened to nobody.",
        required=False,
    )
    period_kind = forms.ChoiceField(
        label="Length of period",
        help_text="Periods of one length only, so that no difference between them is told. "
        f"Shares are printed of {SMALL_BASE} people or more.",
        choices=[choice for choice in periods.KINDS.items() if choice[0] != "other"],
        widget=Radios,
    )

    def __init__(self, *args: Any, catalogue: Catalogue, **rest: Any) -> None:
        super().__init__(*args, **rest)
        offered = [(f.key, _indented(catalogue, f)) for f in catalogue if f.publishable]
        cast("forms.MultipleChoiceField", self.fields["published"]).choices = offered

    @staticmethod
    def said_in(row: FigureRule) -> dict[str, Any]:
        return {name: getattr(row, name) for name in FigureRuleForm.base_fields}
