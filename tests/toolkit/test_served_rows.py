"""The second lock on the benchmarks an action serves: whatever the portal's code asks for, who keeps the record says which."""

import pytest
from django.db import ProgrammingError, transaction

from boroughs.rows import acting_as
from tests.conftest import second_lock_off
from tests.factories import World
from toolkit.models import Benchmark, ServedBenchmark


@pytest.mark.parametrize("role", ["contributor", "member", "monitoring"])
def test_others_neither_add_nor_change_nor_remove_what_an_action_serves(
    world: World, role: str
) -> None:
    here = world.here
    other = Benchmark.objects.exclude(served_by__action=here.action)[0]
    with acting_as(getattr(here, role).pk):
        rows = ServedBenchmark.objects.filter(action=here.action)
        assert rows.count() == 1
        assert rows.update(benchmark=other) == 0
        assert rows._raw_delete(rows.db) == 0
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            ServedBenchmark.objects.create(action=here.action, benchmark=other)
        with second_lock_off("toolkit_servedbenchmark"):
            assert rows.update(benchmark=other) == 1


def test_who_keeps_the_record_does(world: World) -> None:
    here = world.here
    other = Benchmark.objects.exclude(served_by__action=here.action)[0]
    with acting_as(here.coordinator.pk):
        assert ServedBenchmark.objects.filter(action=here.action).update(benchmark=other) == 1
