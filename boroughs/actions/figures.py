"""Recording figures, adding indicators, closing figures, and publishing what disclosure control lets through."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.trail import record
from boroughs.figure_policies import (
    Entry,
    FiguresChanged,
    why_not_change_indicator,
    why_not_close_figure,
    why_not_entry,
    why_not_stand_under,
    why_not_unit,
    why_sums_differ,
)
from boroughs.figures import Family, catalogue_of, public_figures
from boroughs.indicators import PART, Catalogue
from boroughs.models import (
    Borough,
    Closure,
    FigurePublication,
    FigureRule,
    FigureValue,
    OwnIndicator,
)
from boroughs.periods import Period
from boroughs.policies import Refused

from .closed_words import remember
from .closures import close
from .saving import save_over

SAID = ("qualifier", "number", "target", "baseline", "note", "difference", "source")


def values_of(borough: Borough, period: Period, by: User) -> dict[str, FigureValue]:
    """The values of a period that the person may see, by the indicator's key; an open one before a closed one."""
    rows = borough.figures.visible_to(by).about(period).select_related("closure", "changed_by")
    found = {row.indicator: row for row in rows if row.closure_id}
    return found | {row.indicator: row for row in rows if not row.closure_id}


# -- Recording ---------------------------------------------------------------------------------------
@transaction.atomic
def record_figures(
    *,
    borough: Borough,
    period: Period,
    entries: Sequence[Entry],
    illustrative: str = "",
    by: User,
) -> int:
    """Save what is said of indicators in one period, all or nothing; how many were new or changed.

    Raises Refused when a number cannot be or parts do not add up without a reason, FiguresChanged when somebody else saved
    one of them meanwhile.
    """
    Borough.objects.select_for_update(no_key=True).get(pk=borough.pk)
    catalogue, standing = catalogue_of(borough), values_of(borough, period, by)
    news = [entry for entry in entries if _is_news(entry, standing.get(entry.indicator))]
    late = {e.indicator: standing[e.indicator] for e in news if _is_late(e, standing)}
    if late:
        raise FiguresChanged(late)
    _refuse(catalogue, entries, standing)
    for entry in news:
        fractional = catalogue.by_key[entry.indicator].fractional
        _write(borough, period, entry, standing.get(entry.indicator), fractional, illustrative, by)
    if news:
        record(
            "figures.recorded",
            by=by,
            borough_id=borough.pk,
            subject=borough,
            period=period.code,
            indicators=[entry.indicator for entry in news],
            count=len(news),
        )
    return len(news)


def _refuse(
    catalogue: Catalogue, entries: Sequence[Entry], standing: Mapping[str, FigureValue]
) -> None:
    for entry in entries:
        indicator = catalogue.get(entry.indicator)
        if indicator is None:
            raise Refused("There is no such indicator.")
        if wrong := why_not_entry(indicator, entry):
            raise Refused(wrong[1], field=f"{wrong[0]}-{entry.indicator}")
    said = {key: _as_entry(value) for key, value in standing.items() if key in catalogue.by_key}
    said |= {entry.indicator: entry for entry in entries}
    for found in why_sums_differ(catalogue, said):
        raise Refused(found.why, field=f"number-{found.at}")


def _as_entry(value: FigureValue) -> Entry:
    said = {name: getattr(value, name) for name in SAID}
    return Entry(value.indicator, **said, seen=value.version)


def _is_news(entry: Entry, row: FigureValue | None) -> bool:
    return row is None or replace(entry, seen=row.version) != _as_entry(row)


def _is_late(entry: Entry, standing: Mapping[str, FigureValue]) -> bool:
    row = standing.get(entry.indicator)
    return row is not None and row.version != entry.seen


def _write(
    borough: Borough,
    period: Period,
    entry: Entry,
    row: FigureValue | None,
    fractional: bool,
    illustrative: str,
    by: User,
) -> None:
    row = row or FigureValue(
        borough=borough,
        indicator=entry.indicator,
        period_kind=period.kind,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        fractional=fractional,
        illustrative=illustrative,
        version=0,
    )
    for name in SAID:
        setattr(row, name, getattr(entry, name))
    row.version += 1
    row.changed_by, row.changed_at = by, timezone.now()
    row.save()
    remember(row.closure, row)


# -- A borough's own indicators ------------------------------------------------------------------------
@transaction.atomic
def add_indicator(*, borough: Borough, by: User, **said: Any) -> OwnIndicator:
    """Add an indicator; raises Refused when it stands under one that is counted otherwise."""
    _refuse_place(borough, said)
    row = OwnIndicator.objects.create(
        borough=borough, key=f"own-{uuid4().hex[:8]}", changed_by=by, **said
    )
    record("indicator.added", by=by, borough_id=borough.pk, subject=row, indicator=row.key)
    return row


@transaction.atomic
def change_indicator(*, row: OwnIndicator, seen: int, by: User, **said: Any) -> None:
    """Change an indicator's words, and what it counts while nothing is recorded for it.

    Raises Refused, or ChangedMeanwhile when somebody else changed it first.
    """
    _refuse_place(row.borough, said, of=row)
    words = {"name", "definition", "direction"}
    otherwise = any(
        getattr(row, name) != value for name, value in said.items() if name not in words
    )
    recorded = FigureValue.objects.filter(borough=row.borough_id, indicator=row.key).exists()
    if why := why_not_change_indicator(recorded, counted_otherwise=otherwise):
        raise Refused(why)
    save_over(row, seen=seen, by=by, **said)
    record("indicator.changed", by=by, borough_id=row.borough_id, subject=row, indicator=row.key)


