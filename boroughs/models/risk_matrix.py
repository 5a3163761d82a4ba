"""On what a borough rates its risks: how many steps, what each is called, and from which score a risk is high."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from .borough import Borough

SIZES = (3, 4, 5)
TONES = {2: ("green", "red"), 3: ("green", "amber", "red"), 4: ("green", "blue", "amber", "red")}


@dataclass(frozen=True)
class Scale:
    """The steps of likelihood and impact in words, lowest first, and the bands as (least score, word)."""

    likelihoods: Sequence[str]
    impacts: Sequence[str]
    bands: Sequence[tuple[int, str]]
    key: str = ""

    @property
    def size(self) -> int:
        return len(self.likelihoods)

    def band(self, likelihood: int, impact: int) -> tuple[str, str]:
        """The score in a word, and the tone that repeats it."""
        score = likelihood * impact
        place = max(n for n, (least, _) in enumerate(self.bands) if score >= least)
        return self.bands[place][1], TONES[len(self.bands)][place]

    def in_words(self, likelihood: int, impact: int) -> str:
        word = self.band(likelihood, impact)[0]
        steps = (
            f"{self.likelihoods[likelihood - 1].lower()}, {self.impacts[impact - 1].lower()} impact"
        )
        return f"{word}: {steps} ({likelihood} × {impact})"


# Until a borough sets its own
STANDARD = Scale(
    ("Rare", "Unlikely", "Possible", "Likely", "Almost certain"),
    ("Negligible", "Minor", "Moderate", "Major", "Severe"),
    ((1, "Low"), (8, "Medium"), (15, "High")),
)


class RiskMatrix(models.Model):
    """Never changed: a borough that wants another sets another, and what was rated on this one keeps its meaning."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    borough = models.ForeignKey(Borough, models.PROTECT, related_name="risk_matrices")
    size = models.PositiveSmallIntegerField()
    likelihoods = ArrayField(models.CharField(max_length=40))
    impacts = ArrayField(models.CharField(max_length=40))
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-set_at", "pk"]
        verbose_name_plural = "risk matrices"
        constraints = [
            models.CheckConstraint(
                condition=Q(size__in=SIZES), name="a_matrix_has_three_to_five_steps"
            ),
            models.CheckConstraint(
                condition=Q(likelihoods__len=F("size"), impacts__len=F("size")),
                name="each_step_of_a_matrix_has_its_word",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.size} × {self.size}"

    @property
    def scale(self) -> Scale:
        bands = sorted((band.least, band.word) for band in self.bands.all())
        return Scale(self.likelihoods, self.impacts, bands, str(self.pk))


class RiskBand(models.Model):
    """From which score (likelihood × impact) a risk is called so."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    matrix = models.ForeignKey(RiskMatrix, models.PROTECT, related_name="bands")
    least = models.PositiveSmallIntegerField()
    word = models.CharField(max_length=20)

    class Meta:
        ordering = ["matrix", "least"]
        constraints = [
            models.UniqueConstraint(fields=["matrix", "least"], name="one_band_begins_at_a_score"),
            models.UniqueConstraint(fields=["matrix", "word"], name="two_bands_have_two_words"),
            models.CheckConstraint(
                condition=Q(least__range=(1, 25)), name="a_band_begins_on_the_matrix"
            ),
        ]

    def __str__(self) -> str:
        return self.word


def matrix_of(borough: Borough) -> RiskMatrix | None:
    """The one on which risks are rated now; none while the borough has not set its own."""
    return borough.risk_matrices.prefetch_related("bands").first()
