"""What is done to people's accounts."""

from django.db import transaction

from audit.trail import record

from .models import User


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
