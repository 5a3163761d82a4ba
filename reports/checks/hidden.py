"""Open appendices whose files hold what their readers would not see."""

from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse

from papers.models import PaperFinding, PaperVersion
from reports.models import Report


def hiding_in(report: Report) -> list[tuple[int, str]]:
    """The place and the paper's page of each, where the newest version has a finding that nobody has cleared."""
    newest = PaperVersion.objects.filter(paper=OuterRef("paper")).order_by("-number").values("pk")
    uncleared = PaperFinding.objects.filter(version=OuterRef("newest"), cleared_at=None)
    rows = report.appendices.filter(paper__closure=None).annotate(newest=Subquery(newest[:1]))
    return [
        (place, reverse("papers:paper", args=[report.borough.slug, paper]))
        for place, paper in rows.filter(Exists(uncleared)).values_list("place", "paper")
    ]
