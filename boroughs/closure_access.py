"""What a person behind the door may know of the borough's closures: the shell, or the case as well."""

from dataclasses import dataclass, field
from typing import Any, cast

from django.db.models import (
    BooleanField,
    Count,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import User

from .access import BoroughRequest, people_of
from .closure_policies import is_due_for_review, missing_from
from .models import (
    AccessRequest,
    Borough,
    Closure,
    ClosureUserPermission,
    Committee,
    Membership,
    SeatGrant,
    listed_for,
)
from .roles import Perm, Role

Closures = QuerySet[Any]  # of Closure, with what is annotated


# -- One closure ------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Known:
    """A closure as the visitor may know it. Without `reads` it is its public line."""

    closure: Closure
    reads: bool
    listed: bool
    missing: list[str] = field(default_factory=list)
    due: bool = False

    @property
    def people(self) -> int:
        """How many places there are on the list, as those see who keep it."""
        return int(getattr(self.closure, "people", 0)) + int(getattr(self.closure, "seated", 0))

    @property
    def waiting(self) -> int:
        return int(getattr(self.closure, "waiting", 0))


def keeps_lists(request: BoroughRequest) -> bool:
    """Lead and monitoring officer know every closure and what is said of it, not what it closes."""
    return Perm.SEE_LISTS in request.granted


def closures_known(request: BoroughRequest) -> Closures:
    """Those the visitor may know of: with a public line, released, on whose list they stand; all, to who keeps lists."""
    listed = ExpressionWrapper(listed_for(request.user), output_field=BooleanField())
    closures: Closures = request.borough.closures.annotate(listed=listed)
    closures = closures.select_related("case", "closed_by", "released_by")
    if keeps_lists(request):
        return closures
    told = ~Q(public_line="") | Q(released_at__isnull=False) | Q(listed=True)
    known: Closures = closures.filter(told)
    return known


def as_known(request: BoroughRequest, closure: Closure) -> Known:
    """The closure with what is incomplete, where the visitor may read the case."""
    listed = bool(getattr(closure, "listed", False))
    if not (listed or keeps_lists(request)):
        return Known(closure, reads=False, listed=False)
    due = closure.released_at is None and is_due_for_review(closure.case)
    missing = [] if closure.released_at else missing_from(closure.case)
    return Known(closure, reads=True, listed=listed, missing=missing, due=due)


# -- Many ----------------------------------------------------------------------------------------------
STATES = {
    "": "In force",
    "incomplete": "Incomplete",
    "review": "Due for review",
    "released": "Released",
}


def closures_read(request: BoroughRequest) -> Closures:
    """Those of which the visitor reads more than the public line, with numbers for who keeps lists."""
    known = closures_known(request).prefetch_related("paragraphs")
    if not keeps_lists(request):
        known = known.filter(listed=True)
    else:
        known = known.annotate(
            people=_number(ClosureUserPermission.objects.live(), "content_object"),
            seated=_number(SeatGrant.objects.live(), "closure"),
            waiting=_number(AccessRequest.objects.waiting(), "closure"),
        )
    return known


def _number(rows: QuerySet[Any], key: str) -> Coalesce:
    """How many of the rows belong to each row of the statement; apart, so that one count does not multiply another."""
    own = rows.filter(**{key: OuterRef("pk")}).order_by().values(key)
    return Coalesce(Subquery(own.annotate(number=Count("pk")).values("number")), 0)


def in_state(closures: Closures, state: str) -> Closures | list[Closure]:
    if state == "released":
        return closures.filter(released_at__isnull=False)
    in_force = closures.filter(released_at=None)
    if state == "review":
        return in_force.filter(case__review_on__lte=timezone.localdate())
    if state == "incomplete":  # what the law asks for is said in one place, and not in SQL
        return [closure for closure in in_force if missing_from(closure.case)]
    return in_force


def closures_told(request: BoroughRequest) -> Closures:
    """Those in force of which the visitor knows the public line alone."""
    known = closures_known(request).filter(released_at=None)
    return known.none() if keeps_lists(request) else known.exclude(listed=True)


# -- The list and who asks for it -----------------------------------------------------------------------
def people_to_list(closure: Closure, *, without: User) -> QuerySet[User]:
    """Who may be put on the list: people with a role other than observer, not on it, not the giver."""
    live = Membership.objects.live().filter(borough=closure.borough_id)
    readers = live.exclude(role=Role.OBSERVER)
    on_it = ClosureUserPermission.objects.live().filter(content_object=closure)
    return (
        people_of(closure.borough)
        .filter(pk__in=readers.values("user"))
        .exclude(pk__in=on_it.values("user"))
        .exclude(pk=without.pk)
    )


def committees_to_list(closure: Closure) -> QuerySet[Committee]:
    """The borough's committees that sit and are not on the list."""
    on_it = SeatGrant.objects.live().filter(closure=closure)
    return closure.borough.committees.sitting().exclude(pk__in=on_it.values("committee"))


def requests_in(borough: Borough) -> QuerySet[AccessRequest]:
    """Requests for the borough's closed records, as far as the visitor may know them."""
    found = AccessRequest.objects.filter(closure__borough=borough)
    return found.select_related("closure__borough", "asked_by", "answered_by")


def requests_of(user: User, borough: Borough) -> QuerySet[AccessRequest]:
    return requests_in(borough).filter(asked_by=user)


def lead_addresses(borough: Borough, *, without: User) -> list[str]:
    """Where leads who may answer are written to."""
    leads = Membership.objects.leads().filter(borough=borough).exclude(user=without)
    return cast("list[str]", list(leads.values_list("user__email", flat=True)))
