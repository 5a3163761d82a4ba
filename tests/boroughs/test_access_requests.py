"""Requests to read what is closed, and their answers."""

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from audit.models import Event
from boroughs.actions.lists import (
    answer,
    ask,
)
from boroughs.models import (
    AccessRequest,
)
from boroughs.policies import Refused
from boroughs.rows import acting_as
from tests.boroughs.reading import may_read
from tests.factories import World


# -- Requests ------------------------------------------------------------------------------------------------
def waiting(world: World) -> AccessRequest:
    asker = world.here.observer  # any member of the borough who is not on the list will do here
    with acting_as(asker.pk):
        return ask(closure=world.here.closure, reason="Before Monday", by=asker)


def test_a_request_is_answered_with_a_reason(world: World) -> None:
    here = world.here
    with acting_as(here.clearing.pk):
        request = ask(closure=here.closure, reason="To advise", by=here.clearing)
    with acting_as(here.lead.pk):
        answer(request=request, granted=True, reason="Needs it", by=here.lead)
    assert may_read(here.clearing, here.closure)
    with acting_as(here.clearing.pk):
        request.refresh_from_db()
        assert (request.answer, request.answer_reason) == ("granted", "Needs it")
    with acting_as(here.lead.pk):
        said = set(Event.objects.filter(borough_id=here.borough.pk).values_list("deed", flat=True))
        with pytest.raises(Refused, match="answered already"):
            answer(request=request, granted=False, reason="No", by=here.lead)
    assert {"closure.asked", "closure.answered", "closure.granted"} <= said


def test_a_refusal_opens_nothing(world: World) -> None:
    request, here = waiting(world), world.here
    with acting_as(here.lead.pk):
        answer(request=request, granted=False, reason="Not on the committee", by=here.lead)
    assert not may_read(here.observer, here.closure)


def test_who_can_read_need_not_ask_and_nobody_asks_twice(world: World) -> None:
    request, here = waiting(world), world.here
    with acting_as(here.observer.pk), pytest.raises(Refused, match="You have asked"):
        ask(closure=here.closure, reason="Again", by=here.observer)
    with acting_as(here.member.pk), pytest.raises(Refused, match="on the access list"):
        ask(closure=here.closure, reason="x", by=here.member)
    with acting_as(here.member.pk):
        assert not AccessRequest.objects.filter(pk=request.pk).exists()


def test_nobody_answers_themselves(world: World) -> None:
    here = world.here
    with acting_as(here.lead.pk):
        request = ask(closure=here.closure, reason="x", by=here.lead)
        with pytest.raises(Refused, match="their own request"):
            answer(request=request, granted=True, reason="x", by=here.lead)
        rows = AccessRequest.objects.filter(pk=request.pk)
        assert rows.update(answer_reason="planted") == 0


def test_a_request_arrives_unanswered(world: World) -> None:
    here = world.here
    with (
        acting_as(here.observer.pk),
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
    ):
        AccessRequest.objects.create(
            closure=here.closure,
            asked_by=here.observer,
            reason="x",
            answer="granted",
            answered_by=here.lead,
            answered_at=timezone.now(),
            answer_reason="Planted",
        )
