"""Who may read what is closed: the access list, and requests to be on it."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from boroughs.access import BoroughRequest, borough_view, people_of
from boroughs.actions.lists import (
    answer,
    ask,
    give_emergency_access,
    grant,
    grant_seats,
    revoke,
    revoke_seats,
)
from boroughs.closure_access import (
    committees_to_list,
    lead_addresses,
    people_to_list,
    requests_in,
)
from boroughs.closure_mail import mail_asker, mail_leads
from boroughs.closure_policies import (
    why_not_answer,
    why_not_ask,
    why_not_list,
    why_not_revoke,
    why_not_revoke_seats,
)
from boroughs.forms import (
    AnswerForm,
    AskForm,
    EmergencyForm,
    ListGrantForm,
    ReasonForm,
    SeatsGrantForm,
    done,
    filled,
)
from boroughs.roles import Perm

from .closures import closure_or_404, to_closure

PER_PAGE = 20
UNSENT = (
    "What you did is recorded, but the e-mail about it could not be sent. {} will find it here."
)


@borough_view(Perm.MANAGE_LISTS, "GET", "HEAD", "POST")
def list_grant(request: BoroughRequest, pk: UUID) -> HttpResponse:
    closure = closure_or_404(request, pk).closure
    people = people_to_list(closure, without=request.user)
    form = filled(ListGrantForm, request, people=people)
    if request.method == "POST" and done(
        form, lambda: grant(closure=closure, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, f"{form.cleaned_data['person']} is on the access list.")
        return to_closure(closure)
    context = {"form": form, "closure": closure, "why_not": why_not_list(closure)}
    return render(request, "boroughs/list_grant.html", context)


@borough_view(Perm.MANAGE_LISTS, "GET", "HEAD", "POST")
def list_revoke(request: BoroughRequest, pk: UUID, person: int) -> HttpResponse:
    closure = closure_or_404(request, pk).closure
    found = get_object_or_404(people_of(request.borough), pk=person)
    form = filled(ReasonForm, request)
    if request.method == "POST" and done(
        form, lambda: revoke(closure=closure, person=found, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, f"{found} is not on the access list any more.")
        return to_closure(closure)
    why_not = why_not_revoke(closure, found)
    context = {"form": form, "closure": closure, "whom": found, "why_not": why_not}
    return render(request, "boroughs/list_revoke.html", context)


@borough_view(Perm.MANAGE_LISTS, "GET", "HEAD", "POST")
def list_grant_seats(request: BoroughRequest, pk: UUID) -> HttpResponse:
    closure = closure_or_404(request, pk).closure
    form = filled(SeatsGrantForm, request, committees=committees_to_list(closure))
    if request.method == "POST" and done(
        form, lambda: grant_seats(closure=closure, by=request.user, **form.cleaned_data)
    ):
        committee = form.cleaned_data["committee"]
        messages.success(request, f"The seats of {committee} are on the access list.")
        return to_closure(closure)
    context = {"form": form, "closure": closure, "why_not": why_not_list(closure)}
    return render(request, "boroughs/list_grant_seats.html", context)


@borough_view(Perm.MANAGE_LISTS, "GET", "HEAD", "POST")
def list_revoke_seats(request: BoroughRequest, pk: UUID, committee: UUID) -> HttpResponse:
    closure = closure_or_404(request, pk).closure
    body = get_object_or_404(request.borough.committees, pk=committee)
    form = filled(ReasonForm, request)
    if request.method == "POST" and done(
        form,
        lambda: revoke_seats(closure=closure, committee=body, by=request.user, **form.cleaned_data),
    ):
        messages.success(request, f"The seats of {body} are not on the access list any more.")
        return to_closure(closure)
    why_not = why_not_revoke_seats(closure, body)
    context = {"form": form, "closure": closure, "whom": f"the seats of {body}", "why_not": why_not}
    return render(request, "boroughs/list_revoke.html", context)


@borough_view(Perm.GIVE_EMERGENCY, "GET", "HEAD", "POST")
def emergency_give(request: BoroughRequest, pk: UUID) -> HttpResponse:
    closure = closure_or_404(request, pk).closure
    people = people_to_list(closure, without=request.user)
    form = filled(EmergencyForm, request, {"hours": 24}, people=people)
    if request.method == "POST" and done(
        form, lambda: give_emergency_access(closure=closure, by=request.user, **form.cleaned_data)
    ):
        said = form.cleaned_data
        messages.success(request, f"{said['person']} can read it for {said['hours']} hours.")
        return to_closure(closure)
    context = {"form": form, "closure": closure, "why_not": why_not_list(closure)}
    return render(request, "boroughs/emergency_give.html", context)


# -- Asking --------------------------------------------------------------------------------------------
@borough_view(Perm.ASK_FOR_CLOSED, "GET", "HEAD", "POST")
def request_ask(request: BoroughRequest, pk: UUID) -> HttpResponse:
    closure = closure_or_404(request, pk).closure
    form = filled(AskForm, request)
    if request.method == "POST" and done(
        form, lambda: ask(closure=closure, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, "Your request was sent. The answer will stand on this page.")
        leads = lead_addresses(request.borough, without=request.user)
        if not mail_leads(request.borough, leads):
            messages.warning(request, UNSENT.format("Those who keep access lists"))
        return to_closure(closure)
    why_not = why_not_ask(closure, by=request.user)
    context = {"form": form, "closure": closure, "why_not": why_not}
    return render(request, "boroughs/request_ask.html", context)


@borough_view(Perm.MANAGE_LISTS)
def request_list(request: BoroughRequest) -> HttpResponse:
    found = requests_in(request.borough)
    answered = Paginator(found.exclude(answer="").order_by("-answered_at"), PER_PAGE)
    context = {
        "waiting": found.filter(answer="").order_by("asked_at"),
        "page": answered.get_page(request.GET.get("page")),
    }
    return render(request, "boroughs/request_list.html", context)


@borough_view(Perm.MANAGE_LISTS, "GET", "HEAD", "POST")
def request_answer(request: BoroughRequest, pk: UUID) -> HttpResponse:
    asked = get_object_or_404(requests_in(request.borough), pk=pk)
    form = filled(AnswerForm, request)
    if request.method == "POST" and done(
        form, lambda: answer(request=asked, by=request.user, **form.said)
    ):
        messages.success(request, f"Your answer to {asked.asked_by} was recorded.")
        if not mail_asker(asked):
            messages.warning(request, UNSENT.format(asked.asked_by))
        return redirect("boroughs:request-list", request.borough.slug)
    why_not = why_not_answer(asked, by=request.user)
    context = {"form": form, "asked": asked, "why_not": why_not}
    return render(request, "boroughs/request_answer.html", context)
