"""Bodies that receive reports, when they meet and who sits on them."""

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from .borough import Borough


class CommitteeQuerySet(models.QuerySet["Committee"]):
    def sitting(self) -> "CommitteeQuerySet":
        return self.filter(ended_on=None)

    def boards(self) -> "CommitteeQuerySet":
        """Partnership boards, with the body each reports to."""
        return self.filter(kind=Committee.Kind.BOARD).select_related("reports_to")

    def with_next_meeting(self, today: dt.date) -> "CommitteeQuerySet":
        """Each with `next_meeting`, the day it meets next, or None."""
        coming = models.Min("meetings__date", filter=Q(meetings__date__gte=today))
        return self.annotate(next_meeting=coming)


class Committee(models.Model):
    class Kind(models.TextChoices):
        COUNCIL = "council", "Full council"
        CABINET = "cabinet", "Cabinet"
        ONE_PERSON = "one_person", "A cabinet member or officer who decides alone"
        COMMITTEE = "committee", "Committee"
        SCRUTINY = "overview_scrutiny", "Overview and scrutiny committee"
        TASK_GROUP = "task_group", "Task group or working group of councillors"
        BOARD = "partnership_board", "Partnership board"

    class Regime(models.TextChoices):
        """The law on access to its papers."""

        ACT_1972 = "act_1972", "Local Government Act 1972, Part 5A"
        REGULATIONS_2012 = (
            "regs_2012",
            "Executive arrangements: Access to Information Regulations 2012",
        )
        WALES_2001 = (
            "wales_2001",
            "Executive arrangements in Wales: Decisions, Documents and Meetings Regulations 2001",
        )
        NONE = "none", "None: publication is the body's own choice"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    borough = models.ForeignKey(Borough, models.PROTECT, related_name="committees")
    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=20, choices=Kind)
    regime = models.CharField("law on access to papers", max_length=12, choices=Regime)
    remit = models.TextField(blank=True)
    ended_on = models.DateField(null=True, blank=True)
    # Of a partnership board
    chair_post = models.CharField("chaired by", max_length=150, blank=True)
    meetings_a_year = models.PositiveSmallIntegerField(null=True, blank=True)
    reports_to = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="reporting"
    )
    terms = models.TextField("terms of reference", blank=True)
    is_channel_panel = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    changed_at = models.DateTimeField(null=True, blank=True)

    objects = CommitteeQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["borough", "name"], name="one_committee_a_name"),
            models.CheckConstraint(
                condition=~Q(kind="partnership_board") | Q(regime="none"),
                name="a_partnership_board_has_no_statutory_regime",
            ),
            models.CheckConstraint(
                condition=Q(is_channel_panel=False) | Q(kind="partnership_board"),
                name="a_channel_panel_is_a_partnership_board",
            ),
            models.CheckConstraint(
                condition=Q(meetings_a_year=None) | Q(meetings_a_year__range=(1, 52)),
                name="a_board_meets_once_to_52_times_a_year",
            ),
            models.CheckConstraint(
                condition=Q(reports_to=None) | ~Q(reports_to=F("id")),
                name="no_board_reports_to_itself",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def on_or_after(self, day: dt.date) -> "MeetingQuerySet":
        return self.filter(date__gte=day)


class Meeting(models.Model):
    class Outcome(models.TextChoices):
        PLANNED = "planned", "Still to come, or not recorded yet"
        HELD = "held", "Held"
        NOT_HELD = "not_held", "Not held"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="meetings")
    date = models.DateField()
    agenda_published_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.PLANNED)
    not_held_because = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    changed_at = models.DateTimeField(null=True, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-date", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "date"], name="a_committee_meets_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(agenda_published_on=None) | Q(agenda_published_on__lte=F("date")),
                name="an_agenda_is_published_before_the_meeting",
            ),
            models.CheckConstraint(
                condition=Q(outcome="not_held", not_held_because__gt="")
                | (~Q(outcome="not_held") & Q(not_held_because="")),
                name="a_meeting_not_held_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.committee}, {self.date.day} {self.date:%B %Y}"


def meetings_of(borough: Borough) -> MeetingQuerySet:
    """Every meeting of the borough's committees, newest first."""
    return Meeting.objects.filter(committee__borough=borough).select_related("committee")


class SeatQuerySet(models.QuerySet["Seat"]):
    def held_on(self, day: dt.date) -> "SeatQuerySet":
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)


class Seat(models.Model):
    """A person's place on a committee."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="seats")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="seats")
    since = models.DateField("from")
    until = models.DateField("to", null=True, blank=True)
    substitute = models.BooleanField(default=False)
    co_opted = models.BooleanField("co-opted", default=False)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    changed_at = models.DateTimeField(null=True, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["committee", "person__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "person"],
                condition=Q(until=None),
                name="one_open_seat_a_person",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="a_seat_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} on {self.committee}"
