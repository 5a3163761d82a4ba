"""Who belongs to a board, and who came to its meetings: organisations with posts, never names of people."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from .committee import Committee, Meeting


class BoardMember(models.Model):
    """An organisation's place on a board. Without a post nothing is known of its representative, or, where it is `unnamed`, it
    has yet to name one: a gap that the board's page names."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    board = models.ForeignKey(Committee, models.PROTECT, related_name="members")
    organisation = models.CharField(max_length=150)
    post = models.CharField(max_length=150, blank=True)
    unnamed = models.BooleanField("has yet to name a representative", default=False)
    since = models.DateField("from", null=True, blank=True)
    until = models.DateField("to", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["organisation", "post", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "organisation", "post"],
                condition=Q(until=None),
                name="a_post_has_one_place_on_a_board",
            ),
            models.CheckConstraint(
                condition=~Q(organisation=""), name="a_member_of_a_board_is_an_organisation"
            ),
            models.CheckConstraint(
                condition=Q(unnamed=False) | Q(post=""), name="who_is_yet_to_be_named_has_no_post"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="a_place_on_a_board_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.post}" if self.post else self.organisation


class Attendance(models.Model):
    """Whether an organisation came to a meeting that was held."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendance")
    member = models.ForeignKey(BoardMember, models.PROTECT, related_name="attendance")
    came = models.BooleanField()

    class Meta:
        ordering = ["member__organisation", "member__post", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "member"], name="a_member_comes_once_to_a_meeting"
            )
        ]

    def __str__(self) -> str:
        return f"{self.member}: {'came' if self.came else 'did not come'}"
