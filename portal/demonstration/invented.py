"""Authorities that do not exist, with three years of ratings that nobody gave, and an observer whom all have admitted.

Two people keep all of them. Their roles, settings and toolkit come through the actions; ratings are written together, as the
person who may write them, and held to the rules by the policies that the actions ask.
"""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.trail import record
from boroughs.actions.borough import open_borough, set_funding
from boroughs.actions.people import set_roles
from boroughs.models import Borough
from boroughs.policies import Refused
from boroughs.roles import Role
from boroughs.rows import acting_as
from toolkit.actions.versions import adopt_version
from toolkit.models import (
    Assessment,
    Benchmark,
    Level,
    Rating,
    RoundRule,
    SignedRating,
    SignedText,
    SignOff,
    ToolkitVersion,
)
from toolkit.policies import why_not_sign_off, why_not_signed_on, why_not_submit

Data = dict[str, Any]


@dataclass(frozen=True)
class Half:
    """A half-year, and the toolkit for local authorities that was in force when it began."""

    starts_on: dt.date
    ends_on: dt.date
    version: ToolkitVersion


Round = tuple[Assessment, list[Rating]]
INVENTED = Path(__file__).with_name("invented.json")
MEETS_AFTER = dt.timedelta(days=45)
UP, DOWN, BLANK = 45, 85, 90  # of 256: how often a rating rises, falls, and is not given


def shipped() -> Data:
    data: Data = json.loads(INVENTED.read_text(encoding="utf-8"))
    return data


@transaction.atomic
def load(people: dict[str, User], administrator: User) -> None:
    data = shipped()
    coordinator, lead = people["coordinator"], people["lead"]
    boroughs = [_borough(row, people, administrator) for row in data["authorities"]]
    halves = list(_half_years(data["half_years"], timezone.localdate()))
    with acting_as(lead.pk):
        _settle(boroughs, data["authorities"], halves, lead)
    with acting_as(coordinator.pk):
        rounds = _rate(boroughs, data, halves, coordinator)
    with acting_as(lead.pk):
        _sign([each for each in rounds if not _waits(each, data, halves)], lead)


def _borough(row: Data, people: dict[str, User], administrator: User) -> Borough:
    name = f"{row['name']} (invented)"
    facts = {key: row[key] for key in ("slug", "kind", "region")}
    with acting_as(administrator.pk):
        borough = open_borough(
            name=name,
            full_name=f"{row['name']} Council (invented)",
            gss_code=row["gss"],
            nation="england" if row["region"] else "wales",
            by=administrator,
            **facts,
        )
        for role, person in people.items():
            set_roles(user=person, borough=borough, roles={Role(role)}, by=administrator)
    return borough


def _half_years(number: int, today: dt.date) -> Iterator[Half]:
    """April to September and October to March, the newest that is over last."""
    now = today.year * 2 + (today.month >= 4) + (today.month >= 10) - 1
    for half in range(now - number, now):
        year, autumn = divmod(half, 2)
        begins = dt.date(year, 10, 1) if autumn else dt.date(year, 4, 1)
        ends = dt.date(year + 1, 3, 31) if autumn else dt.date(year, 9, 30)
        yield Half(begins, ends, _version(begins))


def _settle(
    boroughs: Sequence[Borough],
    rows: Sequence[Data],
    halves: Sequence[Half],
    lead: User,
) -> None:
    first = halves[0].starts_on
    versions = {half.version for half in halves}
    for borough, row in zip(boroughs, rows, strict=True):
        set_funding(
            borough=borough, year=first.year, status=row["funded"], source="Illustrative", by=lead
        )
        for version in versions:
            adopt_version(
                borough=borough, version=version, since=max(first, version.in_force_from), by=lead
            )


def _version(day: dt.date) -> ToolkitVersion:
    """The toolkit for local authorities that was in force."""
    of_councils = ToolkitVersion.objects.in_force_on(day).filter(key__startswith="la-")
    return of_councils.select_related("scale").prefetch_related("benchmarks", "scale__levels")[0]


def _rate(
    boroughs: Sequence[Borough],
    data: Data,
    halves: Sequence[Half],
    by: User,
) -> list[Round]:
    """Every period that an authority got to, rated and submitted."""
    rounds = [
        _round(borough, row, data, half, place, by)
        for borough, row in zip(boroughs, data["authorities"], strict=True)
        for place, half in enumerate(halves)
        if place < len(halves) - row["left_out"] or row["left_out"] == 1
    ]
    Assessment.objects.bulk_create(assessment for assessment, _ in rounds)
    Rating.objects.bulk_create(rating for _, ratings in rounds for rating in ratings)
    now = timezone.now()
    for assessment, ratings in rounds:
        if why := why_not_submit(assessment, ratings):
            raise Refused(f"{assessment.borough}, {assessment.period}: {why}")
        assessment.state = Assessment.State.SUBMITTED
        assessment.submitted_by, assessment.submitted_at = by, now
        _note(assessment, ratings, by)
    every = Assessment.objects.filter(pk__in=[assessment.pk for assessment, _ in rounds])
    every.update(state=Assessment.State.SUBMITTED, submitted_by=by, submitted_at=now)
    return rounds


