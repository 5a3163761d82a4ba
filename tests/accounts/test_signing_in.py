"""Signing in and out: e-mail and password, refusals before hashing, where one is sent afterwards."""

import subprocess
import sys
from collections.abc import Callable
from http.cookies import Morsel
from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from accounts.models import User
from portal.local.places import new_master_key
from portal.local.throwaway import PRODUCTION
from tests.boroughs.pages import problems, says, signed_in
from tests.factories import PASSWORD, make_user

Hashed = list[str]
SIGN_IN = "/account/sign-in/"


@pytest.fixture
def person(db: None) -> User:
    return make_user("Pat Person", email="pat.person@example.org")


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> Hashed:
    """Every password that was hashed, which is what costs time."""
    seen: Hashed = []
    plain: Callable[..., str] = MD5PasswordHasher.encode

    def counting(self: MD5PasswordHasher, password: str, *rest: Any) -> str:
        seen.append(password)
        return plain(self, password, *rest)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counting)
    return seen


def sign_in(client: Client, login: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post(SIGN_IN, {"login": login, "password": password, **more})


@pytest.mark.parametrize(
    "typed", ["pat.person@example.org", "Pat.Person@Example.ORG", " pat.person@example.org "]
)
def test_a_person_signs_in_by_email_however_it_is_written(
    client: Client, person: User, typed: str
) -> None:
    response = sign_in(client, typed)
    assert (response.status_code, response["Location"]) == (302, reverse("portal:home"))
    assert client.session["_auth_user_id"] == str(person.pk)


def test_two_accounts_cannot_differ_by_capitals_alone(person: User) -> None:
    other = make_user(email="Another@Example.org")
    assert other.email == "another@example.org"


@pytest.mark.parametrize("login", ["pat.person@example.org", "nobody@example.org"])
def test_a_wrong_password_and_an_unknown_address_are_told_alike(
    client: Client, person: User, login: str
) -> None:
    response = sign_in(client, login, "wrong")
    assert problems(response) == ["The e-mail address or the password is not right"]
    assert "_auth_user_id" not in client.session
    assert b"wrong" not in response.content


def test_after_five_wrong_passwords_none_is_hashed_any_more(
    client: Client, person: User, hashed: Hashed
) -> None:
    for attempt in range(5):
        sign_in(client, person.email, f"wrong {attempt}")
    assert len(hashed) == 5
    for typed in (person.email, person.email.upper()):
        refused = sign_in(client, typed)
        assert problems(refused) == ["Too many tries. Wait five minutes, then try again"]
    assert len(hashed) == 5
    assert "_auth_user_id" not in client.session


def test_one_persons_wrong_passwords_do_not_lock_out_another(client: Client, person: User) -> None:
    for attempt in range(6):
        sign_in(client, "nobody@example.org", f"wrong {attempt}")
    assert sign_in(client, person.email).status_code == 302


def test_a_stream_of_attempts_is_refused_before_hashing(
    client: Client, person: User, hashed: Hashed
) -> None:
    answers = [sign_in(client, f"person{n}@example.org", "wrong").status_code for n in range(32)]
    assert answers[-1] == 429
    assert len(hashed) <= 10


def test_a_closed_account_cannot_sign_in(client: Client, person: User) -> None:
    person.is_active = False
    person.save(update_fields=["is_active"])
    response = sign_in(client, person.email)
    assert "_auth_user_id" not in client.session
    assert response.status_code in {200, 302}
    assert client.get(reverse("portal:home")).status_code == 302


def test_nobody_signs_up(client: Client, db: None) -> None:
    address = reverse("account_signup")
    page = client.get(address)
    assert "invit" in says(page)
    assert b"<form" not in page.content.split(b"<main")[1]
    client.post(address, {"email": "new@example.org", "password1": PASSWORD})
    assert not User.objects.exists()


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "https:evil.example",
    ],
)
def test_signing_in_leads_nowhere_else(client: Client, person: User, elsewhere: str) -> None:
    response = sign_in(client, person.email, next=elsewhere)
    assert response.status_code == 302
    assert response["Location"] == reverse("portal:home")


def test_signing_in_leads_back_to_the_page_that_was_asked_for(client: Client, person: User) -> None:
    page = reverse("account_change_password")
    asked = client.get(page)
    assert asked["Location"] == f"{SIGN_IN}?next={page}"
    assert sign_in(client, person.email, next=page)["Location"] == page


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/"])
def test_signing_out_leads_nowhere_else(person: User, elsewhere: str) -> None:
    client = signed_in(person)
    response = client.post(reverse("account_logout"), {"next": elsewhere})
    assert response["Location"] == SIGN_IN
    assert "_auth_user_id" not in client.session


def test_looking_at_the_page_to_sign_out_signs_nobody_out(person: User) -> None:
    client = signed_in(person)
    assert client.get(reverse("account_logout")).status_code == 200
    assert "_auth_user_id" in client.session


def test_signing_in_changes_the_session_key(client: Client, person: User) -> None:
    client.get(SIGN_IN)
    session = client.session
    session["planted"] = True
    session.save()
    planted = session.session_key
    sign_in(client, person.email)
    assert client.session.session_key != planted
    assert not Session.objects.filter(pk=planted).exists()


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(
    client: Client, person: User
) -> None:
    cookie = session_cookie(sign_in(client, person.email))
    assert cookie["httponly"] is True
    assert (cookie["samesite"], cookie["path"], cookie["domain"]) == ("Lax", "/", "")
    assert (cookie["max-age"], cookie["expires"]) == ("", "")  # ends with the browser


def session_cookie(response: Any) -> "Morsel[str]":
    cookie: Morsel[str] = response.cookies["portal-session"]
    return cookie


def test_in_production_cookies_travel_by_https_alone() -> None:
    names = "SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE SESSION_COOKIE_NAME CSRF_COOKIE_NAME SECURE_SSL_REDIRECT"
    said = subprocess.run(
        [
            sys.executable,
            "-c",
            f"from portal import settings; print(*(getattr(settings, n) for n in '{names}'.split()))",
        ],
        env={
            **PRODUCTION,
            "SECRET_KEY": "x" * 50,
            "DATABASE_URL": "postgres://portal_app@db/portal",
            "REDIS_URL": "redis://redis:6379/0",
            "FILES_MASTER_KEY": new_master_key(),
        },
        check=True,
        capture_output=True,
        text=True,
    )
    assert said.stdout.split() == ["True", "True", "__Host-session", "__Host-csrf", "True"]
