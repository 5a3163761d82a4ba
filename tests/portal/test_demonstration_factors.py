"""Second factors of the demonstration: a command says the code, and only in a local run."""

import re
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import User
from boroughs.policies import Refused
from portal.demonstration.factors import demonstration_code, give_demonstration_factor
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db


def said_code(user: User) -> str:
    out = StringIO()
    call_command("second_factor_code", user.email.upper(), stdout=out)
    found = re.match(r"\d{6}", out.getvalue())
    assert found is not None, out.getvalue()
    return found[0]


def sign_in(user: User) -> bool:
    client = Client()
    client.post("/account/sign-in/", {"login": user.email, "password": PASSWORD})
    client.post("/account/second-factor/step/", {"code": said_code(user)})
    return "_auth_user_id" in client.session


def test_the_code_it_says_signs_in_twice_in_a_row() -> None:
    user = make_user()
    give_demonstration_factor(user)
    give_demonstration_factor(user)
    assert sign_in(user)
    assert sign_in(user)


def test_who_has_none_is_told_so() -> None:
    with pytest.raises(CommandError, match="has no second factor"):
        call_command("second_factor_code", make_user().email)
    with pytest.raises(CommandError, match="Nobody has the address"):
        call_command("second_factor_code", "nobody@example.org")


def test_outside_a_local_run_there_are_none(settings: Any) -> None:
    user = make_user()
    give_demonstration_factor(user)
    settings.DEMONSTRATION = False
    with pytest.raises(CommandError, match="for a local run only"):
        call_command("second_factor_code", user.email)
    with pytest.raises(Refused):
        demonstration_code(user)
    with pytest.raises(Refused):
        give_demonstration_factor(make_user())
