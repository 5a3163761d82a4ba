"""How the portal bends django-allauth: nobody signs up, links are built on SITE_URL."""

from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """People come by invitation only."""
        return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The reset link stands on SITE_URL, never on the Host header of the request."""
        return settings.SITE_URL + urlsplit(super().get_reset_password_from_key_url(key)).path
