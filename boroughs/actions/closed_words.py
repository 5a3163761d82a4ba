"""What is said in closed records is remembered as digests when they close and when they change, and forgotten when they are
released: a text that repeats a passage is warned of, and stopped before it is issued (boroughs/closed_passages.py)."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Model

from boroughs.closed_passages import forget_passages, remember_many
from boroughs.models import (
    Action,
    AmendedText,
    Amendment,
    Area,
    Closure,
    Consultation,
    DeliveryPlan,
    FigureValue,
    LinkedStrategy,
    Priority,
    ProgressNote,
    Recommendation,
    RecommendationAction,
    Review,
    Risk,
    RiskReview,
    Strategy,
)

# The words of each row, apart from what its record shares with every other: dates, names of bodies, numbers
WORDS: dict[type[Model], tuple[str, ...]] = {
    Strategy: (
        "title",
        "aims",
        "summary",
        "corporate_priorities",
        "state_reason",
        "consultation_none",
        "cadence",
    ),
    LinkedStrategy: ("title", "about"),
    Consultation: ("who", "how", "outcome"),
    Amendment: ("reason",),
    AmendedText: ("before", "after"),
    Priority: ("title", "about"),
    Area: ("title",),
    DeliveryPlan: ("title",),
    Action: ("title", "resources", "success_measure", "stopped_reason"),
    ProgressNote: ("text",),
    Review: ("title", "reviewers", "judgement", "findings"),
    Recommendation: ("text", "response_text", "reported_note"),
    RecommendationAction: ("text",),
    Risk: ("title", "cause", "effect", "controls", "planned"),
    RiskReview: ("controls", "note"),
    FigureValue: ("note", "difference", "source"),
}


def remember(closure: Closure | None, *rows: Model) -> None:
    """Keep what the rows say now, each by its own key. Nothing is kept while no closure is in force."""
    if closure and closure.released_at is None:
        remember_many(closure=closure, texts={str(row.pk): _said(row) for row in rows})


def forget(closure: Closure | None, row: Model) -> None:
    """A row of a closed record that was taken out of it."""
    if closure and closure.released_at is None:
        forget_passages(closure=closure, source=str(row.pk))


def _said(row: Any) -> str:
    return "\n\n".join(filter(None, (str(getattr(row, name)) for name in WORDS[type(row)])))


def under(strategy: Strategy) -> Iterator[Model]:
    """The strategy with everything that stands under it and says something."""
    of_it = {"strategy": strategy}
    found: Iterable[Iterable[Model]] = (
        [strategy],
        LinkedStrategy.objects.filter(**of_it),
        Consultation.objects.filter(**of_it),
        Amendment.objects.filter(**of_it),
        AmendedText.objects.filter(amendment__strategy=strategy),
        Priority.objects.filter(**of_it),
        Area.objects.filter(priority__strategy=strategy),
        DeliveryPlan.objects.filter(**of_it),
        Action.objects.filter(plan__strategy=strategy),
        ProgressNote.objects.filter(action__plan__strategy=strategy),
    )
    for rows in found:
        yield from rows
