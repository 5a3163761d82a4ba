import pytest
from django.http import HttpRequest
from django.test import RequestFactory


class Visitor:
    """Stands for the signed-in person; no database is asked."""

    is_authenticated = True

    def __str__(self) -> str:
        return "coordinator@thurrock.example.org"


@pytest.fixture(autouse=True)
def plain_static_files(settings: object) -> None:
    """Names of static files as they are: nothing has been collected."""
    settings.STORAGES = {  # type: ignore[attr-defined]  # pytest-django's wrapper takes any setting
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def page(rf: RequestFactory) -> HttpRequest:
    """A request as the middleware hands it on, by somebody signed in."""
    request = rf.get("/")
    request.user = Visitor()  # type: ignore[assignment]
    request.csp_nonce = "n0nce"  # type: ignore[attr-defined]
    return request
