"""All that the page of one rating shows, in three statements."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject
from django.utils import timezone

from accounts.models import User
from boroughs.models import Action, Borough

from .drafts import WRITTEN, Draft, draft_in
from .evidence import Line, lines_of
from .models import (
    Assessment,
    Benchmark,
    BenchmarkPost,
    Crossing,
    Evidence,
    Level,
    LocalPrompt,
    Prompt,
    PromptAnswer,
    Rating,
    RatingDraft,
    RoundRule,
    actions_serving,
)
from .policies import why_not_rate
from .prompts import ANSWERED, LOCAL, PROMPT, Asked, asked, points_to, wordings
from .wording import meaning_in

OF_BOROUGH = {"borough": "assessment__borough", "benchmark": "benchmark"}
LEVEL = {name: name for name in ("id", "scale_id", "key", "label", "tone", "pattern", "rank")}

MOVED = {
    "assessment": "assessment",
    "version": "assessment__version__title",
    "year": "assessment__version__year",
    "key": "benchmark__key",
    "number": "benchmark__number",
    "title": "benchmark__title",
    "label": "level__label",
    "tone": "level__tone",
    "pattern": "level__pattern",
    **{name: name for name in ("standing", "reason", "comment", "actions")},
}


@dataclass(frozen=True)
class Looked:
    """A benchmark's rating in one period, beside the one before it of the same version and assessor."""

    now: Rating
    before: Rating | None

    @property
    def assessment(self) -> Assessment:
        return self.now.assessment

    @cached_property
    def levels(self) -> list[Level]:
        """The scale's, best first."""
        return [Level(**row) for row in self._told("page_levels")]

    @cached_property
    def prompts(self) -> list[Asked]:
        """What the borough asks to help to judge, each with its answer."""
        words = wordings(self._told("page_prompts"), self._told("page_local"))
        return asked(words, self._told("page_answers"))

    @property
    def points_to(self) -> Level | None:
        """Where the answers point, once all are given."""
        return points_to(self.prompts, self.levels)

    @property
    def post(self) -> str:
        """Which post answers for the benchmark."""
        return str(self._told("page_post") or "")

    @property
    def next_key(self) -> str:
        """Of the benchmark that comes after it; empty for the last."""
        return str(self._told("page_next") or "")

    def draft_of(self, writer: User) -> Draft | None:
        """What they had typed and not saved, where it is not what is said anyway."""
        found = draft_in(self._told("page_draft"), self.now.pk, writer.pk)
        level = self.now.level.key if self.now.level else ""
        now = {name: str(getattr(self.now, name)) for name in WRITTEN} | {"level": level}
        same = found and {name: found.said.get(name, "") for name in WRITTEN} == now
        return None if same or self.why_not_rate else found

    @cached_property
    def moved(self) -> list[dict[str, Any]]:
        """What was said by the version before, where the round was moved here."""
        return [
            row | {"word": Rating.word_of(row["label"], row["standing"])}
            for row in self._told("page_moved")
        ]

    @cached_property
    def why_not_rate(self) -> str | None:
        moved = self.assessment.state != Assessment.State.OPEN
        return why_not_rate(self.assessment) if moved or self._told("page_later") else None

    def evidence(self, user: User, slug: str) -> tuple[list[Line], list[Line]]:
        """What the person may read of what it rests on: now, and in the period before."""
        rows = Evidence.objects.filter(rating__in=self._pks()).visible_to(user).in_words()
        lines = lines_of(rows, slug, timezone.localdate(), self._told("page_months"))
        return (
            [line for line in lines if line.rating == self.now.pk],
            [line for line in lines if line.rating != self.now.pk],
        )

    def serving(self, borough: Borough, user: User) -> list[Action]:
        return actions_serving(self.now.benchmark, borough, user)

    def _pks(self) -> Iterable[UUID]:
        return [rating.pk for rating in (self.now, self.before) if rating]

    def _told(self, name: str) -> Any:
        return getattr(self.now, name)


