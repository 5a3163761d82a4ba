"""House styles: a council's front sheet, sections and numbering, as data."""

from django.db import models

from boroughs.models import Borough


class HouseStyle(models.Model):
    key = models.SlugField(unique=True)
    title = models.CharField(max_length=100)
    definition = models.JSONField()

    class Meta:
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title


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
