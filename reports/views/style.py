"""The borough's house style, a sample report in each, and what a borough's own has become over time."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify

from accounts.typed import typed_before
from boroughs.access import BoroughRequest, borough_view
from boroughs.filling import done, filled
from boroughs.policies import Refused
from boroughs.roles import Perm
from reports.actions.own_styles import copy_style, remove_style, take_back
from reports.actions.styles import choose_style
from reports.forms.style import CopyForm, RemoveForm, StyleForm
from reports.models import HouseStyle, styles_for
from reports.pdf import CannotRender
from reports.policies import why_not_remove_style
from reports.rendering import pdf_of, web_of
from reports.sample import sample_of


@borough_view(Perm.MANAGE_SETTINGS, "GET", "HEAD", "POST")
def style_choose(request: BoroughRequest) -> HttpResponse:
    chosen = getattr(request.borough, "style_choice", None)
    initial = typed_before(request) or ({"style": chosen.style.key} if chosen else {})
    data = request.POST if request.method == "POST" else None
    form = StyleForm(data, initial=initial, borough=request.borough)
    if request.method == "POST" and form.is_valid():
        choose_style(borough=request.borough, style=form.cleaned_data["style"], by=request.user)
        messages.success(request, f"House style chosen: {form.cleaned_data['style']}.")
        return redirect(request.borough)
    context = {"form": form, "styles": styles_for(request.borough)}
    return render(request, "reports/style_choose.html", context)


@borough_view(Perm.MANAGE_SETTINGS)
def style_sample(request: BoroughRequest, key: str) -> HttpResponse:
    style = get_object_or_404(styles_for(request.borough), key=key)
    sample = sample_of(style, colour=request.borough.colour)
    colour = style.definition["look"]["colour"]
    context = {"style": style, "paper": web_of(sample), "paper_colour": colour}
    return render(request, "reports/style_sample.html", context)


@borough_view(Perm.MANAGE_SETTINGS)
def style_pdf(request: BoroughRequest, key: str) -> HttpResponse:
    """The sample as it is printed: of a few pages, made while one waits."""
    style = get_object_or_404(styles_for(request.borough), key=key)
    try:
        printed = pdf_of(sample_of(style, colour=request.borough.colour))
    except CannotRender as why:
        messages.error(request, why.reason)
        return redirect("reports:style-sample", request.borough.slug, key)
    headers = {
        "Content-Disposition": f'attachment; filename="sample-{slugify(style.title)}.pdf"',
        "Content-Security-Policy": "sandbox",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(printed.data, content_type="application/pdf", headers=headers)


@borough_view(Perm.MANAGE_SETTINGS, "GET", "HEAD", "POST")
def style_copy(request: BoroughRequest, key: str) -> HttpResponse:
    source = get_object_or_404(styles_for(request.borough), key=key)
    form = filled(CopyForm, request)
    if request.method == "POST" and form.is_valid():
        title = form.cleaned_data["title"]
        style = copy_style(borough=request.borough, source=source, title=title, by=request.user)
        messages.success(request, f"{style} is yours. Change what is different here.")
        return redirect("reports:style-show", request.borough.slug, style.key)
    return render(request, "reports/style_copy.html", {"form": form, "style": source})


@borough_view(Perm.MANAGE_SETTINGS)
def style_history(request: BoroughRequest, key: str) -> HttpResponse:
    style = own_style(request, key)
    versions = request.borough.style_versions.filter(key=key).select_related("saved_by")
    context = {"style": style, "versions": versions.defer("definition")}
    return render(request, "reports/style_history.html", context)


@borough_view(Perm.MANAGE_SETTINGS, "GET", "HEAD", "POST")
def style_version(request: BoroughRequest, key: str, number: int) -> HttpResponse:
    style = own_style(request, key)
    rows = request.borough.style_versions.select_related("saved_by")
    found = get_object_or_404(rows, key=key, number=number)
    if request.method == "POST":
        try:
            take_back(style=style, number=number, by=request.user)
        except Refused as why:
            messages.error(request, str(why))
        else:
            messages.success(request, f"The style is again as it was in version {number}.")
        return redirect("reports:style-show", request.borough.slug, key)
    then = HouseStyle(title=found.definition["title"], definition=found.definition)
    paper = web_of(sample_of(then, colour=request.borough.colour), title="p")
    colour = found.definition["look"]["colour"]
    context = {"style": style, "found": found, "paper": paper, "paper_colour": colour}
    return render(request, "reports/style_version.html", context)


@borough_view(Perm.MANAGE_SETTINGS, "GET", "HEAD", "POST")
def style_remove(request: BoroughRequest, key: str) -> HttpResponse:
    style = own_style(request, key)
    form = filled(RemoveForm, request)
    if request.method == "POST" and done(form, lambda: remove_style(style=style, by=request.user)):
        messages.success(request, f"{style} was removed.")
        return redirect("reports:style-choose", request.borough.slug)
    context = {"form": form, "style": style, "why_not": why_not_remove_style(style)}
    return render(request, "reports/style_remove.html", context)


def own_style(request: BoroughRequest, key: str) -> HouseStyle:
    """One of the borough's own; the others are not there to be changed."""
    styles = request.borough.house_styles.select_related("changed_by")
    found: HouseStyle = get_object_or_404(styles, key=key)
    found.borough = request.borough
    return found
