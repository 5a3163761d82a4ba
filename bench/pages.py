"""The addresses of one generated borough, as the measured pages are named."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from accounts.models import User
from boroughs.models import DeliveryPlan
from boroughs.roles import Role
from papers.models import Paper
from reports.models import Report
from toolkit.models import Assessment

from . import words

READ = "training"  # the benchmark whose pages are read
SAVED = "communications"  # the one that is saved, so that what is read does not grow
NUMBER = 1  # of the borough that is visited


@dataclass(frozen=True)
class Page:
    name: str
    path: str
    role: Role


def pages(number: int = NUMBER, assessment: Assessment | None = None) -> list[Page]:
    """Every page measured; keys are the same in every generated database."""
    slug = words.slug_of(number)
    newest = assessment or newest_of(slug)
    own, report = {"borough": slug}, Report.objects.get(assessment=newest)
    of_rating = {**own, "pk": newest.pk, "benchmark": READ}
    read = Role.COORDINATOR
    return [
        Page("borough page", reverse("portal:borough", kwargs=own), read),
        Page("assessments", reverse("toolkit:assessment-list", kwargs=own), read),
        Page("assessment", reverse("toolkit:assessment", kwargs={**own, "pk": newest.pk}), read),
        Page("rating, the form", reverse("toolkit:rating", kwargs=of_rating), read),
        Page("rating, its history", reverse("toolkit:rating-history", kwargs=of_rating), read),
        Page("reports", reverse("reports:report-list", kwargs=own), read),
        Page("report", reverse("reports:report", kwargs={**own, "pk": report.pk}), read),
        Page("people", reverse("boroughs:person-list", kwargs=own), Role.LEAD),
        *_record(own, read),
    ]


def compared() -> Page:
    """Every borough, as the observer of all of them sees it."""
    return Page("comparison", reverse("portal:comparison"), Role.OBSERVER)


def _record(own: dict[str, str], role: Role) -> list[Page]:
    """Of every noun that can be closed the page with many rows, and a closed paper's own."""
    plan = DeliveryPlan.objects.get(strategy__borough__slug=own["borough"])
    listed = Paper.objects.exclude(closure=None).visible_to(_reader(own["borough"], role))[0]
    return [
        Page("strategies", reverse("boroughs:strategy-list", kwargs=own), role),
        Page("delivery plan", reverse("boroughs:plan-show", kwargs={**own, "pk": plan.pk}), role),
        Page("figures", reverse("boroughs:figure-list", kwargs=own), role),
        Page("reviews", reverse("boroughs:review-list", kwargs=own), role),
        Page("risks", reverse("boroughs:risk-list", kwargs=own), role),
        Page("papers", reverse("papers:paper-list", kwargs=own), role),
        Page("closed paper", reverse("papers:paper", kwargs={**own, "pk": listed.pk}), role),
        Page("closures", reverse("boroughs:closure-list", kwargs=own), role),
    ]


def _reader(slug: str, role: Role) -> User:
    return User.objects.get(email=words.email_of(role, slug))


def newest_of(slug: str) -> Assessment:
    return Assessment.objects.filter(borough__slug=slug).latest_first()[0]


def saving(number: int = NUMBER) -> Page:
    slug = words.slug_of(number)
    kwargs = {"borough": slug, "pk": newest_of(slug).pk, "benchmark": SAVED}
    return Page("save of a rating", reverse("toolkit:rating", kwargs=kwargs), Role.COORDINATOR)


def said(save: int, seen: int) -> Mapping[str, str]:
    """What the form of the rating is sent; each save says something else."""
    return {
        "level": ("green", "amber", "red")[save % 3],
        "comment": f"{words.comment(save)} Save {save}.",
        "actions": words.actions(save),
        "standing": "",
        "reason": "",
        "seen": str(seen),
        "then": "back",
    }
