"""Second factors of the demonstration's people: made from their address, so that a command can say the code."""

import base64
import hashlib
import time

from allauth.account.adapter import get_adapter
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import settings
from django.db import transaction

from accounts.models import User
from accounts.second_factor_forms import was_used
from boroughs.models import Closure
from boroughs.policies import Refused
from boroughs.rows import acting_as

SECRET_BYTES = 20


@transaction.atomic
def give_demonstration_factor(user: User) -> None:
    """An authenticator app for somebody on an access list; once. Raises Refused outside a local run."""
    _only_here()
    if Authenticator.objects.filter(user=user.pk, type=Authenticator.Type.TOTP).exists():
        return
    TOTP.activate(user, _secret_of(user))
    get_adapter().record("factor.added", user, by=user, kind=Authenticator.Type.TOTP)


def give_factors_to_readers() -> None:
    """To everybody who stands on an access list, by name or by seat."""
    for user in User.objects.order_by("pk"):
        with acting_as(user.pk):
            if Closure.objects.listing(user).exists():
                give_demonstration_factor(user)


def demonstration_code(user: User) -> str:
    """The code to type now. Raises Refused outside a local run, and for who has no app of the demonstration's."""
    _only_here()
    factor = Authenticator.objects.filter(user=user.pk, type=Authenticator.Type.TOTP).first()
    if factor is None:
        raise Refused(f"{user.email} has no second factor, and is asked for none.")
    now = int(time.time()) // app_settings.TOTP_PERIOD
    codes: list[str] = [
        format_hotp_value(hotp_value(_secret_of(user), now + step)) for step in (0, 1, -1)
    ]
    return next((code for code in codes if not was_used(user, code)), codes[0])


def _secret_of(user: User) -> str:
    said = f"{settings.DEMONSTRATION_PASSWORD} {user.email}"
    return base64.b32encode(hashlib.sha256(said.encode()).digest()[:SECRET_BYTES]).decode()


def _only_here() -> None:
    if not settings.DEMONSTRATION:
        raise Refused("Second factors that a command can say are for a local run only.")