def _refuse_place(
    borough: Borough, said: Mapping[str, Any], of: OwnIndicator | None = None
) -> None:
    if why := why_not_unit(said["unit"], people_referred=said["people_referred"]):
        raise Refused(why, field="unit")
    catalogue = catalogue_of(borough)
    whole = said["whole"]
    if whole and (catalogue.get(whole) is None or (of and _is_within(catalogue, whole, of.key))):
        raise Refused("An indicator cannot stand under itself.", field="whole")
    counted = {name: said[name] for name in ("topic", "unit", "people_referred")}
    if why := why_not_stand_under(catalogue, whole, **counted):
        raise Refused(why, field="whole")
    if of and catalogue.under(of.key) and (of.unit, of.topic) != (said["unit"], said["topic"]):
        raise Refused(
            "Other indicators stand under this one and are counted like it.", field="unit"
        )
    if whole and said["relation"] == PART and not said["breakdown"]:
        raise Refused("Enter what the parts are told apart by", field="breakdown")


def _is_within(catalogue: Catalogue, key: str, whole: str) -> bool:
    return key in {found.key for found in catalogue.family(whole)}


# -- Closing -------------------------------------------------------------------------------------------
@transaction.atomic
def close_figures(*, value: FigureValue, by: User, **case: Any) -> Closure:
    """Close a figure and all that hangs together with it in its period, so that none is worked out from others.

    Raises Refused when it is closed already.
    """
    if why := why_not_close_figure(value):
        raise Refused(why)
    catalogue = catalogue_of(value.borough)
    family = {found.key for found in catalogue.family(catalogue.root_of(value.indicator).key)}
    closure = close(borough=value.borough, by=by, **case)
    rows = value.borough.figures.about(value.period).filter(closure=None, indicator__in=family)
    keys = list(rows.values_list("pk", flat=True))
    closed = rows.update(closure=closure)
    remember(closure, *FigureValue.objects.filter(pk__in=keys))
    record(
        "figures.closed",
        by=by,
        borough_id=value.borough_id,
        subject=value,
        closure=str(closure.pk),
        count=closed,
    )
    return closure


@transaction.atomic
def note_figures_read(*, value: FigureValue, by: User, as_member: bool) -> None:
    """Somebody on the access list opened a page with a closed figure; a member's reading is for the monitoring officer."""
    about: dict[str, Any] = {"borough_id": value.borough_id, "subject": value}
    record("figures.read", by=by, members_reading=as_member, **about)


# -- What the public sees --------------------------------------------------------------------------------
@transaction.atomic
def set_figure_rule(
    *,
    borough: Borough,
    threshold: int,
    rounding: int,
    zeros: bool,
    period_kind: str,
    published: Sequence[str],
    by: User,
) -> None:
    """Say what of the figures about referred people is published, and how."""
    said: dict[str, Any] = {
        "threshold": threshold,
        "rounding": rounding,
        "zeros": zeros,
        "period_kind": period_kind,
        "published": sorted(published),
    }
    row = FigureRule.objects.filter(borough=borough).first()
    if row and all(getattr(row, name) == value for name, value in said.items()):
        return
    row, _ = FigureRule.objects.update_or_create(borough=borough, defaults=said)
    record(
        "figures.rule-set",
        by=by,
        borough_id=borough.pk,
        subject=row,
        threshold=threshold,
        rounding=rounding,
        count=len(published),
    )


@transaction.atomic
def publish_figures(*, borough: Borough, by: User) -> int:
    """Note what is printed of referred people from now on, so that the next time tells nothing more; how many families.

    What stands as it was printed is not noted again.
    """
    Borough.objects.select_for_update(no_key=True).get(pk=borough.pk)
    news = [family for family in public_figures(borough) if _is_printed_anew(borough, family)]
    FigurePublication.objects.bulk_create(_publication(borough, family, by) for family in news)
    if news:
        record("figures.published", by=by, borough_id=borough.pk, subject=borough, count=len(news))
    return len(news)


def _cells(family: Family) -> dict[str, list[Any]]:
    cells = family.published.cells if family.published else {}
    return {key: [cell.state.value, cell.number] for key, cell in cells.items()}


def _is_printed_anew(borough: Borough, family: Family) -> bool:
    published = family.published
    if published is None or published.kept:
        return False
    last = _last(borough, family)
    if last is None:
        return bool(published.exact or published.suppressed)
    return (last.cells, last.exact) != (_cells(family), dict(published.exact))


def _last(borough: Borough, family: Family) -> FigurePublication | None:
    span = family.period.span
    rows = borough.figure_publications.filter(family=family.root.key)
    return (
        rows.filter(starts_on=span.starts_on, ends_on=span.ends_on)
        .order_by("-published_at", "-pk")
        .first()
    )


def _publication(borough: Borough, family: Family, by: User) -> FigurePublication:
    return FigurePublication(
        borough=borough,
        family=family.root.key,
        period_kind=family.period.kind,
        starts_on=family.period.starts_on,
        ends_on=family.period.ends_on,
        cells=_cells(family),
        exact=dict(family.published.exact) if family.published else {},
        published_by=by,
    )
