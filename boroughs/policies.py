"""May this be done now: each rule returns the reason why not, or None. The page shows it, the action raises it."""

from accounts.models import User

from .models import Borough, Membership
from .roles import Role


class Refused(Exception):  # noqa: N818 - reads as what happened
    """A deed that the rules do not allow now; the sentence says why and is shown to the person."""


def why_not_end_role(borough: Borough, role: Role) -> str | None:
    """A borough keeps at least one lead."""
    if role != Role.LEAD:
        return None
    others = Membership.objects.live().filter(borough=borough, role=Role.LEAD).count()
    return (
        None if others > 1 else "This is the borough's last lead. Make somebody else a lead first."
    )


def why_not_invite(borough: Borough, email: str, role: Role) -> str | None:
    """Nobody is invited to what they hold."""
    user = User.objects.filter(email__iexact=email).first()
    if user and Membership.objects.live().filter(borough=borough, user=user, role=role).exists():
        return f"{user} is {role.label.lower()} of {borough} already."
    return None
