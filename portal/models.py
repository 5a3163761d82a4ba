"""What this installation says about itself."""

from django.conf import settings
from django.db import models
from django.utils import timezone


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
