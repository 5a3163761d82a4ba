"""What leaves the borough of its figures: the public's view beside its own, downloads, and what is published."""

import csv
import io
from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from boroughs.access import BoroughRequest, borough_view
from boroughs.actions.figures import publish_figures, set_figure_rule
from boroughs.figures import Family, Line, catalogue_of, public_figures, rule_of
from boroughs.forms import FigureRuleForm, done, filled
from boroughs.harmless import harmless
from boroughs.indicators import Catalogue
from boroughs.models import FigureValue
from boroughs.roles import Perm

from .figures import figures_of, note_closed

INTERNAL = (
    "Subject",
    "Indicator",
    "Stands under",
    "Period",
    "From",
    "To",
    "Meant as",
    "Figure",
    "Unit",
    "Target",
    "Baseline",
    "Note",
    "Source",
    "Illustrative",
)
PUBLIC = ("Indicator", "Stands under", "Period", "From", "To", "Figure", "Unit", "Per cent of it")


@borough_view(Perm.READ_RECORD, "GET", "HEAD")
def figure_public(request: BoroughRequest) -> HttpResponse:
    """Each figure as the record has it and, beside it, as the public sees it."""
    context = {
        "families": public_figures(request.borough),
        "rule": rule_of(request.borough),
        "may_keep": Perm.KEEP_RECORD in request.granted,
        "may_set": Perm.MANAGE_SETTINGS in request.granted,
    }
    return render(request, "boroughs/figure_public.html", context)


@borough_view(Perm.MANAGE_SETTINGS, "POST")
def figure_publish(request: BoroughRequest) -> HttpResponse:
    count = publish_figures(borough=request.borough, by=request.user)
    noted = "What is printed now is noted" if count else "Nothing has changed since the last time"
    messages.success(request, f"{noted}: later publications will tell nothing more by comparison.")
    return redirect("boroughs:figure-public", request.borough.slug)


@borough_view(Perm.MANAGE_SETTINGS, "GET", "HEAD", "POST")
def figure_rule(request: BoroughRequest) -> HttpResponse:
    catalogue = catalogue_of(request.borough)
    initial = FigureRuleForm.said_in(rule_of(request.borough))
    form = filled(FigureRuleForm, request, initial, catalogue=catalogue)
    deed = lambda: set_figure_rule(borough=request.borough, by=request.user, **form.cleaned_data)  # noqa: E731
    if request.method == "POST" and done(form, deed):
        messages.success(request, "What is published of the figures was saved.")
        return redirect("boroughs:figure-public", request.borough.slug)
    return render(request, "boroughs/figure_rule.html", {"form": form})


# -- Downloads -------------------------------------------------------------------------------------------
@borough_view(Perm.READ_RECORD, "GET", "HEAD")
def figure_download(request: BoroughRequest) -> HttpResponse:
    """The borough's own figures, those that the visitor may see."""
    catalogue = catalogue_of(request.borough)
    values = list(figures_of(request).select_related("closure").latest_first())
    note_closed(request, values)
    rows = [_internal(catalogue, value) for value in values if value.indicator in catalogue.by_key]
    return _csv(f"{request.borough.slug}-figures.csv", INTERNAL, rows)


@borough_view(Perm.KEEP_RECORD, "POST")
def figure_public_download(request: BoroughRequest) -> HttpResponse:
    """A file is made to be passed on: what is in it counts as published, so that no later one tells more beside it."""
    publish_figures(borough=request.borough, by=request.user)
    families = public_figures(request.borough)
    rows = [_public(family, line) for family in families for line in family.lines]
    return _csv(f"{request.borough.slug}-figures-public.csv", PUBLIC, rows)


def _internal(catalogue: Catalogue, value: FigureValue) -> list[str]:
    indicator = catalogue.by_key[value.indicator]
    whole = catalogue.get(indicator.whole)
    numbers = [value.number, value.target, value.baseline]
    number, target, baseline = ["" if n is None else f"{n.normalize():f}" for n in numbers]
    return [
        indicator.topic,
        indicator.name,
        whole.name if whole else "",
        str(value.period),
        value.starts_on.isoformat(),
        value.ends_on.isoformat(),
        value.get_qualifier_display(),
        number,
        indicator.unit,
        target,
        baseline,
        value.note,
        value.source,
        value.illustrative,
    ]


def _public(family: Family, line: Line) -> list[str]:
    names = {found.indicator.key: found.indicator.name for found in family.lines}
    share = family.shares.get(line.indicator.key)
    return [
        line.indicator.name,
        names.get(line.indicator.whole, ""),
        str(family.period),
        family.period.starts_on.isoformat(),
        family.period.ends_on.isoformat(),
        line.public,
        line.indicator.unit,
        "" if share is None else str(share),
    ]


def _csv(name: str, headings: Iterable[str], rows: Iterable[list[str]]) -> HttpResponse:
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(headings)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return HttpResponse(
        "\ufeff" + file.getvalue(),  # the mark by which a spreadsheet knows UTF-8
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
