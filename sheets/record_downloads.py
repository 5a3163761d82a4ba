"""Figures, reviews and activities going out."""

from collections.abc import Iterable

from django.db.models import Prefetch, QuerySet

from boroughs.figures import catalogue_of
from boroughs.indicators import Catalogue, topic
from boroughs.models import (
    Activity,
    Borough,
    FigureValue,
    LinkedAction,
    Recommendation,
    RecommendationAction,
    Review,
    Strategy,
)
from boroughs.models.figure import FigureQuerySet
from boroughs.policies import day

from .downloads import Download, headings
from .nouns.activity_columns import ACTIVITIES
from .nouns.figure_columns import COLUMNS as FIGURES
from .nouns.review_columns import RECOMMENDATIONS, REVIEWS
from .writing import Page, Value

CLOSED = "Closed"
ACTIVITY_WORDS = ("title", "cancelled_because", "about", "result", "source", "illustrative")


# -- Figures -----------------------------------------------------------------------------------------------
def figure_download(borough: Borough, figures: FigureQuerySet) -> Download:
    """The figures somebody may see, and the indicators there are."""
    catalogue = catalogue_of(borough)
    rows = figures.select_related("closure").latest_first()
    values = [value for value in rows if value.indicator in catalogue.by_key]
    pages = [
        Page("Figures", headings(FIGURES), [_figure(catalogue, value) for value in values]),
        Page(
            "Indicators",
            [("Subject", 24), ("Indicator", 40), ("Stands under", 30), ("Unit", 14), ("What is counted", 80)],
            list(_indicators(catalogue)),
        ),
    ]  # fmt: skip
    return Download("figures", "Figures", pages, sum(value.is_closed for value in values))


def _figure(catalogue: Catalogue, value: FigureValue) -> list[Value]:
    indicator = catalogue.by_key[value.indicator]
    whole, subject = catalogue.get(indicator.whole), topic(indicator.topic)
    values: dict[str, Value] = {
        "topic": subject.title if subject else "",
        "indicator": indicator.name,
        "whole": whole.name if whole else "",
        "period": str(value.period),
        "starts_on": value.starts_on,
        "ends_on": value.ends_on,
        "qualifier": value.get_qualifier_display(),
        "number": value.number,
        "unit": indicator.unit,
        "target": value.target,
        "baseline": value.baseline,
        "note": value.note,
        "difference": value.difference,
        "source": value.source,
        "closed": CLOSED if value.is_closed else "",
        "reference": f"{value.indicator}@{value.period.code}",
    }
    return [values[column.key] for column in FIGURES]


def _indicators(catalogue: Catalogue) -> Iterable[list[Value]]:
    for row in catalogue:
        whole, subject = catalogue.get(row.whole), topic(row.topic)
        title = subject.title if subject else ""
        yield [title, row.name, whole.name if whole else "", row.unit, row.definition]


# -- Reviews and what they ask for ---------------------------------------------------------------------------
def review_download(found: QuerySet[Review], strategies: QuerySet[Strategy]) -> Download:
    """The reviews somebody may see, with recommendations, answers and actions, also those of plans under strategies that
    they may see."""
    found = found.select_related("closure", "meeting__committee")
    reviews = {review.pk: review for review in found}
    rows = Recommendation.objects.filter(review__in=reviews).order_by("review", "position", "pk")
    links = LinkedAction.objects.to_actions_under(strategies)
    rows = rows.prefetch_related(Prefetch("linked", queryset=links, to_attr="shown_links"))
    asked = list(rows.select_related("report_to", "reported_at__committee"))
    under = {link.action.plan.strategy for row in asked for link in shown_links(row)}
    steps = RecommendationAction.objects.filter(recommendation__in=asked)
    of = {row.pk: row for row in asked}
    pages = [
        Page("Reviews", headings(REVIEWS), [_review(review) for review in reviews.values()]),
        Page(
            "Recommendations",
            headings(RECOMMENDATIONS),
            [_recommendation(reviews[row.review_id], row) for row in asked],
        ),
        Page(
            "Actions",
            [("Review", 40), ("Number", 10), ("Action", 60), ("Owner", 26), ("Organisation", 26), ("Due", 14), ("Done on", 14)],
            [_step(reviews[of[step.recommendation_id].review_id], of[step.recommendation_id], step) for step in steps],
        ),
    ]  # fmt: skip
    closed = sum(review.is_closed for review in reviews.values())
    closed += sum(strategy.is_closed for strategy in under)
    return Download("reviews", "Reviews and recommendations", pages, closed)


def _review(review: Review) -> list[Value]:
    values: dict[str, Value] = {
        "kind": review.get_kind_display(),
        "title": review.title,
        "starts_on": review.starts_on,
        "ends_on": review.ends_on,
        "meeting": f"{review.meeting.committee}, {day(review.meeting.date)}" if review.meeting else "",
        "reviewers": review.reviewers,
        "reviewer_count": review.reviewer_count,
        "documents": review.documents,
        "documents_exactness": review.get_documents_exactness_display(),
        "interviewees": review.interviewees,
        "interviewees_exactness": review.get_interviewees_exactness_display(),
        "judgement": review.judgement,
        "findings": review.findings,
        "source": review.source,
        "closed": CLOSED if review.is_closed else "",
        "reference": str(review.pk),
    }  # fmt: skip
    return [values[column.key] for column in REVIEWS]


def _recommendation(review: Review, row: Recommendation) -> list[Value]:
    values: dict[str, Value] = {
        "review": review.title,
        "number": row.number,
        "text": row.text,
        "importance": row.importance,
        "owner_post": row.owner_post,
        "due": row.due,
        "report_to": str(row.report_to or ""),
        "report_by": row.report_by,
        "response": row.get_response_display(),
        "response_text": row.response_text,
        "responded_on": row.responded_on,
        "done_on": row.done_on,
        "reported": str(row.reported_at or ""),
        "linked": "\n".join(map(_linked, shown_links(row))),
        "closed": CLOSED if review.is_closed else "",
        "reference": str(row.pk),
    }
    return [values[column.key] for column in RECOMMENDATIONS]


def shown_links(row: Recommendation) -> list[LinkedAction]:
    links: list[LinkedAction] = row.shown_links  # type: ignore[attr-defined]  # prefetched by review_download
    return links


def _linked(link: LinkedAction) -> str:
    """The plan's action with its state and day."""
    action = link.action
    due = f", due {day(action.due_on)}" if action.due_on else ""
    return f"{action.title} ({action.plan}: {action.get_state_display().lower()}{due})"


def _step(review: Review, row: Recommendation, step: RecommendationAction) -> list[Value]:
    return [review.title, row.number, step.text, step.owner_post, step.organisation, step.due, step.done_on]  # fmt: skip


# -- Activities ------------------------------------------------------------------------------------------------
def activity_download(borough: Borough) -> Download:
    """Every activity of the borough: none of them is ever closed."""
    rows = borough.activities.newest_first().with_numbers()
    page = Page("Activities", headings(ACTIVITIES), [_activity(row) for row in rows])
    return Download("activities", "Activities and projects", [page], 0)


def _activity(row: Activity) -> list[Value]:
    values: dict[str, Value] = {
        **{key: str(getattr(row, key)) for key in ACTIVITY_WORDS},
        "kind": row.get_kind_display(),
        "audiences": row.for_whom,
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "state": row.get_state_display(),
        "counts": "\n".join(str(count) for count in row.counts.all()),
        "organisation": str(row.organisation or ""),
        "reference": str(row.pk),
    }
    return [values[column.key] for column in ACTIVITIES]
