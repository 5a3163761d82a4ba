"""The demonstration's shared password works in a local run and nowhere else."""

from typing import Any

import pytest
from django.conf import settings as portal
from django.core.management import CommandError, call_command
from django.test import Client

from tests.factories import make_user

pytestmark = pytest.mark.django_db


def try_to_sign_in() -> int:
    user = make_user()
    user.set_password(portal.DEMONSTRATION_PASSWORD)
    user.save(update_fields=["password"])
    said = {"login": user.email, "password": portal.DEMONSTRATION_PASSWORD}
    return Client().post("/account/sign-in/", said).status_code


def test_it_opens_a_local_run() -> None:
    assert try_to_sign_in() == 302


def test_it_is_refused_outside_even_when_somebody_has_it(settings: Any) -> None:
    settings.DEMONSTRATION = False
    assert try_to_sign_in() == 200


def test_the_demonstration_is_not_loaded_outside(settings: Any) -> None:
    settings.DEMONSTRATION = False
    with pytest.raises(CommandError, match="for a local run only"):
        call_command("load_demonstration")
