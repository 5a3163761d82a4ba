"""What a new borough still has to set; it looks into every app, so it stands under the roof."""

from typing import TypedDict

from django.urls import reverse

from boroughs.models import Borough, Membership, Seat
from boroughs.roles import Role


class Step(TypedDict):
    title: str
    href: str
    hint: str
    done: bool
    status: str
    tone: str


def checklist_of(borough: Borough) -> list[Step]:
    """Every step in the order that suits a lead on the first day."""
    people = Membership.objects.live().filter(borough=borough)
    committees = borough.committees.sitting().exists()
    seats = Seat.objects.filter(committee__borough=borough, until=None).exists()
    return [
        _step(
            borough,
            "Committees and seats",
            "boroughs:committee-list",
            "Who receives the reports",
            committees and seats,
        ),
        _step(
            borough,
            "House style",
            "reports:style-choose",
            "How reports are laid out",
            hasattr(borough, "style_choice"),
        ),
        _step(
            borough,
            "Toolkit version",
            "toolkit:version-adopt",
            "What the council is assessed by",
            borough.adoptions.exists(),
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
            people.filter(role=Role.LEAD).count() > 1,
        ),
        _step(
            borough,
            "People",
            "boroughs:person-list",
            "At least a coordinator and a committee member",
            {Role.COORDINATOR, Role.MEMBER} <= set(people.values_list("role", flat=True)),
        ),
    ]


def _step(borough: Borough, title: str, route: str, hint: str, done: bool) -> Step:
    return {
        "title": title,
        "href": reverse(route, args=[borough.slug]),
        "hint": hint,
        "done": done,
        "status": "Completed" if done else "To do",
        "tone": "" if done else "blue",
    }
