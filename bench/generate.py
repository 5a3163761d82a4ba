"""Boroughs with years of record behind them: the same ones each time, written as the owner of the tables."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from uuid import NAMESPACE_URL, UUID, uuid5

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Permission
from django.db import connection, transaction
from django.db.models import F, Model
from django.utils import timezone

from accounts.models import User
from audit.models import Event
from boroughs.models import (
    Borough,
    BoroughUserPermission,
    Committee,
    FundingStatus,
    GovernanceModel,
    Meeting,
    Membership,
    Seat,
)
from boroughs.roles import Perm, Role, permissions_of
from reports.actions.issues import digest_of
from reports.models import (
    HouseStyle,
    Issue,
    RenderedFile,
    Rendering,
    Report,
    ReportText,
    StyleChoice,
)
from reports.places import front_places, places_of
from reports.snapshot import snapshot_of
from toolkit.models import Adoption, Assessment, Benchmark, Level, Rating, ToolkitVersion

from . import record, signing, words
from .words import PASSWORD, email_of, slug_of

LAST_QUARTER = (2026, 3)
TOOLKIT = "la-2018"  # ten benchmarks
STYLE = "thurrock"
AT_ONCE = 50  # events in a transaction: a chain's head is rewritten for each, and cleaned only between them
A_YEAR = dt.timedelta(days=365)


@dataclass(frozen=True)
class Size:
    """What one borough holds. Every benchmark of every quarter was saved `saves` times after it was opened."""

    people: Mapping[Role, int]
    quarters: int
    saves: int
    reports: int
    kept: record.Kept


FULL = Size(
    people={
        Role.COORDINATOR: 2,
        Role.LEAD: 2,
        Role.CONTRIBUTOR: 12,
        Role.CLEARING: 3,
        Role.DEMOCRATIC: 3,
        Role.MONITORING: 2,
        Role.MEMBER: 20,
        Role.OBSERVER: 6,
    },
    quarters=40,
    saves=4,
    reports=20,
    kept=record.FULL,
)
# Enough for every part of a page to be there, and no more: the other side of "as many statements for many rows"
FEW = Size(people=dict.fromkeys(Role, 1), quarters=2, saves=1, reports=2, kept=record.FEW)


@dataclass(frozen=True)
class Shipped:
    """Reference data that every borough's rows point at."""

    version: ToolkitVersion
    benchmarks: Sequence[Benchmark]
    levels: Sequence[Level]
    style: HouseStyle
    permissions: Mapping[str, Permission]
    password: str


def generate(boroughs: int, size: Size = FULL, *, first: int = 1) -> None:
    """Add so many boroughs, numbered from `first`."""
    shipped = _shipped()
    observer = _observer(shipped)
    for number in range(first, first + boroughs):
        events = _borough(number, size, shipped, observer)
        for start in range(0, len(events), AT_ONCE):
            with _as_owner():
                Event.objects.bulk_create(events[start : start + AT_ONCE])
        if (
            number.bit_count() == 1
        ):  # 1, 2, 4, 8 …: the planner must not take a large table for an empty one
            _tell("ANALYZE")


def tidy() -> None:
    """What autovacuum would have done by itself by the time a real borough has such a history."""
    _tell("VACUUM ANALYZE")


