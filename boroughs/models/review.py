"""What others, or the council itself, found when they looked at the work; what they asked for, and what came of it."""

import datetime as dt
import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import User

from .borough import Borough
from .closure import ClosableQuerySet, Closure
from .committee import Committee, Meeting


# -- What a recommendation still needs, as conditions on Recommendation or on what leads to it ----------
def waiting(of: str = "") -> Q:
    return Q(**{f"{of}response": ""})


def unsettled(of: str = "") -> Q:
    """Not reported back where that is asked for; elsewhere not done and not turned down."""
    to_do = Q(**{f"{of}done_on": None}) & ~Q(**{f"{of}response": "not_accepted"})
    return Q(**{f"{of}reported_at": None}) & (Q(**{f"{of}report_to__isnull": False}) | to_do)


def overdue(today: dt.date, of: str = "") -> Q:
    """Due to be done or to be reported back before today."""
    not_reported = Q(**{f"{of}report_to__isnull": False, f"{of}report_by__lt": today})
    not_done = Q(**{f"{of}done_on": None, f"{of}due__lt": today})
    not_done &= ~Q(**{f"{of}response": "not_accepted"})
    return Q(**{f"{of}reported_at": None}) & (not_reported | not_done)


class Qualifier(models.TextChoices):
    """How exact a count is."""

    EXACTLY = "", "Exactly"
    OVER = "over", "Over"
    ABOUT = "about", "About"


class ReviewsQuerySet(ClosableQuerySet["Review"]):
    def with_counts(self, today: dt.date) -> Self:
        """Each with how many recommendations it has, and how many of them wait, are not settled, are late."""
        rows = "recommendations"

        def how_many(condition: Q) -> models.Count:
            return models.Count(rows, filter=condition)

        return self.annotate(
            asked=models.Count(rows),
            waiting=how_many(waiting(f"{rows}__")),
            unsettled=how_many(unsettled(f"{rows}__")),
            overdue=how_many(overdue(today, f"{rows}__")),
        )

    def that_are_letters(self) -> Self:
        """Assurance letters that are open."""
        released = Q(closure=None) | Q(closure__released_at__isnull=False)
        return self.filter(released, kind=Review.Kind.ASSURANCE).order_by("-starts_on", "pk")


class Review(models.Model):
    class Kind(models.TextChoices):
        SELF = "self", "Self-review"
        PEER = "peer", "Peer review"
        AUDIT = "audit", "Internal audit"
        INSPECTION = "inspection", "Inspection"
        ASSURANCE = "assurance", "Assurance letter"
        ADVISER = "adviser", "Visit or feedback of a Home Office adviser"
        LESSONS = "lessons", "Lessons learned after an incident"
        EVALUATION = "evaluation", "Evaluation or research"
        TASK_GROUP = "task_group", "Task group of councillors"
        SCRUTINY = "scrutiny", "Scrutiny: a committee’s requests"
        OTHER = "other", "Another review"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    borough = models.ForeignKey(Borough, models.PROTECT, related_name="reviews")
    closure = models.ForeignKey(
        Closure, models.PROTECT, null=True, blank=True, related_name="reviews"
    )
    kind = models.CharField(max_length=12, choices=Kind)
    title = models.CharField(max_length=200)
    starts_on = models.DateField("first day")
    ends_on = models.DateField("last day", null=True, blank=True)
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="reviews"
    )
    reviewers = models.TextField(blank=True)
    reviewer_count = models.PositiveIntegerField(null=True, blank=True)
    documents_exactness = models.CharField(max_length=5, choices=Qualifier, blank=True)
    documents = models.PositiveIntegerField(null=True, blank=True)
    interviewees_exactness = models.CharField(max_length=5, choices=Qualifier, blank=True)
    interviewees = models.PositiveIntegerField(null=True, blank=True)
    judgement = models.CharField("overall judgement", max_length=200, blank=True)
    findings = models.TextField(blank=True)
    source = models.CharField(max_length=300, blank=True)
    illustrative = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="reviews_changed"
    )
    changed_at = models.DateTimeField(default=timezone.now)

    objects = ReviewsQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="a_review_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(kind="scrutiny", meeting__isnull=False)
                | (~Q(kind="scrutiny") & Q(meeting=None)),
                name="scrutiny_alone_has_a_meeting",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("boroughs:review-show", args=[self.borough.slug, self.pk])

    @property
    def is_closed(self) -> bool:
        return self.closure is not None and self.closure.released_at is None

    @property
    def evidence(self) -> list[tuple[str, str]]:
        """How much was looked at, in words."""
        read = self._count(self.documents_exactness, self.documents)
        heard = self._count(self.interviewees_exactness, self.interviewees)
        said = [("Documents read", read), ("People interviewed", heard)]
        return [(name, count) for name, count in said if count]

    @staticmethod
    def _count(exactness: str, number: int | None) -> str:
        if number is None:
            return ""
        return f"{Qualifier(exactness).label} {number}" if exactness else str(number)


