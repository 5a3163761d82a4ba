"""Every page a person may look at, with the person: what test_pages.py reads and the browser walks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import User
from boroughs.actions.people import invite
from boroughs.roles import GRANTS, Perm, Role
from boroughs.rows import acting_as
from tests.factories import Place, World, make_user
from tests.routes import (
    ACROSS_ROUTES,
    ADMINISTRATOR_ROUTES,
    BOROUGH_ROUTES,
    ROUTES,
    across_address,
    across_to,
    address,
    administrator_address,
    public_address,
)
from tests.second_factor import give_factor, give_passkey, shown

# Routes that answer a GET with something else than a page
NO_PAGE = {
    "boroughs:duty-calendar-revoke": "a button's address",
    "batches:batch-cancel": "a button's address",
    "batches:batch-status": "JSON",
    "calendar:feed": "a calendar's file",
    "health": "JSON",
    "mfa_download_recovery_codes": "a text file",
    "papers:use-remove": "a button's address",
    "papers:version-download": "a button's address",
    "boroughs:priority-move": "a button's address",
    "boroughs:area-move": "a button's address",
    "boroughs:action-move": "a button's address",
    "boroughs:action-unlink": "a button's address",
    "boroughs:purge-withdraw": "a button's address",
    "reports:decision-download": "the PDF",
    "reports:rendering-status": "JSON",
    "reports:style-pdf": "the PDF of the sample",
    "reports:rendering-download": "the PDF",
    "reports:rendering-document": "a Word document",
    "reports:rendering-figures": "a CSV file",
    "reports:rendering-figures-json": "JSON",
    "reports:rendering-ratings": "a CSV file",
    "reports:rendering-retry": "a button's address",
    "register:register-appendix": "the file of an appendix",
    "register:register-decision": "the record as PDF",
    "register:register-feed": "Atom",
    "register:register-pdf": "the PDF",
    "sheets:sheet-status": "JSON",
    "sheets:sheet-apply": "a button's address",
    "sheets:sheet-refused": "a workbook",
    "sheets:plan-download": "a button's address",
    "sheets:rating-download": "a button's address",
    "sheets:figure-workbook": "a button's address",
    "sheets:review-workbook": "a button's address",
    "sheets:activity-workbook": "a button's address",
    "boroughs:figure-download": "CSV",
    "boroughs:figure-public-download": "a button's address",
    "boroughs:figure-publish": "a button's address",
    "boroughs:trail-download": "CSV",
    "administration:trail-download": "CSV",
    "reports:report-make": "a button's address",
    "reports:report-approve": "a button's address",
    "reports:report-reopen": "a button's address",
    "reports:section-preview": "what the script beside a section asks for",
    "reports:appendix-move": "a button's address",
    "reports:appendix-remove": "a button's address",
    "reports:issue-publish": "a button's address",
    "reports:issue-restricted": "a button's address",
    "reports:waiver-take-back": "a button's address",
    "reports:clearance-remind": "a button's address",
    "reports:clearance-take-back": "a button's address",
    "reports:comment-resolve": "a button's address",
    "reports:clear-preview": "what a script asks for",
    "portal:comparison-download": "a button's address",
    "portal:peers-download": "a button's address",
    "toolkit:assessment-take-back": "a button's address",
    "toolkit:evidence-remove": "a button's address",
    "toolkit:rating-draft": "a button's address",
    "toolkit:rating-unchanged": "a button's address",
}

# Of a report that is being written they are other pages than of one that was issued
UNDER_WAY = ("reports:report", "reports:report-checks")


@dataclass(frozen=True)
class Visit:
    """One look at one page."""

    name: str
    path: str
    by: User | None = None
    status: int = 200


def client_of(visit: Visit) -> Client:
    client = Client(raise_request_exception=False)
    if visit.by:
        client.force_login(visit.by)
        shown(client, visit.by)
    return client


def role_visits(place: Place, role: Role) -> Iterator[Visit]:
    """Every page of the borough that the role opens."""
    for name in BOROUGH_ROUTES:
        needed = getattr(ROUTES[name].callback, "access", None)
        if name not in NO_PAGE and needed in GRANTS[role]:
            yield Visit(name, address(name, place), place.people[role])
    if Perm.READ_DRAFTS in GRANTS[role]:
        for name in UNDER_WAY:
            yield Visit(
                name,
                reverse(name, args=[place.borough.slug, place.drafting.pk]),
                place.people[role],
            )


def administrator_visits(world: World) -> Iterator[Visit]:
    for name in ADMINISTRATOR_ROUTES:
        if name in NO_PAGE:
            continue
        yield Visit(name, administrator_address(name, world), world.administrator)
    yield Visit("portal:home", "/", world.administrator)


def signed_in_visits(world: World) -> Iterator[Visit]:
    """What everybody signed in may open, seen by somebody without a role."""
    nobody = world.stranger
    yield Visit("portal:home", "/", nobody)
    for name in ACROSS_ROUTES:
        if name not in NO_PAGE:
            yield Visit(name, across_address(name, world), entering(name, world.here))
    yield Visit("account_change_password", reverse("account_change_password"), nobody)
    yield Visit("account_reauthenticate", reverse("account_reauthenticate"), nobody)
    yield Visit("account_logout", reverse("account_logout"), nobody)
    yield Visit("second_factor_needed", reverse("second_factor_needed"), nobody)
    for name in ("mfa_index", "mfa_activate_totp", "mfa_add_webauthn"):
        yield Visit(name, reverse(name), nobody)
    yield from second_factor_visits()
    without = make_user()
    without.set_unusable_password()
    without.save(update_fields=["password"])
    yield Visit("account_set_password", reverse("account_set_password"), without)


def entering(name: str, place: Place) -> User:
    """Somebody of the place who may open a page over boroughs."""
    return next(place.people[role] for role in Role if across_to(name) in GRANTS[role])


def second_factor_visits() -> Iterator[Visit]:
    """As somebody who has set up everything there is."""
    careful = make_user()
    give_factor(careful)
    passkey = {"pk": give_passkey(careful).pk}
    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        yield Visit(name, reverse(name, kwargs=passkey), careful)
    for name in (
        "mfa_index",
        "mfa_deactivate_totp",
        "mfa_generate_recovery_codes",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "mfa_view_recovery_codes",
    ):
        yield Visit(name, reverse(name), careful)


def public_visits(world: World) -> Iterator[Visit]:
    for name in (
        "account_inactive",
        "account_login",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key_done",
        "account_signup",
        "mfa_authenticate",
        "portal:accessibility",
        "portal:complaints",
        "portal:glossary",
        "portal:help",
        "portal:privacy",
    ):
        yield Visit(name, reverse(name))
    for name in ("register:register-index", "register:register", "register:register-issue"):
        yield Visit(name, public_address(name, world.here))
    yield Visit("account_reset_password_from_key", reset_link(make_user()))
    yield from invitation_visits(world)


def invitation_visits(world: World) -> Iterator[Visit]:
    """The link of an invitation as each kind of person finds it."""
    name, here = "invitations:invitation-accept", world.here
    newcomer = invitation_link(here, "newcomer@example.org")
    yield Visit(name, newcomer)
    yield Visit(name, newcomer, here.member)
    known = invitation_link(here, world.stranger.email)
    yield Visit(name, known)
    yield Visit(name, known, world.stranger)
    yield Visit(name, reverse(name, args=["no-such-token"]), status=410)


def error_visits(world: World) -> Iterator[Visit]:
    yield Visit("404", "/atlantis/", world.there.lead, 404)
    yield Visit("404", "/atlantis/reports/nothing/", world.there.lead, 404)
    yield Visit("403", "/thurrock/people/", world.here.member, 403)


def invitation_link(place: Place, email: str) -> str:
    """The address in the e-mail that an invitation sends."""
    with acting_as(place.lead.pk):
        invite(
            borough=place.borough, email=email, name="Nora New", role=Role.OBSERVER, by=place.lead
        )
    return link_in_the_last_email()


def reset_link(user: User) -> str:
    Client().post(reverse("account_reset_password"), {"email": user.email})
    return link_in_the_last_email()


def link_in_the_last_email() -> str:
    """The path of the one address in the newest e-mail."""
    found = re.search(r"https?://[^/\s]+(/\S+)", str(mail.outbox[-1].body))
    assert found, mail.outbox[-1].body
    return found[1]
