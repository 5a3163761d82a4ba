"""Which recommendation was made of a letter's judgement."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from accounts.models import User
from boroughs.models import Recommendation

from .rating import Rating
from .version import Benchmark


class AskedBenchmarkQuerySet(models.QuerySet["AskedBenchmark"]):
    def visible_to(self, user: User) -> "AskedBenchmarkQuerySet":
        """Those whose recommendation the person may read, the newest letter first."""
        found = self.filter(recommendation__in=Recommendation.objects.visible_to(user))
        related = "recommendation__review", "rating__benchmark", "rating__assessment"
        return found.select_related(*related).order_by("-rating__assessment__ends_on", "pk")


class AskedBenchmark(models.Model):
    """One recommendation of one judgement, and never two. It goes with the recommendation when that is removed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    rating = models.OneToOneField(Rating, models.PROTECT, related_name="asked")
    recommendation = models.ForeignKey(
        Recommendation, models.CASCADE, related_name="asked_benchmarks"
    )
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = AskedBenchmarkQuerySet.as_manager()

    class Meta:
        ordering = ["rating", "pk"]

    def __str__(self) -> str:
        return f"{self.recommendation_id}: {self.rating_id}"


def asked_about(
    benchmark: Benchmark, borough: "models.Model", user: User
) -> AskedBenchmarkQuerySet:
    """What letters asked the borough about it."""
    rows = AskedBenchmark.objects.filter(
        rating__benchmark=benchmark, rating__assessment__borough=borough.pk
    )
    return rows.visible_to(user)
