"""Has this person shown a second factor in this session: asked by the door, and by the pages that change factors.

A session remembers which authenticator was shown to it. It counts while that authenticator exists: a session from
before the factor was set up, or with one that is gone, has to show another.
"""

from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.models import Authenticator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from .models import User

REAL = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
METHOD = "mfa"
GOING_TO = "second_factor_next"


def factors_of(user: User) -> "QuerySet[Authenticator]":
    """Authenticator apps and passkeys; recovery codes stand in for them and are none themselves."""
    found: QuerySet[Authenticator] = Authenticator.objects.filter(user=user.pk, type__in=REAL)
    return found


def has_second_factor(user: User) -> bool:
    return factors_of(user).exists()


def shown_in(request: HttpRequest) -> "QuerySet[Authenticator]":
    """The person's authenticators that were shown in this session and still exist."""
    records = get_authentication_records(request, request.user)
    shown = [record.get("id") for record in records if record["method"] == METHOD]
    found: QuerySet[Authenticator] = Authenticator.objects.filter(
        user=request.user.pk, pk__in=shown
    )
    return found


def passed_second_factor(request: HttpRequest) -> bool:
    return shown_in(request).exists()


def remember_shown(request: HttpRequest, authenticator: Authenticator) -> None:
    """Setting a factor up is showing it: the session passes from then on."""
    record_authentication(
        request, request.user, METHOD, id=authenticator.pk, type=authenticator.type
    )


# -- The way to it and back --------------------------------------------------------------------------------
def way_to(next_page: str) -> str:
    """The page that explains why a second factor is needed and leads on to `next_page`."""
    return f"{reverse('second_factor_needed')}?{urlencode({'next': next_page})}"


def safe(address: str) -> str:
    """The address when it is one of the portal's own pages, else nothing."""
    own = address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if own else ""


def confirming(user: User, next_page: str) -> str:
    """The page where somebody who has a factor shows it."""
    kinds = set(factors_of(user).values_list("type", flat=True))
    only_passkeys = kinds == {Authenticator.Type.WEBAUTHN}
    name = "mfa_reauthenticate_webauthn" if only_passkeys else "mfa_reauthenticate"
    return f"{reverse(name)}?{urlencode({'next': next_page})}"
