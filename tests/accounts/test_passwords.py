"""Changing a password and getting a new one by e-mail."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.boroughs.pages import problems, says, signed_in
from tests.factories import PASSWORD, make_user

NEW = "another password of tests"
RESET = "/account/password/reset/"


@pytest.fixture
def person(db: None) -> User:
    return make_user("Pat Person", email="pat.person@example.org")


def link_in(mail: EmailMessage) -> str:
    [link] = re.findall(r"https?://\S+", str(mail.body))
    return str(link)


def path_of(link: str) -> str:
    return link.removeprefix(settings.SITE_URL)


@pytest.mark.parametrize("host", ["testserver", "localhost:9999", "127.0.0.1:1"])
def test_the_reset_link_stands_on_the_sites_own_address(
    client: Client, person: User, mailoutbox: list[EmailMessage], host: str
) -> None:
    client.post(RESET, {"email": person.email.upper()}, headers={"host": host})
    [mail] = mailoutbox
    assert mail.to == [person.email]
    assert link_in(mail).startswith(f"{settings.SITE_URL}/account/password/reset/")
    assert host not in str(mail.body).replace(settings.SITE_URL, "")
    assert host not in mail.subject


def test_a_strange_host_is_refused(client: Client, person: User, mailoutbox: list[Any]) -> None:
    answer = client.post(RESET, {"email": person.email}, headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert mailoutbox == []


def test_a_forgotten_password_is_replaced_once(
    client: Client, person: User, mailoutbox: list[EmailMessage]
) -> None:
    client.post(RESET, {"email": person.email})
    link = path_of(link_in(mailoutbox[0]))
    form = client.get(link, follow=True)
    page = form.redirect_chain[-1][0]
    assert path_of(link) != page  # the key does not stay in the address bar
    assert problems(client.post(page, {"password1": "short", "password2": "short"}))
    done = client.post(page, {"password1": NEW, "password2": NEW})
    assert done.status_code == 302
    person.refresh_from_db()
    assert person.check_password(NEW)
    again = Client().get(link, follow=True)
    assert b'name="password1"' not in again.content


def test_an_unknown_address_is_answered_like_a_known_one(
    client: Client, person: User, mailoutbox: list[EmailMessage]
) -> None:
    known = client.post(RESET, {"email": person.email}, follow=True)
    unknown = client.post(RESET, {"email": "nobody@example.org"}, follow=True)
    assert says(known) == says(unknown)
    links = [link for mail in mailoutbox[1:] for link in re.findall(r"reset/\w+-", str(mail.body))]
    assert links == []


def test_a_closed_account_gets_no_link(
    client: Client, person: User, mailoutbox: list[EmailMessage]
) -> None:
    person.is_active = False
    person.save(update_fields=["is_active"])
    client.post(RESET, {"email": person.email})
    assert not [mail for mail in mailoutbox if re.search(r"reset/\w+-", str(mail.body))]


def test_resets_are_limited_for_each_address(
    client: Client, person: User, mailoutbox: list[EmailMessage]
) -> None:
    answers = [client.post(RESET, {"email": person.email}).status_code for _ in range(7)]
    assert answers[-1] == 429
    assert len(mailoutbox) <= 5


def test_a_changed_password_ends_the_persons_other_sessions(person: User) -> None:
    here, elsewhere = signed_in(person), signed_in(person)
    change = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert here.post(reverse("account_change_password"), change).status_code == 302
    assert here.get(reverse("portal:home")).status_code == 200
    assert elsewhere.get(reverse("portal:home")).status_code == 302


@pytest.mark.parametrize("weak", ["short", "password1234", "pat.person@example.org"])
def test_a_weak_password_is_refused_in_words(person: User, weak: str) -> None:
    change = {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
    assert problems(signed_in(person).post(reverse("account_change_password"), change))
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_the_present_password_is_asked_for(person: User) -> None:
    change = {"oldpassword": "wrong", "password1": NEW, "password2": NEW}
    response = signed_in(person).post(reverse("account_change_password"), change)
    assert len(problems(response)) == 1
