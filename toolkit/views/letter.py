"""From a letter's judgements to recommendations."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from boroughs.access import BoroughRequest, borough_view
from boroughs.filling import done, filled
from boroughs.models import Review
from boroughs.roles import Perm
from toolkit.actions.letter import recommend
from toolkit.forms import RecommendForm
from toolkit.letter import Proposed, made_of, proposed
from toolkit.models import AskedBenchmark, Assessment
from toolkit.policies import why_not_recommend


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def assessment_recommendations(request: BoroughRequest, pk: UUID) -> HttpResponse:
    """What would be made, before it is; and what was made already."""
    assessments = request.borough.assessments.select_related("version__scale")
    found = get_object_or_404(assessments, pk=pk)
    rows, made = proposed(found), _made(request, found)
    if request.method == "POST" and not rows:  # sent twice, or from a page that is out of date
        messages.info(request, "There is nothing left to make. None was made twice.")
        return redirect(request.path)
    reviews = request.borough.reviews.visible_to(request.user).that_are_letters()
    form = filled(
        RecommendForm, request, _initial(found, made, rows), proposed=rows, reviews=reviews
    )
    opened: list[Review] = []
    if request.method == "POST" and done(
        form,
        lambda: opened.append(recommend(assessment=found, **form.cleaned_data, by=request.user)),
    ):
        messages.success(request, "The recommendations were made. Say who answers and by when.")
        return redirect(opened[0])
    context = {"assessment": found, "form": form, "proposed": rows, "made": made}
    context |= {"made_unseen": _unseen(found, made), "why_not": why_not_recommend(found)}
    return render(request, "toolkit/assessment_recommendations.html", context)


def _made(request: BoroughRequest, found: Assessment) -> list[AskedBenchmark]:
    rows = made_of(found).visible_to(request.user)
    return list(rows.order_by("rating__benchmark__number", "pk"))


def _unseen(found: Assessment, made: list[AskedBenchmark]) -> int:
    """How many stand under a review that the visitor may not read."""
    return made_of(found).count() - len(made)


def _initial(
    found: Assessment, made: list[AskedBenchmark], rows: list[Proposed]
) -> dict[str, object]:
    """All of them, under the review that the ones before went to."""
    last = next((row.recommendation.review_id for row in made), None)
    title = f"Home Office assurance letter, {found.period}"
    return {"chosen": [row.key for row in rows], "review": last, "title": title}
