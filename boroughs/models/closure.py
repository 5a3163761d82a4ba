"""Why and for whom a record is closed.

The closure is a shell that members may know of: its public line. Everything said in it, and every record that points at
it, is content: readable only by the people on its access list, while their grant lives (docs/adr/0013).
"""

import uuid
from collections.abc import Collection
from typing import Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from guardian.models import UserObjectPermissionBase

from accounts.models import User
from boroughs.grounds import cited
from boroughs.roles import Role

from .borough import Borough
from .committee import Committee, Seat
from .membership import Membership

AnyModel = TypeVar("AnyModel", bound=models.Model)


def listed_for(user: User) -> Q:
    """Closures on whose access list the person stands today, by name or by a seat: a condition on Closure.

    An observer, who reads nothing closed, stands on none, whatever was granted before.
    """
    held = Membership.objects.live().filter(user=user).exclude(role=Role.OBSERVER)
    by_name = ClosureUserPermission.objects.live().filter(user=user)
    by_seat = SeatGrant.objects.live().filter(committee__in=seats_today(user).values("committee"))
    listed = Q(pk__in=by_name.values("content_object")) | Q(pk__in=by_seat.values("closure"))
    return listed & Q(borough__in=held.values("borough"))


def seats_today(user: User) -> models.QuerySet[Seat]:
    """Seats held today on committees that sit today."""
    today = timezone.localdate()
    sits = Q(committee__ended_on=None) | Q(committee__ended_on__gte=today)
    return Seat.objects.held_on(today).filter(sits, person=user)


def open_to(user: User, *, listed: Collection[uuid.UUID] | None = None, at: str = "") -> Q:
    """What `ClosableQuerySet.visible_to` filters by, for the record at the end of the path `at`.

    `listed`: the closures on whose lists the person stands, where they have been asked for before: a statement of many
    parts need not ask in each.
    """
    closure = f"{at}closure"
    open_to_all = Q(**{closure: None}) | Q(**{f"{closure}__released_at__isnull": False})
    if not user.is_active:
        return open_to_all
    theirs = Closure.objects.listing(user) if listed is None else listed
    return open_to_all | Q(**{f"{closure}__in": theirs})


class ClosureQuerySet(models.QuerySet["Closure"]):
    def in_force(self) -> Self:
        return self.filter(released_at=None)

    def listing(self, user: User) -> Self:
        """Those in force on whose access list the person stands today."""
        return self.in_force().filter(listed_for(user))

    def said_in_public(self) -> Self:
        return self.exclude(public_line="")


class ClosableQuerySet(models.QuerySet[AnyModel]):
    """The queryset of any model with a `closure`: the one answer to which of its rows a person may see."""

    def visible_to(self, user: User) -> Self:
        """Open records, released ones, and closed ones whose access list the person stands on today.

        The door has asked for the borough before; a deactivated account sees nothing closed.
        """
        return self.filter(open_to(user))

    def open_to_all(self) -> Self:
        """Never closed, or released since: what a paper for the public may hold, whoever makes it."""
        return self.filter(Q(closure=None) | Q(closure__released_at__isnull=False))

    def closed_for(self, user: User) -> Self:
        """Closed ones on whose access list the person stands today, and nothing else."""
        if not user.is_active:
            return self.none()
        return self.filter(closure__in=Closure.objects.listing(user))


class Closure(models.Model):
    """The shell. Its people are on `grants` and `seat_grants`; what is said of it is its `case`."""

    READ = "read_closed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    borough = models.ForeignKey(Borough, models.PROTECT, related_name="closures")
    public_line = models.CharField(max_length=300, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="closures")
    closed_at = models.DateTimeField(default=timezone.now)
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="closures_released",
    )

    objects = ClosureQuerySet.as_manager()

    class Meta:
        ordering = ["-closed_at", "pk"]
        default_permissions = ()
        permissions = [("read_closed", "Read what is closed")]
        constraints = [
            models.CheckConstraint(
                condition=Q(released_at=None, released_by=None)
                | Q(released_at__isnull=False, released_by__isnull=False),
                name="a_release_names_who_released",
            ),
            models.CheckConstraint(
                condition=Q(released_at=None) | Q(released_at__gte=F("closed_at")),
                name="a_closure_is_released_after_it_closed",
            ),
        ]

    def __str__(self) -> str:
        return self.public_line or "A closed record"


class ClosureCase(models.Model):
    """What is said of a closure to those who keep its list or stand on it."""

    class Classification(models.TextChoices):
        EXEMPT = "exempt", "Exempt: Schedule 12A of the Local Government Act 1972"
        CONFIDENTIAL = "confidential", "Confidential: section 100A(3) of the same Act"

    class Interest(models.TextChoices):
        UNTESTED = "", "Not weighed yet"
        WITHHOLD = "withhold", "Withholding outweighs telling the public"

    class Marking(models.TextChoices):
        NONE = "", "None"
        OFFICIAL = "official", "OFFICIAL"
        SENSITIVE = "official-sensitive", "OFFICIAL-SENSITIVE"

    closure = models.OneToOneField(Closure, models.PROTECT, primary_key=True, related_name="case")
    classification = models.CharField(max_length=12, choices=Classification)
    ground = models.CharField(max_length=20, blank=True)
    ground_note = models.TextField(blank=True)
    public_interest = models.CharField(max_length=10, choices=Interest, blank=True)
    interest_reason = models.TextField(blank=True)
    marking = models.CharField(max_length=20, choices=Marking, blank=True)
    review_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(classification="exempt", ground="", ground_note="")
                | Q(classification="confidential", public_interest="", interest_reason=""),
                name="exempt_and_confidential_are_not_confused",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_classification_display()} ({self.closure_id})"

    @property
    def is_exempt(self) -> bool:
        return self.classification == self.Classification.EXEMPT

    def cited(self) -> str:
        """The paragraphs as a sentence cites them; empty when none is given."""
        return cited([row.key for row in self.closure.paragraphs.all()])


