"""What this installation says about itself, and what a borough shows on its front page."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from boroughs.models import Borough


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


class ShownFigure(models.Model):
    """An indicator that a borough chose for its front page, by its key in the catalogue."""

    MOST = 3

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    borough = models.ForeignKey(Borough, models.PROTECT, related_name="shown_figures")
    position = models.PositiveSmallIntegerField()
    indicator = models.SlugField(max_length=80)

    class Meta:
        ordering = ["borough", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["borough", "position"], name="one_figure_a_place_of_the_front_page"
            ),
            models.UniqueConstraint(
                fields=["borough", "indicator"], name="a_figure_stands_once_on_the_front_page"
            ),
            models.CheckConstraint(
                condition=Q(position__range=(1, 3)), name="the_front_page_has_three_figures"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.borough}: {self.indicator}"
