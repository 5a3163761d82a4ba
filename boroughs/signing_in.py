"""Signing in and out, and passwords, as deeds in the trail of each borough where the person holds a role."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from accounts import adapter
from accounts.models import User
from audit.models import Outcome
from audit.trail import record

from .models import Membership
from .rows import acting_as


class Adapter(adapter.Adapter):
    """The accounts' adapter, which knows no borough, with each of its deeds written down."""

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        note("account.signed-in", user, by=user)

    def logout(self, request: HttpRequest) -> None:
        if isinstance(request.user, User):
            note("account.signed-out", request.user, by=request.user)
        super().logout(request)

    def record(self, deed: str, person: User, *, by: User | None, **facts: Any) -> None:
        note(deed, person, by=by, **facts)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Nobody is the actor: it may have been anybody. Of an address without an account nothing is kept."""
        super().authentication_failed(request, **credentials)
        by = request.user if isinstance(request.user, User) else None
        person = User.objects.filter(email__iexact=credentials.get("email") or "").first()
        note("account.sign-in-failed", person, by=by, outcome=Outcome.FAILED)

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        note("account.sign-in-failed", user, by=None, outcome=Outcome.REFUSED)
        response: HttpResponse = super().respond_user_inactive(request, user)
        return response

    def set_password(self, user: User, password: str) -> None:
        """Changed by its holder, or set by the link in their mailbox."""
        super().set_password(user, password)
        note("account.password-set", user, by=user)

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        super().send_password_reset_mail(user, email, context)
        note("account.reset-asked-for", user, by=None)


def note(
    deed: str, person: User | None, *, by: User | None, outcome: str = Outcome.DONE, **facts: Any
) -> None:
    """One event in each borough where the person holds a role, always in the same order so that two chains are never
    locked crosswise; in the portal's chain when there is none."""
    boroughs: list[int | None] = []
    if person:
        live = Membership.objects.live().filter(user=person).order_by("borough_id")
        boroughs += live.values_list("borough_id", flat=True).distinct()
    with acting_as(by.pk if by else None):
        for borough_id in boroughs or [None]:
            record(deed, by=by, borough_id=borough_id, subject=person, outcome=outcome, **facts)
