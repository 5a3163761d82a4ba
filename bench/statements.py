"""How many SQL statements a page and a save take, with few rows and with many."""

from contextlib import AbstractContextManager
from functools import cache
from http import HTTPStatus
from urllib.parse import urlsplit

from django.db import connection
from django.http import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from boroughs.roles import Role
from boroughs.rows import acting_as

from .client import SITE, Unexpected
from .codes import codes
from .figures import Bar, Figure
from .generate import FULL
from .pages import Page, pages, said, saving
from .words import PASSWORD, email_of, slug_of

PART = "SQL statements"
BY_ROWS = "SQL statements: a borough with many rows less one with few"
A_PAGE = Bar("B3", 12)
NO_MORE = Bar("B3", 0)
MANY, FEW = 1, 2  # the boroughs' numbers
TRANSACTION = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


def measure() -> list[Figure]:
    """Each page for the borough with many rows, and what that is more than for the one with few."""
    figures, growth = [], []
    for many, few in zip(_pages_of(MANY), _pages_of(FEW), strict=True):
        queries, others = _counted(MANY, many)
        of_few, _ = _counted(FEW, few)
        figures.append(Figure(PART, many.name, "", [queries], A_PAGE, _besides(others)))
        growth.append(Figure(BY_ROWS, many.name, "", [queries - of_few], NO_MORE))
    with _reading(MANY):
        form = saving(MANY)
    queries, others = _counted(MANY, form, save=True)
    figures.append(Figure(PART, form.name, "", [queries], None, _besides(others)))
    return figures + growth


def _besides(others: int) -> str:
    return f"and {others} that begin or end a transaction"


def _pages_of(number: int) -> list[Page]:
    with _reading(number):
        return pages(number)


def coordinator_of(number: int) -> User:
    return User.objects.get(email=email_of(Role.COORDINATOR, slug_of(number)))


def _reading(number: int) -> AbstractContextManager[None]:
    return acting_as(coordinator_of(number).pk)


def _counted(number: int, page: Page, *, save: bool = False) -> tuple[int, int]:
    """Statements that do something, and those that only begin or end a transaction. The second visit counts."""
    client = _signed_in(email_of(page.role, slug_of(number)))
    _visit(client, page)
    with CaptureQueriesContext(connection) as captured:
        if save:
            _expect(302, client.post(page.path, said(1, FULL.saves + 1), secure=True), page)
        else:
            _visit(client, page)
    others = sum(query["sql"].startswith(TRANSACTION) for query in captured)
    return len(captured) - others, others


@cache
def _signed_in(email: str) -> Client:
    """Once a person: a code of the second factor is good for one sign-in."""
    client = Client(SERVER_NAME=urlsplit(SITE).hostname)
    sign_in(client, email)
    return client


def sign_in(client: Client, email: str) -> None:
    """By password and second factor."""
    for path, fields in (
        ("account_login", [{"login": email, "password": PASSWORD}]),
        ("mfa_authenticate", [{"code": code} for code in codes()]),
    ):
        if not any(_accepted(client, reverse(path), each) for each in fields):
            raise Unexpected(f"{email} could not sign in")


def _accepted(client: Client, path: str, fields: dict[str, str]) -> bool:
    return client.post(path, fields, secure=True).status_code == HTTPStatus.FOUND


def _visit(client: Client, page: Page) -> None:
    _expect(200, client.get(page.path, secure=True), page)


def _expect(status: int, answer: HttpResponseBase, page: Page) -> None:
    if answer.status_code != status:
        raise Unexpected(f"{page.path} answered {answer.status_code}, not {status}")
