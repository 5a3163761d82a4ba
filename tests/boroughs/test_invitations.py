"""The link in an invitation: making an account, accepting, and links that do not work any more."""

import datetime as dt
import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from boroughs.actions.people import accept_invitation, invite, join, resend_invitation
from boroughs.models import Invitation, Membership
from boroughs.policies import Refused
from boroughs.roles import Role
from boroughs.rows import acting_as
from tests.boroughs.pages import address, deeds, problems, says, signed_in
from tests.factories import PASSWORD, Place, World, make_user

PHRASE = "seven quiet herons wade"
JOINING = {"name": "Petra Police", "password": PHRASE}


def invited(place: Place, email: str = "petra@example.org", role: Role = Role.CONTRIBUTOR) -> str:
    """An invitation as its receiver has it: the path of the link in the mail."""
    mail.outbox.clear()
    with acting_as(place.lead.pk):
        invite(borough=place.borough, email=email, name="Petra Police", role=role, by=place.lead)
    found = re.search(r"/invitations/\S+", str(mail.outbox[0].body))
    assert found
    return found.group()


def invitation() -> Invitation:
    return Invitation.objects.get(email="petra@example.org")


def test_the_link_shows_who_invites_to_what(world: World) -> None:
    page = says(Client().get(invited(world.here)))
    assert "You are invited to Thurrock" in page
    assert "Contributor (partner agency). Reads the delivery plan and reports on" in page
    assert "Lead of Thurrock" in page
    assert "petra@example.org" in page


def test_a_new_person_sets_a_password_and_is_in(world: World) -> None:
    link, client = invited(world.here), Client()
    response = client.post(link, JOINING)
    assert (response.status_code, response["Location"]) == (302, "/thurrock/")
    petra = User.objects.get(email="petra@example.org")
    assert (petra.name, petra.check_password(PHRASE)) == ("Petra Police", True)
    assert "contributor (partner agency) of Thurrock" in says(client.get("/thurrock/"))
    assert invitation().accepted_by == petra
    assert deeds(world.here)[-3:] == ["invitation.accepted", "role.given", "account.signed-in"]
    assert client.get("/barnet/").status_code == 404


def test_a_partner_invited_for_their_organisation_reports_at_once(world: World) -> None:
    here, partner = world.here, Client()
    mail.outbox.clear()
    said = {"name": "Petra Police", "email": "petra@example.org", "role": "contributor"}
    send = address("boroughs:invitation-send", here.borough)
    sent = signed_in(here.lead).post(send, said | {"organisation": str(here.organisation.pk)})
    assert sent.status_code == 302
    letter = str(mail.outbox[0].body)
    assert "You would report for: Trust of thurrock." in letter
    [link] = re.findall(r"/invitations/\S+", letter)
    arrived = partner.post(link, JOINING)
    assert arrived["Location"] == address("boroughs:action-own", here.borough)
    own = arrived["Location"]
    [report] = re.findall(r'href="([^"]+/report/[^"]*)"', partner.get(own).content.decode())
    done = {"state": "complete", "note": "Done", "stopped_reason": "", "seen": 2}
    assert partner.post(report, done)["Location"] == own
    with acting_as(here.coordinator.pk):
        here.action.refresh_from_db()
    assert here.action.state == "complete"


def test_only_a_contributor_is_invited_for_an_organisation(world: World) -> None:
    here = world.here
    said = {"name": "Petra Police", "email": "petra@example.org", "role": "member"}
    send = address("boroughs:invitation-send", here.borough)
    signed_in(here.lead).post(send, said | {"organisation": str(here.organisation.pk)})
    assert invitation().organisation_id is None


def test_a_link_sent_again_is_still_for_the_organisation(world: World) -> None:
    here, by = world.here, world.here.lead
    said: Any = {"email": "petra@example.org", "name": "Petra", "role": Role.CONTRIBUTOR}
    with acting_as(by.pk):
        first = invite(borough=here.borough, organisation=here.organisation, by=by, **said)
        assert resend_invitation(invitation=first, by=by).organisation == here.organisation


def test_the_new_person_signs_in_with_the_password_they_chose(world: World) -> None:
    Client().post(invited(world.here), JOINING)
    again = Client()
    response = again.post(
        reverse("account_login"), {"login": "Petra@example.org", "password": PHRASE}
    )
    assert response.status_code == 302
    assert again.get("/thurrock/").status_code == 200


def test_a_weak_password_is_refused_in_words_and_the_name_is_kept(world: World) -> None:
    response = Client().post(invited(world.here), {"name": "Petra P.", "password": "short"})
    assert "at least 12 characters" in problems(response)[0]
    assert 'value="Petra P."' in response.content.decode()
    assert not User.objects.filter(email="petra@example.org").exists()
    assert invitation().accepted_at is None


