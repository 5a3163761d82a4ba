"""The borough's house style, and a sample report in each."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.typed import typed_before
from boroughs.access import BoroughRequest, borough_view
from boroughs.roles import Perm
from reports.actions.styles import choose_style
from reports.forms import StyleForm
from reports.models import HouseStyle
from reports.rendering import web_of
from reports.sample import sample_of


@borough_view(Perm.MANAGE_SETTINGS, "GET", "HEAD", "POST")
def style_choose(request: BoroughRequest) -> HttpResponse:
    chosen = getattr(request.borough, "style_choice", None)
    initial = typed_before(request) or ({"style": chosen.style.key} if chosen else {})
    form = StyleForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        choose_style(borough=request.borough, style=form.cleaned_data["style"], by=request.user)
        messages.success(request, f"House style chosen: {form.cleaned_data['style']}.")
        return redirect(request.borough)
    context = {"form": form, "styles": HouseStyle.objects.all()}
    return render(request, "reports/style_choose.html", context)


@borough_view(Perm.MANAGE_SETTINGS)
def style_sample(request: BoroughRequest, key: str) -> HttpResponse:
    style = get_object_or_404(HouseStyle, key=key)
    context = {"style": style, "paper": web_of(sample_of(style))}
    return render(request, "reports/style_sample.html", context)