class ClosureParagraph(models.Model):
    """A paragraph of Schedule 12A that is claimed, and why it applies."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    closure = models.ForeignKey(Closure, models.PROTECT, related_name="paragraphs")
    key = models.CharField(max_length=20)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["closure", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["closure", "key"], name="a_paragraph_is_claimed_once_a_closure"
            )
        ]

    def __str__(self) -> str:
        return self.key


class LivingQuerySet(models.QuerySet[AnyModel]):
    def live(self) -> Self:
        """Those that have not run out."""
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=Now()))


class ClosureUserPermission(UserObjectPermissionBase):
    """django-guardian's table for Closure: a person's place on an access list, by direct key.

    Guardian knows no end of a grant, so `has_perm` never decides here: `visible_to` does.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    content_object = models.ForeignKey(Closure, models.CASCADE, related_name="grants")
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    granted_at = models.DateTimeField(default=timezone.now)
    reason = models.TextField()
    expires_at = models.DateTimeField(null=True, blank=True)
    emergency = models.BooleanField(default=False)

    objects = LivingQuerySet.as_manager()  # type: ignore[misc, assignment]  # in place of guardian's manager

    class Meta(UserObjectPermissionBase.Meta):
        ordering = ["user__name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at=None) | Q(expires_at__gt=F("granted_at")),
                name="a_grant_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(emergency=False) | Q(expires_at__isnull=False),
                name="emergency_access_runs_out",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} may read {self.content_object_id}"

    @property
    def has_run_out(self) -> bool:
        return self.expires_at is not None and self.expires_at <= timezone.now()


class SeatGrant(models.Model):
    """A place on an access list for whoever holds a seat on the committee, on the day they read."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    closure = models.ForeignKey(Closure, models.PROTECT, related_name="seat_grants")
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="seat_grants")
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    granted_at = models.DateTimeField(default=timezone.now)
    reason = models.TextField()
    expires_at = models.DateTimeField(null=True, blank=True)

    objects = LivingQuerySet.as_manager()

    class Meta:
        ordering = ["committee__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["closure", "committee"], name="a_committee_is_on_a_list_once"
            ),
            models.CheckConstraint(
                condition=Q(expires_at=None) | Q(expires_at__gt=F("granted_at")),
                name="a_grant_to_seats_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"The seats of {self.committee} may read {self.closure_id}"

    @property
    def has_run_out(self) -> bool:
        return self.expires_at is not None and self.expires_at <= timezone.now()


class ClosureAct(models.Model):
    """What was done with a closure or its access list, and why. Rows are added, never changed."""

    class Deed(models.TextChoices):
        CLOSED = "closed", "Closed"
        CHANGED = "changed", "Changed"
        RELEASED = "released", "Released"
        GRANTED = "granted", "Put on the list"
        WITHDRAWN = "withdrawn", "Taken off the list"
        EMERGENCY = "emergency", "Given emergency access"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    closure = models.ForeignKey(Closure, models.PROTECT, related_name="acts")
    deed = models.CharField(max_length=10, choices=Deed)
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    committee = models.ForeignKey(
        Committee, models.PROTECT, null=True, blank=True, related_name="+"
    )
    expires_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(deed__in=["closed", "changed", "released"], person=None, committee=None)
                | Q(deed__in=["granted", "withdrawn"], person__isnull=False, committee=None)
                | Q(deed__in=["granted", "withdrawn"], person=None, committee__isnull=False)
                | Q(
                    deed="emergency", person__isnull=False, committee=None, expires_at__isnull=False
                ),
                name="an_act_says_whom_it_is_about",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_deed_display()} ({self.closure_id})"


class AccessRequestQuerySet(models.QuerySet["AccessRequest"]):
    def waiting(self) -> Self:
        return self.filter(answer="")


class AccessRequest(models.Model):
    """A committee member asks for a closed record, and is given a reasoned answer (1972 Act, s100F; 2012 Regulations, reg 17)."""

    class Answer(models.TextChoices):
        WAITING = "", "Not answered yet"
        GRANTED = "granted", "Granted"
        REFUSED = "refused", "Refused"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    closure = models.ForeignKey(Closure, models.PROTECT, related_name="requests")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="access_requests"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    reason = models.TextField()
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answer_reason = models.TextField(blank=True)

    objects = AccessRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["closure", "asked_by"],
                condition=Q(answer=""),
                name="one_waiting_request_a_person",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_by=None, answered_at=None, answer_reason="")
                | (
                    Q(answer__in=["granted", "refused"])
                    & Q(answered_by__isnull=False, answered_at__isnull=False)
                    & ~Q(answer_reason="")
                ),
                name="an_answer_has_its_reason",
            ),
            models.CheckConstraint(
                condition=Q(answered_by=None) | ~Q(answered_by=F("asked_by")),
                name="nobody_answers_themselves",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asked_by} asks for {self.closure_id}"
