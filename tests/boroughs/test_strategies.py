"""Strategies: who keeps them, what becomes of them, and the rules in words."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from boroughs.actions.strategies import govern_strategy, move_strategy
from boroughs.models import Strategy
from boroughs.policies import Refused
from boroughs.roles import Role
from boroughs.rows import acting_as
from boroughs.strategy_policies import TRANSITIONS, family_of, why_not_move
from tests.boroughs.pages import address, deeds, problems, says, signed_in
from tests.boroughs.test_committees import date
from tests.factories import Place, World, make_closed_strategy, make_strategy

NEW = {
    "title": "Prevent Strategy",
    **date("starts_on", "2019-04-01"),
    **date("ends_on", "2021-03-31"),
    "aims": "Understand the risk.",
    "summary": "",
    "corporate_priorities": "",
    "priority_name": "Objective",
}


def on(place: Place, name: str, *more: object) -> str:
    return address(f"boroughs:{name}", place.borough, place.strategy.pk, *more)


def now(strategy: Strategy, by: Any) -> Strategy:
    with acting_as(by.pk):
        return Strategy.objects.get(pk=strategy.pk)


def draft(place: Place, **said: Any) -> Strategy:
    with acting_as(place.coordinator.pk):
        return make_strategy(place.borough, by=place.coordinator, **said)


def words(place: Place, **changed: Any) -> dict[str, Any]:
    """The words of the place's strategy as its form posts them."""
    strategy = now(place.strategy, place.coordinator)
    said = {name: getattr(strategy, name) for name in ("title", "aims", "summary")}
    dates = {**date("starts_on", "2017-04-01"), **date("ends_on", "2019-03-31")}
    return {**said, **dates, "corporate_priorities": "", "seen": strategy.version, **changed}


# -- A draft -----------------------------------------------------------------------------------------
def test_a_coordinator_adds_a_strategy_and_finds_it_on_the_list(world: World) -> None:
    client = signed_in(world.here.coordinator)
    response = client.post(address("boroughs:strategy-add", world.here.borough), NEW)
    assert response.status_code == 302
    page = says(client.get(response["Location"]))
    assert "Prevent Strategy was added as a draft." in page
    assert "Understand the risk." in page
    assert "1 April 2019 to 31 March 2021" in page
    assert deeds(world.here)[-1] == "strategy.added"
    listed = says(client.get(address("boroughs:strategy-list", world.here.borough)))
    assert "Prevent Strategy" in listed
    assert "Strategies and delivery plans" in says(
        client.get(address("boroughs:record", world.here.borough))
    )


def test_a_strategy_says_by_posts_who_is_responsible(world: World) -> None:
    """Barking and Dagenham 2017: the Director of Public Health drives it; a cabinet member reviews progress."""
    place, client = world.here, signed_in(world.here.coordinator)
    form = client.get(on(place, "strategy-govern")).context["form"]
    said = {name: value for name, value in form.initial.items() if value is not None}
    said["owner_post"] = "Director of Public Health"
    assert client.post(on(place, "strategy-govern"), said).status_code == 302
    page = says(client.get(on(place, "strategy-show")))
    assert "Responsible for it Director of Public Health" in page


def test_a_period_that_runs_backwards_is_refused_beside_its_field(world: World) -> None:
    add = address("boroughs:strategy-add", world.here.borough)
    wrong = NEW | date("ends_on", "2019-03-31")
    assert problems(signed_in(world.here.coordinator).post(add, wrong)) == [
        "A strategy ends after it begins. Enter 1 April 2019 or a later day"
    ]


def test_a_strategy_needs_a_title_and_a_period(world: World) -> None:
    add = address("boroughs:strategy-add", world.here.borough)
    assert problems(signed_in(world.here.coordinator).post(add, {})) == [
        "Enter title",
        "Enter the day it begins",
        "Enter the day it ends",
    ]


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.COORDINATOR, Role.LEAD])
def test_who_may_read_the_plan_reads_the_strategy(world: World, role: Role) -> None:
    page = says(signed_in(world.here.people[role]).get(on(world.here, "strategy-show")))
    assert "amended words of thurrock" in page
    assert ("How it is kept" in page) == (role != Role.CONTRIBUTOR)


