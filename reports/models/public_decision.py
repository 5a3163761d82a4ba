"""The record of a decision as democratic services published it: for everybody, as long as the version it was taken on is."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from boroughs.policies import day

from .decision import Decision
from .issue import Issue


class PublicDecision(models.Model):
    """Frozen: a correction of the decision is public once it is published again. `issue` is the decision's own."""

    decision = models.OneToOneField(
        Decision, models.PROTECT, primary_key=True, related_name="public"
    )
    issue = models.ForeignKey(Issue, models.PROTECT, related_name="public_decisions")
    decided_on = models.DateField()
    said = models.JSONField("what the record says")
    pdf = models.BinaryField("the record as PDF")
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    published_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-decided_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(changed_at__gte=F("published_at")),
                name="a_public_decision_changes_after_it_was_published",
            ),
        ]

    def __str__(self) -> str:
        return str(self.said.get("title", "Record of decision"))

    @property
    def was_changed(self) -> bool:
        return self.changed_at > self.published_at

    @property
    def in_short(self) -> str:
        """For the feed: “Decided on 22 September 2020: agreed. Subject to call-in until …”."""
        outcome = f": {self.said['outcome'].lower()}" if self.said["outcome"] else ""
        return f"Decided on {day(self.decided_on)}{outcome}. {self.said['effect']}".strip()
