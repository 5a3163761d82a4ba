"""The one door into a borough: every borough page is a view wrapped by `borough_view`."""

from collections.abc import Callable
from functools import wraps
from typing import Any, NoReturn, Protocol, TypeVar, cast
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import PermissionDenied
from django.db.models import (
    BooleanField,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.second_factor import shown_in, way_to
from accounts.typed import keep

from .models import (
    Borough,
    BoroughUserPermission,
    ClosableQuerySet,
    Closure,
    Invitation,
    Membership,
)
from .models.borough import BoroughQuerySet
from .roles import Perm, Role, roles_with

Rows = TypeVar("Rows", bound=ClosableQuerySet[Any])


class SignedInRequest(HttpRequest):
    """A request that LoginRequiredMiddleware let through."""

    user: User


class BoroughRequest(SignedInRequest):
    """A request behind the door: whose borough it is about, what the visitor may do there, and the closures there on whose
    access list they stand. `reading` is the permission that opens the page's open records."""

    borough: Borough
    granted: frozenset[str]
    listed: list[UUID]
    reading: Perm


class AcrossRequest(SignedInRequest):
    """A request for a page over several boroughs: those in which the visitor holds the page's permission today."""

    boroughs: list[Borough]


class BoroughView(Protocol):
    access: Perm
    opens_to_lists: bool  # also to whoever is on the list of something closed

    def __call__(self, request: HttpRequest, borough: str, **kwargs: Any) -> HttpResponse: ...


class NotYourRole(PermissionDenied):
    """The visitor belongs to the borough and lacks the permission; says whom to ask."""

    def __init__(self, perm: Perm, borough: Borough) -> None:
        roles = " or ".join(role.label.lower() for role in roles_with(perm))
        self.borough = borough
        self.reason = f"Your role in {borough} does not let you: {perm.label.lower()}."
        self.ask = f"It is for the {roles}. If you need it, ask the lead of {borough}."
        super().__init__(self.reason)


def boroughs_of(user: User) -> QuerySet[Borough]:
    """The open boroughs a person may enter. Administrators are not special here."""
    mine = BoroughUserPermission.objects.filter(user=user, permission__codename=Perm.ENTER)
    return Borough.objects.open().filter(pk__in=mine.values("content_object"))


def people_of(borough: Borough) -> QuerySet[User]:
    """Everybody who holds a role in the borough today."""
    live = Membership.objects.live().filter(borough=borough)
    return User.objects.filter(pk__in=live.values("user"))


def everybody_ever_of(borough: Borough) -> QuerySet[User]:
    """Everybody who holds or held a role in the borough."""
    return User.objects.filter(pk__in=borough.memberships.values("user"))


def administrators() -> QuerySet[User]:
    return User.objects.filter(is_administrator=True)


def invitation_for(token: str) -> Invitation | None:
    """The invitation a link belongs to, whatever has become of it."""
    found = Invitation.objects.by_token(token).select_related("borough", "invited_by")
    return found.first()


def account_of(invitation: Invitation) -> User | None:
    """The account of the person invited, when they have one."""
    return User.objects.filter(email__iexact=invitation.email).first()


def boroughs_to_administer(*, without_lead: bool = False) -> QuerySet[Borough]:
    """Every open borough with what an administrator may know of it.

    `has_lead`, and `lead_invited_at`: when an invitation to be its lead was sent that still counts.
    """
    leads = Membership.objects.leads().filter(borough=OuterRef("pk"))
    asked = Invitation.objects.waiting().filter(borough=OuterRef("pk"), role=Role.LEAD)
    boroughs = Borough.objects.open().annotate(
        has_lead=Exists(leads),
        lead_invited_at=Subquery(asked.values("sent_at")[:1], output_field=DateTimeField()),
    )
    return boroughs.filter(has_lead=False) if without_lead else boroughs


def granted(user: User, borough: Borough) -> frozenset[str]:
    """Everything the person may do in the borough, by one query."""
    rows = BoroughUserPermission.objects.filter(user=user, content_object=borough)
    return frozenset(rows.values_list("permission__codename", flat=True))


def reads_as_member(request: HttpRequest) -> bool:
    """What committee members read, and try to read, is nobody's business but the monitoring officer's."""
    return Perm.ASK_FOR_CLOSED in getattr(request, "granted", frozenset())


def at_the_door(request: SignedInRequest) -> BoroughQuerySet:
    """Open boroughs; `unproved` where the visitor is on an access list and has shown no second factor in this session."""
    lists = Closure.objects.listing(request.user)
    here = ArraySubquery(lists.filter(borough=OuterRef("pk")).values("pk"))
    listed, shown = Q(Exists(lists)), Q(Exists(shown_in(request)))
    unproved = ExpressionWrapper(listed & ~shown, output_field=BooleanField())
    return Borough.objects.open().annotate(unproved=unproved, listed=here)


def to_second_factor(request: SignedInRequest, back: str) -> HttpResponse:
    """Send to the page that leads through it and back; what a form posts is kept as when a session has ended."""
    if request.method in {"GET", "HEAD"}:
        back = request.get_full_path()
    elif request.method == "POST":
        back = keep(request) or back
    return redirect(way_to(back))


def borough_view(perm: Perm, *methods: str) -> Callable[[Callable[..., HttpResponse]], BoroughView]:
    """Let in holders of `perm`; 403 to the borough's other people, 404 to everyone else."""

    def decorate(view: Callable[..., HttpResponse]) -> BoroughView:
        @require_http_methods(methods or ("GET", "HEAD"))
        @wraps(view)
        def door(request: BoroughRequest, borough: str, **kwargs: Any) -> HttpResponse:
            found = get_object_or_404(at_the_door(request), slug=borough)
            perms = granted(request.user, found)
            if Perm.ENTER not in perms:
                raise Http404
            if found.unproved:  # type: ignore[attr-defined]  # annotated by at_the_door
                return to_second_factor(request, found.get_absolute_url())
            request.borough, request.granted = found, perms
            request.listed = found.listed  # type: ignore[attr-defined]
            request.reading = perm
            if perm not in perms:
                raise NotYourRole(perm, found)
            return view(request, **kwargs)

        wrapped = cast("BoroughView", door)
        wrapped.access, wrapped.opens_to_lists = perm, False
        return wrapped

    return decorate


def reader_view(perm: Perm, *methods: str) -> Callable[[Callable[..., Any]], BoroughView]:
    """Let in holders of `perm`, and besides them everybody on the list of something closed there: what they find there
    is for `readable` to say."""

    def decorate(view: Callable[..., Any]) -> BoroughView:
        @borough_view(Perm.ENTER, *methods)
        @wraps(view)
        def door(request: BoroughRequest, **kwargs: Any) -> HttpResponse:
            request.reading = perm
            if reads_listed_alone(request) and not request.listed:
                raise NotYourRole(perm, request.borough)
            return cast("HttpResponse", view(request, **kwargs))

        door.access = perm
        door.opens_to_lists = True
        return door

    return decorate


def reads_listed_alone(request: BoroughRequest) -> bool:
    """Whether the visitor has come in by an access list and not by their role."""
    return request.reading not in request.granted


def readable(request: BoroughRequest, rows: Rows, perm: Perm | None = None) -> Rows:
    """The rows the visitor may read: all they may see, to holders of the permission, which is the page's where none is
    named; to others those closed ones alone on whose access list they stand."""
    if (perm or request.reading) not in request.granted:
        return rows.closed_for(request.user)
    return rows.visible_to(request.user)


def nothing_there(request: BoroughRequest) -> NoReturn:
    """Raises NotYourRole for whom the list alone let in, whatever they asked for, and Http404 for everybody else."""
    if reads_listed_alone(request):
        raise NotYourRole(request.reading, request.borough)
    raise Http404


def across(request: SignedInRequest, perm: Perm) -> list[Borough]:
    """The open boroughs in which the visitor holds `perm` by a role of today, as at the door and with their funding."""
    mine = Membership.objects.allowing(request.user, perm)
    found = at_the_door(request).with_funding(timezone.localdate())
    return list(found.filter(pk__in=mine.values("borough")).order_by("name", "pk"))


def across_view(
    perm: Perm, *methods: str
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Let in whoever holds `perm` in a borough; the page does not exist for anyone else."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @require_http_methods(methods or ("GET", "HEAD"))
        @wraps(view)
        def door(request: AcrossRequest, **kwargs: Any) -> HttpResponse:
            request.boroughs = across(request, perm)
            if not request.boroughs:
                raise Http404
            if any(borough.unproved for borough in request.boroughs):  # type: ignore[attr-defined]
                return to_second_factor(request, reverse("portal:home"))
            return view(request, **kwargs)

        door.across = perm  # type: ignore[attr-defined]  # read by tests/routes.py
        return door

    return decorate


def administrator_view(
    *methods: str,
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Let in portal administrators; the page does not exist for anyone else."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @require_http_methods(methods or ("GET", "HEAD"))
        @wraps(view)
        def door(request: SignedInRequest, **kwargs: Any) -> HttpResponse:
            if not request.user.is_administrator:
                raise Http404
            return view(request, **kwargs)

        door.access = "administrator"  # type: ignore[attr-defined]  # read by tests/test_access.py
        return door

    return decorate
