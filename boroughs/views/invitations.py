"""Accepting an invitation: the one page of a borough that is open to who is not signed in."""

from collections.abc import Callable
from functools import wraps

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.models import User
from boroughs.access import account_of, invitation_for
from boroughs.actions.people import accept_invitation, join
from boroughs.forms import ConfirmForm, JoinForm, done, filled
from boroughs.models import Invitation
from boroughs.roles import ABOUT, Role


def unsaid(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The address holds the token, so no page it leads to is told of it.

    Not `no-referrer`: with that a browser posts the form as from origin “null”, which the CSRF check refuses.
    """

    @wraps(view)
    def quiet(request: HttpRequest, token: str) -> HttpResponse:
        response = view(request, token)
        response["Referrer-Policy"] = "strict-origin"
        return response

    return quiet


@unsaid
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    """A new person makes an account, a known one signs in and accepts; a dead link says what to do."""
    invitation = invitation_for(token)
    state = state_of(invitation)
    if invitation is None or state != "waiting":
        context = {"invitation": invitation, "state": state}
        return render(request, "boroughs/invitation_dead.html", context, status=410)
    if request.user.is_authenticated:
        return accept_as_oneself(request, invitation, request.user)
    if account_of(invitation):
        return page(request, "sign_in", invitation)
    return accept_as_newcomer(request, invitation)


def state_of(invitation: Invitation | None) -> str:
    if invitation is None or invitation.borough.ended_at:
        return "unknown"
    if invitation.accepted_at:
        return "used"
    if invitation.withdrawn_at:
        return "withdrawn"
    return "run_out" if invitation.has_run_out else "waiting"


def accept_as_oneself(request: HttpRequest, invitation: Invitation, user: User) -> HttpResponse:
    if user.email.lower() != invitation.email.lower():
        return page(request, "foreign", invitation)
    form = filled(ConfirmForm, request)
    if request.method == "POST" and done(
        form, lambda: accept_invitation(invitation=invitation, user=user)
    ):
        return welcome(request, invitation)
    return page(request, "accept", invitation, form)


def accept_as_newcomer(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    form = filled(JoinForm, request, {"name": invitation.name}, invitation=invitation)
    joined: list[User] = []
    if request.method == "POST" and done(
        form, lambda: joined.append(join(invitation=invitation, **form.cleaned_data))
    ):
        get_adapter(request).login(request, joined[0])
        return welcome(request, invitation)
    return page(request, "join", invitation, form)


def page(
    request: HttpRequest,
    name: str,
    invitation: Invitation,
    form: ConfirmForm | JoinForm | None = None,
) -> HttpResponse:
    context = {"invitation": invitation, "form": form, "about": ABOUT[Role(invitation.role)]}
    return render(request, f"boroughs/invitation_{name}.html", context)


def welcome(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    role = invitation.get_role_display().lower()
    messages.success(request, f"You are now {role} of {invitation.borough}.")
    if invitation.organisation_id:
        return redirect("boroughs:action-own", invitation.borough.slug)
    return redirect(invitation.borough)
