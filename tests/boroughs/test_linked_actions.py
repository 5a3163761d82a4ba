"""What a review asks for and the delivery plan's actions that are done for it: linking, progress in words, carrying forward;
and that neither end shows to whoever may not see it."""

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from accounts.models import User
from boroughs.actions.linked_actions import link_plan_action
from boroughs.actions.plan_actions import add_action, remove_action, report_action
from boroughs.actions.plans import refresh_plan
from boroughs.actions.reviews import remove_recommendation
from boroughs.forms.linked_actions import FEW
from boroughs.models import Action, LinkedAction, Priority, Recommendation, Review
from boroughs.policies import Refused
from boroughs.roles import Role
from boroughs.rows import acting_as
from tests.boroughs.pages import address, deeds, problems, says, signed_in
from tests.conftest import second_lock_off
from tests.factories import (
    Place,
    World,
    give_role,
    make_closed_review,
    make_closed_strategy,
    make_plan,
)


def linking(place: Place, asked: Recommendation | None = None) -> str:
    asked = asked or place.recommendation
    return address("boroughs:linked-actions", place.borough, asked.review_id, asked.pk)


def shown(place: Place, person: User | None = None, review: Review | None = None) -> str:
    page = address("boroughs:review-show", place.borough, (review or place.scrutiny).pk)
    return says(signed_in(person or place.coordinator).get(page))


def of_action(place: Place, person: User, action: Action | None = None) -> str:
    action = action or place.action
    page = address("boroughs:action-show", place.borough, action.plan_id, action.pk)
    return says(signed_in(person).get(page))


def another(place: Place, title: str = "Brief every school", **said: Any) -> Action:
    with acting_as(place.coordinator.pk):
        return add_action(plan=place.plan, title=title, by=place.coordinator, **said)


def closed_end(place: Place) -> tuple[Review, Recommendation]:
    """A closed review's recommendation, linked by the one person on its list to the open plan's action."""
    by = place.coordinator
    with acting_as(by.pk):
        review = make_closed_review(place.borough, by=by)
        asked = review.recommendations.get()
        link_plan_action(recommendation=asked, action=place.action, by=by)
    return review, asked


def closed_action(place: Place) -> Action:
    """An action of a closed strategy's plan, linked to the open review's recommendation."""
    by = place.coordinator
    with acting_as(by.pk):
        plan = make_plan(make_closed_strategy(place.borough, by=by), by=by, title="Zibeth plan")
        action = add_action(plan=plan, title="Zibeth action", by=by)
        link_plan_action(recommendation=place.recommendation, action=action, by=by)
    return action


def under(place: Place, priority: Priority | None = None) -> str:
    """The question about the actions under a priority of the open plan."""
    return f"plan_{place.plan.pk}_{priority.pk if priority else 'none'}"


def links(asked: Recommendation) -> set[Any]:
    with second_lock_off():
        return set(
            LinkedAction.objects.filter(recommendation=asked).values_list("action", flat=True)
        )


# -- Linking --------------------------------------------------------------------------------------------
def test_a_coordinator_links_an_action_and_both_pages_say_so(world: World) -> None:
    here, action = world.here, another(world.here, owner_post="Schools lead")
    client = signed_in(here.coordinator)
    page = client.get(linking(here))
    assert "Brief every school" in says(page)
    assert "Add an action to Delivery plan" in says(page)
    answer = client.post(linking(here), {under(here): [str(action.pk)]}, follow=True)
    assert "The action was linked." in says(answer)
    assert deeds(here)[-1] == "recommendation.action-linked"
    review = shown(here)
    assert "Brief every school" in review
    assert "0 of 2 actions in the delivery plan complete, 1 overdue." in review
    assert "Asked for by Requests to Thurrock , request 1" in of_action(
        here, here.coordinator, action
    )


def test_actions_are_offered_under_their_priorities(world: World) -> None:
    here = world.here
    another(here, "Brief every school", priority=here.priority)
    another(here, "Meet the colleges")
    page = says(signed_in(here.coordinator).get(linking(here)))
    assert "2 of 2 actions that are not linked yet." in page
    assert f"Priority {here.priority}: 1 action" in page
    assert "Under no priority: 1 action" in page


def test_a_long_plan_is_folded_away_by_priority(world: World) -> None:
    here = world.here
    for number in range(FEW + 1):
        another(here, f"Meeting {number}", priority=here.priority)
    page = signed_in(here.coordinator).get(linking(here)).content.decode()
    assert f"{FEW + 1} actions</span></summary>" in page
    assert '<details class="govuk-details" open>' not in page