def test_a_password_like_the_address_is_refused(world: World) -> None:
    response = Client().post(invited(world.here), JOINING | {"password": "petra@example.org"})
    assert "too similar to the e-mail address" in problems(response)[0]


def test_looking_at_the_link_accepts_nothing(world: World) -> None:
    link = invited(world.here)
    Client().get(link)
    Client().head(link)
    assert invitation().accepted_at is None


def test_somebody_with_an_account_is_asked_to_sign_in_first(world: World) -> None:
    link = invited(world.here, email=world.there.member.email)
    response = Client().get(link)
    assert "Sign in to accept" in says(response)
    assert f"?next={link.replace('/', '%2F')}" in response.content.decode()
    assert 'name="password"' not in response.content.decode()


def test_the_link_never_sets_the_password_of_an_existing_account(world: World) -> None:
    link = invited(world.here, email=world.there.member.email)
    Client().post(link, JOINING)
    member = User.objects.get(pk=world.there.member.pk)
    assert member.check_password(PASSWORD)
    assert not Membership.objects.live().filter(user=member, borough=world.here.borough).exists()


def test_somebody_with_an_account_accepts_with_one_button(world: World) -> None:
    link = invited(world.here, email=world.there.member.email, role=Role.MEMBER)
    client = signed_in(world.there.member)
    assert "Accept" in says(client.get(link))
    assert client.post(link)["Location"] == "/thurrock/"
    assert client.get("/thurrock/").status_code == 200
    assert client.get("/barnet/").status_code == 200


def test_accepting_adds_to_the_roles_already_held(world: World) -> None:
    link = invited(world.here, email=world.here.member.email, role=Role.CLEARING)
    signed_in(world.here.member).post(link)
    live = Membership.objects.live().filter(user=world.here.member)
    assert set(live.values_list("role", flat=True)) == {"member", "clearing"}


def test_a_link_passed_on_to_somebody_else_gives_them_nothing(world: World) -> None:
    link = invited(world.here)
    client = signed_in(world.stranger)
    page = says(client.get(link))
    assert "You are signed in as stranger@example.org" in page
    assert "petra@example.org" not in page
    client.post(link, JOINING)
    assert client.get("/thurrock/").status_code == 404
    assert invitation().accepted_at is None


def test_a_used_link_says_so_and_leads_to_signing_in(world: World) -> None:
    link = invited(world.here)
    Client().post(link, JOINING)
    response = Client().get(link)
    assert response.status_code == 410
    assert "has been accepted already" in says(response)
    assert Client().post(link, JOINING | {"password": "another phrase of mine"}).status_code == 410


def test_a_withdrawn_link_says_to_look_for_a_newer_one(world: World) -> None:
    link = invited(world.here)
    withdraw = address("boroughs:invitation-withdraw", world.here.borough, invitation().pk)
    signed_in(world.here.lead).post(withdraw)
    response = Client().post(link, JOINING)
    assert response.status_code == 410
    assert "Look for the newest e-mail" in says(response)
    assert not User.objects.filter(email="petra@example.org").exists()


def test_a_link_that_ran_out_says_whom_to_ask(world: World) -> None:
    link = invited(world.here)
    Invitation.objects.filter(email="petra@example.org").update(
        expires_at=timezone.now() - dt.timedelta(seconds=1)
    )
    response = Client().get(link)
    assert response.status_code == 410
    assert "Ask Lead of Thurrock to send it again" in says(response)


def test_a_link_nobody_sent_says_no_more_than_that(db: None) -> None:
    response = Client().get("/invitations/made-up-by-somebody/")
    assert response.status_code == 410
    assert "There is no invitation for this address" in says(response)


def test_the_token_is_kept_nowhere_and_told_to_no_other_page(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    link = invited(world.here)
    token = link.removeprefix("/invitations/").rstrip("/")
    response = Client().get(link)
    assert response["Referrer-Policy"] == "strict-origin"
    assert token not in response.content.decode()
    assert token not in str(Invitation.objects.values().get(email="petra@example.org"))
    signed_in(world.stranger).post(link)
    Client(enforce_csrf_checks=True).post(link, JOINING)
    assert token not in caplog.text


def test_the_deed_itself_refuses_somebody_else_and_a_second_time(world: World) -> None:
    invited(world.here)
    with acting_as(world.stranger.pk), pytest.raises(Refused, match="another e-mail address"):
        accept_invitation(invitation=invitation(), user=world.stranger)
    petra = make_user(email="petra@example.org")
    with acting_as(petra.pk):
        accept_invitation(invitation=invitation(), user=petra)
        with pytest.raises(Refused, match="has been used"):
            accept_invitation(invitation=invitation(), user=petra)


def test_the_deed_itself_makes_no_second_account(world: World) -> None:
    invited(world.here, email=world.there.member.email)
    link = Invitation.objects.get(email=world.there.member.email)
    with acting_as(None), pytest.raises(Refused, match="There is an account"):
        join(invitation=link, name="Mallory", password=PHRASE)
