"""The ratings of one round going out, with what is open of what they rest on."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.utils import timezone

from accounts.models import User
from boroughs.policies import day
from toolkit.models import Assessment, Evidence, Rating

from .downloads import Download, headings
from .nouns.rating_columns import NOT_RATED, RATINGS
from .writing import Page, Value

COME_BACK = "Change what you like and import the file again into this round while it is open. Benchmarks are known by their titles and numbers."


def round_download(assessment: Assessment, user: User) -> Download:
    """Every benchmark in order. Of the evidence nothing that is closed, whoever asks."""
    ratings = list(assessment.ratings.in_order())
    posts = dict(assessment.borough.benchmark_posts.values_list("benchmark", "post"))
    evidence = _evidence(ratings, user)
    rows = [_row(assessment, row, posts.get(row.benchmark_id, ""), evidence) for row in ratings]
    title = f"Ratings, {assessment.period}, {assessment.assessed_by}"
    pages = [Page("Ratings", headings(RATINGS), rows)]
    return Download("ratings", title, pages, 0, come_back=COME_BACK)


def _evidence(ratings: Sequence[Rating], user: User) -> Mapping[UUID, list[str]]:
    found: defaultdict[UUID, list[str]] = defaultdict(list)
    rows = Evidence.objects.filter(rating__in=ratings).visible_to(user).open()
    for row in rows.in_words():
        note = f": {row.note}" if row.note else ""
        found[row.rating_id].append(f"{row.title} ({row.kind}, {day(row.dated)}){note}")
    return found


def _row(
    assessment: Assessment, rating: Rating, post: str, evidence: Mapping[UUID, list[str]]
) -> list[Value]:
    said = rating.version > 1
    values: dict[str, Value] = {
        "number": rating.benchmark.number,
        "title": rating.benchmark.title,
        "level": str(rating.level or NOT_RATED),
        "comment": rating.comment,
        "actions": rating.actions,
        "standing": rating.get_standing_display(),
        "reason": rating.reason,
        "judged": rating.get_judged_display(),
        "true_on": rating.true_on,
        "toolkit": str(assessment.version),
        "period": " ".join(filter(None, (assessment.period, assessment.illustrative))),
        "by": str(rating.changed_by) if said else "",
        "on": timezone.localdate(rating.changed_at) if said else None,
        "post": post,
        "evidence": "\n".join(evidence.get(rating.pk, [])),
    }
    return [values[column.key] for column in RATINGS]
