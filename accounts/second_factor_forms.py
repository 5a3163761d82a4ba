"""The forms of the second factor, in the portal's words; a wrong code or passkey goes to the trail."""

import struct
from typing import Any, ClassVar

from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings
from allauth.mfa.base import forms as base
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, generate_totp_secret
from allauth.mfa.webauthn import forms as webauthn
from cryptography.exceptions import InvalidSignature
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError

from audit.models import Outcome
from govuk.forms import CleanText

from .models import User
from .sealing import seal, unseal

WRONG = "incorrect_code"
NOT_THIS_PASSKEY = "This passkey is not one of yours, or it did not answer in time. Try again"
# How a passkey's answer that no honest browser gives comes apart
BROKEN_ANSWER = (
    AttributeError,
    IndexError,
    InvalidSignature,
    KeyError,
    TypeError,
    ValueError,
    struct.error,
)


def code_field(label: str, hint: str = "") -> CleanText:
    """Spelled out for the keyboards of telephones, and for apps that fill codes in."""
    typing = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
    widget = forms.TextInput(attrs={**typing, "class": "govuk-input--width-10"})
    return CleanText(label=label, help_text=hint, max_length=40, widget=widget)


def credential_field() -> forms.JSONField:
    said = dict.fromkeys(("required", "invalid"), "Your browser sent no passkey. Try again")
    return forms.JSONField(widget=forms.HiddenInput, error_messages=said)


def record_failure(user: User, step: str, kind: str) -> None:
    facts = {"outcome": Outcome.FAILED, "step": step, "kind": kind}
    get_adapter().record("factor.failed", user, by=by_visitor(), **facts)


def by_visitor() -> User | None:
    """Nobody yet between the two steps of signing in."""
    visitor = context.request.user
    return visitor if visitor.is_authenticated else None


def use_up(user: User, code: str) -> bool:
    """Whether the code is new: one that an app showed is worth one sign-in, for as long as it could be right."""
    lasts = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
    return bool(cache.add(_key_of(user, code), 1, timeout=lasts))


def was_used(user: User, code: str) -> bool:
    return _key_of(user, code) in cache


def _key_of(user: User, code: str) -> str:
    return f"second-factor.used.{user.pk}.{normalize_user_code(code)}"


class ShowsCode:
    """A code of the app or a recovery code."""

    step: ClassVar[str]
    user: User
    authenticator: Authenticator

    def clean_code(self) -> str:
        try:
            code: str = super().clean_code()  # type: ignore[misc]  # allauth's form stands behind
            self._refuse_used(code)
        except ValidationError as wrong:
            if wrong.code == WRONG:
                record_failure(self.user, self.step, "code")
            raise
        self._note_recovery()
        return code

    def _note_recovery(self) -> None:
        if self.authenticator.type == Authenticator.Type.RECOVERY_CODES:
            get_adapter().record("factor.recovered", self.user, by=by_visitor(), step=self.step)

    def _refuse_used(self, code: str) -> None:
        if self.authenticator.type == Authenticator.Type.TOTP and not use_up(self.user, code):
            raise ValidationError("This code has been used. Wait for the next one", code=WRONG)


class SecondStep(ShowsCode, base.AuthenticateForm):  # type: ignore[misc]  # allauth ships no types
    step = "sign-in"
    code = code_field(
        "Code",
        "The six digits that your authenticator app shows now, or one of your recovery codes.",
    )


class SecondStepAgain(ShowsCode, base.ReauthenticateForm):  # type: ignore[misc]
    step = "confirm"
    code = code_field(
        "Code",
        "The six digits that your authenticator app shows now, or one of your recovery codes.",
    )


class ActivateTotp(totp.ActivateTOTPForm):  # type: ignore[misc]
    """Until the first code is right the secret waits in the session, sealed as later in its own table."""

    code = code_field("Six-digit code", "The app shows a new one every 30 seconds.")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        forms.Form.__init__(self, *args, **kwargs)  # past the form that leaves the secret readable
        self.user = user
        self.secret = self._pending()

    def _pending(self) -> str:
        session = context.request.session
        if self.is_bound and (waiting := session.get(SECRET_SESSION_KEY)):
            return unseal(waiting)
        secret: str = generate_totp_secret()
        session[SECRET_SESSION_KEY] = seal(secret)
        return secret

    def clean_code(self) -> str:
        try:
            code: str = super().clean_code()
        except ValidationError as wrong:
            if wrong.code == WRONG:
                record_failure(self.user, "set-up", "code")
            raise
        use_up(self.user, code)
        return code


class SaysAbove:
    """What the device answers is no field that a person sees: what is wrong with it is said of the whole form."""

    def add_error(self, field: str | None, error: Any) -> None:
        shown = None if field == "credential" else field
        super().add_error(shown, error)  # type: ignore[misc]  # allauth's form stands behind


class AddPasskey(SaysAbove, webauthn.AddWebAuthnForm):  # type: ignore[misc]
    name = CleanText(
        label="Name of the passkey",
        help_text="To tell your passkeys apart, such as “Work laptop”.",
        max_length=60,
        required=False,
    )
    credential = credential_field()

    def clean(self) -> dict[str, Any]:
        try:
            cleaned: dict[str, Any] = super().clean()
        except (ValidationError, *BROKEN_ANSWER):
            raise ValidationError("The passkey could not be added. Try again", code=WRONG) from None
        return cleaned


class RenamePasskey(webauthn.EditWebAuthnForm):  # type: ignore[misc]
    name = CleanText(label="Name of the passkey", max_length=60)


class ShowsPasskey(SaysAbove):
    """A passkey's answer to our question."""

    step: ClassVar[str]
    user: User

    def clean_credential(self) -> Authenticator:
        try:
            return super().clean_credential()  # type: ignore[misc]  # allauth's form stands behind
        except (ValidationError, *BROKEN_ANSWER) as wrong:
            if isinstance(wrong, ValidationError) and wrong.code != WRONG:
                raise
            record_failure(self.user, self.step, "passkey")
            raise ValidationError(NOT_THIS_PASSKEY, code=WRONG) from None


class UsePasskey(ShowsPasskey, webauthn.AuthenticateWebAuthnForm):  # type: ignore[misc]
    step = "sign-in"
    credential = credential_field()


class UsePasskeyAgain(ShowsPasskey, webauthn.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    step = "confirm"
    credential = credential_field()