def test_only_what_is_asked_for_is_offered_and_linking_it_stays_there(world: World) -> None:
    here, client = world.here, signed_in(world.here.coordinator)
    brief = another(here, "Brief every school", owner_post="Schools lead", priority=here.priority)
    another(here, "Meet the colleges")
    page = f"{linking(here)}?words=lead+BRIEF"
    said = says(client.get(page))
    assert "1 of 2 actions that are not linked yet." in said
    assert "Meet the colleges" not in said
    answer = client.post(page, {under(here, here.priority): [str(brief.pk)]})
    assert answer["Location"] == page
    assert brief.pk in links(here.recommendation)
    assert "No action fits." in says(client.get(page))


def test_linking_nothing_is_said_beside_the_question(world: World) -> None:
    another(world.here)
    client = signed_in(world.here.coordinator)
    assert problems(client.post(linking(world.here), {})) == ["Select at least one action."]


def test_what_is_linked_is_not_offered_again_and_linked_once(world: World) -> None:
    here = world.here
    assert "Every action of the plans in which work goes on is linked." in says(
        signed_in(here.coordinator).get(linking(here))
    )
    before = deeds(here)
    with acting_as(here.coordinator.pk):
        again = link_plan_action(
            recommendation=here.recommendation, action=here.action, by=here.coordinator
        )
        assert again == here.linked_action
    assert deeds(here) == before


def test_an_action_is_unlinked_and_stays_in_its_plan(world: World) -> None:
    here, client = world.here, signed_in(world.here.coordinator)
    keys = here.scrutiny.pk, here.recommendation.pk, here.linked_action.pk
    unlink = address("boroughs:action-unlink", here.borough, *keys)
    assert "It stays in its plan." in says(client.post(unlink, follow=True))
    assert deeds(here)[-1] == "recommendation.action-unlinked"
    assert links(here.recommendation) == set()
    assert "Asked for by" not in of_action(here, here.coordinator)
    assert client.post(unlink).status_code == 404


def test_actions_of_a_withdrawn_strategy_are_neither_offered_nor_linked(world: World) -> None:
    here, action = world.here, another(world.here)
    with second_lock_off("boroughs_strategy"):
        type(here.strategy).objects.filter(pk=here.strategy.pk).update(
            state="withdrawn", state_reason="Over"
        )
    page = says(signed_in(here.coordinator).get(linking(here)))
    assert "There is no delivery plan in which work goes on." in page
    with acting_as(here.coordinator.pk):
        action = Action.objects.select_related("plan__strategy").get(pk=action.pk)
    with acting_as(here.coordinator.pk), pytest.raises(Refused):
        link_plan_action(recommendation=here.recommendation, action=action, by=here.coordinator)


def test_what_is_linked_is_not_removed_at_either_end(world: World) -> None:
    here, action = world.here, another(world.here)
    with acting_as(here.coordinator.pk):
        link_plan_action(recommendation=here.recommendation, action=action, by=here.coordinator)
        with pytest.raises(Refused, match="Unlink it there first"):
            remove_action(action=action, by=here.coordinator)
        here.recommendation.steps.all().delete()
        with pytest.raises(Refused, match="Unlink them first"):
            remove_recommendation(recommendation=here.recommendation, by=here.coordinator)


