"""Helping somebody who has lost their second factor and their recovery codes."""

from smtplib import SMTPException

from django.db import transaction

from accounts.actions import WhyEnded, end_second_factor
from accounts.models import User
from boroughs.policies import Refused, why_not_reset_second_factor


@transaction.atomic
def reset_second_factor(*, email: str, reason: WhyEnded, by: User) -> User:
    """End the second factor of the person with this address, as an administrator; says whose it was.

    Raises Refused for an unknown address, for oneself, where there is none, and when the e-mail cannot be sent.
    """
    user = User.objects.filter(email__iexact=email.strip()).first()
    if user is None:
        raise Refused("Nobody has an account with this address.", field="email")
    if why := why_not_reset_second_factor(user, by=by):
        raise Refused(why, field="email")
    try:
        end_second_factor(user=user, reason=reason, by=by)
    except (SMTPException, OSError) as error:
        raise Refused(
            "The e-mail could not be sent, so nothing was changed. Try again in a few minutes."
        ) from error
    return user
