"""Which toolkit the borough assesses itself by."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.typed import typed_into
from boroughs.access import BoroughRequest, borough_view
from boroughs.roles import Perm
from toolkit.actions.versions import adopt_version
from toolkit.forms import AdoptionForm


@borough_view(Perm.MANAGE_SETTINGS, "GET", "HEAD", "POST")
def version_adopt(request: BoroughRequest) -> HttpResponse:
    initial = {"since": timezone.localdate()}
    form = AdoptionForm(request.POST if request.method == "POST" else None, initial=initial)
    typed_into(form, request)
    if request.method == "POST" and form.is_valid():
        adoption = adopt_version(borough=request.borough, **form.cleaned_data, by=request.user)
        messages.success(request, f"{adoption.version} is used from {adoption.since:%-d %B %Y}.")
        return redirect(request.borough)
    adoptions = request.borough.adoptions.select_related("version")
    return render(request, "toolkit/version_adopt.html", {"form": form, "adoptions": adoptions})
