"""What a meeting decided on a report: the record that the law asks for, what was called in, and what is to be done."""

import uuid
from collections import Counter

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from boroughs.call_in import CallIn, call_in, exempt
from boroughs.models import Action, CallInRule, Meeting, Recommendation
from boroughs.policies import day

from .issue import Issue
from .report import Report


class Decision(models.Model):
    """One report at one meeting, as it was issued for it. A correction keeps what was said before as an edition."""

    class Result(models.TextChoices):
        WAITING = "", "Not known yet"
        STANDS = "stands", "It stands"
        SENT_BACK = "sent_back", "Sent back to be decided again"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, models.PROTECT, related_name="decisions")
    issue = models.ForeignKey(Issue, models.PROTECT, related_name="decisions")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="decisions")
    decided_on = models.DateField()
    minute = models.CharField("minute reference", max_length=60, blank=True)
    published_on = models.DateField(null=True, blank=True)
    # What regulation 12 of the 2012 Regulations asks for
    reasons = models.TextField(blank=True)
    alternatives = models.TextField("alternatives considered", blank=True)
    conflicts = models.TextField("conflicts of interest", blank=True)
    # Call-in, by the rule that held; none where the decision is not of an executive
    rule = models.ForeignKey(
        CallInRule, models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    urgent = models.BooleanField("exempt from call-in because it is urgent", default=False)
    urgent_because = models.TextField("why it is urgent, and who agreed", blank=True)
    called_in_on = models.DateField(null=True, blank=True)
    called_in_by = models.CharField("who called it in", max_length=200, blank=True)
    result = models.CharField("what came of it", max_length=10, choices=Result, blank=True)
    result_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-decided_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "meeting"], name="a_meeting_decides_a_report_once"
            ),
            models.CheckConstraint(
                condition=Q(published_on=None) | Q(published_on__gte=F("decided_on")),
                name="a_decision_is_published_after_it_was_taken",
            ),
            models.CheckConstraint(
                condition=Q(urgent=False, urgent_because="")
                | (Q(urgent=True, rule__isnull=False) & ~Q(urgent_because="")),
                name="an_urgent_decision_says_why",
            ),
            models.CheckConstraint(
                condition=Q(called_in_on=None, called_in_by="", result="", result_on=None)
                | (
                    Q(called_in_on__isnull=False, rule__isnull=False, urgent=False)
                    & Q(called_in_on__gte=F("decided_on"))
                    & (
                        Q(result="", result_on=None)
                        | (
                            ~Q(result="")
                            & Q(result_on__isnull=False, result_on__gte=F("called_in_on"))
                        )
                    )
                ),
                name="only_what_was_called_in_has_a_result",
            ),
        ]

    def __str__(self) -> str:
        return f"Decision on {self.report}"

    def get_absolute_url(self) -> str:
        return reverse("reports:decision-show", args=[self.report.borough.slug, self.pk])

    @property
    def window(self) -> CallIn | None:
        """When it may be called in and takes effect; None where it cannot be called in at all."""
        if self.rule is None:
            return None
        if self.urgent:
            return exempt(self.decided_on)
        nation = self.report.borough.nation
        return call_in(
            self.rule, nation=nation, decided_on=self.decided_on, published_on=self.published_on
        )

    @property
    def outcome(self) -> str:
        """Of all recommendations in short: “Agreed”, or “2 agreed, 1 deferred”."""
        listed = self.__dict__.get("outcomes")  # annotated where many are listed
        words = [item.outcome for item in self.items.all()] if listed is None else listed
        found = Counter(DecidedItem.Outcome(word).label for word in words)
        if len(found) == 1:
            return str(next(iter(found)))
        return ", ".join(f"{many} {word.lower()}" for word, many in found.items())

    @property
    def effect(self) -> str:
        """When it takes effect, or what stands in its way; empty where nothing is known of it."""
        if self.called_in_on is None:
            return self.window.sentence if self.window else ""
        called_in = f"Called in on {day(self.called_in_on)}."
        return f"{called_in} {self.came_of_it if self.result_on else 'It has not taken effect.'}"

    @property
    def came_of_it(self) -> str:
        """Of what was called in."""
        if self.result_on is None:
            return "Not known yet. The decision has not taken effect."
        if self.result == Decision.Result.STANDS:
            return f"It stands, and took effect on {day(self.result_on)}."
        return f"Sent back on {day(self.result_on)} to be decided again. It has not taken effect."


class DecidedItem(models.Model):
    """What became of one recommendation, in the words in which it was put to the meeting."""

    class Outcome(models.TextChoices):
        AGREED = "agreed", "Agreed"
        AMENDED = "amended", "Agreed as amended"
        DEFERRED = "deferred", "Deferred"
        NOTED = "noted", "Noted"
        NOT_AGREED = "not_agreed", "Not agreed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    text = models.TextField()
    outcome = models.CharField(max_length=10, choices=Outcome)
    amended = models.TextField("as amended", blank=True)

    class Meta:
        ordering = ["decision", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "position"], name="one_outcome_a_recommendation"
            ),
            models.CheckConstraint(
                condition=(Q(outcome="amended") & ~Q(amended=""))
                | (~Q(outcome="amended") & Q(amended="")),
                name="an_amendment_has_its_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.get_outcome_display()}"


class DecisionStep(models.Model):
    """Something to be done after a decision; an action of the delivery plan may stand for it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="steps")
    position = models.PositiveSmallIntegerField()
    text = models.TextField()
    owner_post = models.CharField(max_length=150, blank=True)
    due = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    action = models.ForeignKey(Action, models.SET_NULL, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["decision", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "position"], name="one_step_a_place"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def state(self) -> str:
        """In words: what is late is derived, never stored."""
        if self.done_on:
            return f"Done on {self.done_on.day} {self.done_on:%B %Y}"
        return "Overdue" if self.due and self.due < timezone.localdate() else "To do"


class DecisionRequest(models.Model):
    """What the body asked for, kept as a recommendation of its review and tracked there."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="requests")
    recommendation = models.OneToOneField(Recommendation, models.CASCADE, related_name="decided")

    class Meta:
        ordering = ["decision", "recommendation__position", "pk"]

    def __str__(self) -> str:
        return f"{self.decision_id} asks for {self.recommendation_id}"


class DecisionEdition(models.Model):
    """What a decision's record said until it was corrected, by whom and why. Added, and never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField()
    said = models.JSONField()
    why = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["decision", "-number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "number"], name="one_edition_a_number"),
        ]

    def __str__(self) -> str:
        return f"Edition {self.number}"
