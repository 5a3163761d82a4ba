"""Who holds which role in a borough, who was asked to, and the permissions that follow."""

import datetime as dt
import hashlib

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Now
from django.utils import timezone
from guardian.models import UserObjectPermissionBase

from accounts.models import User
from boroughs.roles import Perm, Role, roles_with

from .borough import Borough


class MembershipQuerySet(models.QuerySet["Membership"]):
    def live(self) -> "MembershipQuerySet":
        return self.filter(Q(until=None) | Q(until__gt=Now()), since__lte=Now())

    def allowing(self, user: User, perm: Perm) -> "MembershipQuerySet":
        """The person's roles of today that may do it."""
        return self.live().filter(user=user, role__in=roles_with(perm))

    def leads(self) -> "MembershipQuerySet":
        """Those who answer for a borough today: leads who can sign in."""
        return self.live().filter(role=Role.LEAD, user__is_active=True)


class Membership(models.Model):
    """A role held in a borough. The permissions in BoroughUserPermission are its projection, written by `set_roles`."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    borough = models.ForeignKey(Borough, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)
    since = models.DateTimeField(db_default=Now())
    until = models.DateTimeField(null=True, blank=True)
    # Of a contributor: whose actions they report on
    organisation = models.ForeignKey(
        "boroughs.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["borough", "role", "user", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "borough", "role"],
                condition=Q(until=None),
                name="a_role_is_held_once",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="a_role_ends_after_it_began",
            ),
        ]
        indexes = [models.Index(fields=["user", "borough"], name="membership_by_user")]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()} of {self.borough}"


class BoroughUserPermission(UserObjectPermissionBase):
    """django-guardian's table for Borough, by direct key: nothing is left behind when a row goes."""

    content_object = models.ForeignKey(Borough, models.CASCADE, related_name="user_permissions")

    class Meta(UserObjectPermissionBase.Meta):
        pass

    def __str__(self) -> str:
        return f"{self.user}: {self.permission}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def waiting(self) -> "InvitationQuerySet":
        return self.unanswered().filter(expires_at__gt=Now())

    def unanswered(self) -> "InvitationQuerySet":
        """Neither accepted nor withdrawn; some of them may have run out."""
        return self.filter(accepted_at=None, withdrawn_at=None)

    def by_token(self, token: str) -> "InvitationQuerySet":
        return self.filter(digest=digest_of(token))


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class Invitation(models.Model):
    """A link sent by e-mail that gives a role to whoever opens that mailbox; only the token's digest is kept."""

    LASTS = dt.timedelta(days=14)

    borough = models.ForeignKey(Borough, models.PROTECT, related_name="invitations")
    email = models.EmailField("e-mail address")
    name = models.CharField("full name", max_length=120)
    post = models.CharField("post", max_length=120, blank=True)
    role = models.CharField(max_length=20, choices=Role)
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="invitations_sent"
    )
    sent_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="invitations_accepted",
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    # Of a contributor: whose actions they report on from the day they accept
    organisation = models.ForeignKey(
        "boroughs.Organisation", models.PROTECT, null=True, blank=True, related_name="invitations"
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False, withdrawn_at=None),
                name="an_accepted_invitation_names_who_accepted",
            ),
            models.CheckConstraint(
                condition=Q(organisation=None) | Q(role=Role.CONTRIBUTOR),
                name="only_contributors_are_invited_for_an_organisation",
            ),
            models.UniqueConstraint(
                Lower("email"),
                "borough",
                "role",
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="one_open_invitation_a_role",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email}, {self.get_role_display()} of {self.borough}"

    @property
    def has_run_out(self) -> bool:
        return self.expires_at <= timezone.now()
