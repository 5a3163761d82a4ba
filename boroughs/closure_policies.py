"""May a record be closed, released, read by somebody: each rule returns the reason why not, or None."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.utils import timezone

from accounts.models import User

from . import grounds
from .models import (
    AccessRequest,
    Borough,
    Closure,
    ClosureCase,
    ClosureParagraph,
    ClosureUserPermission,
    Committee,
    Membership,
    Seat,
    SeatGrant,
)
from .policies import Refused
from .roles import Perm, Role, roles_with

EMERGENCY_LASTS = dt.timedelta(days=7)
Exempt, Confidential = ClosureCase.Classification.EXEMPT, ClosureCase.Classification.CONFIDENTIAL


class ChangedMeanwhile(Refused):
    """Somebody else changed the closure since the page was opened."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody else changed this closure meanwhile. Compare what it says now with what you typed, and save again."
        )


# -- The case ---------------------------------------------------------------------------------------
def why_not_close(
    borough: Borough, *, classification: str, paragraphs: Mapping[str, str], ground: str
) -> str | None:
    """A council cites its own nation's paragraphs; what is confidential is not also exempt (1972 Act, s100A(3)-(4))."""
    known = {p.key for p in grounds.paragraphs(borough.nation)}
    if set(paragraphs) - known:
        return f"Choose paragraphs that apply in {borough.get_nation_display()}."
    if classification == Confidential and paragraphs:
        return "Confidential information has no paragraph of Schedule 12A. Take the paragraphs away, or say that it is exempt."
    if classification == Exempt and ground:
        return "Exempt information has no ground of section 100A(3). Take the ground away, or say that it is confidential."
    if ground and ground not in {g.key for g in grounds.grounds()}:
        return "Choose one of the grounds in section 100A(3)."
    return None


def why_not_mark(borough: Borough, marking: str, *, before: str = "") -> str | None:
    """A marking comes from the borough's scheme, or was given `before` under an earlier one; the classification is another matter."""
    if marking and marking != before and borough.marking != Borough.Marking.OFFICIAL:
        return f"{borough} prints no protective marking. Choose “None”, or ask the lead to change the scheme in the settings."
    return None


def missing_from(case: ClosureCase, claims: Sequence[ClosureParagraph] | None = None) -> list[str]:
    """What the law asks for and the closure does not say yet; it may be saved like this and not issued.

    `claims` are its paragraphs where they were asked for already.
    """
    claims = list(case.closure.paragraphs.all()) if claims is None else claims
    if case.classification == Confidential:
        return [] if case.ground else ["Confidential, but no ground of section 100A(3) is given."]
    said = [
        (not claims, "Exempt, but no paragraph of Schedule 12A is given."),
        *((not c.reason, f"{_name(c.key)} is cited without a reason.") for c in claims),
        (
            not case.public_interest,
            "The public interest in withholding has not been weighed (Schedule 12A, paragraph 10 in England, 21 in Wales).",
        ),
        (
            bool(case.public_interest) and not case.interest_reason,
            "The public interest was weighed, but no reason is given.",
        ),
        (not case.review_on, "There is no day on which the closure is reviewed."),
    ]
    return [sentence for is_missing, sentence in said if is_missing]


def _name(key: str) -> str:
    return f"Paragraph {grounds.paragraph(key).number}"


def is_due_for_review(case: ClosureCase) -> bool:
    """The exemption lasts only so long as the public interest does: somebody looks again on a day."""
    return case.review_on is not None and case.review_on <= timezone.localdate()


def why_not_change(closure: Closure, *, by: User) -> str | None:
    """What is said of a closure is for the people on its list to change, and to release."""
    if why := why_not_release(closure):
        return why
    if Closure.objects.listing(by).filter(pk=closure.pk).exists():
        return None
    return f"You are not on the access list of this record, so you cannot change or release it. The {who_keeps_lists()} keeps the list."


