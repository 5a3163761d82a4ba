"""How a borough wants its rounds kept."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from boroughs.models import Borough


class RoundRule(models.Model):
    """One a borough; a borough without one has what a new one says."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    borough = models.OneToOneField(Borough, models.PROTECT, related_name="round_rule")
    by_another = models.BooleanField(
        "signed off by somebody other than who submitted", default=True
    )
    stale_after = models.PositiveSmallIntegerField("evidence is old after", default=12)  # months
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    set_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["borough"]
        constraints = [
            models.CheckConstraint(
                condition=Q(stale_after__range=(1, 60)),
                name="evidence_is_old_after_one_to_sixty_months",
            )
        ]

    def __str__(self) -> str:
        return f"{self.borough}: evidence is old after {self.stale_after} months"


def rule_of(borough: Borough) -> RoundRule:
    """The borough's rule, or the usual one, which is not saved."""
    return RoundRule.objects.filter(borough=borough).first() or RoundRule(borough=borough)
