"""The reporting calendar: who must be told what and how often, each time it was done or missed, and the feed of it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .borough import Borough
from .committee import Committee, Meeting


class Duty(models.Model):
    """Something that is owed again and again, such as a quarterly report to a board."""

    class Every(models.IntegerChoices):
        MONTH = 1, "Every month"
        TWO_MONTHS = 2, "Every two months"
        QUARTER = 3, "Every quarter"
        TERM = 4, "Three times a year"
        HALF = 6, "Twice a year"
        YEAR = 12, "Every year"
        TWO_YEARS = 24, "Every two years"
        THREE_YEARS = 36, "Every three years"
        FOUR_YEARS = 48, "Every four years"
        FIVE_YEARS = 60, "Every five years"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    borough = models.ForeignKey(Borough, models.PROTECT, related_name="duties")
    title = models.CharField(max_length=150)
    told = models.CharField("who is told", max_length=150, blank=True)
    board = models.ForeignKey(
        Committee, models.PROTECT, null=True, blank=True, related_name="duties"
    )
    owner_post = models.CharField(max_length=150, blank=True)
    every_months = models.PositiveSmallIntegerField(choices=Every)
    next_due = models.DateField()
    suggestion = models.SlugField(blank=True)  # the key of what it was taken from
    ended_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["next_due", "title", "pk"]
        verbose_name_plural = "duties"
        constraints = [
            models.UniqueConstraint(
                fields=["borough", "title"],
                condition=Q(ended_on=None),
                name="one_duty_a_title",
            ),
            models.CheckConstraint(
                condition=Q(every_months__in=(1, 2, 3, 4, 6, 12, 24, 36, 48, 60)),
                name="a_duty_comes_round_in_whole_months",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class DutyRound(models.Model):
    """One time a duty fell due: done on a day, or missed and why."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    duty = models.ForeignKey(Duty, models.PROTECT, related_name="rounds")
    due = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="duties_done"
    )
    note = models.TextField(blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-due", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["duty", "due"], name="a_duty_falls_due_once_a_day"),
            models.CheckConstraint(
                condition=Q(done_on__isnull=False) | (Q(meeting=None) & ~Q(note="")),
                name="a_missed_duty_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.duty}, due on {self.due}"

    @property
    def word(self) -> str:
        if self.done_on is None:
            return "Missed"
        return "Done late" if self.done_on > self.due else "Done"

    @property
    def tone(self) -> str:
        return {"Missed": "red", "Done late": "amber"}.get(self.word, "green")


class CalendarFeed(models.Model):
    """A person's secret address at which a calendar reads what is due; only the token's digest is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    borough = models.ForeignKey(Borough, models.PROTECT, related_name="calendar_feeds")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="calendar_feeds"
    )
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["borough", "user"],
                condition=Q(revoked_at=None),
                name="one_calendar_address_a_person",
            )
        ]

    def __str__(self) -> str:
        return f"Calendar of {self.borough} for {self.user}"
