"""The borough's house style."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from accounts.typed import typed_before
from boroughs.access import BoroughRequest, borough_view
from boroughs.roles import Perm
from reports.actions.styles import choose_style
from reports.forms import StyleForm


@borough_view(Perm.MANAGE_SETTINGS, "GET", "HEAD", "POST")
def style_choose(request: BoroughRequest) -> HttpResponse:
    chosen = getattr(request.borough, "style_choice", None)
    initial = typed_before(request) or ({"style": chosen.style.key} if chosen else {})
    form = StyleForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        choose_style(borough=request.borough, style=form.cleaned_data["style"], by=request.user)
        messages.success(request, f"House style chosen: {form.cleaned_data['style']}.")
        return redirect(request.borough)
    return render(request, "reports/style_choose.html", {"form": form})
