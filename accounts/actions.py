"""What is done to people's accounts."""

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.core.mail import send_mail
from django.db import models, transaction
from django.db.models import F
from django.template.loader import render_to_string

from audit.trail import record

from .models import User


class WhyEnded(models.TextChoices):
    """Why somebody else had to end a person's second factor."""

    LOST = "lost", "The device is lost or broken, and the recovery codes are gone"
    STOLEN = "stolen", "The device or the codes may be in somebody else's hands"
    REPLACED = "replaced", "The device was handed back or replaced"


@transaction.atomic
def create_user(*, email: str, name: str, post: str = "", password: str | None = None) -> User:
    """Make an account. It opens nothing: roles are given separately."""
    user = User.objects.create_user(email, password, name=name)
    if post:
        user.post = post
        user.save(update_fields=["post"])
    return user


@transaction.atomic
def make_administrator(*, user: User, by: User | None = None) -> None:
    """Let a person open boroughs; done on the server's command line, so `by` may be nobody."""
    user.is_administrator = True
    user.save(update_fields=["is_administrator"])
    record("account.made-administrator", by=by, subject=user)


@transaction.atomic
def end_second_factor(*, user: User, reason: WhyEnded, by: User | None) -> None:
    """Take away every factor and recovery code, and end the person's sessions; they set up a new one.

    Done by an administrator for somebody else, or on the server's command line by nobody (`by` is None).
    """
    Authenticator.objects.filter(user=user.pk).delete()
    User.objects.filter(pk=user.pk).update(signed_out_times=F("signed_out_times") + 1)
    get_adapter().record("factor.reset", user, by=by, reason=reason)
    text = render_to_string("account/email/second_factor_ended.txt", {"reason": reason.label})
    send_mail("Your second factor was ended", text, None, [user.email])