# -- Succession ------------------------------------------------------------------------------------------
def test_two_strategies_cannot_each_replace_the_other(world: World) -> None:
    place, by = world.here, world.here.coordinator
    later = draft(place, title="Later", replaces=place.strategy)
    client = signed_in(by)
    change = {"replaces": later.pk, "marking": "", "seen": now(place.strategy, by).version}
    assert problems(client.post(on(place, "strategy-govern"), change)) == [
        "Later replaces this strategy already, directly or through others. Only one can come after the other."
    ]
    with (
        acting_as(by.pk),
        pytest.raises(IntegrityError, match="each replace"),
        transaction.atomic(),
    ):
        Strategy.objects.filter(pk=place.strategy.pk).update(replaces=later)


def test_a_circle_through_a_closed_strategy_is_refused_too(world: World) -> None:
    place, by = world.here, world.here.coordinator
    with acting_as(by.pk):
        hidden = make_closed_strategy(place.borough, by=by, replaces=place.strategy)
        last = make_strategy(place.borough, by=by, title="Last", replaces=hidden)
    lead = place.lead
    with acting_as(lead.pk):
        assert not Strategy.objects.filter(pk=hidden.pk).exists()
        mine, theirs = (Strategy.objects.get(pk=s.pk) for s in (place.strategy, last))
        with pytest.raises(Refused, match="Last replaces this strategy already"):
            govern_strategy(strategy=mine, replaces=theirs, seen=mine.version, by=lead)


def test_a_strategy_replaces_an_older_one(world: World) -> None:
    client, add = (
        signed_in(world.here.coordinator),
        address("boroughs:strategy-add", world.here.borough),
    )
    early = NEW | date("starts_on", "2016-04-01") | {"replaces": world.here.strategy.pk}
    assert problems(client.post(add, early)) == [
        "Strategy of Thurrock begins on 1 April 2017, later than this strategy. A strategy replaces an older one."
    ]


def test_a_family_is_every_strategy_before_and_after(world: World) -> None:
    place = world.here
    middle = draft(place, title="Middle", replaces=place.strategy)
    last = draft(place, title="Last", starts_on=dt.date(2018, 1, 1), replaces=middle)
    draft(place, title="Apart")
    with acting_as(place.coordinator.pk):
        rows = list(Strategy.objects.filter(borough=place.borough))
        family = family_of(middle, rows)
    assert {s.pk for s in family} == {place.strategy.pk, middle.pk, last.pk}
    assert family[-1] == last
    page = says(signed_in(place.coordinator).get(on(place, "strategy-show")))
    assert "Over the years" in page
    assert "Apart" not in page


# -- States ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("now_in", Strategy.State)
@pytest.mark.parametrize("to", Strategy.State)
def test_a_strategy_goes_only_where_the_table_says(db: None, now_in: str, to: str) -> None:
    strategy = Strategy(state=now_in)
    allowed = to in TRANSITIONS[now_in] and to != Strategy.State.SUPERSEDED
    assert (why_not_move(strategy, to) is None) == allowed


def test_what_nothing_replaces_is_not_superseded(world: World) -> None:
    place, client = world.here, signed_in(world.here.coordinator)
    move = {"to": "superseded", "reason": ""}
    assert problems(client.post(on(place, "strategy-move"), move)) == [
        "No strategy replaces this one. Say on the newer strategy first that it does."
    ]
    draft(place, title="Later", replaces=place.strategy)
    assert client.post(on(place, "strategy-move"), move).status_code == 302
    assert now(place.strategy, place.coordinator).state == "superseded"
    govern = says(client.get(on(place, "strategy-govern")))
    assert "This strategy is superseded. It and its plans stay as they are." in govern


def test_a_draft_may_be_superseded_too(world: World) -> None:
    old = draft(world.here, title="Never adopted")
    draft(world.here, title="Later", replaces=old)
    with acting_as(world.here.coordinator.pk):
        move_strategy(strategy=old, to="superseded", by=world.here.coordinator)
    assert now(old, world.here.coordinator).state == "superseded"


def test_a_withdrawal_says_why(world: World) -> None:
    place, client = world.here, signed_in(world.here.coordinator)
    move = {"to": "withdrawn", "reason": ""}
    assert problems(client.post(on(place, "strategy-move"), move)) == ["Say why it is withdrawn."]
    assert client.post(on(place, "strategy-move"), move | {"reason": "Merged"}).status_code == 302
    assert "Merged" in says(client.get(on(place, "strategy-show")))


