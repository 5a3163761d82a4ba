"""A second factor is set up, asked for when signing in, and shown by each session."""

import re
from urllib.parse import unquote

import pytest
from allauth.mfa.models import Authenticator
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.second_factor import safe
from accounts.second_factor_forms import use_up
from tests.accounts.factors import (
    CODES,
    CONFIRM,
    INDEX,
    NEEDED,
    REMOVE,
    SET_UP,
    SIGN_IN,
    STEP,
    confirmed,
    is_signed_in,
    secret_on,
    sign_in,
    trail,
    wrong_code,
)
from tests.boroughs.pages import password_only, problems, says
from tests.factories import PASSWORD, make_user
from tests.second_factor import code, give_factor, give_passkey
from tests.test_pages import faults
from tests.visits import Visit


# -- Setting up ----------------------------------------------------------------------------------------------
def set_up(client: Client) -> str:
    secret = secret_on(client.get(SET_UP))
    answer = client.post(SET_UP, {"code": code(secret)})
    assert (answer.status_code, answer["Location"]) == (302, CODES)
    return secret


def test_setting_up_asks_for_the_password_again(person: User) -> None:
    client = password_only(person)
    asked = client.get(SET_UP)
    assert unquote(asked["Location"]) == f"/account/reauthenticate/?next={SET_UP}"
    back = client.post(asked["Location"], {"password": PASSWORD, "next": SET_UP})
    assert back["Location"] == SET_UP
    assert client.get(SET_UP).status_code == 200


@pytest.mark.django_db(transaction=True)  # the e-mail goes out when the request's transaction ends
def test_an_app_is_set_up_by_its_first_code_and_brings_recovery_codes(
    person: User, mailoutbox: list[EmailMessage]
) -> None:
    client = confirmed(person)
    secret = set_up(client)
    kinds = set(Authenticator.objects.filter(user=person).values_list("type", flat=True))
    assert kinds == {"totp", "recovery_codes"}
    page = client.get(CODES)
    assert len(re.findall(r"<li>(\d{8})</li>", page.content.decode())) == 10
    assert "Set up on" in says(client.get(INDEX))
    [mail] = mailoutbox
    assert mail.to == [person.email]
    assert "authenticator app was set up" in str(mail.body)
    assert secret not in str(mail.body)
    assert trail() == [("factor.added", {"kind": "totp"})]


def test_the_picture_and_the_text_say_the_same_key(person: User) -> None:
    page = confirmed(person).get(SET_UP)
    html = page.content.decode()
    assert f"secret={secret_on(page)}" in html
    assert "otpauth://totp/pat.person%40example.org?" in html
    assert 'src="data:image/svg+xml;base64,' in html


def test_a_wrong_first_code_sets_nothing_up_and_says_so(person: User) -> None:
    client = confirmed(person)
    secret = secret_on(client.get(SET_UP))
    refused = client.post(SET_UP, {"code": wrong_code()})
    assert problems(refused) == ["The code is not right"]
    assert secret_on(refused) == secret
    assert not Authenticator.objects.exists()
    assert trail() == [("factor.failed", {"step": "set-up", "kind": "code"})]
    assert problems(client.post(SET_UP, {"code": ""})) == ["Enter six-digit code"]


def test_setting_up_cannot_be_tried_forever(person: User) -> None:
    client = confirmed(person)
    client.get(SET_UP)
    answers = [problems(client.post(SET_UP, {"code": wrong_code()})) for _ in range(6)]
    assert answers[-1] == ["Too many tries. Wait five minutes, then try again"]


def test_the_code_that_set_it_up_does_not_sign_in(person: User, client: Client) -> None:
    secret = set_up(confirmed(person))
    sign_in(client, person)
    assert problems(client.post(STEP, {"code": code(secret)})) == [
        "This code has been used. Wait for the next one"
    ]
    assert not is_signed_in(client)


# -- Signing in ----------------------------------------------------------------------------------------------
def test_the_password_alone_signs_nobody_in_who_has_a_second_factor(
    client: Client, person: User
) -> None:
    give_factor(person)
    assert sign_in(client, person)["Location"] == STEP
    assert not is_signed_in(client)
    assert client.get("/")["Location"] == f"{SIGN_IN}?next=/"


def test_the_page_of_the_second_step_is_well_made(client: Client, person: User) -> None:
    give_factor(person)
    give_passkey(person)
    sign_in(client, person)
    page = client.get(STEP)
    assert not list(faults(Visit("mfa_authenticate", STEP), page))
    refused = client.post(STEP, {"code": wrong_code()})
    assert not list(faults(Visit("mfa_authenticate", STEP), refused))
    broken = client.post(STEP, {"credential": '{"id": "x"}'})
    assert "not one of yours" in problems(broken)[0]


def test_a_code_of_the_app_signs_in_and_leads_on(client: Client, person: User) -> None:
    give_factor(person)
    page = reverse("account_change_password")
    sign_in(client, person, next=page)
    answer = client.post(STEP, {"code": f" {code()[:3]} {code()[3:]} "})
    assert (answer.status_code, answer["Location"]) == (302, page)
    assert is_signed_in(client)


