"""Inviting people, giving and ending roles."""

import secrets
import uuid
from collections.abc import Iterable
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Permission
from django.core.mail import send_mail
from django.db import transaction
from django.db.models.functions import Now
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accounts.actions import create_user
from accounts.models import User
from audit.trail import record
from boroughs.models import Borough, BoroughUserPermission, Invitation, Membership, Organisation
from boroughs.models.membership import digest_of
from boroughs.policies import Refused, why_not_end_role, why_not_invite, why_not_invite_lead
from boroughs.roles import Role, permissions_of
from boroughs.rows import acting_as

from .lists import leave_lists


@transaction.atomic
def set_roles(
    *,
    user: User,
    borough: Borough,
    roles: Iterable[Role],
    by: User,
    seen: Iterable[Role] | None = None,
) -> None:
    """Let the person hold exactly these roles in the borough, and project them onto guardian's table.

    Whose last role ends is taken off every access list of the borough.

    Raises Refused when the borough would lose its last lead, when the person gives a role to themselves, or
    when the person no longer holds the roles that the giver had `seen`.
    """
    wanted, held = set(roles), _held(user, borough)
    if seen is not None and held != set(seen):
        raise Refused(
            f"Somebody else changed the roles of {user} meanwhile. Check them and save again."
        )
    if wanted - held and by == user:
        raise Refused(
            "Nobody gives a role to themselves. Ask another lead of the borough.", field="roles"
        )
    for role in held - wanted:
        _end(user, borough, role, by=by)
    for role in wanted - held:
        _give(user, borough, role, by=by)
    project(user=user, borough=borough)
    if held and not wanted:
        leave_lists(user=user, borough=borough, by=by)


def _held(user: User, borough: Borough) -> set[Role]:
    """What the person holds, while nobody else may change it: two leads may not end each other's role at once."""
    _alone_in(borough)
    live = Membership.objects.live().filter(user=user, borough=borough)
    return {Role(role) for role in live.values_list("role", flat=True)}


def _alone_in(borough: Borough) -> None:
    Borough.objects.select_for_update().get(pk=borough.pk)


def _end(user: User, borough: Borough, role: Role, *, by: User) -> None:
    if why := why_not_end_role(borough, user, role):
        raise Refused(why, field="roles")
    Membership.objects.live().filter(user=user, borough=borough, role=role).update(until=Now())
    record("role.ended", by=by, borough_id=borough.pk, subject=user, role=role)


def _give(
    user: User,
    borough: Borough,
    role: Role,
    *,
    organisation: uuid.UUID | None = None,
    by: User,
    **facts: Any,
) -> None:
    Membership.objects.create(user=user, borough=borough, role=role, organisation_id=organisation)
    record("role.given", by=by, borough_id=borough.pk, subject=user, role=role, **facts)


def project(*, user: User, borough: Borough) -> None:
    """Make guardian's rows say what the live memberships say."""
    roles = {Role(m.role) for m in Membership.objects.live().filter(user=user, borough=borough)}
    wanted = permissions_of(roles)
    rows = BoroughUserPermission.objects.filter(user=user, content_object=borough)
    rows.exclude(permission__codename__in=wanted).delete()
    there = set(rows.values_list("permission__codename", flat=True))
    permissions = Permission.objects.filter(
        content_type__app_label="boroughs",
        content_type__model="borough",
        codename__in=wanted - there,
    )
    BoroughUserPermission.objects.bulk_create(
        BoroughUserPermission(user=user, content_object=borough, permission=permission)
        for permission in permissions
    )


