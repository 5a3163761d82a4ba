"""What a person typed into a form after their session had ended."""

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

KEPT_FOR = dt.timedelta(hours=24)


class TypedTextQuerySet(models.QuerySet["TypedText"]):
    def outlived(self) -> "TypedTextQuerySet":
        return self.filter(kept_at__lt=timezone.now() - KEPT_FOR)


class TypedText(models.Model):
    """One refused post, kept for the person who typed it and for the page they typed it on."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="typed_texts")
    path = models.CharField(max_length=300)
    body = models.TextField()  # sealed: accounts/typed.py
    kept_at = models.DateTimeField(default=timezone.now)

    objects = TypedTextQuerySet.as_manager()

    class Meta:
        ordering = ["kept_at", "pk"]

    def __str__(self) -> str:
        return self.path
