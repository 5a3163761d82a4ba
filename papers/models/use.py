"""What a paper is for: the document of a strategy, a board's terms of reference, a policy, an assessment."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from boroughs.models import Committee, ImpactAssessment, Policy, Strategy

from .paper import Paper

# The column of each kind, and what such a paper is called
KINDS = {
    "strategy": "The strategy document",
    "board": "Terms of reference",
    "policy": "The policy’s document",
    "impact": "The assessment’s document",
}


def alone(kind: str) -> Q:
    """This column is filled, and the others are not."""
    return Q(**{f"{name}__isnull": name != kind for name in KINDS})


class PaperUse(models.Model):
    """It says nothing itself: who may read the paper sees it, beside a record they may see."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="uses")
    strategy = models.ForeignKey(
        Strategy, models.PROTECT, null=True, blank=True, related_name="papers"
    )
    board = models.ForeignKey(
        Committee, models.PROTECT, null=True, blank=True, related_name="papers_of_terms"
    )
    policy = models.ForeignKey(Policy, models.PROTECT, null=True, blank=True, related_name="papers")
    impact = models.ForeignKey(
        ImpactAssessment, models.PROTECT, null=True, blank=True, related_name="papers"
    )
    linked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="papers_linked"
    )
    linked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-linked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=alone("strategy") | alone("board") | alone("policy") | alone("impact"),
                name="a_paper_is_linked_to_one_thing_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["paper", *KINDS],
                nulls_distinct=False,
                name="a_paper_is_linked_once_to_a_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id} for {self.kind}"

    @property
    def kind(self) -> str:
        return next(kind for kind in KINDS if getattr(self, f"{kind}_id"))
