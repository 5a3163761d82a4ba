"""Activities: planned and delivered side by side, results in words and numbers, links that show only what one may see."""

import datetime as dt
from typing import Any

import pytest
from bs4 import BeautifulSoup

from boroughs.actions.activities import change_activity, link_figures
from boroughs.actions.figures import close_figures
from boroughs.actions.plans import add_priority
from boroughs.actions.purges import erase
from boroughs.counting import Counted, Uncountable, counted_in
from boroughs.models import Activity, ActivityFigure
from boroughs.periods import financial
from boroughs.policies import Refused
from boroughs.rows import acting_as
from tests.boroughs.pages import address, deeds, problems, says, signed_in
from tests.boroughs.test_committees import date
from tests.factories import (
    Place,
    World,
    make_activity,
    make_closed_strategy,
    make_figures,
    make_purge,
)

CAMPAIGN = {
    "kind": "campaign",
    "title": "Act Now campaign",
    "about": "Leaflets for tenants.",
    "audiences": ["residents", "community"],
    **date("starts_on", "2018-06-01"),
    **date("ends_on", "2018-06-30"),
    "state": "delivered",
    "cancelled_because": "",
    "result": "Shown at the tenants’ conference.",
    "counts": "over 300 tenants\n2 stalls",
    "organisation": "",
    "serves": "",
    "source": "",
}


def on(activity: Activity, verb: str) -> str:
    return address(f"boroughs:activity-{verb}", activity.borough, activity.pk)


def listing(place: Place) -> str:
    return address("boroughs:activity-list", place.borough)


def now(activity: Activity, place: Place) -> Activity:
    with acting_as(place.coordinator.pk):
        return Activity.objects.get(pk=activity.pk)


def another(place: Place, **said: Any) -> Activity:
    with acting_as(place.coordinator.pk):
        return make_activity(place.borough, by=place.coordinator, **said)


def column(response: Any, which: str) -> str:
    page = BeautifulSoup(response.content, "html5lib")
    section = page.select_one(f"section[aria-labelledby={which}]")
    return " ".join(section.get_text(" ").split()) if section else ""


# -- Numbers typed one a line ----------------------------------------------------------------------------
def test_numbers_are_read_one_a_line() -> None:
    text = "120 professionals\n\nOver 1,263 people trained\nabout 30 groups\nexactly 0 complaints"
    assert counted_in(text) == [
        Counted("", 120, "professionals"),
        Counted("over", 1263, "people trained"),
        Counted("about", 30, "groups"),
        Counted("", 0, "complaints"),
    ]


def test_shares_and_other_words_for_over_and_about_are_read_too() -> None:
    """As reports say them: 94% felt more confident, nearly 200 came."""
    assert counted_in("94% felt more confident\nmore than 65 papers\nNearly 200 parents") == [
        Counted("", 94, "per cent felt more confident"),
        Counted("over", 65, "papers"),
        Counted("about", 200, "parents"),
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("professionals 120", "Line 1: begin with the number"),
        ("1 a\n120", "Line 2: begin with the number"),
        ("-3 people", "Line 1: people and sessions are whole numbers"),
        ("2.5 people", "Line 1: people and sessions are whole numbers"),
        ("99999999999 people", "Line 1: 99999999999 is more than can be"),
        ("1 " + "x" * 101, "Line 1: say what is counted"),
        ("\n".join(["1 a"] * 21), "These are 21 numbers"),
    ],
)
def test_a_line_without_a_number_is_refused_by_its_place(text: str, sentence: str) -> None:
    with pytest.raises(Uncountable, match=sentence):
        counted_in(text)


# -- Adding and listing ------------------------------------------------------------------------------------
def test_a_coordinator_adds_what_was_delivered_with_its_numbers(world: World) -> None:
    client = signed_in(world.here.coordinator)
    add = address("boroughs:activity-add", world.here.borough)
    response = client.post(add, CAMPAIGN | {"serves": str(world.here.area.pk)})
    assert response.status_code == 302
    page = says(client.get(response["Location"]))
    assert "over 300 tenants 2 stalls" in page
    assert "Campaign or communications, June 2018" in page
    assert "Community and faith groups" in page
    assert "1. priority words of thurrock, 1.1 area words of thurrock" in page
    assert deeds(world.here)[-1] == "activity.added"
    with acting_as(world.here.coordinator.pk):
        added = Activity.objects.get(title="Act Now campaign")
        assert (added.priority, added.area) == (world.here.priority, world.here.area)