def test_nobody_adopts_what_nobody_was_asked_about(world: World) -> None:
    place, client = world.here, signed_in(world.here.coordinator)
    strategy = draft(place)
    adopt = address("boroughs:strategy-adopt", place.borough, strategy.pk)
    assert "Say first who was consulted, or why nobody was." in says(client.get(adopt))
    nobody = address("boroughs:strategy-unconsulted", place.borough, strategy.pk)
    seen = now(strategy, place.coordinator).version
    client.post(nobody, {"consultation_none": "Partners wrote it together.", "seen": seen})
    said = {"adopted_by": place.committee.pk, "recommendation": "recommendation (i)"}
    wrong = said | date("adopted_on", "2019-07-05") | {"meeting": place.meeting.pk}
    assert problems(client.post(adopt, wrong)) == [
        "The meeting was on 4 July 2019. Enter that day, or choose another meeting."
    ]
    late = said | date("adopted_on", "2019-07-04")
    assert problems(client.post(adopt, late)) == [
        "The strategy ends on 31 March 2019. It is adopted before that."
    ]
    assert client.post(adopt, said | date("adopted_on", "2017-07-18")).status_code == 302
    page = says(client.get(address("boroughs:strategy-show", place.borough, strategy.pk)))
    assert "By the Scrutiny Committee on 18 July 2017, under recommendation (i)" in page
    assert "Nobody was consulted: Partners wrote it together." in page


# -- Words and amendments ---------------------------------------------------------------------------------------
def test_the_words_of_an_adopted_strategy_change_by_an_amendment_alone(world: World) -> None:
    place, client = world.here, signed_in(world.here.coordinator)
    refused = client.post(on(place, "strategy-change"), words(place, aims="Something else"))
    assert "Its words are changed by an amendment." in says(refused)
    assert now(place.strategy, place.coordinator).aims == "aims words of thurrock"


def test_an_amendment_keeps_who_decided_why_and_what_changed(world: World) -> None:
    place, client = world.here, signed_in(world.here.coordinator)
    decision = {
        **date("decided_on", "2018-02-01"),
        "decided_by": "Strategic Director",
        "consulted": "Community Safety Partnership",
        "reason": "New risks in the borough",
        "decision_record": "Decision 12",
    }
    nothing = client.post(on(place, "strategy-amend"), words(place) | decision)
    assert problems(nothing) == ["Nothing was changed. Change the words that the decision changed."]
    said = words(place, aims="aims words and risks of thurrock") | decision
    assert client.post(on(place, "strategy-amend"), said).status_code == 302
    with acting_as(place.coordinator.pk):
        amendment = place.strategy.amendments.get(number=2)
    page = client.get(on(place, "amendment-show", amendment.pk))
    assert "New risks in the borough" in says(page)
    assert b"<ins>" in page.content
    assert b"<del>" not in page.content
    assert deeds(place)[-1] == "strategy.amended"


def test_nothing_is_adopted_or_amended_on_a_day_to_come(world: World) -> None:
    place, client = world.here, signed_in(world.here.coordinator)
    strategy = draft(place, ends_on=dt.date(2099, 12, 31))
    with acting_as(place.coordinator.pk):
        Strategy.objects.filter(pk=strategy.pk).update(consultation_none="Nobody was")
    said = {"adopted_by": place.committee.pk} | date("adopted_on", "2099-01-01")
    adopt = address("boroughs:strategy-adopt", place.borough, strategy.pk)
    assert problems(client.post(adopt, said))[0].startswith("That day is still to come.")
    decision = {"decided_by": "Director", "reason": "Risk", **date("decided_on", "2099-01-01")}
    amended = words(place, aims="Other") | decision
    [problem] = problems(client.post(on(place, "strategy-amend"), amended))
    assert problem.startswith("That day is still to come.")


def test_the_board_that_owns_a_strategy_does_not_report_to_itself(world: World) -> None:
    place, client = world.here, signed_in(world.here.coordinator)
    seen = now(place.strategy, place.coordinator).version
    said = {"owning_board": place.board.pk, "reports_to": place.board.name.upper(), "seen": seen}
    [problem] = problems(client.post(on(place, "strategy-govern"), said))
    assert "does not report to itself" in problem


def test_nobody_amends_without_delegated_authority(world: World) -> None:
    place, by = world.here, world.here.coordinator
    with acting_as(by.pk):
        Strategy.objects.filter(pk=place.strategy.pk).update(delegated_to="")
    page = says(signed_in(by).get(on(place, "strategy-amend")))
    assert "Say first who may amend it under delegated authority" in page


