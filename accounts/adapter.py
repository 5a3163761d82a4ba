"""How the portal bends django-allauth: nobody signs up, links are built on SITE_URL."""

from typing import Any, ClassVar
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    error_messages: ClassVar[dict[str, str]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "The e-mail address or the password is not right",
        "too_many_login_attempts": "Too many tries. Wait five minutes, then try again",
        "incorrect_password": "The password is not right",
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

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The reset link stands on SITE_URL, never on the Host header of the request."""
        link: str = super().get_reset_password_from_key_url(key)
        return f"{settings.SITE_URL}{urlsplit(link).path}"
