"""One benchmark at a time."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.typed import typed_before
from boroughs.access import BoroughRequest, borough_view
from boroughs.closed_passages import look_for_closed_passages
from boroughs.prose_field import warn_after_saving
from boroughs.roles import Perm
from toolkit.actions.assessments import rate, say_unchanged
from toolkit.comparison import Compared
from toolkit.drafts import forget, keep
from toolkit.forms import RatingForm, UnchangedForm
from toolkit.history import history_of
from toolkit.looking import Looked, look_at
from toolkit.models import Rating, asked_about
from toolkit.policies import ChangedMeanwhile, Refused

DRAFT = "draft"  # asked by the link that goes on with one
LOOK = "look"  # asked by the link back to a text that needs another look


@borough_view(Perm.RATE, "GET", "HEAD", "POST")
def rating(request: BoroughRequest, pk: UUID, benchmark: str) -> HttpResponse:
    found = _looked(request, pk, benchmark)
    if request.method != "POST":
        return _page(request, found, _as_it_is(found, found.now, _typed(request, found)))
    form = RatingForm(request.POST, levels=found.levels)
    if not form.is_valid():
        return _page(request, found, form)
    try:
        saved = rate(rating=found.now, **form.cleaned_data, by=request.user)
    except ChangedMeanwhile as changed:
        return _page(request, found, _mine_again(form, changed.now), theirs=changed.now)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, found, form)
    if not saved:
        forget(found.now, request.user)  # a save has done so already
    messages.success(request, f"{found.now.benchmark} {'saved' if saved else 'left as it was'}.")
    look_for_closed_passages(form, request.borough, request.user)
    warn_after_saving(request, form, f"{request.path}?{LOOK}=again")
    return _onwards(request, found)


@borough_view(Perm.RATE, "POST")
def rating_unchanged(request: BoroughRequest, pk: UUID, benchmark: str) -> HttpResponse:
    """“No change, still true”: what was said in the period before is said again."""
    found = _looked(request, pk, benchmark)
    unchanged = UnchangedForm(request.POST, auto_id=UnchangedForm.IDS)
    if not unchanged.is_valid():
        return _page(request, found, _as_it_is(found, found.now), unchanged=unchanged)
    try:
        say_unchanged(rating=found.now, **unchanged.cleaned_data, by=request.user)
    except ChangedMeanwhile as changed:
        return _page(request, found, _as_it_is(found, changed.now), theirs=changed.now)
    except Refused as refused:
        unchanged.add_error("on", str(refused))
        return _page(request, found, _as_it_is(found, found.now), unchanged=unchanged)
    messages.success(request, f"{found.now.benchmark}: no change, still true.")
    return _onwards(request, found)


@borough_view(Perm.RATE, "POST")
def rating_draft(request: BoroughRequest, pk: UUID, benchmark: str) -> HttpResponse:
    """Keep what is being written; with the button of the page, throw it away."""
    found = _looked(request, pk, benchmark)
    if request.POST.get("then") == "forget":
        forget(found.now, request.user)
        return redirect("toolkit:rating", request.borough.slug, pk, benchmark)
    kept = keep(found.now, request.POST, request.user)
    return JsonResponse({"kept": f"{timezone.localtime(kept):%H:%M}" if kept else ""})


@borough_view(Perm.READ_RECORD)
def rating_history(request: BoroughRequest, pk: UUID, benchmark: str) -> HttpResponse:
    found = _looked(request, pk, benchmark)
    evidence, before = found.evidence(request.user, request.borough.slug)
    compared = Compared(found.now, found.before)
    signed = found.assessment.sign_offs.in_force().select_related("borough", "meeting__committee")
    context = {
        "rating": found.now,
        "sentence": compared.sentence,
        "direction": compared.direction,
        "sign_off": signed.first(),
        "assessment": found.assessment,
        "entries": history_of(found.now),
        "asked": asked_about(found.now.benchmark, request.borough, request.user),
        "evidence": evidence,
        "before": found.before,
        "evidence_before": before,
    }
    return render(request, "toolkit/rating_history.html", context)


def _looked(request: BoroughRequest, pk: UUID, benchmark: str) -> Looked:
    found = look_at(request.borough, pk, benchmark, request.user)
    if found is None:
        raise Http404
    return found


def _typed(request: BoroughRequest, found: Looked) -> dict[str, Any] | None:
    """What was typed before signing in again, or the draft that is asked for."""
    draft = found.draft_of(request.user) if DRAFT in request.GET else None
    return typed_before(request) or (dict(draft.said) if draft else None)


def _as_it_is(found: Looked, now: Rating, typed: dict[str, Any] | None = None) -> RatingForm:
    return RatingForm(initial={**RatingForm.said_in(now), **(typed or {})}, levels=found.levels)


def _mine_again(form: RatingForm, theirs: Rating) -> RatingForm:
    """The same text, ready to be saved over what the other person saved, if that is the choice."""
    data = dict(form.data.items())
    data["seen"] = str(theirs.version)
    return RatingForm(data, levels=list(form.levels.values()))


def _page(
    request: BoroughRequest,
    found: Looked,
    form: RatingForm,
    theirs: Rating | None = None,
    unchanged: UnchangedForm | None = None,
) -> HttpResponse:
    if form.is_bound or LOOK in request.GET:  # what is saved was looked at when it was saved
        look_for_closed_passages(form, request.borough, request.user)
    evidence, evidence_before = found.evidence(request.user, request.borough.slug)
    context = {
        "form": form,
        "looked": found,
        "rating": found.now,
        "assessment": found.assessment,
        "before": found.before,
        "theirs": theirs,
        "draft": None if form.is_bound or DRAFT in request.GET else found.draft_of(request.user),
        "unchanged": unchanged or UnchangedForm.of(theirs or found.now, timezone.localdate()),
        "serving": found.serving(request.borough, request.user),
        "evidence": evidence,
        "evidence_before": evidence_before,
    }
    return render(request, "toolkit/rating.html", context, status=409 if theirs else 200)


def _onwards(request: BoroughRequest, found: Looked) -> HttpResponse:
    if request.POST.get("then") == "next" and found.next_key:
        where = request.borough.slug, found.assessment.pk, found.next_key
        return redirect("toolkit:rating", *where)
    return redirect("toolkit:assessment", request.borough.slug, found.assessment.pk)
