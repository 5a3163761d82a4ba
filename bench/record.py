"""What a generated borough keeps beside its ratings: strategies, a plan, figures, reviews, risks and papers, some of them closed."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from uuid import NAMESPACE_URL, UUID, uuid5

from allauth.mfa.totp.internal.auth import TOTP
from django.utils import timezone

from accounts.models import User
from boroughs.models import (
    Action,
    Area,
    Borough,
    Closure,
    ClosureCase,
    DeliveryPlan,
    FigureValue,
    Organisation,
    Priority,
    ProgressNote,
    Recommendation,
    Review,
    Risk,
    Strategy,
)
from papers.models import Paper, PaperVersion

from . import words

INDICATORS = ("staff-trained", "workshops", "education-sessions", "pupils-reached", "outreach")
POSTS = ("Prevent Manager", "Head of Community Safety", "Strategic Director")
TEN = 10  # the first of every ten records is closed


@dataclass(frozen=True)
class Kept:
    """How much of each. The first of every ten strategies, figures, reviews, risks and papers is closed."""

    strategies: int
    actions: int
    notes: int
    quarters: int
    reviews: int
    risks: int
    papers: int


FULL = Kept(strategies=10, actions=60, notes=4, quarters=40, reviews=20, risks=20, papers=200)
# Papers enough that one of the closed ones is on the coordinator's list
FEW = Kept(strategies=2, actions=1, notes=1, quarters=2, reviews=2, risks=2, papers=12)


class Closer:
    """Closes one of ten records, in turn for the coordinator's list and for the lead's."""

    def __init__(self, borough: Borough, closers: Sequence[User]) -> None:
        self.borough, self.closers, self.made = borough, closers, 0

    def of(self, noun: str, number: int) -> Closure | None:
        if number % TEN != 1:
            return None
        self.made += 1
        closure = Closure.objects.create(
            pk=_key(self.borough, "closure", self.made),
            borough=self.borough,
            public_line=f"A {noun} that is not for publication ({number})",
            closed_by=self.closers[self.made % len(self.closers)],
        )
        ClosureCase.objects.create(
            closure=closure, classification="confidential", ground="government"
        )
        return closure


def keep(borough: Borough, kept: Kept, coordinator: User, lead: User) -> None:
    """Everything, in the transaction of whoever calls; both people are on lists, and so have a second factor."""
    closer = Closer(borough, [coordinator, lead])
    for person in (coordinator, lead):
        TOTP.activate(person, words.SECRET)
    plan = _strategies(borough, kept, closer, coordinator)
    _actions(plan, kept, coordinator)
    _figures(borough, kept, closer, coordinator)
    _reviews(borough, kept, closer, coordinator)
    _risks(borough, kept, closer, coordinator)
    _papers(borough, kept, closer, coordinator)


def _key(borough: Borough, noun: str, number: int = 0) -> UUID:
    """The same key for the same row in every run."""
    return uuid5(NAMESPACE_URL, f"{borough.slug}/{noun}/{number}")


def _strategies(borough: Borough, kept: Kept, closer: Closer, by: User) -> DeliveryPlan:
    """Drafts of one year each, the newest with a delivery plan."""
    strategies = Strategy.objects.bulk_create(
        Strategy(
            pk=_key(borough, "strategy", n),
            borough=borough,
            closure=closer.of("strategy", n),
            title=f"Prevent strategy {n}",
            starts_on=dt.date(2016 + n, 4, 1),
            ends_on=dt.date(2017 + n, 3, 31),
            aims=words.comment(n),
            summary=words.text("summary"),
            changed_by=by,
        )
        for n in range(1, kept.strategies + 1)
    )
    newest = strategies[-1]
    return DeliveryPlan.objects.create(
        pk=_key(borough, "plan"),
        strategy=newest,
        title="Delivery plan",
        starts_on=newest.starts_on,
        ends_on=newest.ends_on,
    )


def _actions(plan: DeliveryPlan, kept: Kept, by: User) -> None:
    borough = plan.strategy.borough
    priorities = Priority.objects.bulk_create(
        Priority(
            pk=_key(borough, "priority", n),
            strategy=plan.strategy,
            position=n,
            title=words.SENTENCES[n],
        )
        for n in range(1, 5)
    )
    areas = Area.objects.bulk_create(
        Area(pk=_key(borough, "area", n), priority=each, position=1, title=words.SENTENCES[n])
        for n, each in enumerate(priorities)
    )
    partners = Organisation.objects.bulk_create(
        Organisation(pk=_key(borough, "organisation", n), borough=borough, name=f"Partner {n}")
        for n in range(1, 6)
    )
    actions = Action.objects.bulk_create(
        Action(
            pk=_key(borough, "action", n),
            plan=plan,
            priority=areas[n % 4].priority,
            area=areas[n % 4],
            position=n + 1,
            title=words.actions(n),
            owner_post=POSTS[n % 3],
            organisation=partners[n % 5],
            due_on=plan.starts_on + dt.timedelta(days=5 * n),
            success_measure=words.comment(n),
            state=("not_started", "in_progress", "complete")[n % 3],
            changed_by=by,
        )
        for n in range(kept.actions)
    )
    ProgressNote.objects.bulk_create(
        ProgressNote(
            pk=_key(borough, "note", kept.notes * number + n),
            action=action,
            on=plan.starts_on + dt.timedelta(days=30 * n),
            text=words.comment(n),
            by=by,
        )
        for number, action in enumerate(actions)
        for n in range(kept.notes)
    )


def _figures(borough: Borough, kept: Kept, closer: Closer, by: User) -> None:
    first = 2016 * 4 + 1  # April to June 2016
    for n in range(kept.quarters):
        days = [dt.date(q // 4, q % 4 * 3 + 1, 1) for q in (first + n, first + n + 1)]
        FigureValue.objects.bulk_create(
            FigureValue(
                pk=_key(borough, f"figure/{indicator}", n),
                borough=borough,
                indicator=indicator,
                period_kind="quarter",
                starts_on=days[0],
                ends_on=days[1] - dt.timedelta(days=1),
                number=100 + 7 * n,
                closure=closer.of("figure", len(INDICATORS) * n + place + 1),
                changed_by=by,
            )
            for place, indicator in enumerate(INDICATORS)
        )


def _reviews(borough: Borough, kept: Kept, closer: Closer, by: User) -> None:
    reviews = Review.objects.bulk_create(
        Review(
            pk=_key(borough, "review", n),
            borough=borough,
            closure=closer.of("review", n),
            kind="peer",
            title=f"Peer review {n}",
            starts_on=dt.date(2016, 1, 1) + dt.timedelta(days=90 * n),
            findings=words.text("findings"),
            changed_by=by,
        )
        for n in range(1, kept.reviews + 1)
    )
    Recommendation.objects.bulk_create(
        Recommendation(
            pk=_key(borough, f"recommendation/{n}", number),
            review=review,
            position=n,
            number=str(n),
            text=words.actions(n),
            changed_by=by,
        )
        for number, review in enumerate(reviews)
        for n in range(1, 9)
    )


def _risks(borough: Borough, kept: Kept, closer: Closer, by: User) -> None:
    Risk.objects.bulk_create(
        Risk(
            pk=_key(borough, "risk", n),
            borough=borough,
            closure=closer.of("risk", n),
            scope="programme",
            title=f"Risk {n}",
            cause=words.comment(n),
            effect=words.comment(n + 1),
            controls=words.actions(n),
            likelihood_before=4,
            impact_before=4,
            likelihood=1 + n % 4,
            impact=1 + n % 3,
            owner_post=POSTS[n % 3],
            changed_by=by,
        )
        for n in range(1, kept.risks + 1)
    )


def _papers(borough: Borough, kept: Kept, closer: Closer, by: User) -> None:
    """Their files are in no store: only pages that do not open them are measured."""
    papers = Paper.objects.bulk_create(
        Paper(
            pk=_key(borough, "paper", n),
            borough=borough,
            title=f"Paper {n}",
            closure=closer.of("paper", n),
            added_by=by,
            added_at=timezone.now() - dt.timedelta(days=n),
        )
        for n in range(1, kept.papers + 1)
    )
    PaperVersion.objects.bulk_create(
        PaperVersion(
            paper=paper,
            number=1,
            file_name="paper.pdf",
            sha256="0" * 64,
            size=1000,
            media_type="application/pdf",
            pages=1,
            storage=sha256(paper.pk.bytes).hexdigest(),
            uploaded_by=by,
        )
        for paper in papers
    )
