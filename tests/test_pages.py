"""Every page, as those who may open it: well made, guarded by headers, and not slower for having more rows."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import html5lib
import pytest
from bs4 import BeautifulSoup, Tag
from django.core.cache import cache
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from boroughs.roles import Role
from boroughs.rows import acting_as
from reports.actions.batches import start_batch
from reports.actions.issues import publish_issue
from reports.models import Report
from tests.factories import (
    Place,
    World,
    give_role,
    make_borough,
)
from tests.growing import GROWING, more_reports
from tests.reports.writing import issue_again
from tests.routes import (
    ACROSS_ROUTES,
    ADMINISTRATOR_ROUTES,
    BOROUGH_ROUTES,
    PUBLIC,
    ROUTES,
    SIGNED_IN,
    address,
    public_address,
)
from tests.visits import (
    NO_PAGE,
    Visit,
    administrator_visits,
    client_of,
    error_visits,
    public_visits,
    role_visits,
    signed_in_visits,
)

MOST_QUERIES = 14
# A page that shows the paper, or what the checks find in it, makes the paper's snapshot first: as many whatever stands in it,
# which the tests of growing rows below hold
SNAPSHOTS = {
    "reports:clear-section": 21,
    "reports:issue": 16,
    "reports:report": 38,
    "reports:report-checks": 31,
    "reports:report-draft": 22,
    "reports:report-issue": 32,
    "reports:section": 20,
}
# Two more where a page brings all the floors together (bank holidays are not known to SQL), and shows an indicator of its own
# One more where a page has what stands under it in many tables, and what was erased of it; a strategy has a higher floor's papers beside it, an action what
# reviews asked for
MORE_QUERIES = {
    "boroughs:closure-show": 15,  # to those on its list, sections of reports that it closes besides the records
    "portal:borough": 16,
    "boroughs:strategy-show": 16,
    "boroughs:action-show": 16,
    **SNAPSHOTS,
}
# Where they lead somebody on at once
LEADING_ON = {
    ("reports:report", Role.MEMBER): "to the newest version",
    ("reports:report-checks", Role.MEMBER): "to the report",
    ("reports:report-issue", Role.DEMOCRATIC): "to the report, which was issued",
    ("reports:report-draft", Role.MEMBER): "to the report",
}
HANDLER = re.compile(r"on[a-z]+", re.IGNORECASE)
SAVEPOINTS = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")


# -- What is asked of one page ------------------------------------------------------------------------
def look(visit: Visit) -> Any:
    answer = client_of(visit).get(visit.path, follow=True)
    assert answer.status_code == visit.status, (visit, answer.status_code)
    return answer


def faults(visit: Visit, answer: Any) -> Iterator[str]:
    """What is wrong with the page, in words."""
    text = answer.content.decode()
    try:
        html5lib.HTMLParser(strict=True).parse(text)
    except html5lib.html5parser.ParseError as error:
        yield f"not HTML5: {error}"
    page = BeautifulSoup(text, "html.parser")
    yield from faults_of_structure(page)
    register = visit.name.startswith("register:")
    yield from faults_of_headers(answer, bare=visit.status >= 500 or register, kept=register)


def faults_of_structure(page: BeautifulSoup) -> Iterator[str]:
    headings = [heading_text(h1) for h1 in page.find_all("h1")]
    title = page.title.get_text() if page.title else ""
    if len(headings) != 1:
        yield f"{len(headings)} h1: {headings}"
    elif not title.removeprefix("Error: ").startswith(headings[0]):
        yield f"the title {title!r} does not begin with {headings[0]!r}"
    if not page.html or not page.html.get("lang"):
        yield "no language"
    for element in page.find_all(True):
        for name in element.attrs:
            if name == "style" or HANDLER.fullmatch(name):
                yield f"inline {name} on <{element.name}>"
        if element.name in {"script", "style"} and not element.get("nonce"):
            yield f"<{element.name}> without the nonce"
    ids = [element["id"] for element in page.find_all(id=True)]
    yield from (f"two elements are #{one}" for one in {i for i in ids if ids.count(i) > 1})


def heading_text(h1: Tag) -> str:
    """The heading without its caption, one space between words."""
    for caption in h1.find_all(class_=re.compile("govuk-caption")):
        caption.extract()
    return " ".join(h1.get_text().split())


def faults_of_headers(answer: Any, *, bare: bool = False, kept: bool = False) -> Iterator[str]:
    """A bare page has no script; a page that caches keep has no nonce, and they ask each time whether it still holds."""
    policy = answer.get("Content-Security-Policy", "")
    for directive in (
        "default-src 'none'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
    ):
        if directive not in policy:
            yield f"the content policy lacks {directive}"
    nonces = set(re.findall(r"'nonce-([^']+)'", policy))
    used = set(re.findall(r'nonce="([^"]*)"', answer.content.decode()))
    if used - nonces or not (bare or used) or "unsafe" in policy:
        yield f"nonce {used} in the page, {nonces} in the policy"
    expected = {
        "X-Content-Type-Options": {"nosniff"},
        "X-Frame-Options": {"DENY"},
        "Cross-Origin-Opener-Policy": {"same-origin"},
        "Referrer-Policy": {"same-origin", "strict-origin"},
    }
    for name, values in expected.items():
        if answer.get(name) not in values:
            yield f"{name}: {answer.get(name)}"
    if kept and used:
        yield f"nonce {used} in a page that caches keep"
    if ("public, no-cache" if kept else "no-store") not in answer.get("Cache-Control", ""):
        yield f"Cache-Control: {answer.get('Cache-Control')}"


def statements(client: Client, path: str) -> list[str]:
    """The SQL of one GET, without the marks of nested transactions."""
    client.get(path)  # whatever the process learns once
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200, path
    return [q["sql"] for q in captured.captured_queries if not q["sql"].startswith(SAVEPOINTS)]


# -- Every page ---------------------------------------------------------------------------------------
def check(visits: list[Visit]) -> None:
    assert visits
    found = {
        f"{visit.name} {visit.path} by {visit.by}": wrong
        for visit in visits
        if (wrong := list(faults(visit, look(visit))))
    }
    assert not found


@pytest.mark.parametrize("role", Role)
def test_every_page_of_a_borough_is_well_made(world: World, role: Role) -> None:
    check(list(role_visits(world.here, role)))


def test_every_page_of_administration_is_well_made(world: World) -> None:
    check(list(administrator_visits(world)))


def test_every_page_of_ones_account_is_well_made(world: World) -> None:
    check(list(signed_in_visits(world)))


def test_every_public_page_is_well_made(world: World) -> None:
    check(list(public_visits(world)))


def test_pages_of_refusal_are_well_made(world: World) -> None:
    check(list(error_visits(world)))


def test_no_page_is_left_out(world: World) -> None:
    visits = [*administrator_visits(world), *signed_in_visits(world), *public_visits(world)]
    for role in Role:
        visits += role_visits(world.here, role)
    assert set(NO_PAGE) <= set(ROUTES)
    walked = {*BOROUGH_ROUTES, *ADMINISTRATOR_ROUTES, *ACROSS_ROUTES}
    assert walked | PUBLIC | SIGNED_IN == set(ROUTES)
    assert {visit.name for visit in visits} == set(ROUTES) - set(NO_PAGE)


def test_a_fault_of_the_portal_gets_a_page_of_our_own(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("portal.home.boroughs_of", broken)
    check([Visit("500", "/", world.stranger, 500)])


def test_a_database_that_is_away_gets_a_page_of_our_own(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: Any) -> None:
        raise OperationalError

    monkeypatch.setattr("portal.home.boroughs_of", away)
    check([Visit("503", "/", world.stranger, 503)])


def test_a_page_that_stood_open_too_long_says_what_to_do(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.stranger)
    answer = client.post("/account/password/change/", {})
    assert answer.status_code == 403
    assert not list(faults(Visit("csrf", "/"), answer))
    assert "open too long" in answer.content.decode()


def test_too_many_tries_get_a_page_of_our_own(world: World) -> None:
    cache.clear()
    client = Client()
    answers = [
        client.post("/account/password/reset/", {"email": world.stranger.email}) for _ in range(30)
    ]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert refused
    assert not list(faults(Visit("429", "/"), refused[0]))


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("<p>no heading", "0 h1"),
        ("<h1>a</h1><h1>b</h1>", "2 h1"),
        ('<h1>a</h1><p style="color:red">', "inline style"),
        ('<h1>a</h1><p onclick="x()">', "inline onclick"),
        ("<h1>a</h1><script></script>", "without the nonce"),
        ('<h1>a</h1><p id="x"><b id="x">', "#x"),
        ("<title>b</title><h1>a</h1>", "does not begin"),
    ],
)
def test_the_eye_for_faults_sees_them(html: str, fault: str) -> None:
    assert any(fault in said for said in faults_of_structure(BeautifulSoup(html, "html.parser")))


# -- Statements ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", Role)
def test_no_page_asks_the_database_often(world: World, role: Role) -> None:
    asked = {}
    for visit in role_visits(world.here, role):
        if (visit.name, role) in LEADING_ON:
            continue
        asked[visit.name] = len(statements(client_of(visit), visit.path))
    assert {n: many for n, many in asked.items() if many > MORE_QUERIES.get(n, MOST_QUERIES)} == {}


def test_no_page_outside_the_boroughs_asks_the_database_often(world: World) -> None:
    visits = [*administrator_visits(world), *signed_in_visits(world), *public_visits(world)]
    asked = {v.name: len(statements(client_of(v), v.path)) for v in visits if _answers(v)}
    assert max(asked.values()) <= MOST_QUERIES, asked


def _answers(visit: Visit) -> bool:
    return visit.status == 200 and client_of(visit).get(visit.path).status_code == 200


@pytest.mark.parametrize(("name", "role", "grow"), GROWING)
def test_a_page_asks_no_more_for_ten_rows_than_for_one(
    world: World, name: str, role: Role, grow: Callable[[Place], None]
) -> None:
    grow(world.here)
    one = asked_at(address(name, world.here), world.here.people[role])
    before = body(address(name, world.here), world.here.people[role])
    for _ in range(9):
        grow(world.here)
    assert body(address(name, world.here), world.here.people[role]) != before or name in UNMOVED
    assert asked_at(address(name, world.here), world.here.people[role]) <= one


UNMOVED = {"toolkit:assessment", "toolkit:rating"}  # they show two periods however many there are


def asked_at(path: str, user: User | None) -> int:
    return len(statements(client_of(Visit("", path, user)), path))


def body(path: str, user: User | None) -> str:
    page = BeautifulSoup(client_of(Visit("", path, user)).get(path).content, "html.parser")
    return page.main.get_text() if page.main else ""


def batched(world: World, reports: int) -> str:
    """The page of a batch of so many."""
    by = world.here.coordinator
    for _ in range(reports):
        more_reports(world.here)
    with acting_as(by.pk):
        rows = Report.objects.filter(borough=world.here.borough)[:reports]
        return reverse("batches:batch", args=[start_batch(reports=list(rows), by=by)])


def test_a_batch_of_ten_asks_no_more_than_one_of_two(world: World) -> None:
    by = world.here.coordinator
    two = batched(world, 2)
    before = asked_at(two, by), asked_at(reverse("batches:batch-start"), by)
    ten = batched(world, 10)
    assert len(body(ten, by)) > len(body(two, by))
    assert (asked_at(ten, by), asked_at(reverse("batches:batch-start"), by)) == before


def test_a_register_of_ten_asks_no_more_than_one_of_two(world: World) -> None:
    def publish() -> None:
        issue = issue_again(world.here)
        with acting_as(world.here.democratic.pk):
            publish_issue(issue=issue, by=world.here.democratic)

    publish()
    pages = [
        public_address(f"register:{name}", world.here) for name in ("register", "register-issue")
    ]
    before = [asked_at(page, None) for page in pages]
    for _ in range(8):
        publish()
    assert body(pages[0], None).count("version") == 9
    assert [asked_at(page, None) for page in pages] == before


@pytest.mark.parametrize("path", ["/", "/administration/"])
def test_ten_boroughs_ask_no_more_than_two(world: World, path: str) -> None:
    admin = world.administrator
    visitor = admin if path == "/administration/" else world.stranger

    def open_one() -> None:
        with acting_as(admin.pk):
            give_role(world.stranger, make_borough(by=admin), Role.OBSERVER, by=admin)

    open_one()
    open_one()
    two, before = asked_at(path, visitor), body(path, visitor)
    for _ in range(8):
        open_one()
    assert asked_at(path, visitor) == two
    assert len(body(path, visitor)) > len(before)
