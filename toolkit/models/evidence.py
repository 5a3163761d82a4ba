"""What a rating rests on."""

import datetime as dt
import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from boroughs.indicators import name_of
from boroughs.models import Action, Closure, FigureValue, Meeting, OwnIndicator, Strategy
from papers.models import Paper

from .rating import Rating

KINDS = ("paper", "meeting", "figure", "action")


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def visible_to(self, user: User) -> Self:
        """Those that rest on nothing the person may not read."""
        return self.filter(
            Q(paper=None) | Q(paper__in=Paper.objects.visible_to(user)),
            Q(figure=None) | Q(figure__in=FigureValue.objects.visible_to(user)),
            Q(action=None) | Q(action__plan__strategy__in=Strategy.objects.visible_to(user)),
        )

    def open(self) -> Self:
        """Those that rest on nothing closed, whoever asks."""
        closed = Closure.objects.in_force()
        return self.exclude(
            Q(paper__closure__in=closed)
            | Q(figure__closure__in=closed)
            | Q(action__plan__strategy__closure__in=closed)
        )

    def in_words(self) -> Self:
        """With what each line needs to be said."""
        related = "paper", "meeting__committee", "figure", "action__plan__strategy__borough"
        own = OwnIndicator.objects.filter(
            borough=OuterRef("figure__borough"), key=OuterRef("figure__indicator")
        )
        return (
            self.select_related(*related, "added_by")
            .annotate(own_name=Subquery(own.values("name")[:1]))
            .order_by("-dated", "pk")
        )


class Evidence(models.Model):
    """A paper, a meeting, a figure, an action of a plan, or an address on the web: one of them, with a day and a note."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    rating = models.ForeignKey(Rating, models.PROTECT, related_name="evidence")
    paper = models.ForeignKey(
        Paper, models.CASCADE, null=True, blank=True, related_name="evidence_for"
    )
    meeting = models.ForeignKey(
        Meeting, models.CASCADE, null=True, blank=True, related_name="evidence_for"
    )
    figure = models.ForeignKey(
        FigureValue, models.CASCADE, null=True, blank=True, related_name="evidence_for"
    )
    action = models.ForeignKey(
        Action, models.CASCADE, null=True, blank=True, related_name="evidence_for"
    )
    address = models.URLField(max_length=500, blank=True)
    note = models.CharField(max_length=300, blank=True)
    dated = models.DateField("day of the evidence")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["rating", "-dated", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    *[
                        Q(
                            *[Q(**{f"{other}__isnull": other != kind}) for other in KINDS],
                            address="",
                        )
                        for kind in KINDS
                    ],
                    Q(*[Q(**{f"{kind}__isnull": True}) for kind in KINDS]) & ~Q(address=""),
                    _connector=Q.OR,
                ),
                name="evidence_is_one_thing",
            ),
            *(
                models.UniqueConstraint(
                    fields=["rating", kind], name=f"a_{kind}_is_evidence_of_a_rating_once"
                )
                for kind in KINDS
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """What it is, in words."""
        if self.meeting:
            return f"{self.meeting.committee}, {self.meeting.date.day} {self.meeting.date:%B %Y}"
        if self.figure:
            return f"{self.public_title}: {self.figure.word}"
        return str(self.paper or self.action or self.address)

    @property
    def public_title(self) -> str:
        """The same without a number: what of it is published, the page of published figures says."""
        if not self.figure:
            return self.title
        name = name_of(self.figure.indicator, getattr(self, "own_name", None))
        return f"{name}, {self.figure.period}"

    @property
    def key(self) -> str:
        """Of the thing it points at: of a figure, the indicator's; of a website, none."""
        if self.figure:
            return self.figure.indicator
        given = (getattr(self, f"{kind}_id") for kind in KINDS)
        return str(next(filter(None, given), ""))

    @property
    def kind(self) -> str:
        """In a word."""
        given = (kind for kind in KINDS if getattr(self, f"{kind}_id"))
        return next(given, "website")

    @property
    def thing_id(self) -> uuid.UUID | None:
        """The key of what it points at; an address on the web has none."""
        keys = (getattr(self, f"{kind}_id") for kind in KINDS)
        return next((key for key in keys if key), None)

    def href(self, slug: str) -> str:
        """Where it can be read."""
        if self.paper_id:
            return reverse("papers:paper", args=[slug, self.paper_id])
        if self.meeting:
            return reverse("boroughs:committee-show", args=[slug, self.meeting.committee_id])
        if self.figure:
            return reverse("boroughs:figure-show", args=[slug, self.figure.indicator])
        if self.action:
            return reverse("boroughs:action-show", args=[slug, self.action.plan_id, self.action_id])
        return self.address

    def is_stale(self, on: dt.date, months: int) -> bool:
        """Older on this day than the borough's limit."""
        return (on.year - self.dated.year) * 12 + on.month - self.dated.month > months
