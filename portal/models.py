"""What this installation says about itself, and what a borough shows on its front page."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from boroughs.models import Borough


class InfoPage(models.Model):
    """A page's text in the installation's own words; without a row the shipped text shows."""

    key = models.CharField(max_length=20, primary_key=True)
    body = models.TextField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="pages_changed"
    )
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key


class ShownFigure(models.Model):
    """An indicator that a borough chose for its front page, by its key in the catalogue."""

    MOST = 3

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    borough = models.ForeignKey(Borough, models.PROTECT, related_name="shown_figures")
    position = models.PositiveSmallIntegerField()
    indicator = models.SlugField(max_length=80)

    class Meta:
        ordering = ["borough", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["borough", "position"], name="one_figure_a_place_of_the_front_page"
            ),
            models.UniqueConstraint(
                fields=["borough", "indicator"], name="a_figure_stands_once_on_the_front_page"
            ),
            models.CheckConstraint(
                condition=Q(position__range=(1, 3)), name="the_front_page_has_three_figures"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.borough}: {self.indicator}"


class Rhythm(models.Model):
    """How often reminders are sent: the borough's rhythm, and where `user` is named that person's own instead of it."""

    class Every(models.TextChoices):
        OFF = "off", "Never"
        WEEK = "week", "Every week"
        MONTH = "month", "Every month"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    borough = models.ForeignKey(Borough, models.PROTECT, related_name="rhythms")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="rhythms"
    )
    every = models.CharField(max_length=5, choices=Every)
    day = models.PositiveSmallIntegerField(default=1)  # of the week from Monday, or of the month
    since = models.DateField(default=timezone.localdate)  # a day before it sends nothing

    class Meta:
        ordering = ["borough", F("user").asc(nulls_first=True), "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["borough", "user"], nulls_distinct=False, name="one_rhythm_of_reminders"
            ),
            models.CheckConstraint(
                condition=(Q(every="week") & Q(day__range=(1, 7)))
                | (~Q(every="week") & Q(day__range=(1, 28))),
                name="reminders_come_on_a_day_there_is",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_every_display()}, {self.day}"


class LetterQuerySet(models.QuerySet["Letter"]):
    def due(self) -> "LetterQuerySet":
        """Waiting, or begun by a worker that has not been heard of since."""
        lapsed = Q(state__in=Letter.BEGUN, lease_until__lt=timezone.now())
        return self.filter(Q(state=Letter.State.QUEUED) | lapsed)


class Letter(models.Model):
    """One person's reminder of one week or month, as a row: the row is the truth, the queue only a doorbell.

    A letter that was handed to the mail server is never handed to it again, whatever becomes of the worker.
    """

    class State(models.TextChoices):
        QUEUED = "queued", "Waiting"
        MAKING = "making", "Being written"
        HANDED = "handed", "Handed to the mail server"
        SENT = "sent", "Sent"
        NOTHING = "nothing", "Nothing to tell"
        FAILED = "failed", "Not sent"

    BEGUN = (State.MAKING, State.HANDED)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    borough = models.ForeignKey(Borough, models.PROTECT, related_name="letters")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="letters")
    every = models.CharField(max_length=5, choices=Rhythm.Every)
    period_on = models.DateField("first day of the week or month")
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    queued_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    token = models.UUIDField(null=True, editable=False)
    lease_until = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    things = models.PositiveIntegerField("how many things it told of", default=0)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["-period_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["borough", "person", "every", "period_on"],
                name="one_letter_a_person_and_period",
            ),
            models.CheckConstraint(
                condition=Q(state="queued", finished_at=None, token=None, lease_until=None)
                | Q(
                    state__in=["making", "handed"],
                    finished_at=None,
                    token__isnull=False,
                    lease_until__isnull=False,
                    attempts__gt=0,
                )
                | Q(
                    state__in=["sent", "nothing", "failed"],
                    finished_at__isnull=False,
                    token=None,
                    lease_until=None,
                ),
                name="a_letter_tells_the_truth",
            ),
        ]
        indexes = [
            models.Index(
                fields=["queued_at"],
                condition=Q(state__in=["queued", "making", "handed"]),
                name="letters_unfinished",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.period_on}: {self.get_state_display().lower()}"
