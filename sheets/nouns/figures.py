"""Figures: what is known of one indicator in one period."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django import forms
from django.db import connection

from accounts.models import User
from boroughs import periods
from boroughs.actions.figures import record_figures
from boroughs.figure_policies import Entry, FiguresChanged, why_not_entry, why_sums_differ
from boroughs.figures import catalogue_of
from boroughs.indicators import Indicator
from boroughs.models import Borough, DeliveryPlan, FigurePublication, FigureValue
from boroughs.models.figure import plain_number
from boroughs.periods import Period
from boroughs.policies import Refused
from boroughs.prose_field import ProseField
from govuk.forms import CleanText
from sheets.cells import Wrong, as_choice, as_day_of, as_number, as_text, held_to
from sheets.columns import in_words
from sheets.models import SheetRow
from sheets.reading import Cell

from .base import MEANWHILE, Judged, Line, Noun, Reader, Written
from .figure_columns import COLUMNS, LABELS, MEANT, OFFERED, SAID, SIGNS, WITH_NUMBER
from .levels import Names
from .period_words import between
from .period_words import read as read_period

Place = tuple[str, Period]
NOTE = ProseField(label="Note", max_length=1000, required=False)
DIFFERENCE = ProseField(label="Why the figures differ", max_length=1000, required=False)
SOURCE = CleanText(label="Source", max_length=300, required=False)
DAY = forms.DateField(label="Day", required=False)
CLOSED = "This figure is closed. Change it on its own page, where it stays closed"


class FiguresSheet(Noun):
    columns = COLUMNS
    sheet_names = ("Figures", "Data")

    def __init__(self, borough: Borough, by: User, plan: DeliveryPlan | None = None) -> None:
        super().__init__(borough, by, plan)
        self.catalogue = catalogue_of(borough)
        named = [
            (row, [row.name, row.key, f"{self._whole(row)} {row.name}"]) for row in self.catalogue
        ]
        add = "Use the name of the portal, or add it as an indicator of your own first"
        self.indicators: Names[Indicator] = Names("indicator", named, add)
        self.values = self._now()
        self.periods: dict[str, set[Period]] = {}
        for key, period in self.values:
            self.periods.setdefault(key, set()).add(period)
        self.places: dict[int, tuple[Place, Entry]] = {}

    def _now(self) -> dict[Place, FigureValue]:
        """What the person may see: an open figure before a closed one."""
        rows = self.borough.figures.visible_to(self.by).select_related("closure")
        open_last = sorted(rows, key=lambda row: row.closure_id is None)
        return {(row.indicator, row.period): row for row in open_last}

    def _whole(self, row: Indicator) -> str:
        whole = self.catalogue.get(row.whole)
        return whole.name if whole else ""

    # -- Reading -------------------------------------------------------------------------------------------
    def readers(self) -> Mapping[str, Reader]:
        return {
            "indicator": lambda cell: self.indicators.find(as_text(cell)),
            "period": lambda cell: read_period(as_text(cell)) if as_text(cell) else None,
            "starts_on": as_day_of(DAY),
            "ends_on": as_day_of(DAY),
            "qualifier": lambda cell: as_choice(cell, MEANT, OFFERED),
            "number": self._number,
            "target": _one_digit,
            "baseline": _one_digit,
            "note": lambda cell: held_to(NOTE, as_text(cell)),
            "difference": lambda cell: held_to(DIFFERENCE, as_text(cell)),
            "source": lambda cell: held_to(SOURCE, as_text(cell)),
            "reference": as_text,
        }

    @staticmethod
    def _number(cell: Cell) -> tuple[str, Decimal | None]:
        """How it is meant and the number: “over 65” and “withheld” are said in one cell by many."""
        text = " ".join(in_words(cell).casefold().split()) if isinstance(cell, str) else ""
        if found := WITH_NUMBER.fullmatch(text):
            return SIGNS.get(found[1], MEANT.get(found[1], "")), _one_digit(found[2])
        if text in MEANT:
            return MEANT[text], None
        return "", _one_digit(cell)

    def title_of(self, said: Mapping[str, Any]) -> str:
        words = [str(said.get("indicator") or ""), str(said.get("period") or "")]
        return ", ".join(word for word in words if word)

    # -- Judging -------------------------------------------------------------------------------------------
    def judge_said(self, line: Line, said: dict[str, Any], judged: Judged) -> None:
        try:
            indicator, period = self._place(said)
        except Wrong as why:
            judged.refuse(str(why))
            return
        judged.title = f"{indicator}, {period}"
        place = indicator.key, period
        value = self.values.get(place)
        entry = self._entry(indicator, value, said)
        wrong = why_not_entry(indicator, entry)
        reasons = [self.once(place, line), self._overlaps(place)]
        reasons.append(f"{LABELS[wrong[0]]}: {wrong[1]}" if wrong else None)
        changes = self._changes(value, entry) if value else []
        if changes and value and value.is_closed:
            reasons.append(CLOSED)
        if judged.refuse(*reasons).is_refused:
            return
        judged.said = {"place": place, "entry": entry}
        judged.target = value.pk if value else None
        judged.changes = changes
        verdicts = SheetRow.Verdict
        same = verdicts.CHANGE if changes else verdicts.SAME
        judged.verdict = same if value else verdicts.ADD
        self.periods.setdefault(indicator.key, set()).add(period)

    def _place(self, said: Mapping[str, Any]) -> tuple[Indicator, Period]:
        """Which indicator and period. Raises Wrong."""
        indicator, period = said.get("indicator"), said.get("period")
        first, last = said.get("starts_on"), said.get("ends_on")
        if first and last:
            days = between(first, last)
            if period and days != period:
                raise Wrong(f"The period is {period}, and the days are those of {days}. Correct one of them")  # fmt: skip
            period = days
        if reference := said.get("reference"):
            named, when = self._referred(reference)
            if (indicator and indicator != named) or (period and period != when):
                raise Wrong(f"The reference is of {named}, {when}. Delete it, or leave indicator and period as they were")  # fmt: skip
            return named, when
        if indicator is None:
            raise Wrong("Indicator: nothing is said. Enter what is counted")
        if period is None:
            raise Wrong("Period: nothing is said. Enter it, like 2021/22, or its first and last day")  # fmt: skip
        return indicator, period

    def _referred(self, reference: str) -> tuple[Indicator, Period]:
        key, _, code = reference.partition("@")
        indicator, period = self.catalogue.get(key), periods.read(code)
        if indicator is None or period is None:
            raise Wrong("The reference is of no figure. Leave it as it was downloaded, or delete it")  # fmt: skip
        return indicator, period

    def _entry(
        self, indicator: Indicator, value: FigureValue | None, said: Mapping[str, Any]
    ) -> Entry:
        """What the row says; of what it does not speak, what the record says."""
        entry = Entry(indicator.key)
        if value:
            kept = {name: getattr(value, name) for name in SAID}
            entry = Entry(indicator.key, **kept, seen=value.version)
        words = {name: said[name] for name in SAID if name in said and name != "number"}
        meant, number = said.get("number", ("", entry.number))
        qualifier = words.get("qualifier") or meant
        if "number" in said:
            words["number"] = number
            words["qualifier"] = qualifier or "exactly"
        elif not qualifier:
            words.pop("qualifier", None)
        return replace(entry, **words)

    def _overlaps(self, place: Place) -> str | None:
        """Periods of one indicator are apart, or one lies within the other."""
        key, period = place
        for other in self.periods.get(key, ()):
            apart = other.ends_on < period.starts_on or period.ends_on < other.starts_on
            if not apart and not _within(other, period) and not _within(period, other):
                return f"The period {period} overlaps {other}, for which there is a figure. Give periods that do not overlap"  # fmt: skip
        return None

    def details(self, said: Mapping[str, Any]) -> list[list[str]]:
        entry: Entry = said["entry"]
        words = [[LABELS[name], "", _words(getattr(entry, name))] for name in SAID]
        return [row for row in words if row[2]]

    @staticmethod
    def _changes(value: FigureValue, entry: Entry) -> list[list[str]]:
        changes = []
        for name in SAID:
            before, after = getattr(value, name), getattr(entry, name)
            if before != after:
                changes.append([LABELS[name], _words(before), _words(after)])
        return changes

    def judge_together(self, judged: Sequence[tuple[int, Judged]]) -> None:
        """What must add up, period by period, with what stands in the record; a refused row may spoil another sum."""
        for _ in range(len(self.catalogue.by_key)):
            standing = [found for _, found in judged if not found.is_refused and found.said]
            if not self._refuse_sums(standing):
                return

    def _refuse_sums(self, judged: Sequence[Judged]) -> bool:
        by_period: dict[Period, dict[str, Judged]] = {}
        for found in judged:
            key, period = found.said["place"]
            by_period.setdefault(period, {})[key] = found
        refused = False
        for period, rows in by_period.items():
            said = self._standing(period) | {key: row.said["entry"] for key, row in rows.items()}
            for differs in why_sums_differ(self.catalogue, said):
                parts = self.catalogue.under(differs.whole)
                family = {differs.whole, *(part.key for part in parts)}
                for key in family & set(rows):
                    rows[key].refuse(f"{differs.why}. Correct a figure, or say in the row of the whole why they differ")  # fmt: skip
                    refused = True
        return refused

    def _standing(self, period: Period) -> dict[str, Entry]:
        found = {key: row for (key, when), row in self.values.items() if when == period}
        known = {key: row for key, row in found.items() if key in self.catalogue.by_key}
        return {
            key: Entry(key, **{name: getattr(row, name) for name in SAID}, seen=row.version)
            for key, row in known.items()
        }

    # -- Writing -------------------------------------------------------------------------------------------
    def write_all(self, rows: Sequence[tuple[int, Judged]]) -> list[Written]:
        """Period by period, since what stands in one hangs together."""
        by_period: dict[Period, list[Entry]] = {}
        for _, judged in rows:
            by_period.setdefault(judged.said["place"][1], []).append(judged.said["entry"])
        for period, entries in by_period.items():
            self._record(period, entries)
        now = self._now()
        return [self._written(judged, now[judged.said["place"]]) for _, judged in rows]

    def _record(self, period: Period, entries: Sequence[Entry]) -> None:
        try:
            record_figures(borough=self.borough, period=period, entries=entries, by=self.by)
        except FiguresChanged:
            raise Refused(f"Figures of {period}: {MEANWHILE}") from None
        except Refused as why:
            raise Refused(f"Figures of {period}: {why}. Nothing was written.") from None

    def _written(self, judged: Judged, now: FigureValue) -> Written:
        value = self.values.get(judged.said["place"])
        was = {name: _kept(getattr(value, name)) for name in SAID} if value else {}
        place = {"indicator": now.indicator, "period": now.period.code}
        return Written(now.pk, {"was": was, "version": now.version, **place})

    # -- Undoing -------------------------------------------------------------------------------------------
    def why_not_undo(self, rows: Sequence[SheetRow]) -> str | None:
        keys = [row.target for row in rows if row.target]
        now = {row.pk: row for row in FigureValue.objects.filter(pk__in=keys)}
        for row in rows:
            value = now.get(row.target) if row.target else None
            if value is None or value.version != row.before["version"] or value.closure_id:
                return f"Row {row.number}, “{row.title}”, was changed or closed since."
        return self._published(rows, list(now.values()))

    def _published(self, rows: Sequence[SheetRow], values: Sequence[FigureValue]) -> str | None:
        since = rows[0].sheet.applied_at if rows else None
        roots = {self.catalogue.root_of(v.indicator).key for v in values if v.indicator in self.catalogue.by_key}  # fmt: skip
        printed = FigurePublication.objects.filter(borough=self.borough, family__in=roots)
        if since and printed.filter(published_at__gte=since).exists():
            return "Figures were published since."
        return None

    def undo(self, rows: Sequence[SheetRow]) -> None:
        """What was added is taken away first, so that what is left adds up as it did."""
        with connection.cursor() as cursor:
            for row in rows:
                if not row.before["was"]:
                    cursor.execute("SELECT sheets_take_back_figure(%s)", [row.pk])
        by_period: dict[str, list[Entry]] = {}
        for row in rows:
            if was := row.before["was"]:
                number = {name: _number(was[name]) for name in ("number", "target", "baseline")}
                entry = Entry(row.before["indicator"], **{**was, **number}, seen=row.before["version"])  # fmt: skip
                by_period.setdefault(row.before["period"], []).append(entry)
        for code, entries in by_period.items():
            if period := periods.read(code):
                self._record(period, entries)


def _one_digit(cell: Cell) -> Decimal | None:
    number = as_number(cell)
    if number is not None and number != number.quantize(Decimal("0.1")):
        raise Wrong(f"{number:f} has more than one digit after the decimal point. Round it")
    return number


def _within(inner: Period, outer: Period) -> bool:
    return outer.starts_on <= inner.starts_on and inner.ends_on <= outer.ends_on


def _words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return plain_number(value)
    return str(dict(FigureValue.Qualifier.choices).get(value, value))


def _kept(value: Any) -> Any:
    return f"{value:f}" if isinstance(value, Decimal) else value


def _number(value: str | None) -> Decimal | None:
    return Decimal(value) if value is not None else None
