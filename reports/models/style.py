"""House styles: a council's front sheet, sections and numbering, as data."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from boroughs.models import Borough

OWN = "own-"  # begins the key of a borough's own style, and of no shipped one


class HouseStyle(models.Model):
    """A style that ships, the same for everybody, or a borough's own."""

    borough = models.ForeignKey(
        Borough, models.PROTECT, null=True, blank=True, related_name="house_styles"
    )
    key = models.SlugField()
    title = models.CharField(max_length=100)
    definition = models.JSONField()
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    changed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=Q(borough=None), name="one_shipped_style_a_key"
            ),
            models.UniqueConstraint(fields=["borough", "key"], name="one_own_style_a_key"),
            models.CheckConstraint(
                condition=(
                    Q(borough=None, changed_by=None, changed_at=None) & ~Q(key__startswith=OWN)
                )
                | Q(
                    borough__isnull=False,
                    changed_by__isnull=False,
                    changed_at__isnull=False,
                    key__startswith=OWN,
                ),
                name="a_style_ships_or_is_a_boroughs_own",
            ),
        ]

    def __str__(self) -> str:
        return self.title


def styles_for(borough: Borough) -> models.QuerySet[HouseStyle]:
    """The styles a borough may use: its own, then those that ship."""
    styles = HouseStyle.objects.filter(Q(borough=None) | Q(borough=borough))
    return styles.order_by(F("borough").asc(nulls_last=True), "title", "pk")


class StyleVersion(models.Model):
    """What a borough's own style said from a moment on, until the next row of it; kept when the style is gone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    borough = models.ForeignKey(Borough, models.PROTECT, related_name="style_versions")
    key = models.SlugField()
    number = models.PositiveIntegerField()
    definition = models.JSONField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["borough", "key", "-number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["borough", "key", "number"], name="one_version_of_a_style_a_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.definition['title']}, version {self.number}"


class StyleChoice(models.Model):
    """The style in which a borough's next reports are made."""

    borough = models.OneToOneField(
        Borough, models.PROTECT, primary_key=True, related_name="style_choice"
    )
    style = models.ForeignKey(HouseStyle, models.PROTECT, related_name="choices")

    class Meta:
        ordering = ["borough"]

    def __str__(self) -> str:
        return f"{self.borough}: {self.style}"
