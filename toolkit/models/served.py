"""Which benchmarks an action of a delivery plan serves."""

import uuid

from django.db import models

from accounts.models import User
from boroughs.models import Action, Borough, actions_of

from .version import Benchmark


class ServedBenchmark(models.Model):
    """Of either version of the toolkit: a plan may outlive a version."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    action = models.ForeignKey(Action, models.CASCADE, related_name="serves")
    benchmark = models.ForeignKey(Benchmark, models.PROTECT, related_name="served_by")

    class Meta:
        ordering = ["action", "benchmark__version", "benchmark__number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["action", "benchmark"], name="an_action_serves_a_benchmark_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.action_id} serves {self.benchmark_id}"


def actions_serving(benchmark: Benchmark, borough: Borough, user: User) -> list[Action]:
    """The borough's actions that serve the benchmark and that the person may see, of plans not carried forward."""
    actions = actions_of(borough, user).filter(serves__benchmark=benchmark, carried_to=None)
    return list(actions.select_related("plan").order_by("plan__starts_on", "position", "pk"))
