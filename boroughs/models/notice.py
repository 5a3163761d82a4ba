"""Notices that the law asks for before an executive decides, and the council's rule on calling decisions in."""

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .borough import Borough
from .committee import Committee, Meeting


class Notice(models.Model):
    """One notice under the Access to Information Regulations 2012. It is corrected and never removed."""

    class Kind(models.TextChoices):
        KEY_DECISION = "key_decision", "Key decision: 28 clear days’ notice (reg 9)"
        GENERAL_EXCEPTION = "general_exception", "Key decision at shorter notice (reg 10)"
        SPECIAL_URGENCY = "special_urgency", "Key decision of special urgency (reg 11)"
        PRIVATE = "private", "Private meeting: 28 clear days’ notice (reg 5(2))"
        PRIVATE_SECOND = "private_second", "Private meeting: second notice (reg 5(4))"
        PRIVATE_URGENT = "private_urgent", "Private meeting at shorter notice (reg 5(6))"

    AGREED = ("special_urgency", "private_urgent")  # the chair of scrutiny agrees that it is urgent

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="notices")
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="notices"
    )
    kind = models.CharField("notice", max_length=20, choices=Kind)
    matter = models.CharField("what it is about", max_length=300)
    published_on = models.DateField()
    reasons = models.TextField(blank=True)
    representations = models.TextField("representations received", blank=True)
    response = models.TextField("response to them", blank=True)
    agreed_by = models.CharField("post that agreed", max_length=150, blank=True)
    agreed_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-published_on", "kind", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=["special_urgency", "private_urgent"],
                    agreed_by__gt="",
                    agreed_on__isnull=False,
                )
                | (
                    ~Q(kind__in=["special_urgency", "private_urgent"])
                    & Q(agreed_by="", agreed_on=None)
                ),
                name="urgency_alone_is_agreed_and_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(response="") | ~Q(representations=""),
                name="a_notice_responds_to_representations",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.matter}"


class CallInRuleQuerySet(models.QuerySet["CallInRule"]):
    def in_force(self, day: dt.date) -> "CallInRule | None":
        return self.filter(since__lte=day).order_by("-since", "-set_at").first()


class CallInRule(models.Model):
    """How decisions of the executive are called in, from a day on. Set and never changed: decisions keep their rule."""

    class Starts(models.TextChoices):
        DECISION = "decision", "The day of the decision"
        PUBLICATION = "publication", "The day the decision is published"

    class Counted(models.TextChoices):
        WORKING = "working", "Working days, leaving out weekends and bank holidays"
        CALENDAR = "calendar", "Calendar days"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    borough = models.ForeignKey(Borough, models.PROTECT, related_name="call_in_rules")
    since = models.DateField("from")
    starts = models.CharField("the days count from", max_length=12, choices=Starts)
    days = models.PositiveSmallIntegerField()
    counted = models.CharField(max_length=10, choices=Counted)
    until = models.TimeField("time on the last day", null=True, blank=True)
    members = models.PositiveSmallIntegerField("how many members call it in", null=True, blank=True)
    urgency = models.CharField("who agrees that a decision is exempt", max_length=200, blank=True)
    source = models.CharField(max_length=200, blank=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)

    objects = CallInRuleQuerySet.as_manager()

    class Meta:
        ordering = ["borough", "-since", "-set_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(days__range=(1, 30)), name="a_call_in_lasts_one_to_thirty_days"
            ),
            models.CheckConstraint(
                condition=Q(members=None) | Q(members__gt=0), name="somebody_calls_a_decision_in"
            ),
        ]

    def __str__(self) -> str:
        unit = "working " if self.counted == self.Counted.WORKING else ""
        days = f"{self.days} {unit}{'day' if self.days == 1 else 'days'}"
        return f"{days} after {self.get_starts_display()[0].lower()}{self.get_starts_display()[1:]}"