def _round(borough: Borough, row: Data, data: Data, half: Half, place: int, by: User) -> Round:
    assessment = Assessment(
        borough=borough,
        version=half.version,
        starts_on=half.starts_on,
        ends_on=half.ends_on,
        assessor=Assessment.Assessor.BOARD,
        illustrative=data["illustrative"],
        opened_by=by,
    )
    levels = sorted(half.version.scale.levels.all(), key=lambda level: level.rank)
    ratings = [
        _rating(assessment, each, row, data, _level(row["slug"], each, place, levels), by)
        for each in half.version.benchmarks.all()
    ]
    return assessment, ratings


def _rating(
    assessment: Assessment,
    benchmark: Benchmark,
    row: Data,
    data: Data,
    level: Level | None,
    by: User,
) -> Rating:
    standing = row["standings"].get(benchmark.key, "")
    if standing == Rating.Standing.NOT_APPLICABLE:
        level = None
    unrated = "" if level else data["unrated"]
    return Rating(
        assessment=assessment,
        benchmark=benchmark,
        level=level,
        standing=standing,
        reason=data["reasons"].get(standing, unrated),
        comment=data["comments"][level.tone] if level else "",
        judged=Rating.Judged.AFRESH,
        changed_by=by,
        changed_at=timezone.now(),
    )


def _level(slug: str, benchmark: Benchmark, place: int, levels: Sequence[Level]) -> Level | None:
    """The same in every run: from where the benchmark began, a step up or down now and then, and sometimes nothing."""
    thrown = sha256(f"{slug} {benchmark.key}".encode()).digest()
    at = (thrown[31] % 10 + 4) // 5  # a fifth begin at the lowest, half in the middle
    for throw in thrown[1 : place + 1]:
        at += (throw < UP) - (UP <= throw < DOWN)
        at = min(max(at, 0), len(levels) - 1)
    return None if DOWN <= thrown[place] < BLANK else levels[at]


def _waits(round_: Round, data: Data, halves: Sequence[Half]) -> bool:
    """Whether it still waits for its sign-off: the newest of those who left one out."""
    late = {row["gss"] for row in data["authorities"] if row["left_out"] == 1}
    return round_[0].borough.gss_code in late and round_[0].ends_on == halves[-1].ends_on


def _note(assessment: Assessment, ratings: Iterable[Rating], by: User) -> None:
    """In the trail, as the actions do it."""
    said: dict[str, Any] = {
        "starts_on": assessment.starts_on.isoformat(),
        "ends_on": assessment.ends_on.isoformat(),
    }
    about: dict[str, Any] = {"by": by, "borough_id": assessment.borough_id}
    record("assessment.opened", subject=assessment, **about, **said)
    for rating in ratings:
        record(
            "benchmark.rated",
            subject=rating,
            benchmark=rating.benchmark.key,
            level=rating.level.key if rating.level else "",
            standing=str(rating.standing),
            judged=str(rating.judged),
            **about,
        )
    record("assessment.submitted", subject=assessment, **about)


def _sign(rounds: Sequence[Round], by: User) -> None:
    """The boards' sign-offs, with every word and text as it stands."""
    signed = [(_sign_off(assessment, by), ratings) for assessment, ratings in rounds]
    SignOff.objects.bulk_create(found for found, _ in signed)
    kept = [(_kept(found, rating), rating) for found, ratings in signed for rating in ratings]
    SignedRating.objects.bulk_create(word for word, _ in kept)
    SignedText.objects.bulk_create(
        SignedText(
            signed=word,
            reason=said.reason,
            comment=said.comment,
            actions=said.actions,
            meaning=said.level.meaning if said.level else "",
        )
        for word, said in kept
    )
    every = Assessment.objects.filter(pk__in=[found.assessment_id for found, _ in signed])
    every.update(state=Assessment.State.SIGNED_OFF)


def _sign_off(assessment: Assessment, by: User) -> SignOff:
    today = timezone.localdate()
    found = SignOff(
        borough=assessment.borough,
        assessment=assessment,
        edition=1,
        otherwise="Illustrative: at the board’s meeting",
        signed_on=min(assessment.ends_on + MEETS_AFTER, today),
        submitted_by=assessment.submitted_by,
        recorded_by=by,
        recorded_at=timezone.now(),
    )
    rule = RoundRule(borough=assessment.borough)
    if why := why_not_sign_off(assessment, rule, by) or why_not_signed_on(found, today):
        raise Refused(f"{assessment.borough}, {assessment.period}: {why}")
    record(
        "assessment.signed-off",
        by=by,
        borough_id=assessment.borough_id,
        subject=assessment,
        edition=1,
        signed_on=found.signed_on.isoformat(),
    )
    return found


def _kept(found: SignOff, rating: Rating) -> SignedRating:
    return SignedRating(
        sign_off=found,
        benchmark=rating.benchmark,
        level=rating.level,
        standing=rating.standing,
        judged=rating.judged,
    )
