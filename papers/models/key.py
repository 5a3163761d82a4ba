"""The key that seals a borough's closed files, itself sealed by the installation's master key."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from boroughs.models import Borough


class FileKeyQuerySet(models.QuerySet["FileKey"]):
    def in_use(self) -> "FileKeyQuerySet":
        return self.filter(retired_at=None)


class FileKey(models.Model):
    """A retired key still opens what it sealed, until that is sealed anew."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    borough = models.ForeignKey(Borough, models.PROTECT, related_name="file_keys")
    number = models.PositiveIntegerField()
    wrapped = models.BinaryField()
    master = models.CharField("which master key wrapped it", max_length=16)
    made_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = FileKeyQuerySet.as_manager()

    class Meta:
        ordering = ["borough", "number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["borough", "number"], name="file_keys_are_numbered"),
            models.UniqueConstraint(
                fields=["borough"],
                condition=Q(retired_at=None),
                name="a_borough_seals_with_one_key",
            ),
            models.CheckConstraint(
                condition=Q(retired_at=None) | Q(retired_at__gte=F("made_at")),
                name="a_file_key_is_retired_after_it_was_made",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.borough}, key {self.number}"
