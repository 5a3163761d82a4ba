"""A borough's front page: what waits for each reader, with its day and how late it is, and nothing closed to them."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from boroughs.access import granted
from boroughs.actions.committees import add_meeting
from boroughs.actions.duties import add_duty
from boroughs.actions.plan_actions import add_action
from boroughs.actions.reviews import add_recommendation
from boroughs.actions.risks import add_risk, close_risk
from boroughs.models import Action, FigureValue
from boroughs.roles import Role
from boroughs.rows import acting_as
from boroughs.waiting import Reader, When, in_words
from portal.figure_choice import choose_figures
from portal.waiting import SORTS, reader_of, waiting_for
from reports.actions.clearing import return_section
from reports.actions.decisions import add_step
from reports.models import Decision
from tests.boroughs.pages import deeds, problems, says, signed_in
from tests.factories import (
    Place,
    World,
    make_activity,
    make_closed_review,
    make_closed_strategy,
    make_closure,
    make_figures,
    make_impact,
    make_paper,
    make_plan,
    make_policy,
)

DAY = dt.timedelta(days=1)
VERBS = {"report", "answer", "review", "record", "decide", "change", "open"}


def as_reader(person: User, place: Place) -> Reader:
    return reader_of(person, place.borough, granted(person, place.borough))


def waits(place: Place, person: User, most: int = 100) -> dict[str, int]:
    """How many of each sort wait for somebody."""
    with acting_as(person.pk):
        groups = waiting_for(as_reader(person, place), most=most)
        return {group.sort.key: group.total for group in groups}


def front(place: Place, person: User) -> BeautifulSoup:
    answer = signed_in(person).get(f"/{place.borough.slug}/")
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def fill(place: Place) -> None:
    """Besides what stands in the world: something of every other sort."""
    today, by = timezone.localdate(), place.coordinator
    with acting_as(place.lead.pk):
        for days in (5, 200, -9):
            add_meeting(committee=place.committee, date=today + days * DAY, by=place.lead)
    with acting_as(by.pk):
        add_meeting(committee=place.board, date=today - 3 * DAY, by=by)
        add_duty(
            borough=place.borough,
            title="Return",
            every_months=12,
            next_due=today + 9 * DAY,
            by=by,
        )
        said: dict[str, Any] = {"owner_post": "", "success_measure": "", "by": by}
        coming = {"title": "Soon", "organisation": place.organisation, **said}
        add_action(plan=place.plan, due_on=today + DAY, **coming)
        quiet = add_action(plan=place.plan, title="Quiet", due_on=None, **said)
        Action.objects.filter(pk=quiet.pk).update(added_on=today - 91 * DAY)
        add_recommendation(
            review=place.scrutiny, number="2", text="Say", by=by, report_to=place.committee
        )
        place.recommendation.refresh_from_db()
        type(place.recommendation).objects.filter(pk=place.recommendation.pk).update(
            due=dt.date(2020, 1, 1)
        )
        make_closure(place.borough, by=by, review_on=today, interest_reason="")
        said = {"state": "planned", "result": "", "counts": []}
        make_activity(place.borough, by=by, title="Planned", **said)
        make_policy(place.borough, by=by, next_review=dt.date(2020, 1, 1))
        make_policy(place.borough, by=by, next_review=today + DAY)
        make_impact(place.borough, by=by, next_review=dt.date(2020, 1, 1))
        make_impact(place.borough, by=by, state="needed", done_on=None, findings="")
    with acting_as(place.clearing.pk):
        return_section(clearance=place.clearance, comment="Say more", by=place.clearing)
    with acting_as(place.lead.pk):
        other = {"state": "cleared", "meeting": place.cabinet.meetings.get()}
        assert place.borough.reports.filter(pk=place.report.pk).update(**other) == 1
    fill_decisions(place)


def fill_decisions(place: Place) -> None:
    """One that may still be called in, with an action that is due tomorrow."""
    today = timezone.localdate()
    with acting_as(place.democratic.pk):
        said = {"rule": place.borough.call_in_rules.get(), "decided_on": today}
        assert Decision.objects.filter(pk=place.decision.pk).update(**said) == 1
        step: dict[str, Any] = {"text": "Write", "owner_post": "", "due": today + DAY}
        add_step(decision=place.decision, by=place.democratic, **step)


# -- For whom -----------------------------------------------------------------------------------------
KEEPERS = {
    "activity-over": 1,
    "action-overdue": 1,
    "action-quiet": 1,
    "action-ahead": 1,
    "strategy-ending": 1,
    "recommendation-unanswered": 1,
    "recommendation-undone": 1,
    "recommendation-unreported": 1,
    "duty-due": 1,
    "duty-ahead": 1,
    "risk-review": 1,
    "policy-review": 1,
    "received-review": 1,
    "impact-review": 1,
    "impact-needed": 1,
    "meeting-unrecorded": 1,
    "meeting-ahead": 1,
    "closure-review": 1,
    "closure-incomplete": 1,
    "paper-findings": 1,
    "decision-awaited": 1,
    "decision-step-overdue": 1,
    "decision-step-ahead": 1,
    "decision-call-in": 1,
}
EXPECTED: dict[Role, dict[str, int]] = {
    Role.COORDINATOR: {
        **KEEPERS,
        "ratings-period": 1,
        "ratings-blank": 1,
        "section-returned": 1,
        "report-unfinished": 1,
    },
    Role.LEAD: {
        **KEEPERS,
        "meeting-agenda": 1,
        "access-request": 1,
        "purge-decide": 1,
        "retention-decide": 4,
    },
    Role.CONTRIBUTOR: {"action-overdue": 1, "action-ahead": 1},
    Role.CLEARING: {"report-to-clear": 1},
    Role.DEMOCRATIC: {
        "meeting-agenda": 1,
        "meeting-ahead": 1,
        "paper-findings": 1,
        "report-to-issue": 1,
        "decision-unrecorded": 1,
        "decision-step-overdue": 1,
        "decision-step-ahead": 1,
        "decision-call-in": 1,
    },
    Role.MONITORING: {
        "closure-review": 1,
        "closure-incomplete": 1,
        "purge-decide": 1,
        "retention-decide": 4,
    },
    Role.MEMBER: {"meeting-ahead": 1},
    Role.OBSERVER: {},
}


def test_each_role_is_told_what_it_can_do(world: World) -> None:
    fill(world.here)
    found = {role: waits(world.here, world.here.people[role]) for role in Role}
    assert found == EXPECTED
    offered = {key for sorts in found.values() for key in sorts}
    assert set(SORTS) == offered


def test_every_line_leads_to_where_it_is_done(world: World) -> None:
    fill(world.here)
    seen = 0
    for person in world.here.people.values():
        client = signed_in(person)
        page = BeautifulSoup(client.get("/thurrock/waiting/").content, "html.parser")
        for link in page.select(".waiting__list a, .ahead a"):
            answer = client.get(str(link["href"]))
            assert answer.status_code == 200, (person, link)
            shown = BeautifulSoup(answer.content, "html.parser")
            if str(link["href"]).rstrip("/").rpartition("/")[2] in VERBS:
                assert shown.select("main form[method=post]"), (person, link)
            seen += 1
    assert seen > 40


def test_nothing_of_a_neighbour_waits(world: World) -> None:
    before = {role: waits(world.here, world.here.people[role]) for role in Role}
    fill(world.there)
    assert {role: waits(world.here, world.here.people[role]) for role in Role} == before


def test_a_contributor_is_told_of_their_own_organisations_actions_alone(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        Action.objects.filter(pk=here.action.pk).update(organisation=None)
    assert waits(here, here.contributor) == {}
    assert waits(here, here.coordinator)["action-overdue"] == 1


def test_each_sort_comes_with_its_first_few_however_many_another_has(world: World) -> None:
    here, by, today = world.here, world.here.coordinator, timezone.localdate()
    said: dict[str, Any] = {"plan": here.plan, "owner_post": "", "success_measure": "", "by": by}
    with acting_as(by.pk):
        for number in range(12):
            add_action(title=f"Late {number}", due_on=today - number * DAY - DAY, **said)
        add_action(title="Soon", due_on=today + DAY, **said)
        groups = {g.sort.key: g for g in waiting_for(as_reader(by, here), most=2)}
    late = groups["action-overdue"]
    assert (late.total, len(late.items)) == (13, 2)
    assert [each.words for each in late.items][1] == "Late 11"
    assert [each.words for each in groups["action-ahead"].items] == ["Soon"]


def test_access_lists_are_asked_once_and_not_in_every_arm(world: World) -> None:
    here = world.here
    with acting_as(here.lead.pk):
        make_closed_strategy(here.borough, by=here.lead)
        reader = as_reader(here.lead, here)
        with CaptureQueriesContext(connection) as asked:
            waiting_for(reader, most=3)
    everything = asked.captured_queries[0]["sql"]
    assert "UNION ALL" in everything
    assert "closureuserpermission" not in everything


def test_what_a_register_no_longer_uses_waits_for_nobody(world: World) -> None:
    here = world.here
    assert waits(here, here.coordinator)["received-review"] == 1
    with acting_as(here.coordinator.pk):
        type(here.received).objects.filter(pk=here.received.pk).update(ended_on=dt.date(2020, 1, 1))
    assert "received-review" not in waits(here, here.coordinator)


def test_what_is_finished_or_stands_under_a_strategy_that_is_over_waits_for_nobody(
    world: World,
) -> None:
    here = world.here
    for change in ({"state": "complete"}, {"state": "stopped", "stopped_reason": "No money"}):
        with acting_as(here.coordinator.pk):
            Action.objects.filter(pk=here.action.pk).update(**change)
        assert "action-overdue" not in waits(here, here.coordinator)
    with acting_as(here.coordinator.pk):
        Action.objects.filter(pk=here.action.pk).update(state="in_progress", stopped_reason="")
        here.strategy.state, here.strategy.state_reason = "withdrawn", "Another came"
        here.strategy.save(update_fields=["state", "state_reason"])
    assert {"action-overdue", "strategy-ending"}.isdisjoint(waits(here, here.coordinator))


# -- Closed things --------------------------------------------------------------------------------------
def close_something(place: Place) -> None:
    """Overdue, each of them, and closed: a strategy with an action, a review, a risk and a paper with something hidden."""
    by, past = place.coordinator, dt.date(2017, 12, 1)
    strategy = make_closed_strategy(place.borough, by=by)
    plan = make_plan(strategy, by=by)
    add_action(
        plan=plan,
        title="zibethaction",
        organisation=place.organisation,
        due_on=past,
        owner_post="",
        success_measure="",
        by=by,
    )
    make_closed_review(place.borough, by=by)
    risk = add_risk(
        borough=place.borough,
        scope="programme",
        title="zibethrisk",
        cause="c",
        effect="e",
        likelihood_before=1,
        impact_before=1,
        likelihood=1,
        impact=1,
        owner_post="Lead",
        next_review=None,
        by=by,
    )
    close_risk(risk=risk, classification="exempt", reason="It names a weakness", by=by)


def test_counts_change_for_nobody_who_is_not_on_the_list(world: World) -> None:
    here = world.here
    sorts = {"action-overdue", "action-quiet", "recommendation-unanswered", "risk-review"}

    def seen(person: User) -> dict[str, int]:
        return {key: many for key, many in waits(here, person).items() if key in sorts}

    before = {role: seen(person) for role, person in here.people.items()}
    with acting_as(here.coordinator.pk):
        close_something(here)
    after = {role: seen(person) for role, person in here.people.items()}
    assert {role for role in Role if after[role] != before[role]} == {Role.COORDINATOR}
    assert after[Role.COORDINATOR] == {
        key: before[Role.COORDINATOR].get(key, 0) + 1
        for key in (*before[Role.COORDINATOR], "recommendation-unanswered")
    }
    for role, person in here.people.items():
        told = front(here, person).get_text()
        assert ("zibeth" in told) == (role == Role.COORDINATOR), role


# -- Words ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("days", "said"),
    [(1, "1 day"), (13, "13 days"), (14, "2 weeks"), (89, "12 weeks"), (90, "3 months")],
)
def test_how_late_it_is_is_said_in_words(days: int, said: str) -> None:
    today = dt.date(2026, 11, 21)
    assert in_words(days) == said
    assert When.DUE.told(today - days * DAY, today).endswith(f", {said} late")
    assert When.DUE.told(today + days * DAY, today).endswith(f", in {said}")
    assert When.DUE.told(today, today) == "Due on 21 November 2026, today"
    assert When.DUE.told(None, today) == "No day is set"
    assert When.REVIEW.told(None, today) == "No day of review is set"
    assert in_words(730) == "2 years"


def test_the_front_page_says_how_late_and_shows_the_first_few(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        for number in range(4):
            add_duty(
                borough=here.borough,
                title=f"Duty {number}",
                every_months=3,
                next_due=timezone.localdate() - (number + 1) * DAY,
                by=here.coordinator,
            )
    page = front(here, here.coordinator)
    group = page.select_one("[aria-labelledby=duty-due]")
    assert group is not None
    said = " ".join(group.get_text(" ").split())
    assert said.startswith("Reporting duties due or missed 5 duty words of thurrock")
    assert "years late" in said
    assert "Duty 3" in said
    assert "All 5" in said
    assert "Duty 0" not in said
    assert "Duty 0" in says(signed_in(here.coordinator).get("/thurrock/waiting/"))


def test_nothing_to_do_says_so(world: World) -> None:
    assert "Nothing waits for you today" in front(world.here, world.here.observer).get_text()


# -- Figures ------------------------------------------------------------------------------------------------
def numbers(place: Place, person: User) -> list[str]:
    said = front(place, person).select(".three-figures__one")
    return [" ".join(one.get_text(" ").split()) for one in said]


def test_the_borough_chooses_the_figures_of_its_front_page(world: World) -> None:
    here, client = world.here, signed_in(world.here.coordinator)
    assert [one.split()[0] for one in numbers(here, here.coordinator)] == ["12", "79"]
    url = "/thurrock/front-page/figures/"
    twice = {"first": "enquiries", "second": "enquiries", "third": ""}
    assert problems(client.post(url, twice)) == ["Choose each figure once."]
    chosen = {"first": "discussed-at-panel", "second": "", "third": "staff-trained"}
    assert client.post(url, chosen).status_code == 302
    shown = numbers(here, here.lead)
    assert shown[0].startswith("7 ")
    assert shown[1].startswith("Not recorded")
    assert deeds(here)[-1] == "front.figures-chosen"
    assert signed_in(here.member).get(url).status_code == 403


def test_without_a_choice_referred_people_are_not_put_first(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        choose_figures(borough=here.borough, keys=[], by=here.coordinator)
        make_figures(here.borough, {"staff-trained": 394}, by=here.coordinator)
    shown = numbers(here, here.coordinator)
    assert [one.split()[0] for one in shown] == ["394", "12"] or [
        one.split()[0] for one in shown
    ] == ["12", "394"]


def test_a_closed_figure_is_shown_to_its_list_alone(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        FigureValue.objects.filter(pk=here.figure.pk).update(closure=here.closure)
    assert numbers(here, here.coordinator)[0].startswith("12 ")
    assert numbers(here, here.lead)[0].startswith("Not recorded")


# -- Members ------------------------------------------------------------------------------------------------
def test_a_member_sees_the_latest_report_what_was_asked_and_when_they_meet(world: World) -> None:
    fill(world.here)
    said = " ".join(front(world.here, world.here.member).get_text(" ").split())
    for words in (
        "Latest: Prevent in Thurrock",
        "request words of thurrock",
        "Accepted, not done yet",
        "Meetings: Scrutiny Committee",
    ):
        assert words in said, words


@pytest.mark.parametrize("make", [make_paper])
def test_a_paper_without_findings_waits_for_nobody(world: World, make: Callable[..., Any]) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        make(here.borough, by=here.coordinator)
    assert waits(here, here.coordinator)["paper-findings"] == 1
