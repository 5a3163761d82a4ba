"""One benchmark at a time."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.typed import typed_before
from boroughs.access import BoroughRequest, borough_view
from boroughs.closed_passages import look_for_closed_passages
from boroughs.prose_field import warn_after_saving
from boroughs.roles import Perm
from toolkit.actions.assessments import rate, say_unchanged
from toolkit.forms import RatingForm, UnchangedForm
from toolkit.history import history_of
from toolkit.models import Rating, actions_serving
from toolkit.policies import ChangedMeanwhile, Refused, why_not_rate


@borough_view(Perm.RATE, "GET", "HEAD", "POST")
def rating(request: BoroughRequest, pk: UUID, benchmark: str) -> HttpResponse:
    found = _rating(request, pk, benchmark)
    version = found.assessment.version
    if request.method != "POST":
        return _page(request, found, _as_it_is(found, typed_before(request)))
    form = RatingForm(request.POST, version=version)
    if not form.is_valid():
        return _page(request, found, form)
    try:
        saved = rate(rating=found, **form.cleaned_data, by=request.user)
    except ChangedMeanwhile as changed:
        return _page(request, found, _mine_again(form, changed.now), theirs=changed.now)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, found, form)
    messages.success(request, f"{found.benchmark} {'saved' if saved else 'left as it was'}.")
    look_for_closed_passages(form, request.borough, request.user)
    warn_after_saving(request, form, request.path)
    return _onwards(request, found)


@borough_view(Perm.RATE, "POST")
def rating_unchanged(request: BoroughRequest, pk: UUID, benchmark: str) -> HttpResponse:
    """“No change, still true”: what was said in the period before is said again."""
    found = _rating(request, pk, benchmark)
    unchanged = UnchangedForm(request.POST, auto_id="unchanged_%s")
    if not unchanged.is_valid():
        return _page(request, found, _as_it_is(found), unchanged=unchanged)
    try:
        say_unchanged(rating=found, **unchanged.cleaned_data, by=request.user)
    except ChangedMeanwhile as changed:
        return _page(request, found, _as_it_is(changed.now), theirs=changed.now)
    except Refused as refused:
        unchanged.add_error("on", str(refused))
        return _page(request, found, _as_it_is(found), unchanged=unchanged)
    messages.success(request, f"{found.benchmark}: no change, still true.")
    return _onwards(request, found)


@borough_view(Perm.READ_RECORD)
def rating_history(request: BoroughRequest, pk: UUID, benchmark: str) -> HttpResponse:
    found = _rating(request, pk, benchmark)
    context = {"rating": found, "assessment": found.assessment, "entries": history_of(found)}
    return render(request, "toolkit/rating_history.html", context)


def _rating(request: BoroughRequest, pk: UUID, benchmark: str) -> Rating:
    assessments = request.borough.assessments.select_related("borough", "version__scale")
    assessment = get_object_or_404(assessments, pk=pk)
    found = get_object_or_404(assessment.ratings.in_order(), benchmark__key=benchmark)
    found.assessment = assessment
    return found


def _as_it_is(found: Rating, typed: dict[str, Any] | None = None) -> RatingForm:
    initial = {**RatingForm.said_in(found), **(typed or {})}
    return RatingForm(initial=initial, version=found.assessment.version)


def _mine_again(form: RatingForm, theirs: Rating) -> RatingForm:
    """The same text, ready to be saved over what the other person saved, if that is the choice."""
    data = dict(form.data.items())
    data["seen"] = str(theirs.version)
    return RatingForm(data, version=form.version)


def _page(
    request: BoroughRequest,
    found: Rating,
    form: RatingForm,
    theirs: Rating | None = None,
    unchanged: UnchangedForm | None = None,
) -> HttpResponse:
    assessment = found.assessment
    previous = assessment.previous()
    look_for_closed_passages(form, request.borough, request.user)
    context = {
        "form": form,
        "rating": found,
        "assessment": assessment,
        "previous": previous,
        "before": previous.ratings.in_order().filter(benchmark=found.benchmark).first()
        if previous
        else None,
        "theirs": theirs,
        "unchanged": unchanged or _unchanged(theirs or found),
        "serving": actions_serving(found.benchmark, request.borough, request.user),
        "prompts": found.benchmark.prompts.all(),
        "following": _following(found),
        "why_not_rate": why_not_rate(assessment),
    }
    status = 409 if theirs else 200
    return render(request, "toolkit/rating.html", context, status=status)


def _unchanged(now: Rating) -> UnchangedForm:
    said = UnchangedForm.said_in(now.version, timezone.localdate())
    return UnchangedForm(initial=said, auto_id="unchanged_%s")


def _following(found: Rating) -> Rating | None:
    later = found.assessment.ratings.in_order().filter(benchmark__number__gt=found.benchmark.number)
    return later.first()


def _onwards(request: BoroughRequest, found: Rating) -> HttpResponse:
    following = _following(found) if request.POST.get("then") == "next" else None
    if following is None:
        return redirect("toolkit:assessment", request.borough.slug, found.assessment_id)
    return redirect(
        "toolkit:rating", request.borough.slug, found.assessment_id, following.benchmark.key
    )