@transaction.atomic
def invite(
    *,
    borough: Borough,
    email: str,
    name: str,
    post: str = "",
    role: Role,
    organisation: Organisation | None = None,
    by: User,
) -> Invitation:
    """Send a link that gives the role, a contributor's with whom they report for; an earlier one for the same role stops
    working.

    Raises Refused when the person holds the role already, is the inviter, or the e-mail cannot be sent.
    """
    _alone_in(borough)
    if why := why_not_invite(borough, email, role, by=by):
        raise Refused(why, field="email")
    waiting = borough.invitations.unanswered().filter(email__iexact=email.strip(), role=role)
    waiting.update(withdrawn_at=timezone.now())
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        borough=borough,
        email=email.strip().lower(),
        name=name,
        post=post,
        role=role,
        organisation=organisation if role == Role.CONTRIBUTOR else None,
        digest=digest_of(token),
        invited_by=by,
        expires_at=timezone.now() + Invitation.LASTS,
    )
    record("invitation.sent", by=by, borough_id=borough.pk, subject=invitation, role=role)
    _send(invitation, token)
    return invitation


@transaction.atomic
def invite_lead(*, borough: Borough, email: str, name: str, post: str = "", by: User) -> Invitation:
    """Give a borough without a lead one, as an administrator. Raises Refused when it has a lead."""
    _alone_in(borough)
    if why := why_not_invite_lead(borough):
        raise Refused(why)
    return invite(borough=borough, email=email, name=name, post=post, role=Role.LEAD, by=by)


@transaction.atomic
def resend_invitation(*, invitation: Invitation, by: User) -> Invitation:
    """Send a new link with two more weeks; the old one stops working. Raises Refused as `invite` does."""
    if not Invitation.objects.unanswered().filter(pk=invitation.pk).exists():
        raise Refused("This invitation has been used or withdrawn already.")
    return invite(
        borough=invitation.borough,
        email=invitation.email,
        name=invitation.name,
        post=invitation.post,
        role=Role(invitation.role),
        organisation=invitation.organisation,
        by=by,
    )


def _send(invitation: Invitation, token: str) -> None:
    """The last step of inviting: when the mail server refuses, the invitation is undone with it."""
    link = settings.SITE_URL + reverse("invitations:invitation-accept", args=[token])
    text = render_to_string(
        "boroughs/email/invitation.txt", {"invitation": invitation, "link": link}
    )
    subject = f"{settings.SERVICE_NAME}: you are invited to {invitation.borough}"
    try:
        send_mail(subject, text, None, [invitation.email])
    except (SMTPException, OSError) as error:
        raise Refused(
            "The e-mail could not be sent, so nothing was changed. Try again in a few minutes."
        ) from error


@transaction.atomic
def accept_invitation(*, invitation: Invitation, user: User) -> None:
    """Give the invited person the role. Raises Refused when the link no longer counts, or is somebody else's."""
    if user.email.lower() != invitation.email.lower():
        raise Refused("This invitation is for another e-mail address.")
    borough, role = invitation.borough, Role(invitation.role)
    held = _held(user, borough)
    waiting = Invitation.objects.waiting().filter(pk=invitation.pk)
    if not waiting.update(accepted_at=timezone.now(), accepted_by=user):
        raise Refused("This invitation has been used, withdrawn or has run out. Ask for a new one.")
    record("invitation.accepted", by=user, borough_id=borough.pk, subject=invitation)
    if role not in held:
        of = invitation.organisation_id
        _give(user, borough, role, organisation=of, by=user, invited_by=invitation.invited_by_id)
    project(user=user, borough=borough)


@transaction.atomic
def join(*, invitation: Invitation, name: str, password: str) -> User:
    """Make the account of a newly invited person and give them the role, as themselves.

    Raises Refused when there is an account for the address: its holder signs in instead.
    """
    _alone_in(invitation.borough)
    if User.objects.filter(email__iexact=invitation.email).exists():
        raise Refused("There is an account for this e-mail address. Sign in to accept.")
    user = create_user(email=invitation.email, name=name, post=invitation.post, password=password)
    with acting_as(user.pk):
        accept_invitation(invitation=invitation, user=user)
    return user


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: User) -> None:
    """Make the link stop working. Raises Refused when it was used or withdrawn before."""
    still_open = Invitation.objects.unanswered().filter(pk=invitation.pk)
    if not still_open.update(withdrawn_at=timezone.now()):
        raise Refused("This invitation has been used or withdrawn already.")
    record("invitation.withdrawn", by=by, borough_id=invitation.borough_id, subject=invitation)
