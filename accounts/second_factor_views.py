"""django-allauth's pages of the second factor: who may open them, where they lead, and what goes to the trail."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core.internal.httpkit import authenticated_user
from allauth.mfa.base import views as base
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.contrib import messages
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.views.decorators.http import require_safe

from .second_factor import (
    GOING_TO,
    confirming,
    has_second_factor,
    passed_second_factor,
    remember_shown,
    safe,
)

View = Callable[..., HttpResponse]
SAID = {
    Authenticator.Type.TOTP: "The authenticator app is",
    Authenticator.Type.WEBAUTHN: "The passkey is",
}


def shown_first(view: View) -> View:
    """Whoever has a second factor shows it before they change anything about it."""

    @wraps(view)
    def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return view(request, **kwargs)  # which sends to the sign-in page
        if has_second_factor(request.user) and not passed_second_factor(request):
            return redirect(confirming(request.user, request.path))
        return view(request, **kwargs)

    return guarded


@require_safe
def needed(request: HttpRequest) -> HttpResponse:
    """Where the door sends somebody on an access list: to show their second factor, or to set one up and why."""
    going_to = safe(request.GET.get("next", "")) or reverse("portal:home")
    if passed_second_factor(request):
        return redirect(going_to)
    visitor = authenticated_user(request)
    if has_second_factor(visitor):
        return redirect(confirming(visitor, going_to))
    request.session[GOING_TO] = going_to
    administering = going_to.startswith(reverse("administration:borough-list"))
    return render(request, "mfa/needed.html", {"administering": administering})


class WithOptions:
    """What the browser must be told to make or use a passkey, as text for an attribute."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        [options] = context["js_data"].values()
        context["passkey_options"] = json.dumps(options["publicKey"], cls=DjangoJSONEncoder)
        return context


class OneForm:
    """The posted form once: allauth's context would make, and check, another."""

    def get_form(self, form_class: Any = None) -> Any:
        if not hasattr(self, "_form"):
            self._form = super().get_form(form_class)  # type: ignore[misc]
        return self._form


# -- Showing it --------------------------------------------------------------------------------------------
class SecondStep(WithOptions, base.AuthenticateView):  # type: ignore[misc]  # allauth ships no types
    """The page after the password."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "form": self.form or self.auth_form,
            "code_form": self.auth_form,
            "has": kinds_of(self.stage.login.user),
        }


class Confirm(OneForm, base.ReauthenticateView):  # type: ignore[misc]
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"has": kinds_of(self.request.user)}


class ConfirmByPasskey(OneForm, WithOptions, webauthn.ReauthenticateWebAuthnView):  # type: ignore[misc]
    def form_invalid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = self.render_to_response(self.get_context_data(form=form))
        return answer


# -- Setting it up, and ending it -----------------------------------------------------------------------------
def added(request: HttpRequest, kind: str) -> None:
    visitor = authenticated_user(request)
    newest = Authenticator.objects.filter(user=visitor.pk, type=kind).latest("pk")
    get_adapter().record("factor.added", visitor, by=visitor, kind=kind)
    remember_shown(request, newest)
    if kind in SAID:
        messages.success(request, f"{SAID[kind]} set up.")


def removed(request: HttpRequest, kind: str) -> None:
    visitor = authenticated_user(request)
    get_adapter().record("factor.removed", visitor, by=visitor, kind=kind)
    messages.success(request, f"{SAID[kind]} removed.")


class ActivateTotp(totp.ActivateTOTPView):  # type: ignore[misc]
    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        added(self.request, Authenticator.Type.TOTP)
        return answer


class DeactivateTotp(totp.DeactivateTOTPView):  # type: ignore[misc]
    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        removed(self.request, Authenticator.Type.TOTP)
        return answer


class AddPasskey(OneForm, WithOptions, webauthn.AddWebAuthnView):  # type: ignore[misc]
    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        added(self.request, Authenticator.Type.WEBAUTHN)
        return answer


class RenamePasskey(webauthn.EditWebAuthnView):  # type: ignore[misc]
    success_url = reverse_lazy("mfa_index")


class RemovePasskey(webauthn.RemoveWebAuthnView):  # type: ignore[misc]
    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        removed(self.request, Authenticator.Type.WEBAUTHN)
        return answer


# -- Recovery codes ----------------------------------------------------------------------------------------------
class RecoveryCodes(codes.ViewRecoveryCodesView):  # type: ignore[misc]
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"going_to": self.request.session.get(GOING_TO)}


class RenewRecoveryCodes(codes.GenerateRecoveryCodesView):  # type: ignore[misc]
    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        added(self.request, Authenticator.Type.RECOVERY_CODES)
        return answer


def kinds_of(user: Any) -> set[str]:
    return set(Authenticator.objects.filter(user=user.pk).values_list("type", flat=True))


def else_index(view: View) -> View:
    """What a person has not set up leads to the page that says what they have."""

    @wraps(view)
    def forgiving(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, **kwargs)
        except Http404:
            return redirect("mfa_index")

    return forgiving


index = base.IndexView.as_view()
second_step = SecondStep.as_view()
confirm = Confirm.as_view()
confirm_by_passkey = ConfirmByPasskey.as_view()
activate_totp = shown_first(ActivateTotp.as_view())
deactivate_totp = shown_first(else_index(DeactivateTotp.as_view()))
add_passkey = shown_first(AddPasskey.as_view())
rename_passkey = shown_first(else_index(RenamePasskey.as_view()))
remove_passkey = shown_first(else_index(RemovePasskey.as_view()))
recovery_codes = shown_first(else_index(RecoveryCodes.as_view()))
download_recovery_codes = shown_first(else_index(codes.DownloadRecoveryCodesView.as_view()))
renew_recovery_codes = shown_first(RenewRecoveryCodes.as_view())
