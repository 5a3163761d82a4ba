"""What of an assessment can be erased: the words of one rating, or of all, with their history."""

from uuid import UUID

from django.urls import reverse

from accounts.models import User
from boroughs.models import Borough
from boroughs.purging import Erasable, Kind, offer
from boroughs.retention import review
from boroughs.roles import Perm

from .models import Rating


def rating(borough: Borough, user: User, granted: frozenset[str], record: UUID) -> Erasable | None:
    if Perm.READ_RECORD not in granted:
        return None
    ratings = Rating.objects.filter(assessment__in=borough.assessments.all())
    found = ratings.select_related("benchmark", "assessment__version").filter(pk=record).first()
    if found is None:
        return None
    page = reverse(
        "toolkit:rating-history", args=[borough.slug, found.assessment_id, found.benchmark.key]
    )
    parts = {"comment": "The comment", "actions": "The actions", "reason": "The reason"}
    title = f"{found.benchmark}, {found.assessment.period}"
    return Erasable(title, page, {**parts, "": "All three"})


def assessment(
    borough: Borough, user: User, granted: frozenset[str], record: UUID
) -> Erasable | None:
    found = borough.assessments.select_related("version").filter(pk=record).first()
    if found is None or Perm.READ_RECORD not in granted:
        return None
    page = reverse("toolkit:assessment", args=[borough.slug, found.pk])
    return Erasable(str(found), page, {"": "The words of all its ratings"})


offer(Kind("rating", "The words of a rating", rating, ["toolkit_purge_drafts", "toolkit_purge"]))
offer(
    Kind(
        "assessment",
        "The words of an assessment",
        assessment,
        ["toolkit_purge_drafts", "toolkit_purge"],
    )
)
review("assessment", "toolkit_review")
