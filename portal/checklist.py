"""What a new borough still has to set; it looks into every app, so it stands under the roof."""

from typing import TypedDict

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef
from django.urls import reverse

from boroughs.models import Borough, Membership, Seat
from boroughs.roles import Role
from reports.models import StyleChoice


class Step(TypedDict):
    title: str
    href: str
    hint: str
    done: bool
    status: str
    tone: str


def checklist_of(borough: Borough) -> list[Step]:
    """Every step in the order that suits a lead on the first day."""
    roles, seated, styled, adopted = _settled(borough)
    return [
        _step(
            borough,
            "Committees and seats",
            "boroughs:committee-list",
            "Who receives the reports",
            seated,
        ),
        _step(
            borough,
            "House style",
            "reports:style-choose",
            "How reports are laid out",
            styled,
        ),
        _step(
            borough,
            "Toolkit version",
            "toolkit:version-adopt",
            "What the council is assessed by",
            adopted,
        ),
        _step(
            borough,
            "Protective marking",
            "boroughs:settings-show",
            "What is printed on papers",
            bool(borough.marking),
        ),
        _step(
            borough,
            "Clear-days rule",
            "boroughs:settings-show",
            "How notice of meetings is counted",
            bool(borough.clear_days),
        ),
        _step(
            borough,
            "A second lead",
            "boroughs:person-list",
            "So that the borough is never without one",
            roles.count(Role.LEAD) > 1,
        ),
        _step(
            borough,
            "People",
            "boroughs:person-list",
            "At least a coordinator and a committee member",
            {Role.COORDINATOR, Role.MEMBER} <= set(roles),
        ),
    ]


def _settled(borough: Borough) -> tuple[list[str], bool, bool, bool]:
    """The roles held, and whether somebody sits on a committee, a style is chosen, a toolkit adopted: one statement."""
    live = Membership.objects.live().filter(borough=OuterRef("pk"))
    seats = Seat.objects.filter(committee__in=borough.committees.sitting(), until=None)
    found = Borough.objects.filter(pk=borough.pk).values_list(
        ArraySubquery(live.values("role")),
        Exists(seats),
        Exists(StyleChoice.objects.filter(borough=borough)),
        Exists(borough.adoptions.all()),
    )
    roles, seated, styled, adopted = found.get()
    return roles, seated, styled, adopted


def _step(borough: Borough, title: str, route: str, hint: str, done: bool) -> Step:
    return {
        "title": title,
        "href": reverse(route, args=[borough.slug]),
        "hint": hint,
        "done": done,
        "status": "Completed" if done else "To do",
        "tone": "" if done else "blue",
    }
