"""What a borough means by the words of a scale."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from boroughs.models import Borough

from .version import Level

LONGEST_MEANING = 500  # characters


class LevelWording(models.Model):
    """The meaning of a level from a moment on, until the next row of it. Without text the shipped one holds again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    borough = models.ForeignKey(Borough, models.PROTECT, related_name="level_wordings")
    level = models.ForeignKey(Level, models.PROTECT, related_name="wordings")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=LONGEST_MEANING, blank=True)
    worded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    worded_at = models.DateTimeField()

    class Meta:
        ordering = ["borough", "level", "-number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["borough", "level", "number"], name="one_wording_of_a_level_a_number"
            ),
            models.CheckConstraint(
                condition=Q(number__gt=1) | ~Q(text=""), name="a_first_wording_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.level}: {self.text or 'as it ships'}"