# -- Progress ---------------------------------------------------------------------------------------------
def test_a_finished_plan_says_so_and_closes_nothing(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        report_action(
            action=here.action, state="complete", seen=here.action.version, by=here.coordinator
        )
    page = shown(here)
    assert "1 of 1 action in the delivery plan complete." in page
    assert "Every action in the delivery plan is finished." in page
    assert "not done yet" in page
    with acting_as(here.coordinator.pk):
        assert Recommendation.objects.get(pk=here.recommendation.pk).done_on is None


def test_members_see_how_far_the_plan_is_and_none_of_its_words(world: World) -> None:
    here = world.here
    page = says(signed_in(here.member).get(address("boroughs:asked-list", here.borough)))
    assert "0 of 1 action in the delivery plan complete, 1 overdue." in page
    assert "action words" not in page


# -- Carrying forward ---------------------------------------------------------------------------------------
def test_a_plan_carried_forward_keeps_what_asked_for_its_actions(world: World) -> None:
    """Also where whoever carries it may not see the review."""
    here = world.here
    review, asked = closed_end(here)
    year = {"starts_on": dt.date(2018, 4, 1), "ends_on": dt.date(2019, 3, 31)}
    with acting_as(here.lead.pk):
        assert not LinkedAction.objects.filter(recommendation=asked).exists()
        plan = refresh_plan(plan=here.plan, title="Second year", by=here.lead, **year)
        carried = plan.actions.get()
    assert links(asked) == links(here.recommendation) == {here.action.pk, carried.pk}
    for page in (shown(here), shown(here, review=review)):
        assert "Second year" in page
        assert "of 1 action in" in page  # the earlier one gave way to it
    assert "Asked for by Requests to Thurrock" in of_action(here, here.lead, carried)
    assert "Closed review" not in of_action(here, here.lead, carried)
    assert "Closed review" in of_action(here, here.coordinator, carried)


# -- Who sees which end -----------------------------------------------------------------------------------------
def test_a_closed_review_does_not_show_on_the_actions_page(world: World) -> None:
    closed_end(world.here)
    here = world.here
    assert "Closed review of thurrock" in of_action(here, here.coordinator)
    for person in (here.lead, here.contributor):
        assert "Closed review" not in of_action(here, person)


def test_a_closed_plans_action_shows_neither_its_words_nor_in_counts(world: World) -> None:
    here = world.here
    closed_action(here)
    assert "Zibeth action" in shown(here)
    assert "of 2 actions" in shown(here)
    page = shown(here, here.lead)
    assert "Zibeth" not in page
    assert "of 1 action in" in page
    assert "Zibeth" not in says(signed_in(here.lead).get(linking(here)))
    asked = says(signed_in(here.coordinator).get(address("boroughs:asked-list", here.borough)))
    assert "of 1 action in" in asked


def test_who_reads_no_reviews_is_not_told_of_one_by_an_action(world: World) -> None:
    here = world.here
    assert "Asked for by" not in of_action(here, here.contributor)
    assert "Asked for by" in of_action(here, here.lead)


def test_row_security_alone_hides_a_link_from_whoever_sees_one_end(world: World) -> None:
    here = world.here
    _, asked = closed_end(here)
    action = closed_action(here)
    hidden = LinkedAction.objects.filter(recommendation=asked) | LinkedAction.objects.filter(
        action=action
    )
    with acting_as(here.coordinator.pk):
        assert hidden.count() == 2
    for person in (here.lead, here.member, here.monitoring, world.there.lead):
        with acting_as(person.pk):
            assert not hidden.exists()
    with acting_as(here.lead.pk), second_lock_off("boroughs_linkedaction"):
        assert hidden.count() == 2


def test_what_is_removed_takes_links_along_that_nobody_there_may_see(world: World) -> None:
    """A refusal would say that there is one."""
    here = world.here
    action = another(here)
    with acting_as(here.coordinator.pk):
        review = make_closed_review(here.borough, by=here.coordinator)
        asked = review.recommendations.get()
        link_plan_action(recommendation=asked, action=action, by=here.coordinator)
    with acting_as(here.lead.pk):
        remove_action(action=action, by=here.lead)
    assert links(asked) == set()


# -- The second lock ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", ["contributor", "member", "democratic", "monitoring"])
def test_nobody_but_who_keeps_the_record_links(world: World, role: str) -> None:
    here, action, person = world.here, another(world.here), getattr(world.here, role)
    with acting_as(person.pk):
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            LinkedAction.objects.create(
                recommendation=here.recommendation, action=action, linked_by=person
            )
        rows = LinkedAction.objects.filter(pk=here.linked_action.pk)
        assert rows._raw_delete(rows.db) == 0


def test_both_ends_are_one_boroughs_whoever_keeps_two(world: World) -> None:
    here, there, by = world.here, world.there, world.here.coordinator
    with acting_as(there.lead.pk):
        give_role(by, there.borough, Role.COORDINATOR, by=there.lead)
    asked, action = here.recommendation, there.action
    with acting_as(by.pk):
        with pytest.raises(Refused, match="another borough’s"):
            link_plan_action(recommendation=asked, action=action, by=by)
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            LinkedAction.objects.create(recommendation=asked, action=action, linked_by=by)


def test_a_link_is_made_under_ones_own_name_and_never_changed(world: World) -> None:
    here, action = world.here, another(world.here)
    with acting_as(here.coordinator.pk):
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            LinkedAction.objects.create(
                recommendation=here.recommendation, action=action, linked_by=here.lead
            )
        assert not LinkedAction.objects.filter(pk=here.linked_action.pk).update(action=action)
