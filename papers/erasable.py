"""What can be erased of papers: one with all its versions, or one version of several."""

from uuid import UUID

from django.urls import reverse

from accounts.models import User
from boroughs.models import Borough
from boroughs.purging import Erasable, Kind, offer
from boroughs.retention import review
from boroughs.roles import Perm

from .models import Paper
from .resealing import forget


def paper(borough: Borough, user: User, granted: frozenset[str], record: UUID) -> Erasable | None:
    papers = Paper.objects.filter(borough=borough).visible_to(user)
    found = papers.select_related("closure").filter(pk=record).first()
    if found is None or Perm.READ_PAPERS not in granted:
        return None
    versions = found.versions.order_by("number").values_list("number", "file_name")
    parts = {str(number): f"Version {number}: {name}" for number, name in versions}
    page = reverse("papers:paper", args=[borough.slug, found.pk])
    whole = {"": "The paper with all its versions"}
    return Erasable(found.title, page, parts | whole if len(parts) > 1 else whole, found.closure)


offer(Kind("paper", "A paper, or a version of one", paper, ["papers_purge"], forget))
review("paper", "papers_review")
