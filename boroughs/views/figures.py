"""The figures councillors ask for: recorded by subject and period, read by indicator."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from boroughs import charts, periods
from boroughs.access import (
    BoroughRequest,
    borough_view,
    nothing_there,
    readable,
    reader_view,
    reads_as_member,
    reads_listed_alone,
)
from boroughs.actions.figures import (
    add_indicator,
    change_indicator,
    close_figures,
    note_figures_read,
    record_figures,
    values_of,
)
from boroughs.closed_passages import look_for_closed_passages
from boroughs.closed_records import lines_naming
from boroughs.editing import Edit, warn
from boroughs.figure_history import histories_of
from boroughs.figure_policies import FiguresChanged, why_not_close_figure
from boroughs.figures import catalogue_of
from boroughs.forms import ClosureForm, FigurePeriodForm, FiguresForm, IndicatorForm, done, filled
from boroughs.indicators import Catalogue, Indicator, topic, topics
from boroughs.models import FigureValue
from boroughs.models.figure import FigureQuerySet
from boroughs.periods import Period
from boroughs.prose_field import warn_after_saving
from boroughs.purging import tombstones
from boroughs.roles import Perm


def figures_of(request: BoroughRequest) -> FigureQuerySet:
    """The borough's figures that the visitor may see."""
    return readable(request, request.borough.figures.all())


def note_closed(request: BoroughRequest, values: Iterable[FigureValue]) -> None:
    """Each closure of which a figure is shown stands in the trail as read."""
    shown = {value.closure_id: value for value in values if value.is_closed}
    for value in shown.values():
        note_figures_read(value=value, by=request.user, as_member=reads_as_member(request))


# -- Reading -------------------------------------------------------------------------------------------
@reader_view(Perm.READ_RECORD, "GET", "HEAD")
def figure_list(request: BoroughRequest) -> HttpResponse:
    """Each subject's indicators with their latest figure; a closed one is read on its own page."""
    catalogue = catalogue_of(request.borough)
    values = figures_of(request).select_related("closure").latest_first()
    latest: dict[str, FigureValue] = {}
    for value in values:
        latest.setdefault(value.indicator, value)
    alone = reads_listed_alone(request)
    if alone and not latest:
        nothing_there(request)
    sections = [
        (found, lines)
        for found in topics()
        if (lines := _lines(catalogue, found.key, latest, recorded_only=alone))
    ]
    context = {
        "sections": sections,
        "lines": lines_naming(request, "figure"),
        "listed_alone": alone,
        "may_keep": Perm.KEEP_RECORD in request.granted,
        "may_set": Perm.MANAGE_SETTINGS in request.granted,
    }
    return render(request, "boroughs/figure_list.html", context)


def _lines(
    catalogue: Catalogue, topic: str, latest: Mapping[str, FigureValue], *, recorded_only: bool
) -> list[Any]:
    """Whoever was let in by a list alone is shown what was recorded and no more of the catalogue."""
    indicators = catalogue.of_topic(topic)
    return [_line(catalogue, i, latest) for i in indicators if i.key in latest or not recorded_only]


def _line(catalogue: Catalogue, indicator: Indicator, latest: Mapping[str, FigureValue]) -> Any:
    value = latest.get(indicator.key)
    return {"indicator": indicator, "depth": catalogue.depth(indicator.key), "value": value}


@reader_view(Perm.READ_RECORD, "GET", "HEAD")
def figure_show(request: BoroughRequest, key: str) -> HttpResponse:
    """One indicator: its figures over time as a chart and a table, and every change of them."""
    indicator, catalogue = _indicator_or_404(request, key)
    rows = figures_of(request).filter(indicator=key).select_related("closure", "changed_by")
    values = list(rows.latest_first())
    if not values and reads_listed_alone(request):
        nothing_there(request)
    note_closed(request, values)
    histories = histories_of(values)
    context = {
        "indicator": indicator,
        "topic": topic(indicator.topic),
        "whole": catalogue.get(indicator.whole),
        "under": catalogue.under(key),
        "values": values,
        "chart": _chart(indicator, values),
        "stones": tombstones(request.borough, *(value.pk for value in values)),
        "histories": [(value, histories[str(value.pk)]) for value in values],
        "own": request.borough.own_indicators.filter(key=key).first(),
        "may_keep": Perm.KEEP_RECORD in request.granted,
    }
    return render(request, "boroughs/figure_show.html", context)


def _chart(indicator: Indicator, values: list[FigureValue]) -> charts.Chart | None:
    """Of the length of period that was recorded last: years are not drawn beside quarters."""
    alike = [value for value in reversed(values) if value.period_kind == values[0].period_kind]
    if not any(value.number is not None for value in alike):
        return None
    points = [
        charts.Point(value.period.short, value.number, value.word, value.target) for value in alike
    ]
    return charts.bars_of(f"{indicator.name} ({indicator.unit})", points)


def _indicator_or_404(request: BoroughRequest, key: str) -> tuple[Indicator, Catalogue]:
    catalogue = catalogue_of(request.borough)
    indicator = catalogue.get(key)
    if indicator is None:
        nothing_there(request)
    return indicator, catalogue


