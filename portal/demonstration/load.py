"""Loading the demonstration: boroughs with people in every role, Thurrock's self-assessment of July 2019, reports."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import transaction

from accounts.actions import create_user, make_administrator
from accounts.models import User
from boroughs import register
from boroughs.actions.borough import change_settings, open_borough, set_funding, set_governance
from boroughs.actions.committees import add_committee, add_meeting, give_seat
from boroughs.actions.people import set_roles
from boroughs.models import Borough
from boroughs.policies import Refused
from boroughs.roles import Role
from boroughs.rows import acting_as
from reports.actions.styles import choose_style
from reports.models import HouseStyle
from toolkit.actions.assessments import open_assessment, rate
from toolkit.actions.versions import adopt_version
from toolkit.models import Level, ToolkitVersion

from . import (
    activities,
    boards,
    decisions,
    duties,
    figures,
    funding,
    invented,
    links,
    papers,
    registers,
    reports,
    reviews,
    risks,
    rounds,
    strategies,
    today,
)
from . import boroughs as shipped_boroughs
from . import thurrock as shipped_thurrock
from .factors import give_factors_to_readers

Data = dict[str, Any]


@transaction.atomic
def load() -> bool:
    """Load everything, once; False when it is there already. Raises Refused outside a local run."""
    if not settings.DEMONSTRATION:
        raise Refused(
            "The demonstration is for a local run only. Set DEMONSTRATION (see .env.example)."
        )
    data = shipped_boroughs()
    if User.objects.filter(email=data["administrator"]["email"]).exists():
        return False
    administrator = _person(data["administrator"])
    make_administrator(user=administrator)
    for row in data["boroughs"]:
        _borough(row, administrator)
    _thurrock(shipped_thurrock())
    papers.load()
    boards.load()
    strategies.load()
    reviews.load()
    duties.load()
    figures.load()
    risks.load()
    funding.load()
    activities.load()
    registers.load()
    reports.load()
    decisions.load()
    today.load()
    links.load()
    people = {role: _person(row) for role, row in invented.shipped()["people"].items()}
    invented.load(people, administrator)
    rounds.load(administrator)
    decisions.load_invented()
    give_factors_to_readers()
    return True


def _person(row: Data) -> User:
    return create_user(
        email=row["email"],
        name=row["name"],
        post=row["post"],
        password=settings.DEMONSTRATION_PASSWORD,
    )


def _borough(row: Data, administrator: User) -> None:
    authority = register.authority(row["gss"])
    with acting_as(administrator.pk):
        borough = open_borough(
            slug=authority.slug,
            name=authority.name,
            full_name=authority.council_name,
            gss_code=authority.gss,
            kind=authority.kind,
            nation=authority.nation,
            region=authority.region,
            by=administrator,
        )
        people: dict[str, User] = {}  # the first of each role
        for said in row["people"]:
            person = _person(said)
            people.setdefault(said["role"], person)
            set_roles(user=person, borough=borough, roles={Role(said["role"])}, by=administrator)
    with acting_as(people["lead"].pk):
        _settings(borough, row, people["lead"])
    with acting_as(people["democratic"].pk):
        for committee in row["committees"]:
            _committee(borough, committee, people)


def _settings(borough: Borough, row: Data, lead: User) -> None:
    change_settings(
        borough=borough,
        full_name=borough.full_name,
        colour=row["colour"],
        clear_days=row["clear_days"],
        marking=row["marking"],
        contact=row["contact"],
        seen=borough.version,
        by=lead,
    )
    for known in register.governance(borough.gss_code):
        set_governance(
            borough=borough,
            form=known.form,
            since=known.since,
            source=known.source,
            verified=known.verified,
            by=lead,
        )
    for year in row["funding"]:
        set_funding(borough=borough, **year, by=lead)
    if row["toolkit"]:
        version = ToolkitVersion.objects.get(key=row["toolkit"]["version"])
        adopt_version(
            borough=borough, version=version, since=_day(row["toolkit"]["since"]), by=lead
        )
    if row["house_style"]:
        choose_style(borough=borough, style=HouseStyle.objects.get(key=row["house_style"]), by=lead)


def _committee(borough: Borough, row: Data, people: dict[str, User]) -> None:
    by = people["democratic"]
    committee = add_committee(
        borough=borough,
        name=row["name"],
        kind=row["kind"],
        regime=row["regime"],
        remit=row["remit"],
        by=by,
    )
    for meeting in row["meetings"]:
        published = meeting["agenda_published_on"]
        add_meeting(
            committee=committee,
            date=_day(meeting["date"]),
            agenda_published_on=_day(published) if published else None,
            by=by,
        )
    for seat in row["seats"]:
        give_seat(
            committee=committee,
            person=people[seat["role"]],
            since=_day(seat["since"]),
            until=_day(seat["until"]) if seat["until"] else None,
            substitute=seat["substitute"],
            co_opted=seat["co_opted"],
            by=by,
        )


def _thurrock(data: Data) -> None:
    borough = Borough.objects.get(gss_code=data["borough"])
    coordinator = User.objects.get(email=f"coordinator@{borough.slug}.example.org")
    version = ToolkitVersion.objects.get(key=data["toolkit"])
    levels = {level.key: level for level in version.scale.levels.all()}
    with acting_as(coordinator.pk):
        for row in data["assessments"]:
            _assess(borough, version, levels, data, row, coordinator)


def _assess(
    borough: Borough,
    version: ToolkitVersion,
    levels: dict[str, Level],
    data: Data,
    row: Data,
    by: User,
) -> None:
    assessment = open_assessment(
        borough=borough,
        version=version,
        starts_on=_day(row["starts_on"]),
        ends_on=_day(row["ends_on"]),
        assessor=data["assessor"],
        assessor_name=data["assessor_name"],
        illustrative=row["illustrative"],
        source=row["source"],
        by=by,
    )
    ratings = {rating.benchmark.key: rating for rating in assessment.ratings.in_order()}
    for said in row["ratings"]:
        rate(
            rating=ratings[said["benchmark"]],
            level=levels.get(said["level"] or ""),
            comment=said["comment"],
            actions=said["actions"],
            seen=1,
            by=by,
        )


def _day(day: str) -> dt.date:
    return dt.date.fromisoformat(day)
