"""The actions of a delivery plan: kept by its writers, reported on by their organisations."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from boroughs.actions.plan_actions import report_action
from boroughs.actions.plans import set_organisation
from boroughs.models import Action
from boroughs.plan_page import counts
from boroughs.policies import Refused
from boroughs.rows import acting_as
from tests.boroughs.pages import address, deeds, problems, says, signed_in
from tests.boroughs.plans import more_actions, on_plan, reading, report, shown
from tests.boroughs.test_committees import date
from tests.factories import World


# -- Actions -----------------------------------------------------------------------------------------
def test_an_action_is_added_under_its_priority_with_no_date_if_need_be(world: World) -> None:
    place, client = world.here, signed_in(world.here.coordinator)
    said = {"title": "Train the librarians", "priority": place.priority.pk}
    answer = client.post(on_plan(place, "action-add"), said)
    assert answer.status_code == 302
    page = says(client.get(answer["Location"]))
    assert "Train the librarians Not started No date" in page
    assert deeds(place)[-1] == "action.added"


def test_the_other_columns_of_a_councils_plan_have_their_places(world: World) -> None:
    """Plans say who helps, what it takes, and “ongoing” where a day is expected."""
    place, client = world.here, signed_in(world.here.coordinator)
    said = {"title": "Offer sessions", "partners": "All schools", "timing": "Ongoing", "resources": "Two days"}  # fmt: skip
    page = says(client.get(client.post(on_plan(place, "action-add"), said)["Location"]))
    assert "Offer sessions Not started Ongoing. Together with: All schools" in page
    with acting_as(place.coordinator.pk):
        action = place.plan.actions.get(title="Offer sessions")
    page = says(client.get(on_plan(place, "action-show", action.pk)))
    assert "Due No date Ongoing Resources Two days" in page
    client.post(
        on_plan(place, "action-change", action.pk), {"title": "Offer sessions", "seen": "1"}
    )
    assert reading(place, action).partners == ""


def test_an_action_is_due_after_its_plan_begins(world: World) -> None:
    place, client = world.here, signed_in(world.here.coordinator)
    said = {"title": "Early", **date("due_on", "2017-03-31")}
    assert problems(client.post(on_plan(place, "action-add"), said)) == [
        "The plan begins on 1 April 2017. Enter that day or a later one, or leave it empty."
    ]


def test_a_day_after_the_plans_end_is_kept_and_said_aloud_once(world: World) -> None:
    place, client = world.here, signed_in(world.here.coordinator)
    said = {"title": "Outlasts the year", **date("due_on", "2018-06-30")}
    aloud = "The plan ends on 31 March 2018, before 30 June 2018. It may stay so if that is meant."
    added = client.post(on_plan(place, "action-add"), said, follow=True)
    assert aloud in says(added)
    with acting_as(place.coordinator.pk):
        action = place.plan.actions.get(title="Outlasts the year")
    assert action.due_on == dt.date(2018, 6, 30)
    change = on_plan(place, "action-change", action.pk)
    again = client.post(change, {**said, "title": "Goes on", "seen": 1}, follow=True)
    assert "Goes on" in says(again)
    assert aloud not in says(again)


def test_an_area_is_one_of_the_priority_chosen(world: World) -> None:
    place, client = world.here, signed_in(world.here.coordinator)
    said = {"title": "Lost", "area": place.area.pk}
    assert problems(client.post(on_plan(place, "action-add"), said)) == [
        "This area stands under another priority. Choose both again."
    ]


def test_whoever_stops_an_action_says_why(world: World) -> None:
    place, client = world.here, signed_in(world.here.coordinator)
    path = on_plan(place, "action-report", place.action.pk)
    assert problems(client.post(path, report("stopped"))) == ["Say why the action was stopped."]
    assert client.post(path, report("stopped", stopped_reason="No grant")).status_code == 302
    assert "Stopped: No grant" in says(client.get(on_plan(place, "plan-show")))


def test_progress_is_noted_once_it_is_made(world: World) -> None:
    place, client = world.here, signed_in(world.here.coordinator)
    path = on_plan(place, "action-report", place.action.pk)
    late = report(note="Soon", **date("on", "2099-01-01"))
    assert problems(client.post(path, late))[0].startswith("Progress is noted once it is made.")


def test_reporting_twice_the_same_writes_nothing(world: World) -> None:
    place, by = world.here, world.here.coordinator
    action = reading(place, place.action)
    with acting_as(by.pk):
        assert not report_action(action=action, state="in_progress", seen=2, by=by)
        assert action.notes.count() == 1


def test_the_plan_edits_one_action_in_its_place_and_comes_back_to_it(world: World) -> None:
    place, client = world.here, signed_in(world.here.coordinator)
    more_actions(place)
    plan = on_plan(place, "plan-show")
    page = BeautifulSoup(
        client.get(f"{plan}?state=in_progress&edit={place.action.pk}").content, "html5lib"
    )
    forms = page.select(".plan-actions__form")
    assert len(forms) == 1
    item = page.select_one(f"#action-{place.action.pk}")
    assert item is not None
    assert item.select_one("form") == forms[0]
    answer = client.post(str(forms[0]["action"]), report("complete", note="Done"))
    assert answer["Location"] == f"{plan}?state=in_progress#action-{place.action.pk}"
    assert reading(place, place.action).state == "complete"


def test_of_two_reporters_the_second_sees_both_and_loses_nothing(world: World) -> None:
    place, path = world.here, on_plan(world.here, "action-report", world.here.action.pk)
    signed_in(place.contributor).post(path, report("complete", note="Ours"))
    client = signed_in(place.coordinator)
    answer = client.post(path, report("stopped", stopped_reason="Mine", note="My note"))
    assert answer.status_code == 409
    page = says(answer)
    assert "Contributor of Thurrock changed this while you were writing" in page
    assert "State: Complete" in page
    assert ">\nMy note</textarea>" in answer.content.decode()
    assert reading(place, place.action).state == "complete"
    again = report("stopped", stopped_reason="Mine", note="My note", seen=3)
    assert client.post(path, again).status_code == 302
    assert reading(place, place.action).state == "stopped"


# -- The page ----------------------------------------------------------------------------------------
def test_the_page_is_filtered_by_owner_organisation_priority_state_and_due(world: World) -> None:
    place, client = world.here, signed_in(world.here.coordinator)
    more_actions(place)
    for query in (
        "owner=Head of Safeguarding",
        f"organisation={place.organisation.pk}",
        f"priority={place.priority.pk}",
        "state=in_progress",
        "due=overdue",
        "due=quiet",
        "words=HEAD action",
    ):
        page = shown(client, place, query)
        assert "1 of 4 actions shown." in page, query
        assert "Action 1" not in page, query
    assert "3 of 4 actions shown." in shown(client, place, "due=none")
    assert "0 of 4 actions shown." in shown(client, place, "state=complete")
    assert "4 of 4 actions shown." in shown(client, place, "state=nonsense")


def test_the_counts_add_up(world: World) -> None:
    place, by = world.here, world.here.coordinator
    added = more_actions(place, 4)
    with acting_as(by.pk):
        for action, state in zip(added, ("complete", "complete", "in_progress"), strict=False):
            report_action(action=action, state=state, seen=1, by=by)
        actions = list(place.plan.actions.in_order())
    rows = counts(actions, dt.date(2019, 1, 1))
    assert [row.title for row in rows] == ["1. priority words of thurrock", "No priority", "All"]
    assert rows[-1].total == len(actions) == 5
    assert rows[-1].by_state == [1, 2, 2, 0]
    assert [sum(column) for column in zip(*(r.by_state for r in rows[:-1]), strict=True)] == rows[
        -1
    ].by_state
    assert [row.overdue for row in rows] == [1, 0, 1]


def test_overdue_and_quiet_are_worked_out_from_the_day(world: World) -> None:
    with acting_as(world.here.coordinator.pk):
        action = world.here.plan.actions.in_order().get(pk=world.here.action.pk)
    due, news = dt.date(2017, 12, 31), dt.date(2017, 10, 2)
    assert not action.is_overdue(due)
    assert action.is_overdue(due + dt.timedelta(days=1))
    assert not action.is_quiet(news + dt.timedelta(days=Action.QUIET_AFTER))
    assert action.is_quiet(news + dt.timedelta(days=Action.QUIET_AFTER + 1))
    action.state = "complete"
    assert not action.is_overdue(dt.date(2020, 1, 1))
    assert not action.is_quiet(dt.date(2020, 1, 1))


def test_the_page_is_as_quick_with_many_actions(world: World) -> None:
    place, client = world.here, signed_in(world.here.coordinator)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(on_plan(place, "plan-show")).status_code == 200
        return len(captured)

    queries()
    before = queries()
    more_actions(place, 20, priority=place.priority, organisation=place.organisation)
    assert queries() == before


# -- Contributors -------------------------------------------------------------------------------------
def test_a_contributor_reports_on_their_own_organisations_action(world: World) -> None:
    place, client = world.here, signed_in(world.here.contributor)
    own = says(client.get(address("boroughs:action-own", place.borough)))
    assert "action words of thurrock" in own
    path = on_plan(place, "action-report", place.action.pk)
    assert client.post(path, report("complete", note="Everybody trained")).status_code == 302
    assert reading(place, place.action).state == "complete"
    assert deeds(place)[-1] == "action.reported"
    assert "Everybody trained" in says(client.get(on_plan(place, "action-show", place.action.pk)))


def test_a_contributor_reads_the_others_actions_and_reports_on_none(world: World) -> None:
    place, client = world.here, signed_in(world.here.contributor)
    other = more_actions(place, 1)[0]
    plan = client.get(f"{on_plan(place, 'plan-show')}?edit={other.pk}")
    assert "Action 0" in says(plan)
    assert b"plan-actions__form" not in plan.content
    path = on_plan(place, "action-report", other.pk)
    refused = client.post(path, report("complete", seen=1))
    assert "This is another organisation's action." in says(refused).replace("’", "'")
    assert reading(place, other).state == "not_started"


def test_a_contributor_of_no_organisation_is_told_whom_to_ask(world: World) -> None:
    place, lead = world.here, world.here.lead
    client = signed_in(lead)
    path = address("boroughs:person-organisation", place.borough, place.contributor.pk)
    assert client.post(path, {"organisation": ""}).status_code == 302
    theirs = signed_in(place.contributor)
    page = says(theirs.get(address("boroughs:action-own", place.borough)))
    assert "Ask the lead." in page
    refused = theirs.post(on_plan(place, "action-report", place.action.pk), report("complete"))
    assert "Ask the lead." in says(refused)
    assert reading(place, place.action).state == "in_progress"


def test_only_a_contributor_is_given_an_organisation(world: World) -> None:
    place, lead = world.here, world.here.lead
    with acting_as(lead.pk), pytest.raises(Refused, match="is not a contributor"):
        set_organisation(
            person=place.member, borough=place.borough, organisation=place.organisation, by=lead
        )