class RecommendationQuerySet(models.QuerySet["Recommendation"]):
    def visible_to(self, user: User) -> Self:
        """Those of reviews the person may see."""
        return self.filter(review__in=Review.objects.visible_to(user))

    def of_open_reviews(self) -> Self:
        """Nothing closed, whoever asks."""
        return self.filter(Q(review__closure=None) | Q(review__closure__released_at__isnull=False))

    def asked_by_committees(self) -> Self:
        """Requests of committees, of the newest meeting first."""
        asked = self.filter(review__kind=Review.Kind.SCRUTINY)
        return asked.order_by("-review__meeting__date", "review", "position", "pk")

    def waiting(self) -> Self:
        return self.filter(waiting())

    def unsettled(self) -> Self:
        return self.filter(unsettled())


class Recommendation(models.Model):
    """What a review asks for, what is answered, what is done about it, and where that was reported back."""

    class Response(models.TextChoices):
        WAITING = "", "Not answered yet"
        ACCEPTED = "accepted", "Accepted"
        PARTLY = "partly", "Partly accepted"
        NOT_ACCEPTED = "not_accepted", "Not accepted"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    review = models.ForeignKey(Review, models.PROTECT, related_name="recommendations")
    position = models.PositiveIntegerField()
    number = models.CharField(max_length=10)
    text = models.TextField()
    importance = models.CharField("how important", max_length=40, blank=True)
    owner_post = models.CharField("who answers", max_length=150, blank=True)
    due = models.DateField(null=True, blank=True)
    report_to = models.ForeignKey(
        Committee, models.PROTECT, null=True, blank=True, related_name="to_be_reported"
    )
    report_by = models.DateField(null=True, blank=True)
    response = models.CharField(max_length=12, choices=Response, blank=True)
    response_text = models.TextField(blank=True)
    responded_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    reported_at = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="reported_back"
    )
    reported_note = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="recommendations_changed"
    )
    changed_at = models.DateTimeField(default=timezone.now)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        ordering = ["review", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "number"], name="one_recommendation_a_number"
            ),
            models.CheckConstraint(
                condition=Q(response="", responded_on=None, response_text="", done_on=None)
                | (~Q(response="") & Q(responded_on__isnull=False)),
                name="a_response_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(response__in=["", "accepted"]) | ~Q(response_text=""),
                name="what_is_not_accepted_says_why",
            ),
            models.CheckConstraint(
                condition=Q(done_on=None) | ~Q(response="not_accepted"),
                name="what_is_not_accepted_is_not_done",
            ),
            models.CheckConstraint(
                condition=Q(reported_at=None, reported_note="")
                | (Q(reported_at__isnull=False) & ~Q(response="")),
                name="what_is_reported_back_was_answered",
            ),
            models.CheckConstraint(
                condition=Q(report_by=None) | Q(report_to__isnull=False),
                name="a_day_to_report_back_has_a_committee",
            ),
        ]

    def __str__(self) -> str:
        return f"Recommendation {self.number}"

    @property
    def noun(self) -> str:
        return "Request" if self.review.kind == Review.Kind.SCRUTINY else "Recommendation"

    @property
    def name(self) -> str:
        return f"{self.noun} {self.number}"

    @property
    def is_settled(self) -> bool:
        if self.reported_at_id or self.report_to_id:
            return self.reported_at_id is not None
        return self.done_on is not None or self.response == self.Response.NOT_ACCEPTED

    @property
    def state(self) -> tuple[str, str]:
        """Where it stands, in words, and the tone that repeats them."""
        if self.reported_at_id:
            return "Reported back", "green"
        if not self.response:
            return "Waiting for a response", "amber"
        answered = self.get_response_display()
        done = "Done" if self.done_on else answered
        if self.is_settled:
            return done, "green" if self.done_on else "grey"
        if self.done_on or self.response == self.Response.NOT_ACCEPTED:
            return f"{done}, to be reported back", "blue"
        return f"{answered}, not done yet", "blue"

    @property
    def is_late(self) -> bool:
        """Whether a day has passed on which it should have been done or reported back."""
        today = timezone.localdate()
        to_report = self.report_to_id and self.report_by and self.report_by < today
        undone = not self.done_on and self.response != self.Response.NOT_ACCEPTED
        to_do = undone and self.due and self.due < today
        return not self.reported_at_id and bool(to_report or to_do)


class RecommendationAction(models.Model):
    """A step towards a recommendation that stands in no delivery plan."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="steps")
    position = models.PositiveIntegerField()
    text = models.TextField()
    owner_post = models.CharField(max_length=150, blank=True)
    organisation = models.CharField(max_length=150, blank=True)
    due = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["recommendation", "position", "pk"]

    def __str__(self) -> str:
        return self.text

    @property
    def state(self) -> str:
        """In words: what is late is derived, never stored."""
        if self.done_on:
            return f"Done on {self.done_on.day} {self.done_on:%B %Y}"
        return "Overdue" if self.due and self.due < timezone.localdate() else "To do"
