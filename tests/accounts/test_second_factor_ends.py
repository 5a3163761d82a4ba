"""A second factor is renewed, removed, or ended by an administrator when it is lost; nothing of it stands in the open."""

import re
from io import StringIO
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import get_resolver

from accounts.models import TypedText, User
from accounts.sealing import CannotUnseal, reseal_all, seal, unseal
from accounts.typed import note_for
from portal.local.places import new_master_key
from tests.accounts.factors import (
    CODES,
    END,
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
)
from tests.boroughs.pages import password_only, problems, says
from tests.factories import World, make_user
from tests.second_factor import code, give_factor, give_passkey, shown
from tests.test_pages import faults
from tests.visits import Visit


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
