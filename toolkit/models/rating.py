"""What an assessor says of one benchmark in one period."""

import uuid

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from .assessment import Assessment
from .version import Benchmark, Level


class RatingQuerySet(models.QuerySet["Rating"]):
    def blank(self) -> "RatingQuerySet":
        """Without a word, and rated as usual."""
        return self.filter(level=None, standing="")

    def in_order(self) -> "RatingQuerySet":
        return self.select_related("benchmark", "level", "changed_by").order_by(
            "benchmark__number", "pk"
        )


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), append_only=True)
class Rating(models.Model):
    """What an assessor says of one benchmark. An empty level means not rated, which is never green."""

    class Standing(models.TextChoices):
        OWN = "", "Rated"
        NOT_APPLICABLE = "not_applicable", "Not applicable"
        THROUGH_PARTNER = "through_partner", "Met through a partner"

    class Judged(models.TextChoices):
        """How the word came about in this period. What nobody has looked at yet is neither."""

        NOT_YET = "", "Not looked at yet"
        AFRESH = "afresh", "Judged afresh"
        UNCHANGED = "unchanged", "No change, still true"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="ratings")
    benchmark = models.ForeignKey(Benchmark, models.PROTECT, related_name="ratings")
    level = models.ForeignKey(Level, models.PROTECT, null=True, blank=True, related_name="ratings")
    standing = models.CharField(max_length=20, choices=Standing, blank=True, default="")
    reason = models.TextField(blank=True)
    comment = models.TextField(blank=True)
    actions = models.TextField(blank=True)
    judged = models.CharField(max_length=10, choices=Judged, blank=True, default="")
    true_on = models.DateField("still true on", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="ratings_changed"
    )
    changed_at = models.DateTimeField()

    objects = RatingQuerySet.as_manager()

    class Meta:
        ordering = ["assessment", "benchmark__number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "benchmark"], name="one_rating_a_benchmark"
            ),
            models.CheckConstraint(
                condition=Q(standing="") | ~Q(reason=""),
                name="a_benchmark_not_rated_as_usual_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(standing="not_applicable") | Q(level=None),
                name="what_does_not_apply_has_no_level",
            ),
            models.CheckConstraint(
                condition=(Q(judged="unchanged") & ~Q(true_on=None))
                | (~Q(judged="unchanged") & Q(true_on=None)),
                name="no_change_is_said_of_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(judged="") | Q(level=None, standing=""),
                name="a_word_was_judged_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.benchmark}: {self.word}"

    @property
    def word(self) -> str:
        """The rating in words."""
        return self.word_of(str(self.level) if self.level else "", self.standing)

    @classmethod
    def word_of(cls, level: str | None, standing: str) -> str:
        """A level's word and a standing together."""
        if standing:
            stands = cls.Standing(standing).label
            return f"{stands}: {level}" if level else stands
        return level or "Not rated"
