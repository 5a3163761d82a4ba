"""Moving an open round to another version of the toolkit: what goes over, what does not, and that nothing is lost."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from boroughs.roles import Role
from boroughs.rows import acting_as
from tests.boroughs.pages import address, deeds, problems, says, signed_in
from tests.factories import Place, World, give_role, make_assessment, make_user, rate_as
from toolkit.actions.assessments import rate
from toolkit.actions.evidence import add_evidence
from toolkit.actions.moving import move_assessment
from toolkit.actions.round import reopen, sign_off, submit
from toolkit.actions.versions import adopt_version
from toolkit.history import history_of
from toolkit.models import Assessment, Crossing, Rating, ToolkitVersion
from toolkit.moving import move_of
from toolkit.policies import Refused

# What the crosswalk of 2018 and 2024 says to be the same, by the key of each
SAME = {
    "risk-assessment": "risk-assessment",
    "partnership-board": "partnership-group",
    "partnership-plan": "partnership-plan",
    "referral-process": "referral-pathway",
    "channel-panel": "channel-panel",
    "training": "training",
}
MERGED = ("problem-solving", "venue-hire", "community-engagement", "communications")


def newer() -> ToolkitVersion:
    return ToolkitVersion.objects.get(key="la-2024")


def page_of(place: Place, assessment: Assessment | None = None) -> str:
    return address("toolkit:assessment-move", place.borough, (assessment or place.assessment).pk)


def seen(place: Place) -> int:
    with acting_as(place.coordinator.pk):
        return move_of(place.assessment, newer()).seen


def moved(place: Place) -> Assessment:
    with acting_as(place.coordinator.pk):
        return move_assessment(
            assessment=place.assessment, version=newer(), seen=seen(place), by=place.coordinator
        )


def words(place: Place, assessment: Assessment) -> dict[str, str]:
    with acting_as(place.coordinator.pk):
        return {row.benchmark.key: row.word for row in assessment.ratings.in_order()}


def typed(place: Place) -> dict[str, Any]:
    return {"to": "la-2024", "seen": seen(place)}


def test_the_preview_says_of_each_benchmark_what_goes_over_and_why_not(world: World) -> None:
    here = world.here
    page = says(signed_in(here.coordinator).get(page_of(here)))
    assert "6. Training programme" in page
    assert "The benchmark is the same: Red" in page
    assert "Several benchmarks and one are not the same" in page
    assert "Stays readable where it was written: 10. Communications" in page
    assert "not verified" in page
    assert "assessment.moved" not in deeds(here)


def test_only_what_is_the_same_carries_its_rating_and_the_rest_is_asked_anew(world: World) -> None:
    here = world.here
    before = words(here, here.assessment)
    answer = signed_in(here.coordinator).post(page_of(here), typed(here))
    assert answer.status_code == 302
    with acting_as(here.coordinator.pk):
        here.assessment.refresh_from_db()
        to = here.assessment.moved_to
    assert to is not None
    assert answer["Location"] == to.get_absolute_url()
    now = words(here, to)
    assert {now[there]: here for here, there in SAME.items() if now[there] != before[here]} == {}
    assert now["training"] == "Red"
    assert (now["permissive-environments"], now["communications-engagement"]) == ("Not rated",) * 2
    assert words(here, here.assessment) == before
    assert deeds(here)[-1] == "assessment.moved"


def test_the_page_of_a_merged_benchmark_shows_both_that_it_came_from(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        rate_as(
            here.assessment,
            "community-engagement",
            "amber",
            by=here.coordinator,
            comment="Words of the ninth",
        )
    to = moved(here)
    client = signed_in(here.coordinator)
    there = address("toolkit:rating", here.borough, to.pk, "communications-engagement")
    page = says(client.get(there))
    assert "Before the round was moved here" in page
    assert "Words of the ninth" in page
    assert "10. Communications" in page
    assert 'value="green" checked' not in client.get(there).content.decode()


def test_what_was_written_stays_readable_with_its_history_and_evidence(world: World) -> None:
    here = world.here
    to = moved(here)
    client = signed_in(here.coordinator)
    old = address("toolkit:rating-history", here.borough, here.assessment.pk, "training")
    assert "evidence words of thurrock" in says(client.get(old))
    assert "present words of thurrock" in says(client.get(old))
    new = says(client.get(address("toolkit:rating", here.borough, to.pk, "training")))
    assert "evidence words of thurrock" in new
    assert "present words of thurrock" in new
    with acting_as(here.coordinator.pk):
        rating = to.ratings.in_order().get(benchmark__key="training")
        changes = history_of(rating)[0].changes
    assert [(change.before, change.after) for change in changes][:1] == [("Not rated", "Red")]
    as_it_stood = says(client.get(here.assessment.get_absolute_url()))
    assert "Go on there" in as_it_stood
    assert "as it stood by" in says(client.get(to.get_absolute_url()))


def test_what_is_closed_to_whoever_moves_is_not_told_and_stays_where_it_was(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        rating = here.assessment.ratings.get(benchmark__key="training")
        add_evidence(
            rating=rating,
            kind="paper",
            thing=here.closed_paper,
            note="closed note",
            dated=dt.date(2019, 7, 4),
            by=here.coordinator,
        )
    with acting_as(here.lead.pk):
        other = give_role(make_user(), here.borough, Role.COORDINATOR, by=here.lead)
    assert "closed note" not in says(signed_in(other).get(page_of(here)))
    with acting_as(other.pk):
        to = move_assessment(
            assessment=here.assessment,
            version=newer(),
            seen=move_of(here.assessment, newer()).seen,
            by=other,
        )
    with acting_as(here.coordinator.pk):
        now = to.ratings.get(benchmark__key="training").evidence
        assert [row.note for row in now.all()] == ["evidence words of thurrock"]
        assert rating.evidence.count() == 2


def test_a_second_tab_moves_nothing_and_says_where_the_round_went(world: World) -> None:
    here = world.here
    client, data = signed_in(here.coordinator), typed(world.here)
    first = client.post(page_of(here), data)
    second = client.post(page_of(here), data, follow=True)
    assert first.status_code == 302
    assert "The round was moved to another version" in says(second)
    with acting_as(here.coordinator.pk):
        assert here.borough.assessments.filter(version=newer()).count() == 1


def test_ratings_that_changed_since_the_preview_are_shown_again_before_they_go_over(
    world: World,
) -> None:
    here = world.here
    stale = typed(here)
    with acting_as(here.coordinator.pk):
        rate_as(here.assessment, "training", "green", by=here.coordinator)
    client = signed_in(here.coordinator)
    answer = client.post(page_of(here), stale)
    assert "changed since you looked" in " ".join(problems(answer))
    assert "The benchmark is the same: Green" in says(answer)
    assert client.post(page_of(here), typed(here)).status_code == 302


def test_a_text_typed_while_the_round_was_moved_is_shown_and_not_saved(world: World) -> None:
    here = world.here
    moved(here)
    page = address("toolkit:rating", here.borough, here.assessment.pk, "training")
    data = {"level": "green", "comment": "Typed meanwhile", "seen": 2, "then": "back"}
    answer = says(signed_in(here.coordinator).post(page, data))
    assert "was moved to another version" in answer
    assert "Typed meanwhile" in answer
    assert words(here, here.assessment)["training"] == "Red"


@pytest.mark.parametrize("state", ["submitted", "signed off", "reopened"])
def test_what_was_submitted_or_ever_signed_off_stays_in_its_version(
    world: World, state: str
) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        here.assessment.ratings.blank().update(reason="Not looked at")
        submit(assessment=here.assessment, by=here.coordinator)
    if state != "submitted":
        with acting_as(here.lead.pk):
            day = dt.date(2019, 8, 5)
            sign_off(
                assessment=here.assessment,
                meeting=None,
                otherwise="x",
                signed_on=day,
                by=here.lead,
            )
            if state == "reopened":
                reopen(assessment=here.assessment, reason="A slip", by=here.lead)
    answer = signed_in(here.coordinator).get(page_of(here))
    assert "Move the round</button>" not in answer.content.decode()
    with pytest.raises(Refused, match=r"submitted|signed off"):
        moved(here)


def test_a_form_that_does_not_say_what_was_seen_moves_nothing(world: World) -> None:
    here = world.here
    for broken in ({"to": "la-2024"}, {"to": "la-2024", "seen": "x"}, {"to": "no-such"}, {}):
        answer = signed_in(here.coordinator).post(page_of(here), broken)
        assert answer.status_code == 200, broken
    with acting_as(here.coordinator.pk):
        here.assessment.refresh_from_db()
    assert here.assessment.state == Assessment.State.OPEN


def test_a_round_moves_to_no_version_without_a_crosswalk(world: World) -> None:
    here = world.here
    channel = ToolkitVersion.objects.get(key="channel-2021")
    client = signed_in(here.coordinator)
    client.post(page_of(here), {"to": channel.key, "seen": seen(here)})
    with acting_as(here.coordinator.pk):
        assert not here.borough.assessments.filter(version=channel).exists()
        with pytest.raises(Refused, match="Nothing says what became"):
            move_assessment(
                assessment=here.assessment, version=channel, seen=0, by=here.coordinator
            )


def test_a_round_that_the_other_version_has_already_is_not_moved_onto_it(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        other = make_assessment(here.borough, by=here.coordinator, key="la-2024")
    with pytest.raises(Refused, match="There is an assessment for"):
        moved(here)
    with acting_as(here.coordinator.pk):
        here.assessment.refresh_from_db()
        assert here.assessment.state == Assessment.State.OPEN
        assert other.ratings.exclude(level=None).count() == 0


def test_a_move_by_mistake_is_moved_back_and_both_stay_readable(world: World) -> None:
    here = world.here
    to = moved(here)
    with acting_as(here.coordinator.pk):
        back_to = ToolkitVersion.objects.get(key="la-2018")
        move = move_of(to, back_to)
        back = move_assessment(assessment=to, version=back_to, seen=move.seen, by=here.coordinator)
        assert back.previous() == here.earlier
        assert back.following() is None
    assert words(here, back)["training"] == "Red"
    assert {words(here, back)[key] for key in MERGED} == {"Not rated"}


@pytest.mark.parametrize(("role", "code"), [("lead", 403), ("member", 403), ("observer", 403)])
def test_only_who_rates_moves_a_round(world: World, role: str, code: int) -> None:
    here = world.here
    assert signed_in(getattr(here, role)).get(page_of(here)).status_code == code


def test_a_neighbours_round_is_not_found(world: World) -> None:
    client = signed_in(world.here.coordinator)
    assert client.get(page_of(world.there)).status_code == 404
    assert client.post(page_of(world.here, world.there.assessment), {}).status_code == 404


def test_a_moved_round_counts_nowhere_as_the_latest(world: World) -> None:
    here = world.here
    to = moved(here)
    front = signed_in(here.coordinator).get(address("portal:borough", here.borough))
    assert front.context["assessment"] == to
    with acting_as(here.coordinator.pk):
        assert here.earlier.following() is None
        rating = here.assessment.ratings.in_order().get(benchmark__key="training")
        with pytest.raises(Refused, match="moved to another version"):
            rate(rating=rating, level=None, seen=rating.version, by=here.coordinator)


def test_a_round_by_another_toolkit_than_the_council_uses_says_so_and_opening_proposes_the_one_in_use(
    world: World,
) -> None:
    here = world.here
    client = signed_in(here.coordinator)
    round_page = here.assessment.get_absolute_url()
    assert "this council uses" not in says(client.get(round_page))
    with acting_as(here.lead.pk):
        adopt_version(
            borough=here.borough, version=newer(), since=dt.date(2019, 7, 20), by=here.lead
        )
    assert (
        "Since 20 July 2019 this council uses Prevent duty toolkit for local authorities (2024)"
        in says(client.get(round_page))
    )
    opening = client.get(address("toolkit:assessment-open", here.borough))
    assert opening.context["form"].initial["version"] == "la-2024"
    assert "In use here since 20 July 2019" in says(opening)


LINKS = st.lists(
    st.tuples(
        st.sampled_from([*SAME, *MERGED]),
        st.sampled_from([*SAME.values(), "permissive-environments", "communications-engagement"]),
        st.sampled_from(Crossing.Relation.values),
    ),
    max_size=14,
    unique_by=lambda link: link[:2],
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(links=LINKS)
def test_whatever_a_crosswalk_says_no_rating_crosses_a_merge(
    world: World, links: list[tuple[str, str, str]]
) -> None:
    before = {row.key: row for row in world.here.assessment.version.benchmarks.all()}
    after = {row.key: row for row in newer().benchmarks.all()}
    Crossing.objects.all().delete()
    Crossing.objects.bulk_create(
        Crossing(before=before[a], after=after[b], relation=how) for a, b, how in links
    )
    with acting_as(world.here.coordinator.pk):
        move = move_of(world.here.assessment, newer())
        carried = {step.benchmark.key: step.carried for step in move.carried}
    for there, rating in carried.items():
        assert isinstance(rating, Rating)
        touching = [link for link in links if link[1] == there or link[0] == rating.benchmark.key]
        assert touching == [(rating.benchmark.key, there, "same")]
    left = {rating.pk for rating in move.staying} | {r.pk for r in carried.values() if r}
    assert left >= {rating.pk for rating in move.ratings if rating.word != "Not rated"}
