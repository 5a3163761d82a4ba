"""What a board signed off: kept as it was, whatever is said afterwards."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from boroughs.models import Borough, Meeting

from .assessment import Assessment
from .prompt import PromptAnswer
from .rating import Rating
from .version import Benchmark, Level


class SignOffQuerySet(models.QuerySet["SignOff"]):
    def in_force(self) -> "SignOffQuerySet":
        """Those that were not reopened."""
        return self.filter(reopened_at=None)


class SignOff(models.Model):
    """One signing of an assessment. Reopening ends it and leaves it readable; the next one has the next edition."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    borough = models.ForeignKey(Borough, models.PROTECT, related_name="sign_offs")
    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="sign_offs")
    edition = models.PositiveSmallIntegerField()
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="sign_offs"
    )
    otherwise = models.CharField("how, where not at a meeting", max_length=200, blank=True)
    signed_on = models.DateField()
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    reopened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reopened_at = models.DateTimeField(null=True, blank=True)
    reopened_because = models.TextField(blank=True)

    objects = SignOffQuerySet.as_manager()

    class Meta:
        ordering = ["assessment", "-edition", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "edition"], name="one_sign_off_an_edition"
            ),
            models.UniqueConstraint(
                fields=["assessment"],
                condition=Q(reopened_at=None),
                name="one_sign_off_in_force",
            ),
            models.CheckConstraint(
                condition=(Q(meeting=None) & ~Q(otherwise=""))
                | (~Q(meeting=None) & Q(otherwise="")),
                name="a_sign_off_says_where_it_was_given",
            ),
            models.CheckConstraint(
                condition=Q(reopened_at=None, reopened_by=None, reopened_because="")
                | (~Q(reopened_at=None) & ~Q(reopened_by=None) & ~Q(reopened_because="")),
                name="a_reopening_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment}, edition {self.edition}"

    def get_absolute_url(self) -> str:
        return reverse(
            "toolkit:sign-off", args=[self.borough.slug, self.assessment_id, self.edition]
        )

    @property
    def where(self) -> str:
        """The meeting, or how it was given otherwise."""
        return f"{self.meeting.committee}" if self.meeting else self.otherwise


class SignedRating(models.Model):
    """The word that was signed off for a benchmark. Observers read it: no text of the council stands here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sign_off = models.ForeignKey(SignOff, models.PROTECT, related_name="ratings")
    benchmark = models.ForeignKey(Benchmark, models.PROTECT, related_name="signed_ratings")
    level = models.ForeignKey(Level, models.PROTECT, null=True, blank=True, related_name="+")
    standing = models.CharField(max_length=20, choices=Rating.Standing, blank=True, default="")
    judged = models.CharField(max_length=10, choices=Rating.Judged, blank=True, default="")
    true_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["sign_off", "benchmark__number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sign_off", "benchmark"], name="a_benchmark_is_signed_off_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.benchmark}: {self.word}"

    @property
    def word(self) -> str:
        """The rating in words."""
        return Rating(level=self.level, standing=self.standing).word


class SignedText(models.Model):
    """What was written of the benchmark when it was signed off: for the borough's own people."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    signed = models.OneToOneField(SignedRating, models.CASCADE, related_name="text")
    reason = models.TextField(blank=True)
    comment = models.TextField(blank=True)
    actions = models.TextField(blank=True)
    rests_on_closed = models.BooleanField("closed evidence was linked too", default=False)
    meaning = models.CharField(
        "what the level meant when it was given", max_length=2000, blank=True
    )

    class Meta:
        ordering = ["signed", "pk"]

    def __str__(self) -> str:
        return self.comment[:60]


class SignedEvidence(models.Model):
    """What the rating rested on when it was signed off, where that was open. It is read by who may read the thing itself."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    signed = models.ForeignKey(SignedRating, models.CASCADE, related_name="evidence")
    kind = models.CharField(max_length=10)  # as Evidence.kind
    thing = models.UUIDField("its key", null=True, blank=True)
    title = models.CharField(max_length=500)
    dated = models.DateField()
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["signed", "-dated", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="website", thing=None)
                | (Q(kind__in=("paper", "meeting", "figure", "action")) & ~Q(thing=None)),
                name="signed_evidence_is_one_thing",
            )
        ]

    def __str__(self) -> str:
        return self.title


class SignedAnswer(models.Model):
    """A question that helped to judge, and what was answered when the rating was signed off."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    signed = models.ForeignKey(SignedRating, models.CASCADE, related_name="answers")
    asked = models.CharField(max_length=300)
    answer = models.CharField(max_length=15, choices=PromptAnswer.Answer)

    class Meta:
        ordering = ["signed", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(asked=""), name="a_signed_answer_keeps_what_was_asked"
            )
        ]

    def __str__(self) -> str:
        return f"{self.asked} {self.get_answer_display()}"