def why_not_release(closure: Closure) -> str | None:
    """A closure is released once."""
    return "This record has been released already." if closure.released_at else None


# -- The list --------------------------------------------------------------------------------------
def why_not_list(closure: Closure) -> str | None:
    """Nobody is put on the list of a record that everybody in the borough can read."""
    if closure.released_at:
        return "This record has been released: the borough's people can read it."
    return None


def why_not_revoke(closure: Closure, person: User) -> str | None:
    """Who is not on the list is not taken off it; one whose access has run out is."""
    if closure.grants.filter(user=person).exists():
        return None
    return f"{person} is not on the list any more."


def why_not_revoke_seats(closure: Closure, committee: Committee) -> str | None:
    """The same of a committee's seats."""
    if closure.seat_grants.filter(committee=committee).exists():
        return None
    return f"The seats of {committee} are not on the list any more."


def why_not_grant(closure: Closure, person: User, *, by: User) -> str | None:
    """Nobody puts themselves on a list; those on it hold a role, and not the observer's alone."""
    if why := why_not_list(closure):
        return why
    if person == by:
        return "Nobody puts themselves on a list. Ask another lead, or the monitoring officer."
    roles = _roles(closure.borough_id, person)
    if not roles:
        return f"{person} holds no role in this borough. Invite them first."
    if roles == {Role.OBSERVER}:
        return f"{person} is an observer, who reads nothing closed."
    if ClosureUserPermission.objects.live().filter(content_object=closure, user=person).exists():
        return f"{person} is on the list already."
    return None


def _roles(borough_id: int, person: User) -> set[Role]:
    live = Membership.objects.live().filter(borough=borough_id, user=person)
    return {Role(role) for role in live.values_list("role", flat=True)}


def why_not_end_then(until: dt.date | None) -> str | None:
    """Access ends in the future."""
    if until and until < timezone.localdate():
        return "Access cannot end before it begins. Enter today or a later day."
    return None


def why_not_grant_seats(closure: Closure, committee: Committee, *, by: User) -> str | None:
    """A grant to seats is for a committee of the borough on which the giver does not sit."""
    if why := why_not_list(closure):
        return why
    today = timezone.localdate()
    if committee.ended_on and committee.ended_on < today:
        return f"{committee} has ended. Choose a committee that sits."
    if Seat.objects.filter(committee=committee, person=by).exclude(until__lt=today).exists():
        return f"You sit on {committee}, and nobody puts themselves on a list. Ask another lead."
    if SeatGrant.objects.live().filter(closure=closure, committee=committee).exists():
        return f"The seats of {committee} are on the list already."
    return None


def why_not_emergency(closure: Closure, person: User, hours: int, *, by: User) -> str | None:
    """Emergency access runs out within seven days and is never one's own."""
    if not 1 <= hours <= EMERGENCY_LASTS // dt.timedelta(hours=1):
        return "Emergency access lasts between 1 and 168 hours, which is seven days."
    return why_not_grant(closure, person, by=by)


# -- Asking --------------------------------------------------------------------------------------------
def why_not_ask(closure: Closure, *, by: User) -> str | None:
    """Who cannot read a closed record may ask once at a time."""
    if closure.released_at:
        return "This record has been released. You can read it."
    if Closure.objects.listing(by).filter(pk=closure.pk).exists():
        return "You are on the access list of this record. You can read it."
    if AccessRequest.objects.waiting().filter(closure=closure, asked_by=by).exists():
        return "You have asked for this record. The answer will stand on this page."
    return None


def why_not_answer(request: AccessRequest, *, by: User) -> str | None:
    """A request is answered once, and not by the one who asks."""
    if request.asked_by == by:
        return "Nobody answers their own request. Ask another lead."
    return "This request has been answered already." if request.answer else None


def who_keeps_lists() -> str:
    """Whom a page tells people to ask."""
    return " or ".join(role.label.lower() for role in roles_with(Perm.MANAGE_LISTS))