def _tell(command: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(command)


@contextmanager
def _as_owner() -> Iterator[None]:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL app.migrating = 'on'; SET LOCAL synchronous_commit = off")
        yield


def _shipped() -> Shipped:
    version = ToolkitVersion.objects.get(key=TOOLKIT)
    with _as_owner():  # styles may also be a borough's own, so their rows are guarded
        style = HouseStyle.objects.get(key=STYLE, borough=None)
    return Shipped(
        version=version,
        benchmarks=list(version.benchmarks.all()),
        levels=list(version.scale.levels.all()),
        style=style,
        permissions={p.codename: p for p in Permission.objects.filter(codename__in=Perm.values)},
        password=make_password(PASSWORD),
    )


def _observer(shipped: Shipped) -> User:
    """Whom every borough has admitted."""
    facts = {"name": "Observer of all", "post": "Adviser", "password": shipped.password}
    return User.objects.get_or_create(email=words.OBSERVER, defaults=facts)[0]


def _borough(number: int, size: Size, shipped: Shipped, observer: User) -> list[Event]:
    """One borough in one transaction; the events that its trail is still to have."""
    with _as_owner():
        borough = _opened(number)
        people = _people(borough, size, shipped)
        coordinator, lead = people[Role.COORDINATOR][0], people[Role.LEAD][0]
        _admit(borough, [(observer, Role.OBSERVER)], shipped)
        committee = _committee(borough, people[Role.MEMBER])
        assessments = _assessments(borough, size, shipped, coordinator)
        ratings = _ratings(assessments, size, shipped, coordinator)
        signing.sign(assessments[:-1], coordinator, lead)
        reports = _reports(assessments[-size.reports :], committee, shipped, coordinator)
        _issue(reports, people[Role.DEMOCRATIC][0])
        record.keep(borough, size.kept, coordinator, lead)
    opened = [_event("assessment.opened", each, borough, coordinator) for each in assessments]
    saved = [
        _event("benchmark.rated", each, borough, coordinator)
        for _ in range(size.saves)
        for each in ratings
    ]
    made = [_event("report.rendered", each, borough, coordinator) for each in reports]
    return [*opened, *saved, *made]


def _opened(number: int) -> Borough:
    name = f"Borough {number:03d}"
    borough = Borough.objects.create(
        slug=slug_of(number),
        name=name,
        full_name=f"{name} Council",
        gss_code=f"E{99_000_000 + number}",
        kind="london_borough",
        nation="england",
        colour="#005a84",
        clear_days="working",
        marking="none",
    )
    since = dt.date(LAST_QUARTER[0] - 10, 1, 1)
    GovernanceModel.objects.create(borough=borough, form="leader_cabinet", since=since)
    FundingStatus.objects.bulk_create(
        FundingStatus(borough=borough, year=since.year + n, status="unfunded") for n in range(10)
    )
    return borough


def _people(borough: Borough, size: Size, shipped: Shipped) -> dict[Role, list[User]]:
    places = [(role, n) for role, count in size.people.items() for n in range(1, count + 1)]
    users = User.objects.bulk_create(
        User(
            email=email_of(role, borough.slug, n),
            name=f"{role.label} {n} of {borough}",
            post=role.label,
            password=shipped.password,
        )
        for role, n in places
    )
    held = [(user, role) for user, (role, _) in zip(users, places, strict=True)]
    _admit(borough, held, shipped)
    return {role: [user for user, its in held if its is role] for role in size.people}


def _admit(borough: Borough, held: Sequence[tuple[User, Role]], shipped: Shipped) -> None:
    since = timezone.now() - A_YEAR
    Membership.objects.bulk_create(
        Membership(user=user, borough=borough, role=role, since=since) for user, role in held
    )
    BoroughUserPermission.objects.bulk_create(
        BoroughUserPermission(
            user=user, content_object=borough, permission=shipped.permissions[perm]
        )
        for user, role in held
        for perm in sorted(permissions_of({role}))
    )


def _committee(borough: Borough, members: Sequence[User]) -> Committee:
    committee = Committee.objects.create(
        borough=borough, name="Scrutiny Committee", kind="overview_scrutiny", regime="act_1972"
    )
    since = dt.date(LAST_QUARTER[0] - 1, 5, 1)
    Seat.objects.bulk_create(
        Seat(committee=committee, person=person, since=since) for person in members
    )
    return committee


def _quarters(count: int) -> list[tuple[dt.date, dt.date]]:
    """The first and the last day of each, the newest last."""
    last = LAST_QUARTER[0] * 4 + LAST_QUARTER[1] - 1
    days = [dt.date(n // 4, n % 4 * 3 + 1, 1) for n in range(last - count + 1, last + 2)]
    return [(day, after - dt.timedelta(days=1)) for day, after in pairwise(days)]


def _assessments(borough: Borough, size: Size, shipped: Shipped, by: User) -> list[Assessment]:
    quarters = _quarters(size.quarters)
    Adoption.objects.create(borough=borough, version=shipped.version, since=quarters[0][0])
    return Assessment.objects.bulk_create(
        Assessment(
            pk=_key(borough, "assessment", n),
            borough=borough,
            version=shipped.version,
            starts_on=first,
            ends_on=last,
            assessor="board",
            opened_by=by,
        )
        for n, (first, last) in enumerate(quarters)
    )


def _ratings(
    assessments: Sequence[Assessment], size: Size, shipped: Shipped, by: User
) -> list[Rating]:
    """Opened and then saved again and again: PostgreSQL's own triggers write the history."""
    ratings = Rating.objects.bulk_create(
        Rating(
            pk=_key(each, "rating", benchmark.number),
            assessment=each,
            benchmark=benchmark,
            changed_by=by,
            changed_at=_noon(each.starts_on),
        )
        for each in assessments
        for benchmark in shipped.benchmarks
    )
    thirds = [
        ratings[n::3] for n in range(3)
    ]  # ten benchmarks: each has another level next quarter
    for save in range(size.saves):
        for n, third in enumerate(thirds):
            Rating.objects.filter(pk__in=[rating.pk for rating in third]).update(
                level=shipped.levels[(n + save) % len(shipped.levels)],
                judged=Rating.Judged.AFRESH,
                comment=words.comment(n + save),
                actions=words.actions(n + save),
                version=F("version") + 1,
                changed_at=F("changed_at") + dt.timedelta(days=7),
            )
    return ratings


def _reports(
    assessments: Sequence[Assessment], committee: Committee, shipped: Shipped, by: User
) -> list[Report]:
    meetings = Meeting.objects.bulk_create(
        Meeting(
            pk=_key(each, "meeting"),
            committee=committee,
            date=each.ends_on + dt.timedelta(days=30),
        )
        for each in assessments
    )
    reports = Report.objects.bulk_create(
        Report(
            pk=_key(each, "report"),
            borough=each.borough,
            assessment=each,
            meeting=meeting,
            item_number="9",
            style=shipped.style,
            title=f"Prevent duty: self-assessment, {each.period}",
            state=Report.State.ISSUED,
            started_by=by,
        )
        for each, meeting in zip(assessments, meetings, strict=True)
    )
    StyleChoice.objects.create(borough=committee.borough, style=shipped.style)
    now = timezone.now()
    keys = front_places(shipped.style) + [place.key for place in places_of(shipped.style)]
    ReportText.objects.bulk_create(
        ReportText(report=report, key=key, body=words.text(key), changed_by=by, changed_at=now)
        for report in reports
        for key in keys
    )
    return reports


def _issue(reports: Sequence[Report], by: User) -> None:
    """Each once, with a ready PDF. All print what the newest says: only a page that shows one opens it."""
    snapshot, now = snapshot_of(reports[-1]), timezone.now()
    issues = Issue.objects.bulk_create(
        Issue(
            pk=_key(report, "issue"),
            borough_id=report.borough_id,
            report=report,
            number=1,
            kind=Issue.Kind.FIRST,
            snapshot=snapshot,
            digest=digest_of(snapshot),
            issued_by=by,
            issued_at=now - dt.timedelta(minutes=1),
        )
        for report in reports
    )
    renderings = Rendering.objects.bulk_create(
        Rendering(
            pk=_key(issue, "rendering"),
            report=issue.report,
            issue=issue,
            snapshot=snapshot,
            state=Rendering.State.READY,
            requested_by=by,
            requested_at=now - dt.timedelta(minutes=1),
            attempts=1,
            finished_at=now,
            pages=4,
            size=len(words.PDF),
            sha256="0" * 64,
        )
        for issue in issues
    )
    RenderedFile.objects.bulk_create(
        RenderedFile(rendering=rendering, pdf=words.PDF) for rendering in renderings
    )


def _event(deed: str, subject: Model, borough: Borough, by: User) -> Event:
    label = f"{subject._meta.label_lower}:{subject.pk}"
    return Event(deed=deed, borough_id=borough.pk, actor_id=by.pk, subject=label)


def _noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), dt.UTC)


def _key(parent: Model, noun: str, number: int = 0) -> UUID:
    """The same key for the same row in every run."""
    name = parent.slug if isinstance(parent, Borough) else str(parent.pk)
    return uuid5(NAMESPACE_URL, f"{name}/{noun}/{number}")
