"""Accounts themselves: who is an administrator, and what the database refuses."""

import getpass

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from accounts.models import User
from audit.models import Event
from tests.factories import make_user


def types(monkeypatch: pytest.MonkeyPatch, password: str) -> None:
    monkeypatch.setattr(getpass, "getpass", lambda prompt: password)


def test_a_newcomer_is_made_administrator_from_the_command_line(
    db: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    types(monkeypatch, "a long enough password")
    call_command("create_administrator", "Boss@Example.org", name="Bo Boss")
    boss = User.objects.get(email="boss@example.org")
    assert (boss.name, boss.is_administrator, boss.is_superuser) == ("Bo Boss", True, False)
    assert boss.check_password("a long enough password")
    assert "may now open boroughs" in capsys.readouterr().out
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.lock2', 'off', true)")
    assert (
        Event.objects.get(deed="account.made-administrator").subject == f"accounts.user:{boss.pk}"
    )


def test_somebody_with_an_account_is_made_administrator_without_a_new_password(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(getpass, "getpass")
    person = make_user(email="pat@example.org")
    call_command("create_administrator", "PAT@example.org")
    person.refresh_from_db()
    assert person.is_administrator
    assert User.objects.count() == 1


def test_a_weak_password_makes_no_administrator(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    types(monkeypatch, "short")
    with pytest.raises(CommandError, match="at least 12 characters"):
        call_command("create_administrator", "boss@example.org")
    assert not User.objects.exists()


def test_the_database_refuses_a_superuser(db: None) -> None:
    person = make_user()
    with pytest.raises(IntegrityError, match="nobody_is_superuser"), transaction.atomic():
        User.objects.filter(pk=person.pk).update(is_superuser=True)
    assert not person.is_staff


def test_the_database_refuses_a_second_account_for_one_address(db: None) -> None:
    make_user(email="pat@example.org")
    with pytest.raises(IntegrityError, match="one_person_an_email_address"), transaction.atomic():
        User.objects.create(email="PAT@example.org", name="Pat")
