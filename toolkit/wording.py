"""What the words of a scale mean in a borough: its own words where it has them, the shipped ones elsewhere."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import CharField, Expression, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf

from accounts.models import User
from boroughs.models import Borough

from .models import Assessment, Level, LevelWording, Rating, Scale, SignOff


@dataclass(frozen=True)
class Meaning:
    """A level with what it means here."""

    level: Level
    text: str


@dataclass(frozen=True)
class Words:
    """All that a borough ever said of the levels of one scale."""

    scale: Scale
    levels: list[Level]  # best first
    said: list[LevelWording]  # newest first

    @property
    def version(self) -> int:
        return len(self.said)

    @property
    def changed_by(self) -> User | None:
        return self.said[0].worded_by if self.said else None

    @property
    def changed_at(self) -> dt.datetime | None:
        return self.said[0].worded_at if self.said else None

    def meant(self, level: Level, when: dt.datetime) -> str:
        """What the level meant at a moment."""
        rows = (row for row in self.said if row.level_id == level.pk and row.worded_at <= when)
        newest = next(rows, None)
        return (newest.text if newest else "") or level.meaning

    def reworded(self, ratings: Iterable[Rating]) -> list[Rating]:
        """Those whose word meant something else when it was given."""
        means = {meaning.level.pk: meaning.text for meaning in self.key}
        return [
            rating
            for rating in ratings
            if rating.level
            and self.meant(rating.level, rating.changed_at) != means[rating.level.pk]
        ]

    @property
    def own(self) -> dict[int, str]:
        """The borough's own text of each level, by the level's key in the database."""
        return {row.level_id: row.text for row in reversed(self.said)}

    @property
    def key(self) -> list[Meaning]:
        own = self.own
        return [Meaning(level, own.get(level.pk) or level.meaning) for level in self.levels]


def words_of(borough: Borough, scale: Scale, until: dt.datetime | None = None) -> Words:
    """In two statements; with `until`, as they stood at that moment."""
    said = LevelWording.objects.filter(
        Q(worded_at__lte=until) if until else Q(), borough=borough, level__scale=scale
    )
    return Words(scale, list(scale.levels.order_by("-rank")), list(_newest_first(said)))


def words_by_scale(borough: Borough) -> list[Words]:
    """Of every scale that a version of the toolkit uses."""
    scales = Scale.objects.filter(versions__isnull=False).distinct().order_by("key")
    levels = Level.objects.filter(scale__in=scales).order_by("-rank")
    said = list(_newest_first(LevelWording.objects.filter(borough=borough)))
    return [
        Words(
            scale,
            [level for level in levels if level.scale_id == scale.pk],
            [row for row in said if row.level.scale_id == scale.pk],
        )
        for scale in scales
    ]


def _newest_first(rows: QuerySet[LevelWording]) -> QuerySet[LevelWording]:
    return rows.select_related("level", "worded_by").order_by("-worded_at", "-number", "pk")


def key_of(assessment: Assessment) -> list[Meaning]:
    """What each level means; of ratings that are signed off, what it meant when they were given."""
    if assessment.state == Assessment.State.SIGNED_OFF:
        return signed_key(assessment.sign_offs.in_force().get())
    return words_of(assessment.borough, assessment.version.scale).key


def signed_key(sign_off: SignOff) -> list[Meaning]:
    """The very words that ratings were given by, twice for a level where they changed in between.

    A level that was not given has the words of the day on which the sign-off was recorded.
    """
    kept = _signed_meanings(sign_off)
    then = words_of(sign_off.borough, sign_off.assessment.version.scale, sign_off.recorded_at).key
    return [
        Meaning(meaning.level, text)
        for meaning in then
        for text in kept.get(meaning.level.pk, [meaning.text])
    ]


def _signed_meanings(sign_off: SignOff) -> Mapping[int, list[str]]:
    found: dict[int, list[str]] = {}
    rows = sign_off.ratings.filter(level__isnull=False).exclude(text__meaning="")
    for level, text in rows.order_by("benchmark__number").values_list("level", "text__meaning"):
        if text not in found.setdefault(level, []):
            found[level].append(text)
    return found


def was_reworded(rating: Rating) -> bool:
    """Whether what its word means was worded anew since it was given."""
    later = LevelWording.objects.filter(level=rating.level_id, worded_at__gt=rating.changed_at)
    return later.filter(borough__assessments=rating.assessment_id).exists()


def meaning_in(borough: OuterRef) -> Expression:
    """What a level means in the borough, as a column of levels."""
    newest = LevelWording.objects.filter(borough=borough, level=OuterRef("pk"))
    own = Subquery(newest.order_by("-number").values("text")[:1])
    return Coalesce(NullIf(own, Value("")), F("meaning"), output_field=CharField())
