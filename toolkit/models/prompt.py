"""A borough's own wording of the questions that help to judge, and what was answered."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from boroughs.models import Borough

from .rating import Rating
from .version import Benchmark


class LocalPrompt(models.Model):
    """What the borough made of one question: other words, none where it dropped it, or one of its own (no `base`)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    borough = models.ForeignKey(Borough, models.PROTECT, related_name="local_prompts")
    benchmark = models.ForeignKey(Benchmark, models.PROTECT, related_name="local_prompts")
    key = models.SlugField()  # the shipped question's, or its own
    base = models.CharField("shipped wording it was made from", max_length=300, blank=True)
    text = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["borough", "benchmark__version", "benchmark__number", "key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["borough", "benchmark", "key"], name="one_own_wording_of_a_prompt"
            ),
            models.CheckConstraint(
                condition=~Q(base="", text=""), name="a_boroughs_own_prompt_asks_something"
            ),
        ]

    def __str__(self) -> str:
        return self.text or f"Dropped: {self.base}"


class PromptSheet(models.Model):
    """How often a borough's questions of a benchmark were worded, and by whom last: the guard between two editors."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    borough = models.ForeignKey(Borough, models.PROTECT, related_name="prompt_sheets")
    benchmark = models.ForeignKey(Benchmark, models.PROTECT, related_name="prompt_sheets")
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["borough", "benchmark__version", "benchmark__number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["borough", "benchmark"], name="one_sheet_of_prompts_a_benchmark"
            )
        ]

    def __str__(self) -> str:
        return f"{self.benchmark}: worded {self.version} times"


class PromptAnswer(models.Model):
    """An answer to the words that were asked. It points to a level and never sets one."""

    class Answer(models.TextChoices):
        YES = "yes", "Yes"
        PARTLY = "partly", "Partly"
        NO = "no", "No"
        NOT_APPLICABLE = "not_applicable", "Not applicable"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    rating = models.ForeignKey(Rating, models.PROTECT, related_name="answers")
    key = models.SlugField()
    asked = models.CharField(max_length=300)
    answer = models.CharField(max_length=15, choices=Answer)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    class Meta:
        ordering = ["rating", "key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["rating", "key"], name="a_prompt_is_answered_once"),
            models.CheckConstraint(condition=~Q(asked=""), name="an_answer_keeps_what_was_asked"),
        ]

    def __str__(self) -> str:
        return f"{self.asked} {self.get_answer_display()}"
