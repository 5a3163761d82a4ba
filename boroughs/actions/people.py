"""Inviting people, giving and ending roles."""

import secrets
from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth.models import Permission
from django.core.mail import send_mail
from django.db import transaction
from django.db.models.functions import Now
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from audit.trail import record
from boroughs.models import Borough, BoroughUserPermission, Invitation, Membership
from boroughs.models.membership import digest_of
from boroughs.policies import Refused, why_not_end_role, why_not_invite
from boroughs.roles import Role, permissions_of


@transaction.atomic
def set_roles(*, user: User, borough: Borough, roles: Iterable[Role], by: User) -> None:
    """Let the person hold exactly these roles in the borough, and project them onto guardian's table.

    Raises Refused when the borough would lose its last lead, or when the person gives a role to themselves.
    """
    wanted = set(roles)
    Borough.objects.select_for_update().get(
        pk=borough.pk
    )  # two leads may not end each other's role at once
    live = Membership.objects.live().filter(user=user, borough=borough)
    held = {Role(membership.role) for membership in live}
    for role in held - wanted:
        if why := why_not_end_role(borough, role):
            raise Refused(why)
        live.filter(role=role).update(until=Now())
        record("role.ended", by=by, borough_id=borough.pk, subject=user, role=role)
    if wanted - held and by == user:
        raise Refused("Nobody gives a role to themselves. Ask another lead of the borough.")
    for role in wanted - held:
        Membership.objects.create(user=user, borough=borough, role=role)
        record("role.given", by=by, borough_id=borough.pk, subject=user, role=role)
    project(user=user, borough=borough)


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
    *, borough: Borough, email: str, name: str, post: str = "", role: Role, by: User
) -> Invitation:
    """Send a link that gives the role; an earlier one for the same role stops working.

    Raises Refused when the person holds the role already.
    """
    if why := why_not_invite(borough, email, role):
        raise Refused(why)
    open_ones = borough.invitations.filter(
        email__iexact=email, role=role, accepted_at=None, withdrawn_at=None
    )
    open_ones.update(withdrawn_at=timezone.now())
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        borough=borough,
        email=email.strip().lower(),
        name=name,
        post=post,
        role=role,
        digest=digest_of(token),
        invited_by=by,
        expires_at=timezone.now() + Invitation.LASTS,
    )
    record("invitation.sent", by=by, borough_id=borough.pk, subject=invitation, role=role)
    transaction.on_commit(lambda: _send(invitation, token))
    return invitation


def _send(invitation: Invitation, token: str) -> None:
    link = settings.SITE_URL + reverse("boroughs:invitation-accept", args=[token])
    text = render_to_string(
        "boroughs/email/invitation.txt", {"invitation": invitation, "link": link}
    )
    send_mail(
        f"{settings.SERVICE_NAME}: you are invited to {invitation.borough}",
        text,
        None,
        [invitation.email],
    )


@transaction.atomic
def accept_invitation(*, invitation: Invitation, user: User) -> None:
    """Give the invited person the role. Raises Refused when the link no longer counts, or is somebody else's."""
    if user.email.lower() != invitation.email.lower():
        raise Refused("This invitation is for another e-mail address.")
    taken = Invitation.objects.waiting().filter(pk=invitation.pk)
    if not taken.update(accepted_at=timezone.now(), accepted_by=user):
        raise Refused("This invitation has been used, withdrawn or has run out. Ask for a new one.")
    borough = invitation.borough
    held = {Role(m.role) for m in Membership.objects.live().filter(user=user, borough=borough)}
    record("invitation.accepted", by=user, borough_id=borough.pk, subject=invitation)
    set_roles(
        user=user, borough=borough, roles=held | {Role(invitation.role)}, by=invitation.invited_by
    )


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: User) -> None:
    """Make the link stop working. Raises Refused when it was used or withdrawn before."""
    still_open = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None)
    if not still_open.update(withdrawn_at=timezone.now()):
        raise Refused("This invitation has been used or withdrawn already.")
    record("invitation.withdrawn", by=by, borough_id=invitation.borough_id, subject=invitation)