# -- Recording -----------------------------------------------------------------------------------------
@borough_view(Perm.KEEP_RECORD, "GET", "HEAD")
def figure_choose(request: BoroughRequest) -> HttpResponse:
    """Which subject and period; the answer stands in the address."""
    asked = "part" in request.GET
    initial = {"part": "year-1", "topic": request.GET.get("topic", "")}
    form = FigurePeriodForm(request.GET) if asked else FigurePeriodForm(initial=initial)
    if asked and form.is_valid():
        where = [request.borough.slug, form.cleaned_data["topic"], form.period.code]
        return redirect("boroughs:figure-enter", *where)
    return render(request, "boroughs/figure_choose.html", {"form": form})


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def figure_enter(request: BoroughRequest, topic: str, period: str) -> HttpResponse:
    """All indicators of a subject for one period, on one page."""
    found, catalogue = _period_or_404(topic, period), catalogue_of(request.borough)
    standing = values_of(request.borough, found, request.user)
    about: dict[str, Any] = {"catalogue": catalogue, "topic": topic, "standing": standing}
    form = filled(FiguresForm, request, FiguresForm.said_in(**about), **about)
    count, theirs = 0, {}

    def deed() -> None:
        nonlocal count
        entries = form.entries
        count = record_figures(
            borough=request.borough, period=found, entries=entries, by=request.user
        )

    try:
        if request.method == "POST" and done(form, deed):
            return _onwards(request, form, topic, found, count)
    except FiguresChanged as changed:
        theirs = dict(changed.now)
        form = _mine_again(request, theirs, about)
    return _page(request, form, topic, found, theirs)


def _period_or_404(topic_key: str, code: str) -> Period:
    found = periods.read(code)
    if topic(topic_key) is None or found is None or found.code != code:
        raise Http404
    return found


def _mine_again(
    request: BoroughRequest, theirs: Mapping[str, FigureValue], about: dict[str, Any]
) -> FiguresForm:
    """The same answers, ready to be saved over what the other person saved, if that is the choice."""
    data = request.POST.copy()
    for key, row in theirs.items():
        data[f"seen-{key}"] = str(row.version)
    return FiguresForm(data, initial=FiguresForm.said_in(**about), **about)


def _page(
    request: BoroughRequest,
    form: FiguresForm,
    topic_key: str,
    period: Period,
    theirs: Mapping[str, FigureValue],
) -> HttpResponse:
    look_for_closed_passages(form, request.borough, request.user)
    context = {
        "form": form,
        "rows": form.rows(theirs),
        "topic": topic(topic_key),
        "period": period,
        "following": _next_topic(topic_key),
        "conflict": bool(theirs),
    }
    return render(request, "boroughs/figure_enter.html", context, status=409 if theirs else 200)


def _next_topic(key: str) -> Any:
    keys = [found.key for found in topics()]
    return topics()[keys.index(key) + 1] if key != keys[-1] else None


def _onwards(
    request: BoroughRequest, form: FiguresForm, topic_key: str, period: Period, count: int
) -> HttpResponse:
    figures = "figure" if count == 1 else "figures"
    said = f"{count} {figures} of {period} saved." if count else "Nothing was changed."
    messages.success(request, said)
    look_for_closed_passages(form, request.borough, request.user)
    warn_after_saving(request, form, request.path)
    following = _next_topic(topic_key) if request.POST.get("then") == "next" else None
    if following:
        return redirect("boroughs:figure-enter", request.borough.slug, following.key, period.code)
    return redirect("boroughs:figure-list", request.borough.slug)


# -- A borough's own indicators --------------------------------------------------------------------------
@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def indicator_add(request: BoroughRequest) -> HttpResponse:
    form = filled(
        IndicatorForm,
        request,
        {"direction": "more", "seen": 0},
        catalogue=catalogue_of(request.borough),
    )
    deed = lambda: add_indicator(borough=request.borough, by=request.user, **form.said)  # noqa: E731
    if request.method == "POST" and done(form, deed):
        messages.success(request, "The indicator was added.")
        warn_after_saving(request, form, request.path)
        return redirect("boroughs:figure-list", request.borough.slug)
    return render(request, "boroughs/indicator_add.html", {"form": form})


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def indicator_change(request: BoroughRequest, pk: UUID) -> HttpResponse:
    row = get_object_or_404(request.borough.own_indicators.select_related("changed_by"), pk=pk)
    row.borough = request.borough
    edit = Edit(request, IndicatorForm, row, catalogue=catalogue_of(request.borough))
    if edit.saved(lambda **said: change_indicator(row=row, **said)):
        messages.success(request, "The indicator was changed.")
        warn(request, edit.form, request.path)
        return redirect("boroughs:figure-show", request.borough.slug, row.key)
    return edit.page("boroughs/indicator_change.html", row=row)


# -- Closing ---------------------------------------------------------------------------------------------
@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def figure_close(request: BoroughRequest, pk: UUID) -> HttpResponse:
    value = get_object_or_404(figures_of(request).select_related("closure"), pk=pk)
    value.borough = request.borough
    indicator, catalogue = _indicator_or_404(request, value.indicator)
    form = filled(ClosureForm, request, borough=request.borough)
    deed = lambda: close_figures(value=value, by=request.user, **form.said)  # noqa: E731
    if request.method == "POST" and done(form, deed):
        messages.success(
            request, "The figures are closed. You are the only one on their access list."
        )
        return redirect("boroughs:figure-show", request.borough.slug, indicator.key)
    context = {
        "form": form,
        "value": value,
        "indicator": indicator,
        "family": catalogue.family(catalogue.root_of(indicator.key).key),
        "why_not": why_not_close_figure(value),
    }
    return render(request, "boroughs/figure_close.html", context)