@pytest.mark.parametrize("steps", [-1, 1])
def test_a_clock_may_be_off_by_half_a_minute(client: Client, person: User, steps: int) -> None:
    give_factor(person)
    sign_in(client, person)
    client.post(STEP, {"code": code(steps=steps)})
    assert is_signed_in(client)


@pytest.mark.parametrize("steps", [-4, 4])
def test_and_no_further(client: Client, person: User, steps: int) -> None:
    give_factor(person)
    sign_in(client, person)
    assert problems(client.post(STEP, {"code": code(steps=steps)})) == ["The code is not right"]


def test_who_stands_before_the_second_step_can_sign_in_as_somebody_else(
    client: Client, person: User
) -> None:
    give_factor(person)
    sign_in(client, person)
    assert client.get(SIGN_IN)["Location"] == STEP
    assert client.post(reverse("account_logout"))["Location"] == SIGN_IN
    assert client.get(SIGN_IN).status_code == 200
    other = make_user()
    sign_in(client, other)
    assert client.session["_auth_user_id"] == str(other.pk)


def test_a_code_is_worth_one_sign_in(client: Client, person: User) -> None:
    give_factor(person)
    sign_in(client, person)
    used = code()
    client.post(STEP, {"code": used})
    assert is_signed_in(client)
    other = Client()
    sign_in(other, person)
    for typed in (used, f"{used[:3]} {used[3:]}"):
        assert problems(other.post(STEP, {"code": typed})) != []
    assert not is_signed_in(other)


def test_a_code_is_the_same_however_it_is_written(person: User) -> None:
    assert use_up(person, "123456")
    assert not any(use_up(person, typed) for typed in ("123456", "123 456", " 123-456"))
    assert use_up(make_user(), "123456")


def test_a_recovery_code_signs_in_once(client: Client, person: User) -> None:
    first, *_ = give_factor(person)
    sign_in(client, person)
    client.post(STEP, {"code": first})
    assert is_signed_in(client)
    other = Client()
    sign_in(other, person)
    assert problems(other.post(STEP, {"code": first})) == ["The code is not right"]
    deeds = trail()
    assert ("factor.recovered", {"step": "sign-in"}) in deeds
    assert deeds[-1] == ("factor.failed", {"step": "sign-in", "kind": "code"})


def test_after_five_wrong_codes_the_right_one_is_refused_too(client: Client, person: User) -> None:
    give_factor(person)
    sign_in(client, person)
    for _ in range(5):
        client.post(STEP, {"code": wrong_code()})
    refused = client.post(STEP, {"code": code()})
    assert problems(refused) == ["Too many tries. Wait five minutes, then try again"]
    assert not is_signed_in(client)


# -- Which session has shown it ----------------------------------------------------------------------------
def test_a_session_from_before_has_to_show_it(person: User) -> None:
    before = password_only(person)
    give_factor(person)
    sent = before.get(NEEDED, {"next": "/help/"})
    assert sent["Location"] == f"{CONFIRM}?next=%2Fhelp%2F"
    answer = before.post(sent["Location"], {"code": code(), "next": "/help/"})
    assert answer["Location"] == "/help/"
    assert before.get(NEEDED, {"next": "/help/"})["Location"] == "/help/"


@pytest.mark.parametrize("page", [SET_UP, REMOVE, CODES, f"{CODES}new/", f"{CODES}download/"])
def test_the_password_is_not_enough_to_change_anything(person: User, page: str) -> None:
    before = password_only(person)
    give_factor(person)
    before.post("/account/reauthenticate/", {"password": PASSWORD})
    for answer in (before.get(page), before.post(page, {})):
        assert answer["Location"].startswith(CONFIRM), page
    assert Authenticator.objects.filter(user=person).count() == 2


def test_what_was_shown_counts_while_it_exists(person: User) -> None:
    give_factor(person)
    client = confirmed(person)
    assert client.get(NEEDED)["Location"] == "/"
    Authenticator.objects.all().delete()
    assert client.get(NEEDED).status_code == 200
    give_factor(person)
    assert client.get(NEEDED)["Location"].startswith(CONFIRM)


def test_who_has_none_is_told_why_and_led_on_afterwards(person: User) -> None:
    client = confirmed(person)
    page = client.get(NEEDED, {"next": "/thurrock/?a=b"})
    assert "access list" in says(page)
    set_up(client)
    assert 'href="/thurrock/?a=b"' in client.get(CODES).content.decode()
    assert client.get(NEEDED, {"next": "/help/"})["Location"] == "/help/"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:1", ""]
)
def test_nobody_is_led_elsewhere(person: User, elsewhere: str) -> None:
    assert safe(elsewhere) == ""
    give_factor(person)
    assert confirmed(person).get(NEEDED, {"next": elsewhere})["Location"] == "/"
