"""A borough's assessments."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.typed import typed_into
from boroughs.access import BoroughRequest, borough_view
from boroughs.roles import Perm
from toolkit.actions.assessments import open_assessment
from toolkit.comparison import Compared, compare, counts, progress_of
from toolkit.forms import AssessmentForm
from toolkit.models import Adoption, Assessment, Rating, ToolkitVersion
from toolkit.policies import Refused, why_not_rate
from toolkit.wording import key_of, words_of


@borough_view(Perm.READ_RECORD)
def assessment_list(request: BoroughRequest) -> HttpResponse:
    assessments = request.borough.assessments.select_related("version").latest_first()
    page = Paginator(assessments, 20).get_page(request.GET.get("page"))
    return render(request, "toolkit/assessment_list.html", {"page": page})


@borough_view(Perm.READ_RECORD)
def assessment(request: BoroughRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(
        request.borough.assessments.select_related(
            "version__scale", "submitted_by", "moved_to__version", "moved_by"
        ),
        pk=pk,
    )
    previous = found.previous()
    rows = compare(found, previous)
    context = {
        "assessment": found,
        "previous": previous,
        **_round(request, found, rows),
        **_words(request, found, rows),
        "rows": rows,
        "counts": counts(rows),
        "why_not_rate": why_not_rate(found),
        "may_rate": Perm.RATE in request.granted,
        "may_compose": Perm.COMPOSE in request.granted,
    }
    return render(request, "toolkit/assessment.html", context)


def _round(request: BoroughRequest, found: Assessment, rows: list[Compared]) -> dict[str, Any]:
    """How far the round has come, and what was signed off of it."""
    ratings = [row.now for row in rows]
    waiting = [r.benchmark.key for r in ratings if r.judged == Rating.Judged.NOT_YET]
    return {
        "progress": progress_of(ratings),
        "next_key": waiting[0] if waiting else "",
        "sign_offs": found.sign_offs.select_related("borough"),
        "may_keep": Perm.KEEP_RECORD in request.granted,
        "may_sign_off": Perm.SIGN_OFF in request.granted,
        "in_use": _another_in_use(request, found),
        "moved_from": found.moved_from.select_related("version", "moved_by").first(),
    }


def _words(request: BoroughRequest, found: Assessment, rows: list[Compared]) -> dict[str, Any]:
    """What each level means; of ratings that are signed off, what it meant when they were given."""
    if found.state == Assessment.State.SIGNED_OFF:
        return {"key": key_of(found)}
    words = words_of(request.borough, found.version.scale)
    return {"key": words.key, "reworded": words.reworded(row.now for row in rows)}


@borough_view(Perm.RATE, "GET", "HEAD", "POST")
def assessment_open(request: BoroughRequest) -> HttpResponse:
    adopted = _adopted(request, timezone.localdate())
    by = {"version": adopted.version.key if adopted else "", "assessor": "board"}
    initial = {**by, **_after_the_last(request)}
    form = AssessmentForm(request.POST if request.method == "POST" else None, initial=initial)
    form.say_in_use(adopted)
    typed_into(form, request)
    if request.method == "POST" and form.is_valid():
        try:
            opened = open_assessment(borough=request.borough, **form.cleaned_data, by=request.user)
        except Refused as refused:
            form.add_error(refused.field or None, str(refused))
        else:
            return _opened(request, opened)
    return render(request, "toolkit/assessment_open.html", {"form": form})


def _after_the_last(request: BoroughRequest) -> dict[str, Any]:
    """What opens the round after the newest one, as long as it and by the same people."""
    last = request.borough.assessments.of_councils().in_lines().latest_first().first()
    if last is None:
        return {}
    first, end = last.next_period
    by = {"assessor": last.assessor, "assessor_name": last.assessor_name}
    return {**by, "starts_on": first, "ends_on": end}


def _adopted(request: BoroughRequest, day: dt.date) -> Adoption | None:
    """The toolkit in use on this day, since when."""
    adoptions = request.borough.adoptions.select_related("version").filter(since__lte=day)
    return adoptions.first()


def _another_in_use(request: BoroughRequest, found: Assessment) -> Adoption | None:
    """The toolkit that the council used when an open round's period ended, where the round is by another."""
    if found.state != Assessment.State.OPEN or found.version.kind != ToolkitVersion.Kind.TOOLKIT:
        return None
    adopted = _adopted(request, found.ends_on)
    return adopted if adopted and adopted.version_id != found.version_id else None


def _opened(request: BoroughRequest, opened: Assessment) -> HttpResponse:
    """To the round, or to where the workbook of a past one is brought in."""
    if request.POST.get("then") != "workbook":
        messages.success(request, f"{opened.period} is open. Rate the benchmarks one by one.")
        return redirect("toolkit:assessment", request.borough.slug, opened.pk)
    messages.success(request, f"{opened.period} is open. Now choose its workbook.")
    page = reverse("sheets:sheet-add", args=[request.borough.slug])
    return redirect(f"{page}?kind=ratings&assessment={opened.pk}")
