"""The boroughs that are measured on: as the portal itself would have made them."""

from collections import Counter
from uuid import NAMESPACE_URL, uuid5

import pytest

from accounts.models import User
from audit.models import Event, Link
from bench import record, words
from bench.generate import FEW, Size, generate
from bench.words import email_of, slug_of
from boroughs.access import granted
from boroughs.models import Borough, BoroughUserPermission
from boroughs.roles import GRANTS, Role
from boroughs.rows import acting_as
from reports.models import Issue, Rendering
from tests.conftest import as_owner
from toolkit.history import history_of
from toolkit.models import Assessment, Rating, SignedRating, SignedText, SignOff
from toolkit.policies import why_not_rate

SMALL = Size(people=dict.fromkeys(Role, 2), quarters=3, saves=2, reports=1, kept=record.FEW)


@pytest.fixture
def generated(transactional_db: None) -> None:
    with as_owner():
        generate(1, SMALL)
        generate(1, FEW, first=2)


def coordinator(number: int = 1) -> User:
    return User.objects.get(email=email_of(Role.COORDINATOR, slug_of(number)))


def test_a_generated_borough_is_whole_and_its_people_reach_it_alone(generated: None) -> None:
    person, other = coordinator(), Borough.objects.get(slug=slug_of(2))
    with acting_as(person.pk):
        newest = Assessment.objects.latest_first()[0]
        assert newest.pk == uuid5(NAMESPACE_URL, f"{slug_of(1)}/assessment/{SMALL.quarters - 1}")
        assert {a.borough.slug for a in Assessment.objects.all()} == {slug_of(1)}
        assert Assessment.objects.count() == SMALL.quarters
        assert Rating.objects.count() == SMALL.quarters * 10
        assert newest.previous() is not None
        assert why_not_rate(newest) is None
        assert Rendering.objects.ready().count() == SMALL.reports
        assert Issue.objects.count() == SMALL.reports
    assert granted(person, newest.borough) == GRANTS[Role.COORDINATOR]
    assert not granted(person, other)
    assert BoroughUserPermission.objects.filter(content_object=other).count() == sum(
        len(perms) for perms in (*GRANTS.values(), GRANTS[Role.OBSERVER])
    )


def test_every_period_but_the_newest_is_signed_off_and_the_observer_of_all_reads_it(
    generated: None,
) -> None:
    observer = User.objects.get(email=words.OBSERVER)
    with acting_as(observer.pk):
        signed = SignOff.objects.in_force().values_list("borough__slug", "assessment")
        assert Counter(slug for slug, _ in signed) == {
            slug_of(1): SMALL.quarters - 1,
            slug_of(2): FEW.quarters - 1,
        }
        newest = Assessment.objects.filter(borough__slug=slug_of(1)).latest_first()[0]
        assert newest.pk not in {pk for _, pk in signed}
        assert SignedRating.objects.exclude(level=None).count() == 10 * len(signed)
        assert not SignedText.objects.exists()


def test_every_save_stands_in_the_history_and_in_the_trail(generated: None) -> None:
    with acting_as(coordinator().pk):
        rating = Rating.objects.in_order()[0]
        entries = history_of(rating)
        assert len(entries) == SMALL.saves + 1
        assert all(entry.changes for entry in entries[:-1])
    lead = User.objects.get(email=email_of(Role.LEAD, slug_of(1)))
    with acting_as(lead.pk):
        rated = Event.objects.filter(deed="benchmark.rated")
        assert rated.count() == SMALL.quarters * 10 * SMALL.saves
        assert Link.objects.filter(event__in=rated).count() == rated.count()
