"""Asking that a record be erased, deciding it, and finding its tombstone."""

import pytest

from boroughs.models import PurgeRequest
from boroughs.roles import Role
from boroughs.rows import acting_as
from tests.boroughs.pages import address, problems, says, signed_in
from tests.factories import World, make_purge

from .purging import erased, training


# -- Who knows of it ---------------------------------------------------------------------------------------------------
def test_a_request_about_a_closed_record_is_for_its_list_and_who_decides(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        request = make_purge(here, here.closure, kind="closure", closure=here.closure)
    seen = []
    for role, person in here.people.items():
        with acting_as(person.pk):
            seen += [role] * PurgeRequest.objects.filter(pk=request.pk).count()
    assert set(seen) == {Role.COORDINATOR, Role.MEMBER, Role.LEAD, Role.MONITORING}
    page = signed_in(here.democratic).get(address("boroughs:purge-list", here.borough))
    assert "closed record" not in says(page)


# -- Pages -------------------------------------------------------------------------------------------------------------
def test_ask_decide_and_read_the_tombstone(world: World) -> None:
    here, rating = world.here, training(world.here)
    history = address("toolkit:rating-history", here.borough, here.assessment.pk, "training")
    coordinator, monitoring = signed_in(here.coordinator), signed_in(here.monitoring)
    page = address("boroughs:purge-ask", here.borough, "rating", rating.pk)
    assert page in coordinator.get(history).content.decode()
    assert problems(coordinator.post(page, {"category": "personal"}))  # never all of it unasked
    answer = coordinator.post(page, {"part": "comment", "category": "personal"})
    assert answer.status_code == 302
    with acting_as(here.coordinator.pk):
        request = PurgeRequest.objects.get(record=rating.pk)
    shown = says(monitoring.get(request.get_absolute_url()))
    assert "1 text" in shown
    assert "present words" not in shown
    decide = address("boroughs:purge-decide", here.borough, request.pk)
    assert problems(monitoring.post(decide, {"decision": "refuse"})) == ["Enter why it is refused"]
    assert monitoring.post(decide, {"decision": "erase"}, follow=True).status_code == 200
    stone = says(signed_in(here.lead).get(history))
    assert "Monitoring of Thurrock. Why: personal data entered by mistake." in stone
    assert "present words" not in stone


def test_who_asked_sees_no_button_to_decide_and_can_withdraw(world: World) -> None:
    here = world.here
    with acting_as(here.lead.pk):
        request = make_purge(here, training(here), by=here.lead)
    lead = signed_in(here.lead)
    assert "Decide" not in says(lead.get(request.get_absolute_url()))
    decide = address("boroughs:purge-decide", here.borough, request.pk)
    assert "you asked for this" in says(lead.get(decide))
    assert problems(lead.post(decide, {"decision": "erase"}))
    lead.post(address("boroughs:purge-withdraw", here.borough, request.pk))
    with acting_as(here.lead.pk):
        request.refresh_from_db()
        assert request.state == "withdrawn"


def test_a_reader_of_an_erased_report_finds_its_tombstone(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        request = make_purge(here, here.report, kind="report")
    erased(request, here.lead)
    page = signed_in(here.member).get(here.report.get_absolute_url())
    assert "Erased on" in says(page)
    assert "Title erased" not in says(page)


@pytest.mark.parametrize("kind", ["rating", "nothing"])
def test_a_record_one_may_not_read_cannot_be_asked_for(world: World, kind: str) -> None:
    here = world.here
    page = address("boroughs:purge-ask", here.borough, kind, training(here).pk)
    assert signed_in(here.democratic).get(page).status_code == 404
    foreign = address("boroughs:purge-ask", here.borough, "rating", training(world.there).pk)
    assert signed_in(here.coordinator).get(foreign).status_code == 404
