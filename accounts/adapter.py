"""How the portal bends django-allauth: nobody signs up, links are built on SITE_URL."""

from typing import Any, ClassVar
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from audit.trail import record

from .models import User
from .sealing import seal, unseal


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    error_messages: ClassVar[dict[str, str]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "The e-mail address or the password is not right",
        "too_many_login_attempts": "Too many tries. Wait five minutes, then try again",
        "incorrect_password": "The password is not right",
        "rate_limited": "Too many tries. Wait five minutes, then try again",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """People come by invitation only."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try, then refuse the demonstration's shared password outside a local run."""
        super().pre_authenticate(request, **credentials)
        shared = credentials.get("password") == settings.DEMONSTRATION_PASSWORD
        if shared and not settings.DEMONSTRATION:
            self.authentication_failed(request, **credentials)
            raise self.validation_error("email_password_mismatch")

    def record(self, deed: str, person: User, *, by: User | None, **facts: Any) -> None:
        """Write what a person did about their second factor; the boroughs' adapter writes it in their boroughs' trails."""
        record(deed, by=by, subject=person, **facts)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The reset link stands on SITE_URL, never on the Host header of the request."""
        link: str = super().get_reset_password_from_key_url(key)
        return f"{settings.SITE_URL}{urlsplit(link).path}"


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages: ClassVar[dict[str, str]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "The code is not right",
        "cannot_generate_recovery_codes": "Set up an authenticator app or a passkey first",
    }

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)

    def generate_authenticator_name(self, user: User, type: str) -> str:
        number = Authenticator.objects.filter(user=user.pk, type=type).count() + 1
        return f"Passkey {number}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Passkeys belong to the host in SITE_URL; on one's own machine to whichever local name it is called by."""
        host = urlsplit(settings.SITE_URL).hostname or ""
        if settings.INSECURE_LOCAL_HTTP:
            host = context.request.get_host().rpartition(":")[0] or context.request.get_host()
        return {"id": host, "name": settings.SERVICE_NAME}
