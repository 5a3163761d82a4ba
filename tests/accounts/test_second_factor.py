"""The second factor: set up, shown at sign-in, once each code, ended by oneself and by an administrator."""

import re
from io import StringIO
from typing import Any
from urllib.parse import unquote

import pytest
from allauth.mfa.models import Authenticator
from bs4 import BeautifulSoup
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client
from django.urls import get_resolver, reverse

from accounts.models import TypedText, User
from accounts.sealing import CannotUnseal, reseal_all, seal, unseal
from accounts.second_factor import safe
from accounts.second_factor_forms import use_up
from accounts.typed import note_for
from audit.models import Event
from portal.local.places import new_master_key
from tests.boroughs.pages import password_only, problems, says
from tests.factories import PASSWORD, World, make_user
from tests.second_factor import code, give_factor, give_passkey, shown
from tests.test_pages import faults
from tests.visits import Visit

SIGN_IN, STEP = "/account/sign-in/", "/account/second-factor/step/"
INDEX, NEEDED = "/account/second-factor/", "/account/second-factor/needed/"
SET_UP, REMOVE = "/account/second-factor/app/add/", "/account/second-factor/app/remove/"
CODES, CONFIRM = "/account/second-factor/recovery-codes/", "/account/second-factor/confirm/"
END = "/administration/second-factor/end/"


@pytest.fixture
def person(db: None) -> User:
    return make_user("Pat Person", email="pat.person@example.org")


def sign_in(client: Client, user: User, **more: str) -> Any:
    return client.post(SIGN_IN, {"login": user.email, "password": PASSWORD, **more})


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def confirmed(user: User) -> Client:
    """Signed in, the password confirmed a moment ago, every factor shown."""
    return shown(password_only(user), user)


def wrong_code() -> str:
    """Of no step about now."""
    near = {code(steps=steps) for steps in range(-3, 4)}
    return next(f"{number:06}" for number in range(10) if f"{number:06}" not in near)