def look_at(borough: Borough, assessment: UUID, benchmark: str, writer: User) -> Looked | None:
    """The borough's rating, or None when it has none of this assessment and benchmark.

    `writer` is who may have a draft of it.
    """
    mine = RatingDraft.objects.filter(rating=OuterRef("pk"), writer=writer.pk)
    draft = mine.values(said=JSONObject(body="body", kept_at="kept_at"))[:1]
    rows = _ratings(borough, assessment, benchmark).annotate(page_draft=Subquery(draft))
    found = list(rows[:2])
    if not found or found[0].assessment_id != assessment:
        return None
    for rating in found:
        rating.assessment.borough = borough
    return Looked(found[0], found[1] if len(found) > 1 else None)


def _ratings(borough: Borough, assessment: UUID, benchmark: str) -> QuerySet[Rating]:
    """Of the assessment and those before it in its line, the newest first."""
    line = {name: OuterRef(f"assessment__{name}") for name in ("borough", "version", "assessor")}
    here_or_later = Q(pk=OuterRef("assessment")) | Q(ends_on__gt=OuterRef("assessment__ends_on"))
    in_line = Assessment.objects.filter(here_or_later, **line, pk=assessment)
    related = "benchmark", "level", "changed_by", "assessment__version__scale"
    stands = Q(assessment=assessment) | ~Q(assessment__state=Assessment.State.MOVED)
    rows = Rating.objects.filter(
        stands, Exists(in_line), assessment__borough=borough, benchmark__key=benchmark
    )
    return (
        rows.select_related(*related)
        .annotate(**_beside(line))
        .order_by("-assessment__ends_on", "-assessment__starts_on", "pk")
    )


def _beside(line: dict[str, OuterRef]) -> dict[str, Any]:
    levels = Level.objects.filter(scale=OuterRef("assessment__version__scale")).annotate(
        means=meaning_in(OuterRef(OuterRef("assessment__borough")))
    )
    prompts = Prompt.objects.filter(benchmark=OuterRef("benchmark")).order_by("order", "pk")
    of_borough = {name: OuterRef(path) for name, path in OF_BOROUGH.items()}
    local = LocalPrompt.objects.filter(**of_borough).order_by("key", "pk")
    answers = PromptAnswer.objects.filter(rating=OuterRef("pk")).order_by("key", "pk")
    after = Benchmark.objects.filter(
        version=OuterRef("assessment__version"), number__gt=OuterRef("benchmark__number")
    )
    posts = BenchmarkPost.objects.filter(**of_borough)
    rules = RoundRule.objects.filter(borough=OuterRef("assessment__borough"))
    later = Assessment.objects.in_lines().filter(
        **line,
        ends_on__gt=OuterRef("assessment__ends_on"),
        opened_at__gt=OuterRef("assessment__opened_at"),
    )
    return {
        "page_levels": _array(levels.order_by("-rank"), LEVEL | {"meaning": "means"}),
        "page_prompts": _array(prompts, PROMPT),
        "page_local": _array(local, LOCAL),
        "page_answers": _array(answers, ANSWERED),
        "page_post": Subquery(posts.values("post")[:1]),
        "page_next": Subquery(after.order_by("number").values("key")[:1]),
        "page_months": Coalesce(
            Subquery(rules.values("stale_after")[:1]),
            RoundRule().stale_after,
            output_field=IntegerField(),
        ),
        "page_later": Exists(later),
        "page_moved": _array(_moved_here(), MOVED),
    }


def _moved_here() -> QuerySet[Rating]:
    """What was said, by the version that the round was moved from, of the benchmarks that this one came from."""
    here, there = OuterRef("benchmark"), OuterRef(OuterRef("benchmark"))
    crossed = Crossing.objects.filter(Q(before=here, after=there) | Q(before=there, after=here))
    rows = Rating.objects.filter(Exists(crossed), assessment__moved_to=OuterRef("assessment"))
    return rows.order_by("benchmark__number", "pk")


def _array(rows: QuerySet[Any], names: Iterable[str] | Mapping[str, str]) -> ArraySubquery:
    """Of each row the columns by these names."""
    paths = names if isinstance(names, Mapping) else {name: name for name in names}
    return ArraySubquery(
        rows.values(said=JSONObject(**{name: F(path) for name, path in paths.items()}))
    )
