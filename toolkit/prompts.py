"""The questions that help to judge a benchmark: the shipped ones, as the borough words them, and where the answers point."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from boroughs.models import Borough

from .models import Benchmark, Level, LocalPrompt, Prompt, PromptAnswer, PromptSheet

Answer = PromptAnswer.Answer
WEIGHT = {Answer.YES.value: 2, Answer.PARTLY.value: 1, Answer.NO.value: 0}
PROMPT = ("key", "text")
LOCAL = ("key", "base", "text")
ANSWERED = ("key", "asked", "answer")


@dataclass(frozen=True)
class Asked:
    """A question as this borough asks it. An answer holds for the words it was given to."""

    key: str
    text: str
    answer: str = ""

    @property
    def word(self) -> str:
        return Answer(self.answer).label if self.answer else ""


@dataclass(frozen=True)
class Wording:
    """One question as it ships and as the borough words it. `base` is what shipped when the borough did so."""

    key: str
    shipped: str  # empty: the borough's own, or no longer shipped
    text: str  # empty: dropped
    base: str

    @property
    def is_own(self) -> bool:
        return not self.shipped and not self.base

    @property
    def has_moved(self) -> bool:
        """Whether the shipped wording is another one than the borough's was made from."""
        return bool(self.base) and self.base != self.shipped


def wordings(
    shipped: Iterable[Mapping[str, str]], local: Iterable[Mapping[str, str]]
) -> list[Wording]:
    """The shipped questions in their order, then what only the borough asks."""
    own = {row["key"]: row for row in local}
    found = []
    for row in shipped:
        mine = own.pop(row["key"], None)
        text, base = (mine["text"], mine["base"]) if mine else (row["text"], "")
        found.append(Wording(row["key"], row["text"], text, base))
    return found + [Wording(row["key"], "", row["text"], row["base"]) for row in own.values()]


def wordings_of(borough: Borough, benchmark: Benchmark) -> list[Wording]:
    local = LocalPrompt.objects.filter(borough=borough, benchmark=benchmark).order_by("key", "pk")
    shipped = Prompt.objects.filter(benchmark=benchmark).order_by("order", "pk")
    return wordings(shipped.values(*PROMPT), local.values(*LOCAL))


@dataclass(frozen=True)
class Sheet:
    """All questions of a benchmark as the borough words them, and who did so last."""

    words: list[Wording]
    version: int = 0
    changed_by: User | None = None
    changed_at: dt.datetime | None = None


def sheet_of(borough: Borough, benchmark: Benchmark) -> Sheet:
    kept = PromptSheet.objects.filter(borough=borough, benchmark=benchmark)
    last = kept.select_related("changed_by").first()
    words = wordings_of(borough, benchmark)
    return Sheet(words, last.version, last.changed_by, last.changed_at) if last else Sheet(words)


def asked(words: Iterable[Wording], answers: Iterable[Mapping[str, Any]]) -> list[Asked]:
    """What the borough asks, each with its answer to just these words."""
    given = {(row["key"], row["asked"]): row["answer"] for row in answers}
    return [Asked(w.key, w.text, given.get((w.key, w.text), "")) for w in words if w.text]


def points_to(questions: Sequence[Asked], levels: Sequence[Level]) -> Level | None:
    """The level that the answers point to, or None while one is missing or none applies.

    All yes: the best; all no: the worst; anything else: a level between, by their share.
    """
    weights = [WEIGHT[each.answer] for each in questions if each.answer in WEIGHT]
    if not (weights and levels) or any(not each.answer for each in questions):
        return None
    ranked = sorted(levels, key=lambda level: level.rank)
    share = sum(weights) / (2 * len(weights))
    if share in (0, 1) or len(ranked) < 3:
        return ranked[-1] if share == 1 else ranked[0]
    between = ranked[1:-1]
    return between[min(int(share * len(between)), len(between) - 1)]
