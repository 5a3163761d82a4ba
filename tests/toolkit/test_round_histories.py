"""Whatever is done to a round, in whatever order: the portal says what a simple model says, and blank is never green."""

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from boroughs.roles import Role
from boroughs.rows import acting_as
from tests.factories import Place, World, level
from toolkit.actions.assessments import rate, say_unchanged
from toolkit.actions.round import reopen, sign_off, submit, take_back
from toolkit.models import Assessment, Rating
from toolkit.policies import Refused

BENCHMARKS = ("training", "venue-hire")  # the others are explained beforehand
DAY = dt.date(2019, 8, 1)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "green",
                "red",
                "red why",
                "blank",
                "blank why",
                "unchanged",
                "submit",
                "take back",
                "sign off",
                "sign off alone",
                "reopen",
            ]
        ),
        st.sampled_from(BENCHMARKS),
    ),
    min_size=4,
    max_size=16,
)
Said = tuple[str, bool]  # a word, empty for a blank, and whether a reason was given


@dataclass
class Model:
    """What ought to be so."""

    said: dict[str, Said] = field(
        default_factory=lambda: {"training": ("red", True), "venue-hire": ("", False)}
    )
    state: str = "open"
    signed: list[dict[str, str]] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        return all(word == "green" or word == "amber" or why for word, why in self.said.values())

    def words(self) -> dict[str, str]:
        return {benchmark: word for benchmark, (word, _) in self.said.items()}


@dataclass
class Play:
    """The same steps done to the portal and to the model."""

    place: Place
    model: Model

    def by(self, role: Role, deed: Callable[[User], object]) -> bool:
        """Whether the portal let it be done."""
        with suppress(Refused), acting_as(self.place.people[role].pk), transaction.atomic():
            deed(self.place.people[role])
            return True
        return False

    def rating(self, benchmark: str) -> Rating:
        return self.place.assessment.ratings.in_order().get(benchmark__key=benchmark)

    def say(self, benchmark: str, word: str, why: bool) -> None:
        def deed(by: User) -> None:
            rating = self.rating(benchmark)
            rate(
                rating=rating,
                level=level(word) if word else None,
                comment="Why" if why and word else "",
                reason="Why" if why and not word else "",
                seen=rating.version,
                by=by,
            )

        assert self.by(Role.COORDINATOR, deed) == (self.model.state == "open")
        if self.model.state == "open":
            self.model.said[benchmark] = (word, why)

    def unchanged(self, benchmark: str) -> None:
        def deed(by: User) -> None:
            rating = self.rating(benchmark)
            say_unchanged(rating=rating, on=DAY, seen=rating.version, by=by)

        ought = self.model.state == "open" and benchmark == "training"  # amber in the period before
        assert self.by(Role.COORDINATOR, deed) == ought
        if ought:
            self.model.said[benchmark] = ("amber", True)

    def submit(self) -> None:
        ought = self.model.state == "open" and self.model.complete
        deed = lambda by: submit(assessment=self.place.assessment, by=by)  # noqa: E731
        assert self.by(Role.COORDINATOR, deed) == ought
        if ought:
            self.model.state = "submitted"

    def take_back(self) -> None:
        ought = self.model.state == "submitted"
        deed = lambda by: take_back(assessment=self.place.assessment, by=by)  # noqa: E731
        assert self.by(Role.COORDINATOR, deed) == ought
        if ought:
            self.model.state = "open"

    def sign_off(self) -> None:
        ought = self.model.state == "submitted"
        assert self.by(Role.LEAD, self.signing) == ought
        if ought:
            self.model.state = "signed_off"
            self.model.signed.append(self.model.words())

    def sign_off_alone(self) -> None:
        assert not self.by(Role.COORDINATOR, self.signing)  # who submits; and no lead

    def signing(self, by: User) -> None:
        sign_off(
            assessment=self.place.assessment, meeting=None, otherwise="x", signed_on=DAY, by=by
        )

    def reopen(self) -> None:
        ought = self.model.state == "signed_off"
        deed = lambda by: reopen(assessment=self.place.assessment, reason="x", by=by)  # noqa: E731
        assert self.by(Role.LEAD, deed) == ought
        if ought:
            self.model.state = "open"

    def agrees(self) -> None:
        with acting_as(self.place.lead.pk):
            now = Assessment.objects.get(pk=self.place.assessment.pk)
            assert now.state == self.model.state
            for benchmark, (word, _) in self.model.said.items():
                rating = self.rating(benchmark)
                assert (rating.level.key if rating.level else "") == word
            kept = [
                {
                    row.benchmark.key: row.level.key if row.level else ""
                    for row in edition.ratings.select_related("benchmark", "level")
                    if row.benchmark.key in BENCHMARKS
                }
                for edition in now.sign_offs.order_by("edition")
            ]
            assert kept == self.model.signed


DEEDS: dict[str, Callable[[Play, str], None]] = {
    "green": lambda play, benchmark: play.say(benchmark, "green", why=False),
    "red": lambda play, benchmark: play.say(benchmark, "red", why=False),
    "red why": lambda play, benchmark: play.say(benchmark, "red", why=True),
    "blank": lambda play, benchmark: play.say(benchmark, "", why=False),
    "blank why": lambda play, benchmark: play.say(benchmark, "", why=True),
    "unchanged": lambda play, benchmark: play.unchanged(benchmark),
    "submit": lambda play, _: play.submit(),
    "take back": lambda play, _: play.take_back(),
    "sign off": lambda play, _: play.sign_off(),
    "sign off alone": lambda play, _: play.sign_off_alone(),
    "reopen": lambda play, _: play.reopen(),
}


@given(steps=STEPS)
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_a_round_is_what_was_done_to_it(world: World, steps: list[tuple[str, str]]) -> None:
    with transaction.atomic():
        with acting_as(world.here.coordinator.pk):
            others = world.here.assessment.ratings.exclude(benchmark__key__in=BENCHMARKS)
            others.blank().update(reason="Explained")
        play = Play(world.here, Model())
        for deed, benchmark in steps:
            DEEDS[deed](play, benchmark)
            play.agrees()
        transaction.set_rollback(True)
