"""What the benchmark writes beside the portal's own code is a row as the portal writes it."""

from uuid import uuid4

from django.db import connection

from audit.models import Event
from bench.saves import EVENT
from boroughs.rows import acting_as
from tests.factories import World


def test_the_event_that_a_bare_save_writes_is_one_of_the_trail(world: World) -> None:
    here, key = world.here, str(uuid4())
    with acting_as(here.coordinator.pk), connection.cursor() as cursor:
        cursor.execute(EVENT, [key, here.borough.pk, here.coordinator.pk, "toolkit.rating:x"])
        cursor.execute(
            "SET CONSTRAINTS ALL IMMEDIATE"
        )  # the chain is linked at the end of a transaction
    with acting_as(here.lead.pk):
        found = Event.objects.get(pk=key)
        assert (found.deed, found.outcome, found.actor_id) == (
            "benchmark.rated",
            "done",
            here.coordinator.pk,
        )
        assert found.link.seq > 0
