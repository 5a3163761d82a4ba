"""Registers: who was briefed of what came, policies and assessments with their reviews, and nothing of closed strategies."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from boroughs.actions.purges import erase
from boroughs.actions.registers import brief, change_impact
from boroughs.models import Briefing, ImpactAssessment, Policy, Received
from boroughs.policies import Refused
from boroughs.rows import acting_as
from tests.boroughs.pages import address, deeds, problems, says, signed_in
from tests.boroughs.test_committees import date
from tests.factories import Place, World, make_closed_strategy, make_impact, make_purge

TOMORROW = timezone.localdate() + dt.timedelta(days=1)
RECEIVED = {
    "kind": "profile",
    "title": "Local profile 2018",
    "sender": "Counter-terrorism police",
    "marking": "official-sensitive",
    "owner_post": "Prevent Coordinator",
    "source": "",
    **date("received_on", "2018-10-31"),
    **date("next_review", ""),
}
POLICY = {
    "subject": "filtering",
    "title": "Filtering in libraries",
    "about": "",
    "owner_post": "Head of Libraries",
    "approving_body": "",
    "approved_by": "Director",
    "link": "https://www.example.org/filtering",
    "source": "",
    **date("approved_on", "2016-11-01"),
    **date("next_review", "2018-11-01"),
}
IMPACT = {
    "kind": "data",
    "title": "Privacy impact of the map",
    "strategy": "",
    "policy": "",
    "of_what": "The map of hot spots",
    "state": "done",
    "findings": "Anonymised.",
    "owner_post": "",
    "source": "",
    **date("done_on", ""),
    **date("next_review", ""),
}
FORMS = {"received": RECEIVED, "policy": POLICY, "impact": IMPACT}


def add(noun: str, place: Place) -> str:
    return address(f"boroughs:{noun}-add", place.borough)


def on(row: Received | Policy | ImpactAssessment, noun: str, verb: str) -> str:
    return address(f"boroughs:{noun}-{verb}", row.borough, row.pk)


def listing(place: Place) -> str:
    return address("boroughs:register-list", place.borough)


@pytest.mark.parametrize("noun", FORMS)
def test_a_coordinator_adds_an_entry_and_it_stands_in_the_register(world: World, noun: str) -> None:
    client = signed_in(world.here.coordinator)
    response = client.post(add(noun, world.here), FORMS[noun])
    assert response.status_code == 302
    assert FORMS[noun]["title"] in says(client.get(response["Location"]))
    assert FORMS[noun]["title"] in says(client.get(listing(world.here)))
    assert deeds(world.here)[-1] == f"{noun}.added"


def test_the_form_says_that_content_is_never_typed(world: World) -> None:
    page = says(signed_in(world.here.coordinator).get(add("received", world.here)))
    assert "Never type what it says, and add no part of it." in page


def test_overdue_reviews_are_counted_and_marked(world: World) -> None:
    here = world.here
    client = signed_in(here.coordinator)
    assert "1 review." in says(client.get(listing(here)))
    client.post(add("policy", here), POLICY)
    client.post(add("impact", here), IMPACT | date("next_review", TOMORROW.isoformat()))
    page = says(client.get(listing(here)))
    assert "2 reviews." in page
    assert page.count("Overdue") == 3  # the count and two rows
    ended = RECEIVED | {"seen": "1", **date("ended_on", "2020-01-01")}
    assert client.post(on(here.received, "received", "change"), ended).status_code == 302
    page = says(client.get(listing(here)))
    assert "1 review." in page
    assert "Not used since 1 January 2020" in page


@pytest.mark.parametrize(
    ("noun", "wrong", "sentence"),
    [
        ("received", date("received_on", TOMORROW.isoformat()), "That day is still to come"),
        ("received", date("next_review", "2018-10-31"), "The next review comes after 31 October"),
        ("received", {"sender": ""}, "Enter who sent it"),
        ("policy", {"approved_by": ""}, "Say who approved it on this day"),
        ("policy", {"link": "filtering"}, "Enter a web address"),
        ("policy", {"link": "javascript:alert(1)"}, "Enter a web address"),
        ("policy", date("next_review", "2016-01-01"), "The next review comes after 1 November"),
        ("impact", {"of_what": ""}, "Say what was assessed"),
        ("impact", {"state": "needed"}, "It is still to be done, so it has no date"),
        ("impact", date("done_on", TOMORROW.isoformat()), "That day is still to come"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(
    world: World, noun: str, wrong: dict[str, str], sentence: str
) -> None:
    client = signed_in(world.here.coordinator)
    said = problems(client.post(add(noun, world.here), FORMS[noun] | wrong))
    assert len(said) == 1
    assert said[0].startswith(sentence)
    assert FORMS[noun]["title"] not in says(client.get(listing(world.here)))


def test_what_a_report_does_not_tell_may_stay_empty(world: World) -> None:
    """Thurrock 2019 says that a profile came and is passed on, and neither when nor who keeps it."""
    here, client = world.here, signed_in(world.here.coordinator)
    received = {"kind": "profile", "title": "Profile without a day", "sender": "Essex Police"}
    assert client.post(add("received", here), received).status_code == 302
    policy = {"subject": "filtering", "title": "Filters of the libraries"}
    assert client.post(add("policy", here), policy).status_code == 302
    page = says(client.get(listing(here)))
    assert "Profile without a day" in page
    assert "Day not known" in page
    with acting_as(here.coordinator.pk):
        undated = here.borough.received.get(title="Profile without a day")
    brief = address("boroughs:received-brief", here.borough, undated.pk)
    told = {"whom": "Prevent board", **date("on", "2018-11-01")}
    assert client.post(brief, told).status_code == 302


def test_a_screening_and_an_integrated_assessment_have_their_own_words(world: World) -> None:
    here, client = world.here, signed_in(world.here.coordinator)
    screened = {"kind": "integrated", "title": "Screening", "state": "screened", "of_what": "App"}
    answer = client.post(add("impact", here), screened | {"findings": "Nobody is worse off."})
    page = says(client.get(answer["Location"]))
    assert "Integrated impact assessment" in page
    assert "Screened: a full one is not needed" in page


def test_an_assessment_is_of_one_thing(world: World) -> None:
    client = signed_in(world.here.coordinator)
    two = IMPACT | {"policy": str(world.here.policy.pk)}
    assert problems(client.post(add("impact", world.here), two))[0].startswith("An assessment is")
    one = two | {"of_what": ""}
    assert client.post(add("impact", world.here), one).status_code == 302
    shown = client.get(on(world.here.policy, "policy", "show"))
    assert "Privacy impact of the map" in says(shown)


def test_briefings_are_added_and_never_changed(world: World) -> None:
    here = world.here
    client, page = signed_in(here.coordinator), on(here.received, "received", "brief")
    early = {"whom": "Cabinet", **date("on", "2016-10-30")}
    assert problems(client.post(page, early)) == [
        "It was received on 31 October 2016. Enter that day or a later one."
    ]
    assert client.post(page, early | date("on", "2016-12-01")).status_code == 302
    shown = says(client.get(on(here.received, "received", "show")))
    assert shown.index("Cabinet, 1 December 2016") < shown.index("Prevent Board, 2 November 2016")
    with acting_as(here.coordinator.pk):
        kept = Briefing.objects.filter(received=here.received)
        assert kept.update(whom="x") == kept._raw_delete(kept.db) == 0
        with pytest.raises(Refused, match="still to come"):
            brief(received=here.received, whom="x", on=TOMORROW, by=here.coordinator)


@pytest.mark.parametrize("noun", FORMS)
def test_the_second_editor_sees_both_texts(world: World, noun: str) -> None:
    here = world.here
    row = getattr(here, noun)
    said = {**FORMS[noun], "seen": "1", **date("ended_on", "")}
    change = on(row, noun, "change")
    assert signed_in(here.lead).post(change, said | {"title": "Theirs"}).status_code == 302
    clash = signed_in(here.coordinator).post(change, said | {"title": "Mine"})
    assert clash.status_code == 409
    assert "Theirs" in clash.content.decode()
    assert "Mine" in clash.content.decode()


def test_what_an_assessment_says_of_a_closed_strategy_is_for_its_list(world: World) -> None:
    here, by = world.here, world.here.coordinator
    with acting_as(by.pk):
        strategy = make_closed_strategy(here.borough, by=by, title="Hush strategy")
        impact = make_impact(here.borough, strategy=strategy, of_what="", by=by)
    assert "Hush" in says(signed_in(by).get(on(impact, "impact", "show")))
    lead = signed_in(here.lead)
    change = on(impact, "impact", "change")
    for page in (listing(here), on(impact, "impact", "show"), change, add("impact", here)):
        assert "Hush" not in says(lead.get(page))
    assert "A closed record" in says(lead.get(on(impact, "impact", "show")))
    said: dict[str, Any] = IMPACT | {"seen": "1", **date("ended_on", "")}
    assert lead.post(change, said).status_code == 302
    with acting_as(by.pk):
        kept = ImpactAssessment.objects.get(pk=impact.pk)
        assert (kept.strategy_id, kept.of_what, kept.findings) == (strategy.pk, "", "Anonymised.")


def test_an_action_refuses_two_things_at_once(world: World) -> None:
    here = world.here
    names = ("state", "done_on", "findings", "next_review")
    said = {name: getattr(here.impact, name) for name in names}
    with acting_as(here.lead.pk), pytest.raises(Refused, match="of one thing"):
        change_impact(impact=here.impact, seen=1, by=here.lead, **said, of_what="Another")


@pytest.mark.parametrize("noun", FORMS)
def test_two_people_erase_the_words_of_an_entry(world: World, noun: str) -> None:
    here = world.here
    row = getattr(here, noun)
    with acting_as(here.coordinator.pk):
        request = make_purge(here, row, kind=noun)
    with acting_as(here.lead.pk):
        erase(request=request, by=here.lead)
        row.refresh_from_db()
    assert row.title == "[erased]"
    page = says(signed_in(here.lead).get(on(row, noun, "show")))
    assert "Erased on" in page
    assert "words of" not in page.replace("aims words", "")
