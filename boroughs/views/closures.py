"""Closed records: which there are, why each is closed, changing that and releasing it."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render

from boroughs.access import BoroughRequest, borough_view
from boroughs.actions.closures import change_closure, release
from boroughs.beside import shown_beside
from boroughs.closed_passages import look_for_closed_passages
from boroughs.closed_records import records_of
from boroughs.closure_access import (
    STATES,
    Known,
    as_known,
    closures_known,
    closures_read,
    closures_told,
    in_state,
    keeps_lists,
    requests_of,
)
from boroughs.closure_policies import (
    ChangedMeanwhile,
    why_not_ask,
    why_not_change,
)
from boroughs.forms import ClosureChangeForm, ReasonForm, done, filled
from boroughs.grounds import ground, paragraph
from boroughs.models import Closure
from boroughs.policies import Refused
from boroughs.prose_field import warn_after_saving
from boroughs.roles import Perm

PER_PAGE = 20
LATEST = 5  # released ones, under those in force


def to_closure(closure: Closure) -> HttpResponse:
    return redirect("boroughs:closure-show", closure.borough.slug, closure.pk)


def closure_or_404(request: BoroughRequest, pk: UUID) -> Known:
    """A closure that the visitor may not know of is no more there than one that does not exist."""
    found = get_object_or_404(closures_known(request).prefetch_related("paragraphs"), pk=pk)
    found.borough = request.borough
    return as_known(request, found)


@borough_view(Perm.ENTER)
def closure_list(request: BoroughRequest) -> HttpResponse:
    """All, to who keeps lists; to others those on whose list they stand, and the public lines of the rest."""
    state = request.GET.get("state", "")
    state = state if state in STATES else ""
    read = closures_read(request)
    found: Any = in_state(read, state)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    told = Paginator(closures_told(request), PER_PAGE).get_page(request.GET.get("told"))
    context = {
        "page": page,
        "rows": [as_known(request, closure) for closure in page],
        "released": [as_known(request, c) for c in in_state(read, "released")[:LATEST]]
        if not state
        else [],
        "state": state,
        "states": STATES.items(),
        "told": told,
        "asked": requests_of(request.user, request.borough),
        "keeps": keeps_lists(request),
    }
    return render(request, "boroughs/closure_list.html", context)


@borough_view(Perm.ENTER)
def closure_show(request: BoroughRequest, pk: UUID) -> HttpResponse:
    """The case, to the people on the list and those who keep it; to others the public line, and what they asked."""
    known = closure_or_404(request, pk)
    closure = known.closure
    context: dict[str, Any] = {
        "known": known,
        "closure": closure,
        "asked": requests_of(request.user, request.borough).filter(closure=closure),
    }
    if known.reads:
        context |= {**_case(closure), **_list(request, known)}
        if known.listed or closure.released_at:
            context["records"] = records_of(request, closure)
            context["sections"] = shown_beside(request, "closure", [closure.pk])[closure.pk]
        return render(request, "boroughs/closure_show.html", context)
    if Perm.ASK_FOR_CLOSED in request.granted:
        context["may_ask"] = why_not_ask(closure, by=request.user) is None
    return render(request, "boroughs/closure_told.html", context)


def _case(closure: Closure) -> dict[str, Any]:
    case = closure.case
    claims = sorted(closure.paragraphs.all(), key=lambda claim: int(paragraph(claim.key).number))
    return {
        "case": case,
        "marking": case.get_marking_display() if case.marking and not closure.released_at else "",
        "claims": [(paragraph(claim.key), claim.reason) for claim in claims],
        "ground": ground(case.ground) if case.ground else None,
        "acts": closure.acts.select_related("by", "person", "committee"),
    }


def _list(request: BoroughRequest, known: Known) -> dict[str, Any]:
    """The access list, to who keeps it; what the visitor may do with it and with the closure."""
    closure, granted = known.closure, request.granted
    in_force = closure.released_at is None
    found: dict[str, Any] = {
        "keeps": keeps_lists(request),
        "may_change": in_force and known.listed and Perm.KEEP_PAPERS in granted,
        "may_manage": in_force and Perm.MANAGE_LISTS in granted,
        "may_give_emergency": in_force and Perm.GIVE_EMERGENCY in granted,
    }
    if keeps_lists(request):
        found["grants"] = closure.grants.select_related("user", "granted_by")
        found["seats"] = closure.seat_grants.select_related("committee", "granted_by")
        found["requests"] = closure.requests.select_related("asked_by", "answered_by")
    return found


@borough_view(Perm.KEEP_PAPERS, "GET", "HEAD", "POST")
def closure_change(request: BoroughRequest, pk: UUID) -> HttpResponse:
    """The second of two who change it at once sees both texts."""
    closure = closure_or_404(request, pk).closure
    if why := why_not_change(closure, by=request.user):
        return _change_page(request, closure, why_not=why)
    now = ClosureChangeForm.said_in(closure)
    form = filled(ClosureChangeForm, request, now, borough=request.borough)
    if request.method != "POST" or not form.is_valid():
        return _change_page(request, closure, form)
    try:
        change_closure(closure=closure, **form.said, by=request.user)
    except ChangedMeanwhile:
        return _change_page(request, closure, _mine_again(form, closure), theirs=True)
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        return _change_page(request, closure, form)
    messages.success(request, "What is said of the closure was changed.")
    look_for_closed_passages(form, request.borough, request.user)
    warn_after_saving(request, form, request.path)
    return to_closure(closure)


def _change_page(
    request: BoroughRequest,
    closure: Closure,
    form: ClosureChangeForm | None = None,
    *,
    why_not: str = "",
    theirs: bool = False,
) -> HttpResponse:
    if form:
        look_for_closed_passages(form, request.borough, request.user)
    context: dict[str, Any] = {"closure": closure, "form": form, "why_not": why_not}
    if theirs:
        context |= {**_case(closure), "theirs": closure.acts.select_related("by").first()}
    return render(request, "boroughs/closure_change.html", context, status=409 if theirs else 200)


def _mine_again(form: ClosureChangeForm, closure: Closure) -> ClosureChangeForm:
    """The same text, ready to be saved over what the other person saved, if that is the choice."""
    closure.case.refresh_from_db()
    closure.refresh_from_db(fields=["public_line"])
    data = cast("QueryDict", form.data).copy()
    data["seen"] = str(closure.case.version)
    return ClosureChangeForm(data=data, borough=form.borough)


@borough_view(Perm.KEEP_PAPERS, "GET", "HEAD", "POST")
def closure_release(request: BoroughRequest, pk: UUID) -> HttpResponse:
    closure = closure_or_404(request, pk).closure
    why_not = why_not_change(closure, by=request.user)
    form = filled(ReasonForm, request)
    if (
        request.method == "POST"
        and not why_not
        and done(form, lambda: release(closure=closure, by=request.user, **form.cleaned_data))
    ):
        messages.success(request, f"Released: the people of {request.borough} can read it now.")
        return to_closure(closure)
    context = {"form": form, "closure": closure, "why_not": why_not}
    return render(request, "boroughs/closure_release.html", context)
