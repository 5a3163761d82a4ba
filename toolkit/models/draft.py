"""What somebody is writing of a benchmark and has not saved."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from .rating import Rating


class RatingDraft(models.Model):
    """One a writer and benchmark, for its writer alone. The database takes it away when they save, and all when the round closes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    rating = models.ForeignKey(Rating, models.PROTECT, related_name="drafts")
    writer = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    body = models.TextField()  # sealed: toolkit/drafts.py
    kept_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["rating", "kept_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["rating", "writer"], name="one_draft_a_writer")
        ]

    def __str__(self) -> str:
        return f"Draft of {self.rating_id}"
