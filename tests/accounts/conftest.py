"""The person whose account is tried."""

import pytest

from accounts.models import User
from tests.factories import make_user


@pytest.fixture
def person(db: None) -> User:
    return make_user("Pat Person", email="pat.person@example.org")