def trail() -> list[tuple[str, Any]]:
    """The deeds of second factors, past the rule of who reads them."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL app.lock2 = 'off'")
        events = Event.objects.filter(deed__startswith="factor.").order_by("at", "pk")
        found = [(event.deed, event.facts) for event in events]
        cursor.execute("SET LOCAL app.lock2 = 'on'")
    return found


def secret_on(page: Any) -> str:
    found = BeautifulSoup(page.content, "html.parser").select_one(".second-factor__key")
    assert found is not None
    return found.get_text()


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


# -- Ending, renewing ------------------------------------------------------------------------------------------
def test_removing_the_last_factor_ends_its_codes(person: User) -> None:
    give_factor(person)
    client = confirmed(person)
    assert client.post(REMOVE)["Location"] == INDEX
    assert not Authenticator.objects.exists()
    assert trail() == [("factor.removed", {"kind": "totp"})]
    assert client.get(CODES)["Location"] == INDEX


def test_new_recovery_codes_end_the_old_ones(client: Client, person: User) -> None:
    old = give_factor(person)
    careful = confirmed(person)
    assert careful.post(f"{CODES}new/")["Location"] == CODES
    text = careful.get(f"{CODES}download/")
    assert text["Content-Type"].startswith("text/plain")
    assert "attachment" in text["Content-Disposition"]
    new = re.findall(r"\d{8}", text.content.decode())
    assert len(new) == 10
    assert not set(new) & set(old)
    sign_in(client, person)
    assert problems(client.post(STEP, {"code": old[0]})) == ["The code is not right"]
    client.post(STEP, {"code": new[0]})
    assert is_signed_in(client)


def test_a_passkey_is_renamed_and_removed_by_its_owner_alone(person: User) -> None:
    passkey = give_passkey(person)
    other = make_user()
    give_passkey(other)
    rename = f"/account/second-factor/passkeys/{passkey.pk}/rename/"
    remove = f"/account/second-factor/passkeys/{passkey.pk}/remove/"
    for page in (rename, remove):
        assert confirmed(other).post(page, {"name": "Mine now"})["Location"] == INDEX
    client = confirmed(person)
    assert client.post(rename, {"name": "Key on the ring"})["Location"] == INDEX
    assert "Key on the ring" in says(client.get(INDEX))
    assert client.post(remove)["Location"] == INDEX
    assert not Authenticator.objects.filter(user=person).exists()


@pytest.mark.parametrize("answer", ["", "{}", "[]", "1", "null", '{"id": "x"}', '{"response": {}}'])
def test_a_broken_passkey_is_refused(person: User, answer: str) -> None:
    client = confirmed(person)
    page = "/account/second-factor/passkeys/add/"
    client.get(page)
    refused = problems(client.post(page, {"name": "x", "credential": answer}))
    assert refused[0].startswith(("The passkey could not be added", "Your browser sent no passkey"))
    give_passkey(person)
    client = confirmed(person)
    confirm = "/account/second-factor/confirm/passkey/"
    client.get(confirm)
    refused = problems(client.post(confirm, {"credential": answer}))
    assert refused[0].startswith(("This passkey is not", "Your browser sent no passkey"))


# -- An administrator helps ------------------------------------------------------------------------------------
@pytest.fixture
def helper(world: World) -> Client:
    give_factor(world.administrator)
    return shown(password_only(world.administrator), world.administrator)


def test_an_administrator_ends_a_lost_second_factor_and_its_sessions(
    world: World, helper: Client, mailoutbox: list[EmailMessage]
) -> None:
    lead = world.here.lead
    give_factor(lead)
    old = shown(password_only(lead), lead)
    assert old.get("/thurrock/").status_code == 200
    mailoutbox.clear()
    answer = helper.post(END, {"email": lead.email.upper(), "reason": "lost"})
    assert answer["Location"] == "/administration/"
    assert not Authenticator.objects.filter(user=lead).exists()
    assert old.get("/thurrock/")["Location"].startswith(SIGN_IN)
    [mail] = mailoutbox
    assert mail.to == [lead.email]
    assert "The device is lost or broken" in str(mail.body)
    assert trail() == [("factor.reset", {"reason": "lost"})]
    again = Client()
    sign_in(again, lead)
    assert is_signed_in(again)


@pytest.mark.parametrize(
    ("who", "why"),
    [
        ("administrator@portal.example.org", "Nobody ends their own second factor here"),
        ("nobody@example.org", "Nobody has an account with this address"),
        ("stranger@example.org", "Sam Stranger has no second factor"),
    ],
)
def test_but_not_their_own_nor_what_is_not_there(helper: Client, who: str, why: str) -> None:
    before = Authenticator.objects.count()
    assert why in problems(helper.post(END, {"email": who, "reason": "lost"}))[0]
    assert Authenticator.objects.count() == before
    assert trail() == []


def test_an_administrator_shows_a_second_factor_first(world: World) -> None:
    give_factor(world.here.lead)
    client = password_only(world.administrator)
    for answer in (client.get(END), client.post(END, {"email": world.here.lead.email})):
        assert answer["Location"] == f"{NEEDED}?next=%2Fadministration%2Fsecond-factor%2Fend%2F"
    assert Authenticator.objects.filter(user=world.here.lead).count() == 2
    page = client.get(NEEDED, {"next": END})
    assert "somebody else's second factor" in says(page)


def test_an_email_that_cannot_be_sent_leaves_everything_as_it_was(
    world: World, helper: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(*_: Any, **__: Any) -> None:
        raise OSError

    monkeypatch.setattr("accounts.actions.send_mail", closed)
    give_factor(world.here.lead)
    refused = helper.post(END, {"email": world.here.lead.email, "reason": "lost"})
    assert "could not be sent" in problems(refused)[0]
    assert Authenticator.objects.filter(user=world.here.lead).exists()
    assert trail() == []


def test_the_page_is_well_made(helper: Client) -> None:
    assert not list(faults(Visit("", END), helper.get(END)))


def test_the_servers_command_line_helps_the_only_administrator(person: User) -> None:
    give_factor(person)
    call_command("end_second_factor", person.email, stdout=StringIO())
    assert not Authenticator.objects.exists()
    with pytest.raises(CommandError, match="Nobody has an account"):
        call_command("end_second_factor", "nobody@example.org")


# -- What is kept, and what is not --------------------------------------------------------------------------------
def everything_stored() -> str:
    """Each row of each table a second factor could leave something in."""
    found = ""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL app.lock2 = 'off'")
        for table in ("mfa_authenticator", "audit_event", "accounts_typedtext", "accounts_user"):
            cursor.execute(f"SELECT string_agg(t::text, ' ') FROM {table} t")
            found += str(cursor.fetchone()[0])
    return found


def test_neither_secret_nor_code_stands_anywhere_in_the_open(
    person: User, mailoutbox: list[EmailMessage], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    client = confirmed(person)
    secret = secret_on(client.get(SET_UP))
    assert secret not in str(dict(client.session))
    typed = code(secret)
    client.post(SET_UP, {"code": typed})
    assert secret not in str(dict(client.session))
    codes = re.findall(r"<li>(\d{8})</li>", client.get(CODES).content.decode())
    stored = everything_stored() + caplog.text + "".join(str(mail.body) for mail in mailoutbox)
    assert "totp" in stored
    assert [word for word in (secret, *codes, f" {typed} ") if word in stored] == []


def test_a_form_that_outlives_its_session_keeps_no_code(person: User) -> None:
    secrets = {"code": "123456", "password": "p", "credential": "c", "comment": "kept"}
    Client().post("/thurrock/", {**secrets, "typed_by": note_for(person.pk)})
    [kept] = TypedText.objects.all()
    assert unseal(kept.body, f"typed by {person.pk} on /thurrock/") == "comment=kept"


def test_a_seal_opens_with_its_key_and_the_one_before(settings: Any) -> None:
    sealed = seal("secret")
    assert "secret" not in sealed
    assert seal("secret") != sealed
    former, settings.FILES_MASTER_KEY = settings.FILES_MASTER_KEY, new_master_key()
    with pytest.raises(CannotUnseal):
        unseal(sealed)
    settings.FILES_MASTER_KEY_OLD = [former]
    assert unseal(sealed) == "secret"


def test_second_factors_follow_a_change_of_the_master_key(person: User, settings: Any) -> None:
    codes = give_factor(person)
    settings.FILES_MASTER_KEY_OLD = [settings.FILES_MASTER_KEY]
    settings.FILES_MASTER_KEY = new_master_key()
    assert reseal_all() == 2
    settings.FILES_MASTER_KEY_OLD = []
    rows = {row.type: row.wrap() for row in Authenticator.objects.all()}
    assert rows["recovery_codes"].get_unused_codes() == codes
    assert rows["totp"].validate_code(code())


def test_no_page_of_allauths_is_there_that_was_not_meant() -> None:
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert {name for name in names if name.startswith("mfa_")} == {
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_authenticate",
        "mfa_deactivate_totp",
        "mfa_download_recovery_codes",
        "mfa_edit_webauthn",
        "mfa_generate_recovery_codes",
        "mfa_index",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "mfa_remove_webauthn",
        "mfa_view_recovery_codes",
    }
