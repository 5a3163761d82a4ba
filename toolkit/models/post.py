"""Which post answers for a benchmark."""

import uuid

from django.db import models
from django.db.models import Q

from boroughs.models import Borough

from .version import Benchmark


class BenchmarkPost(models.Model):
    """It holds from round to round, until another post is named."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    borough = models.ForeignKey(Borough, models.PROTECT, related_name="benchmark_posts")
    benchmark = models.ForeignKey(Benchmark, models.PROTECT, related_name="posts")
    post = models.CharField(max_length=150)

    class Meta:
        ordering = ["borough", "benchmark__version", "benchmark__number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["borough", "benchmark"], name="one_post_answers_for_a_benchmark"
            ),
            models.CheckConstraint(condition=~Q(post=""), name="a_benchmarks_post_has_a_name"),
        ]

    def __str__(self) -> str:
        return f"{self.benchmark}: {self.post}"
