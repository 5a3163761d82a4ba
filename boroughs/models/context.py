"""What was so in the country or the area, as a council's reports say it, beside what ships for all (boroughs/national.py)."""

import uuid

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from .borough import Borough

DATED = r"^\d{4}(-\d\d(-\d\d)?)?$"


class ContextFact(models.Model):
    """Public knowledge with its source; never a person, and nothing of a profile. It is open to all who read the record."""

    class Kind(models.TextChoices):
        THREAT = "threat", "National threat level"
        LAW = "law", "Law and guidance"
        EVENT = "event", "National event"
        AREA = "area", "In the area: an event, a protest, a change"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    borough = models.ForeignKey(Borough, models.PROTECT, related_name="context_facts")
    kind = models.CharField(max_length=10, choices=Kind)
    on = models.CharField(  # a day, a month or a year: 2023-02-08, 2014-08 or 2017
        "when", max_length=10, validators=[RegexValidator(DATED)]
    )
    title = models.CharField(max_length=150)
    about = models.TextField(blank=True)
    source = models.CharField(max_length=300)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="context_facts_changed"
    )
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-on", "title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(on__regex=DATED), name="a_fact_is_of_a_day_a_month_or_a_year"
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(source=""), name="a_fact_says_what_and_from_where"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("boroughs:context-show", args=[self.borough.slug]) + f"#fact-{self.pk}"
