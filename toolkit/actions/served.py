"""Saying which benchmarks an action serves."""

from collections.abc import Iterable

from django.db import transaction

from accounts.models import User
from audit.trail import record
from boroughs.models import Action
from boroughs.plan_policies import why_not_write_action
from toolkit.models import Benchmark, ServedBenchmark
from toolkit.policies import Refused


@transaction.atomic
def serve(*, action: Action, benchmarks: Iterable[Benchmark], by: User) -> None:
    """These and no others. Raises Refused for an action of a strategy that is over, or one that was carried forward."""
    Action.objects.select_for_update(of=("self",)).get(pk=action.pk)
    if why := why_not_write_action(action):
        raise Refused(why)
    wanted = {benchmark.pk for benchmark in benchmarks}
    action.serves.exclude(benchmark__in=wanted).delete()
    known = set(action.serves.values_list("benchmark", flat=True))
    ServedBenchmark.objects.bulk_create(
        ServedBenchmark(action=action, benchmark_id=pk) for pk in sorted(wanted - known)
    )
    record(
        "action.serves",
        by=by,
        borough_id=action.plan.strategy.borough_id,
        subject=action,
        benchmarks=len(wanted),
    )
