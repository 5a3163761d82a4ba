"""Signing in and out and passwords, in the trail of each borough where the person holds a role."""

from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import User
from audit.models import Event
from boroughs.actions.people import invite
from boroughs.roles import Role
from boroughs.rows import acting_as
from tests import second_factor
from tests.boroughs.pages import signed_in
from tests.factories import PASSWORD, World, give_role
from tests.visits import link_in_the_last_email, reset_link

SIGN_IN = "/account/sign-in/"
NEW = "another password of tests"


def noted(reader: User) -> list[tuple[str, str, int | None, str]]:
    with acting_as(reader.pk):
        events = Event.objects.filter(deed__startswith="account.sign")
        events |= Event.objects.filter(deed__startswith="account.password")
        events |= Event.objects.filter(deed__startswith="account.reset")
        rows = events.order_by("at", "pk").values_list("deed", "outcome", "actor_id", "subject")
        return list(rows)


def sign_in(email: str, password: str = PASSWORD, client: Client | None = None) -> Any:
    return second_factor.sign_in(client or Client(), SIGN_IN, email, password)


def test_signing_in_and_out(world: World) -> None:
    person, client = world.here.member, Client()
    sign_in(person.email, client=client)
    client.post(reverse("account_logout"))
    subject = f"accounts.user:{person.pk}"
    assert noted(world.here.lead) == [
        ("account.signed-in", "done", person.pk, subject),
        ("account.signed-out", "done", person.pk, subject),
    ]
    with acting_as(world.here.lead.pk):
        origins = Event.objects.filter(deed__startswith="account.sign").values_list("origin")
        assert set(origins) == {("127.0.0.1",)}
    assert not noted(world.there.lead)
    assert not noted(world.administrator)


def test_a_person_of_two_boroughs_is_noted_in_both(world: World) -> None:
    with acting_as(world.there.lead.pk):
        give_role(world.here.member, world.there.borough, Role.OBSERVER, by=world.there.lead)
    sign_in(world.here.member.email)
    assert len(noted(world.here.lead)) == len(noted(world.there.lead)) == 1


def test_a_person_without_a_role_is_noted_in_the_portals_chain(world: World) -> None:
    sign_in(world.stranger.email)
    assert [deed for deed, *_ in noted(world.administrator)] == ["account.signed-in"]


def test_a_failed_try_names_the_account_and_no_actor(world: World) -> None:
    sign_in(world.here.member.email.upper(), "not the password")
    assert noted(world.here.lead) == [
        ("account.sign-in-failed", "failed", None, f"accounts.user:{world.here.member.pk}")
    ]


def test_of_an_unknown_address_nothing_is_kept_but_that_it_failed(world: World) -> None:
    sign_in("nobody.known@example.org", "not the password")
    assert noted(world.administrator) == [("account.sign-in-failed", "failed", None, "")]
    with acting_as(world.administrator.pk):
        assert "nobody.known" not in str(list(Event.objects.values()))


def test_the_demonstrations_password_is_a_failed_try_elsewhere(world: World) -> None:
    sign_in(world.here.member.email, settings.DEMONSTRATION_PASSWORD)
    assert [deed for deed, *_ in noted(world.here.lead)] == ["account.sign-in-failed"]


def test_a_closed_account_is_refused(world: World) -> None:
    world.here.member.is_active = False
    world.here.member.save(update_fields=["is_active"])
    sign_in(world.here.member.email)
    assert [row[:2] for row in noted(world.here.lead)] == [("account.sign-in-failed", "refused")]


def test_a_wrong_password_while_signed_in_names_who_typed_it(world: World) -> None:
    client = signed_in(world.here.member)
    client.post(reverse("account_reauthenticate"), {"password": "not the password"})
    assert noted(world.here.lead)[0][:3] == (
        "account.sign-in-failed",
        "failed",
        world.here.member.pk,
    )


def test_changing_the_password(world: World) -> None:
    client = signed_in(world.here.member)
    answer = client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW},
    )
    assert answer.status_code == 302
    assert [deed for deed, *_ in noted(world.here.lead)] == ["account.password-set"]


def test_resetting_the_password(world: World) -> None:
    person, client = world.here.member, Client()
    link = client.get(reset_link(person), follow=True)
    client.post(link.request["PATH_INFO"], {"password1": NEW, "password2": NEW})
    assert [(deed, by) for deed, _, by, _ in noted(world.here.lead)] == [
        ("account.reset-asked-for", None),
        ("account.password-set", person.pk),
    ]
    assert mail.outbox


def test_who_joins_by_an_invitation_signs_in(world: World) -> None:
    here = world.here
    with acting_as(here.lead.pk):
        invite(
            borough=here.borough,
            email="nell.new@example.org",
            name="Nell New",
            role=Role.OBSERVER,
            by=here.lead,
        )
    Client().post(
        link_in_the_last_email(), {"name": "Nell New", "password": NEW, "post": "Officer"}
    )
    nell = User.objects.get(email="nell.new@example.org")
    assert noted(here.lead)[-1][:3] == ("account.signed-in", "done", nell.pk)


@pytest.mark.parametrize("email", ["member@thurrock.example.org", "unknown@example.org"])
def test_the_page_says_the_same_of_known_and_unknown_addresses(world: World, email: str) -> None:
    answer = sign_in(email, "not the password")
    assert "The e-mail address or the password is not right" in answer.content.decode()