def test_planned_and_delivered_stand_side_by_side_and_what_is_late_says_so(world: World) -> None:
    here = world.here
    later = dt.date(2030, 4, 1)
    another(
        here,
        title="Pledge card",
        state="planned",
        result="",
        counts=[],
        starts_on=later,
        ends_on=None,
    )
    another(here, title="Forgotten", state="planned", result="", counts=[])
    another(here, title="Faith day", state="cancelled", cancelled_because="Snow", result="")
    page = signed_in(here.lead).get(listing(here))
    assert "1 delivered, 2 planned, 1 cancelled; of 1 planned the last day has passed" in says(page)
    assert "Workshop of Thurrock" in column(page, "delivered")
    assert "120 professionals of thurrock" in column(page, "delivered")
    planned = column(page, "planned")
    assert planned.index("Forgotten") < planned.index("Pledge card")
    assert "Result missing" in planned
    assert "Faith day , 2018/19: Snow" in says(page)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("year=2018", {"Workshop of Thurrock", "Act Now"}),
        ("year=2019", {"Act Now"}),
        ("kind=campaign", {"Act Now"}),
        ("audience=residents", {"Act Now"}),
        ("audience=professionals&year=2018", {"Workshop of Thurrock"}),
        ("kind=nonsense", {"Workshop of Thurrock", "Act Now"}),
        ("year=2018&kind=project", set()),
    ],
)
def test_the_list_is_filtered_by_year_kind_and_audience(
    world: World, query: str, shown: set[str]
) -> None:
    here = world.here
    days = {"starts_on": dt.date(2019, 3, 1), "ends_on": dt.date(2019, 4, 30)}
    another(here, title="Act Now", kind="campaign", audiences=["residents"], **days)
    page = says(signed_in(here.lead).get(f"{listing(here)}?{query}"))
    assert {title for title in ("Workshop of Thurrock", "Act Now") if title in page} == shown


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (date("ends_on", "2018-05-01"), "An activity ends after it begins. Enter 1 June 2018"),
        (date("starts_on", "2090-01-01") | date("ends_on", ""), "It begins on 1 January 2090"),
        ({"state": "cancelled", "result": ""}, "Say why it was cancelled"),
        ({"cancelled_because": "Snow"}, "This says why it was cancelled, and it is not"),
        ({"state": "planned"}, "Only what was delivered has a result"),
        ({"counts": "tenants"}, "Line 1: begin with the number"),
        ({"counts": "7 people referred"}, "“7 people referred”: This counts people who were"),
        ({"audiences": []}, "Select audience"),
        ({"serves": "nonsense"}, "Select"),
        ({"title": ""}, "Enter short name"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(
    world: World, wrong: dict[str, Any], sentence: str
) -> None:
    add = address("boroughs:activity-add", world.here.borough)
    said = problems(signed_in(world.here.coordinator).post(add, CAMPAIGN | wrong))
    assert len(said) == 1
    assert said[0].startswith(sentence)
    with acting_as(world.here.lead.pk):
        assert Activity.objects.filter(borough=world.here.borough).count() == 1


def test_a_report_finds_what_falls_into_its_year(world: World) -> None:
    with acting_as(world.here.lead.pk):
        rows = world.here.borough.activities
        assert rows.within(financial("year", 2018)).count() == 1
        assert rows.within(financial("year", 2019)).count() == 0


# -- Two at once ---------------------------------------------------------------------------------------------
def test_the_second_editor_sees_both_texts_and_the_numbers_of_both(world: World) -> None:
    change = on(world.here.activity, "change")
    mine = CAMPAIGN | {"seen": "1", "serves": ""}
    theirs = mine | {"result": "Theirs", "counts": "5 stalls"}
    assert signed_in(world.here.lead).post(change, theirs).status_code == 302
    clash = signed_in(world.here.coordinator).post(change, mine | {"result": "Mine"})
    assert clash.status_code == 409
    page = clash.content.decode()
    for word in ("Theirs", "5 stalls", "Mine", "over 300 tenants", "Community and faith groups"):
        assert word in page
    assert now(world.here.activity, world.here).version == 2


# -- Links ----------------------------------------------------------------------------------------------------
def test_figures_of_the_time_are_linked_and_those_about_referred_people_are_not_offered(
    world: World,
) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        numbers = {"workshops": 47, "enquiries": 79}
        made = make_figures(
            here.borough, numbers, by=here.coordinator, period=financial("year", 2018)
        )
    client, page = signed_in(here.coordinator), on(here.activity, "figures")
    offered = says(client.get(page))
    assert "2018/19: 47" in offered
    assert ": 79" not in offered
    assert client.post(page, {"figures": [str(made["workshops"].pk)]}).status_code == 302
    assert "2018/19: 47" in says(client.get(on(here.activity, "show")))
    assert client.post(page, {"figures": [str(made["enquiries"].pk)]}).status_code == 200
    with acting_as(here.coordinator.pk), pytest.raises(Refused, match="people who were referred"):
        link_figures(activity=here.activity, figures=[made["enquiries"]], by=here.coordinator)


def test_a_closed_figure_shows_to_its_list_alone_and_others_do_not_unlink_it(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        made = make_figures(
            here.borough, {"workshops": 4711}, by=here.coordinator, period=financial("year", 2018)
        )
        link_figures(activity=here.activity, figures=made.values(), by=here.coordinator)
        close_figures(
            value=made["workshops"], classification="exempt", reason="Secret", by=here.coordinator
        )
    show = on(here.activity, "show")
    assert "4,711" in says(signed_in(here.coordinator).get(show))
    lead = signed_in(here.lead)
    assert "4,711" not in says(lead.get(show))
    assert "4,711" not in says(lead.get(on(here.activity, "figures")))
    assert lead.post(on(here.activity, "figures"), {}).status_code == 302
    with acting_as(here.coordinator.pk):
        assert ActivityFigure.objects.filter(activity=here.activity).count() == 1


def test_a_priority_of_a_closed_strategy_shows_to_its_list_alone_and_others_keep_it(
    world: World,
) -> None:
    here, by = world.here, world.here.coordinator
    with acting_as(by.pk):
        strategy = make_closed_strategy(here.borough, by=by)
        priority = add_priority(strategy=strategy, title="Hush priority", by=by)
    secret = another(here, title="Open work", priority=priority)
    assert "Hush priority" in says(signed_in(by).get(on(secret, "show")))
    lead = signed_in(here.lead)
    assert "Hush" not in says(lead.get(on(secret, "show")))
    form = lead.get(on(secret, "change"))
    assert "Hush" not in says(form)
    assert "Serves" not in says(form)
    assert "Hush" not in says(lead.get(address("boroughs:activity-add", here.borough)))
    assert lead.post(on(secret, "change"), CAMPAIGN | {"seen": "1"}).status_code == 302
    assert now(secret, here).priority_id == priority.pk


def test_two_people_erase_the_words_and_the_numbers_stay(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        request = make_purge(here, here.activity, kind="activity")
    with acting_as(here.lead.pk):
        erase(request=request, by=here.lead)
        kept = Activity.objects.get(pk=here.activity.pk)
        assert (kept.title, kept.about, kept.result) == ("[erased]", "", "")
        assert [str(count) for count in kept.counts.all()] == ["120 [erased]"]
    assert "Erased on" in says(signed_in(here.lead).get(on(here.activity, "show")))


def test_an_action_refuses_what_a_form_would(world: World) -> None:
    here = world.here
    said = {
        name: getattr(here.activity, name)
        for name in ("state", "starts_on", "ends_on", "result", "cancelled_because")
    }
    with acting_as(here.lead.pk), pytest.raises(Refused, match="Say why"):
        change_activity(
            activity=here.activity, seen=1, counts=[], by=here.lead, **said | {"state": "cancelled"}
        )
