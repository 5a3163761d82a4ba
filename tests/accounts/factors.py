"""What the tests of second factors need: a person, their codes, and the trail."""

from typing import Any

from bs4 import BeautifulSoup
from django.db import connection, transaction
from django.test import Client

from accounts.models import User
from audit.models import Event
from tests.boroughs.pages import password_only
from tests.factories import PASSWORD
from tests.second_factor import code, shown

SIGN_IN, STEP = "/account/sign-in/", "/account/second-factor/step/"
INDEX, NEEDED = "/account/second-factor/", "/account/second-factor/needed/"
SET_UP, REMOVE = "/account/second-factor/app/add/", "/account/second-factor/app/remove/"
CODES, CONFIRM = "/account/second-factor/recovery-codes/", "/account/second-factor/confirm/"
END = "/administration/second-factor/end/"


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
