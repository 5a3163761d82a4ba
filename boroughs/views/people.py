"""Who holds which role, and who has been invited."""

from dataclasses import dataclass, field

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.models import User
from boroughs.access import BoroughRequest, borough_view, people_of
from boroughs.actions.people import invite, resend_invitation, set_roles, withdraw_invitation
from boroughs.forms import ConfirmForm, InvitationForm, RolesForm, done, filled
from boroughs.models import Borough, Membership
from boroughs.roles import Perm, Role


@dataclass
class Holder:
    """A person and the roles they hold in one borough."""

    person: User
    roles: list[Membership] = field(default_factory=list)


def holders_of(borough: Borough) -> list[Holder]:
    """Everybody with a role, by name; one query."""
    live = borough.memberships.live().select_related("user").order_by("user__name", "user", "pk")
    found: dict[int, Holder] = {}
    for membership in live:
        holder = found.setdefault(membership.user_id, Holder(membership.user))
        holder.roles.append(membership)
    return list(found.values())


@borough_view(Perm.SEE_PEOPLE, "GET", "HEAD")
def person_list(request: BoroughRequest) -> HttpResponse:
    holders = holders_of(request.borough)
    leads = sum(any(m.role == Role.LEAD for m in holder.roles) for holder in holders)
    context = {
        "holders": holders,
        "only_one_lead": leads == 1,
        "invitations": request.borough.invitations.unanswered().select_related("invited_by"),
        "may_manage": Perm.MANAGE_PEOPLE in request.granted,
    }
    return render(request, "boroughs/person_list.html", context)


@borough_view(Perm.MANAGE_PEOPLE, "GET", "HEAD", "POST")
def invitation_send(request: BoroughRequest) -> HttpResponse:
    form = filled(InvitationForm, request, borough=request.borough)
    if request.method == "POST" and done(
        form, lambda: invite(borough=request.borough, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, f"An invitation was sent to {form.cleaned_data['email']}.")
        return redirect("boroughs:person-list", request.borough.slug)
    return render(request, "boroughs/invitation_send.html", {"form": form})


@borough_view(Perm.MANAGE_PEOPLE, "GET", "HEAD", "POST")
def invitation_resend(request: BoroughRequest, pk: int) -> HttpResponse:
    """A new link; the page before the deed says to whom it goes."""
    invitation = get_object_or_404(request.borough.invitations.unanswered(), pk=pk)
    form = filled(ConfirmForm, request)
    if request.method == "POST" and done(
        form, lambda: resend_invitation(invitation=invitation, by=request.user)
    ):
        messages.success(request, f"A new link was sent to {invitation.email}.")
        return redirect("boroughs:person-list", request.borough.slug)
    context = {"form": form, "invitation": invitation}
    return render(request, "boroughs/invitation_resend.html", context)


@borough_view(Perm.MANAGE_PEOPLE, "GET", "HEAD", "POST")
def invitation_withdraw(request: BoroughRequest, pk: int) -> HttpResponse:
    invitation = get_object_or_404(request.borough.invitations.unanswered(), pk=pk)
    form = filled(ConfirmForm, request)
    if request.method == "POST" and done(
        form, lambda: withdraw_invitation(invitation=invitation, by=request.user)
    ):
        messages.success(request, f"The invitation to {invitation.email} was withdrawn.")
        return redirect("boroughs:person-list", request.borough.slug)
    context = {"form": form, "invitation": invitation}
    return render(request, "boroughs/invitation_withdraw.html", context)


@borough_view(Perm.MANAGE_PEOPLE, "GET", "HEAD", "POST")
def person_roles(request: BoroughRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(people_of(request.borough), pk=pk)
    held = roles_of(person, request.borough)
    form = filled(RolesForm, request, {"roles": held, "seen": held})
    if request.method == "POST" and done(
        form,
        lambda: set_roles(
            user=person, borough=request.borough, by=request.user, **form.cleaned_data
        ),
    ):
        messages.success(request, f"The roles of {person} were changed.")
        return back_to_people(request, person)
    return render(request, "boroughs/person_roles.html", {"form": form, "person": person})


@borough_view(Perm.MANAGE_PEOPLE, "GET", "HEAD", "POST")
def person_end(request: BoroughRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(people_of(request.borough), pk=pk)
    form = filled(ConfirmForm, request)
    if request.method == "POST" and done(
        form,
        lambda: set_roles(user=person, borough=request.borough, roles=(), by=request.user),
    ):
        messages.success(request, f"{person} holds no role in {request.borough} any more.")
        return back_to_people(request, person)
    context = {"form": form, "person": person, "roles": roles_of(person, request.borough)}
    return render(request, "boroughs/person_end.html", context)


def roles_of(person: User, borough: Borough) -> list[Role]:
    live = borough.memberships.live().filter(user=person)
    held = set(live.values_list("role", flat=True))
    return [role for role in Role if role in held]


def back_to_people(request: BoroughRequest, person: User) -> HttpResponse:
    """Whoever gave up a role of their own may not be let in there any more: they go home."""
    if person == request.user:
        return redirect("portal:home")
    return redirect("boroughs:person-list", request.borough.slug)
