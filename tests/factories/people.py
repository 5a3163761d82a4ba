"""People, boroughs and their ratings, made through actions."""

import datetime as dt
from itertools import count

from accounts.actions import create_user
from accounts.models import User
from boroughs.actions.borough import open_borough
from boroughs.actions.people import set_roles
from boroughs.models import (
    Borough,
)
from boroughs.roles import Role
from reports.jobs import Claim, claim, finish
from reports.models import Rendering
from reports.pdf import Pdf
from toolkit.actions.assessments import open_assessment, rate
from toolkit.models import Assessment, Level, ToolkitVersion

PASSWORD = "a password of tests"


numbers = count(1)


def make_user(name: str = "", *, email: str = "") -> User:
    number = next(numbers)
    return create_user(
        email=email or f"person-{number}@example.org",
        name=name or f"Person {number}",
        password=PASSWORD,
    )


def make_borough(slug: str = "", *, by: User, gss_code: str = "") -> Borough:
    number = next(numbers)
    slug = slug or f"borough-{number}"
    return open_borough(
        slug=slug,
        name=slug.title(),
        full_name=f"{slug.title()} Council",
        gss_code=gss_code or f"E{number:08d}",
        kind="unitary",
        nation="england",
        by=by,
    )


def give_role(user: User, borough: Borough, role: Role, *, by: User) -> User:
    set_roles(user=user, borough=borough, roles={role}, by=by)
    return user


def version(key: str = "la-2018") -> ToolkitVersion:
    return ToolkitVersion.objects.get(key=key)


def level(key: str) -> Level:
    return Level.objects.get(scale__key="rag", key=key)


def make_assessment(
    borough: Borough,
    *,
    by: User,
    starts_on: dt.date = dt.date(2019, 7, 1),
    ends_on: dt.date = dt.date(2019, 7, 31),
    key: str = "la-2018",
) -> Assessment:
    return open_assessment(
        borough=borough,
        version=version(key),
        starts_on=starts_on,
        ends_on=ends_on,
        assessor="board",
        by=by,
    )


def rate_as(
    assessment: Assessment,
    benchmark: str,
    to: str,
    *,
    by: User,
    comment: str = "",
    actions: str = "",
) -> None:
    rating = assessment.ratings.in_order().get(benchmark__key=benchmark)
    rate(
        rating=rating,
        level=level(to) if to else None,
        comment=comment,
        actions=actions,
        seen=rating.version,
        by=by,
    )


def make_ready(rendering: Rendering, data: bytes = b"%PDF-1.7 of tests") -> Rendering:
    """The rendering as the worker leaves it, without the printing."""
    held = claim(rendering.pk)
    assert isinstance(held, Claim)
    finish(held, Pdf(data, 3))
    return rendering