def test_of_two_editors_the_second_sees_both_texts_and_loses_nothing(world: World) -> None:
    place, client = world.here, signed_in(world.here.coordinator)
    strategy = draft(place, aims="first")
    change = address("boroughs:strategy-change", place.borough, strategy.pk)
    mine = NEW | {"aims": "mine", "seen": 1}
    signed_in(place.lead).post(change, NEW | {"aims": "theirs", "seen": 1})
    answer = client.post(change, mine)
    assert answer.status_code == 409
    page = says(answer)
    assert "Lead of Thurrock changed this while you were writing" in page
    assert "theirs" in page
    assert ">\nmine</textarea>" in answer.content.decode()
    assert now(strategy, place.lead).aims == "theirs"
    assert client.post(change, mine | {"seen": 2}).status_code == 302
    assert now(strategy, place.lead).aims == "mine"


# -- Log and links ------------------------------------------------------------------------------------------------
def test_the_log_is_kept_line_by_line(world: World) -> None:
    place, client = world.here, signed_in(world.here.coordinator)
    line = {"who": "Faith groups", **date("since", "2017-02-01"), "how": "A meeting"}
    wrong = line | date("until", "2017-01-31")
    add = on(place, "consultation-add")
    assert problems(client.post(add, wrong)) == [
        "A consultation ends after it began. Enter 1 February 2017 or a later day."
    ]
    assert client.post(add, line).status_code == 302
    assert "Faith groups" in says(client.get(on(place, "strategy-show")))
    change = on(place, "consultation-change", place.consultation.pk)
    assert client.post(change, line | {"who": "Schools", "seen": 1}).status_code == 302
    assert "Schools" in says(client.get(on(place, "strategy-show")))
    remove = on(place, "consultation-remove", place.consultation.pk)
    assert client.post(remove).status_code == 302
    assert "Schools" not in says(client.get(on(place, "strategy-show")))
    nobody = client.post(on(place, "strategy-unconsulted"), {"consultation_none": "x"})
    assert "The log names who was consulted." in says(nobody)


def test_a_link_is_a_strategy_of_the_portal_or_a_title(world: World) -> None:
    place, client = world.here, signed_in(world.here.coordinator)
    add = on(place, "link-add")
    assert problems(client.post(add, {})) == [
        "Choose a strategy of the portal, or type the title of another."
    ]
    other = draft(place, title="Hate crime plan")
    both = {"linked": other.pk, "title": "Another"}
    assert problems(client.post(add, both)) == ["Choose a strategy or type a title, not both."]
    assert client.post(add, {"linked": other.pk}).status_code == 302
    assert "Hate crime plan" in says(client.get(on(place, "strategy-show")))
    assert problems(client.post(add, {"linked": other.pk})) == [
        "Hate crime plan is linked already."
    ]


# -- Closing --------------------------------------------------------------------------------------------------------
CLOSING = {
    "classification": "exempt",
    "paragraphs": ["england-7"],
    "reason_england-7": "It would help whoever it is to stop.",
    "public_interest": "withhold",
    "reason": "Home Office guidance",
    "public_line": "Appendix A: the strategy, not for publication",
}


def test_a_closed_strategy_is_its_public_line_to_everybody_else(world: World) -> None:
    place = world.here
    draft(place, title="Linked to it")
    closer, lead = signed_in(place.coordinator), signed_in(place.lead)
    assert closer.post(on(place, "strategy-close"), CLOSING).status_code == 302
    assert deeds(place)[-1] == "strategy.closed"
    for person in (place.lead, place.contributor):
        client = signed_in(person)
        page = says(client.get(address("boroughs:strategy-list", place.borough)))
        assert "Appendix A: the strategy, not for publication" in page
        assert "Strategy of Thurrock" not in page
        assert client.get(on(place, "strategy-show")).status_code == 404
    assert lead.post(on(place, "strategy-govern"), {}).status_code == 404
    assert "Linked to it" in says(lead.get(address("boroughs:strategy-list", place.borough)))


def test_what_names_a_closed_strategy_does_not_say_its_title(world: World) -> None:
    place, by = world.here, world.here.coordinator
    with acting_as(by.pk):
        hidden = make_closed_strategy(place.borough, by=by, title="Zanzibar")
        later = make_strategy(place.borough, by=by, title="Later", replaces=hidden)
        later.links.create(linked=hidden, about="Zanzibar again")
    pages = [
        address("boroughs:strategy-list", place.borough),
        address("boroughs:link-add", place.borough, later.pk),
        *(
            address(f"boroughs:strategy-{verb}", place.borough, later.pk)
            for verb in ("show", "govern", "change")
        ),
    ]
    for person, seen in ((place.lead, False), (by, True)):
        client = signed_in(person)
        found = [b"Zanzibar" in client.get(path).content for path in pages]
        assert any(found) == seen, person
