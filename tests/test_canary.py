"""Words that stand in a closed paper alone, looked for wherever the portal says anything, as everybody."""

import io
import logging
import re
from collections.abc import Iterator

import pikepdf
import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User
from boroughs.actions.lists import grant, revoke
from boroughs.models import Closure
from boroughs.roles import Role
from boroughs.rows import acting_as
from papers.inspection import Finding
from papers.models import Paper
from tests.boroughs.pages import signed_in
from tests.factories import World, make_paper, tiny_pdf
from tests.hearing import words_in
from tests.routes import (
    ACROSS_ROUTES,
    ADMINISTRATOR_ROUTES,
    BOROUGH_ROUTES,
    PUBLIC,
    SIGNED_IN,
    across_address,
    address,
    administrator_address,
    public_address,
)
from tests.test_access import ask

TITLE, FILE, BODY, PROPERTY, HIDDEN = (
    *("zibethtitle", "zibethfile", "zibethbody", "zibethproperty", "zibethhidden"),
)
CONTENT = (TITLE, FILE, BODY, PROPERTY, HIDDEN)
CASE = ("zibethparagraph", "zibethinterest", "zibethreason")
READERS = {Role.COORDINATOR, Role.MEMBER}
KEEPERS = {Role.LEAD, Role.MONITORING}
# Where the words may stand: the content itself, under row security
MAY_HOLD = ("papers_", "boroughs_closure", "boroughs_closedpassages")


@pytest.fixture
def canary(world: World) -> Paper:
    """A closed paper in Thurrock; its coordinator closed it, and the member is on its list."""
    here = world.here
    with acting_as(here.coordinator.pk):
        paper = make_paper(
            here.borough,
            by=here.coordinator,
            title=f"Canary {TITLE}",  # found by its first word where the page of search looks for it
            name=f"{FILE}.pdf",
            data=_with_property(tiny_pdf(BODY)),
            findings=(Finding("comments", HIDDEN, 1),),
            meeting=here.meeting,
            closing={
                "classification": "exempt",
                "paragraphs": {"england-7": "zibethparagraph"},
                "public_interest": "withhold",
                "interest_reason": "zibethinterest",
                "reason": "zibethreason",
                "public_line": "Appendix Z, not for publication",
            },
        )
    with acting_as(here.lead.pk):
        grant(closure=closure_of(paper), person=here.member, reason="Reads it", by=here.lead)
    return paper


def closure_of(paper: Paper) -> Closure:
    assert paper.closure is not None
    return paper.closure


def version_of(world: World, paper: Paper) -> object:
    with acting_as(world.here.coordinator.pk):
        return paper.versions.get().pk


def _with_property(data: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.docinfo["/Subject"] = PROPERTY
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def addresses(world: World, paper: Paper) -> Iterator[str]:
    """Every page of the borough with its own rows; those about papers and closures with the canary's besides."""
    here, closure = world.here, closure_of(paper)
    version = version_of(world, paper)
    for name in BOROUGH_ROUTES:
        yield address(name, here)
    own = {"papers:paper": str(here.paper.pk), "boroughs:closure": str(here.closure.pk)}
    for name in BOROUGH_ROUTES:
        url = address(name, here)
        there = url.replace(own["papers:paper"], str(paper.pk))
        there = there.replace(str(here.version.pk), str(version))
        there = there.replace(own["boroughs:closure"], str(closure.pk))
        if there != url:
            yield there
    listing = reverse("papers:paper-list", args=[here.borough.slug])
    for query in (
        f"?meeting={here.meeting.pk}",
        f"?closure={closure.pk}",
        f"?q={paper.pk}",
        "?page=2",
    ):
        yield listing + query
    for name in ADMINISTRATOR_ROUTES:
        yield administrator_address(name, world)
    yield from (across_address(name, world) for name in ACROSS_ROUTES)
    yield from (
        public_address(name, here) for name in sorted(PUBLIC) if name.startswith("register:")
    )
    for name in sorted(SIGNED_IN):
        if not name.startswith("mfa_edit") and not name.startswith("mfa_remove"):
            yield reverse(name)


def heard(world: World, paper: Paper, person: User | None) -> set[str]:
    """Which of the words somebody gets to see, on whatever page."""
    client = signed_in(person) if person else Client()
    found: set[str] = set()
    for url in addresses(world, paper):
        for method in ("get", "post"):
            said = words_in(ask(client, method, url))
            found |= {word for word in (*CONTENT, *CASE) if word in said}
    return found


def test_the_words_are_heard_by_those_on_the_list_and_by_nobody_else(
    world: World, canary: Paper, caplog: pytest.LogCaptureFixture
) -> None:
    here, there = world.here, world.there
    with caplog.at_level(logging.INFO):
        for role, person in here.people.items():
            said = heard(world, canary, person)
            if role in READERS:
                assert said >= {TITLE, FILE, BODY, *CASE}, role
            elif role in KEEPERS:
                assert not said & set(CONTENT), role
            else:
                assert said == set(), role
        outsiders = [world.stranger, world.administrator, there.lead, there.coordinator, None]
        for outsider in outsiders:
            assert heard(world, canary, outsider) == set(), outsider
    written = " ".join(caplog.messages).lower()
    letters = " ".join(f"{m.subject} {m.body} {m.to}" for m in mail.outbox).lower()
    for word in (*CONTENT, *CASE):
        assert word not in written
        assert word not in letters
        assert word not in _in_the_cache()
    holding = tables_holding(world)  # what all those visits may have written down
    assert holding, "the words must stand somewhere"
    assert {table for table in holding if not table.startswith(MAY_HOLD)} == set()


def _in_the_cache() -> str:
    """Keys and values of everything in the cache and the broker."""
    client = cache._cache.get_client()  # type: ignore[attr-defined]  # Django's own
    dumped = [key + (client.dump(key) or b"") for key in client.scan_iter("*")]
    return b" ".join(dumped).decode("utf-8", "replace").lower()


def test_whoever_is_taken_off_the_list_hears_nothing_more(world: World, canary: Paper) -> None:
    here = world.here
    client = signed_in(here.member)
    version = version_of(world, canary)
    url = reverse("papers:version-download", args=[here.borough.slug, canary.pk, version])
    assert BODY in words_in(ask(client, "post", url)) + words_in(ask(client, "get", url))
    with acting_as(here.lead.pk):
        revoke(closure=closure_of(canary), person=here.member, reason="Over", by=here.lead)
    assert ask(client, "post", url).status_code == ask(client, "get", url).status_code == 404
    assert heard(world, canary, here.member) == set()


def tables_holding(world: World) -> set[str]:
    """Every table in which one of the words stands, row security aside."""
    with acting_as(world.here.coordinator.pk), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.lock2', 'off', true)")
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace "
            "AND has_table_privilege(oid, 'SELECT')"
        )
        tables = [name for (name,) in cursor.fetchall()]
        holding = set()
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text ILIKE '%%zibeth%%'")
            if cursor.fetchone()[0]:
                holding.add(table)
    return holding


def test_forbidden_and_missing_look_the_same(world: World, canary: Paper) -> None:
    missing = str(world.there.paper.pk)
    for role, person in world.here.people.items():
        if role in READERS:
            continue
        client = signed_in(person)
        for url in addresses(world, canary):
            if str(canary.pk) not in url:
                continue
            closed = ask(client, "get", url)
            nowhere = ask(client, "get", url.replace(str(canary.pk), missing))
            assert closed.status_code == nowhere.status_code, (role, url)
            assert _bare(closed) == _bare(nowhere), (role, url)


OF_EACH_ANSWER = {"Content-Security-Policy", "Set-Cookie", "Expires"}


def _bare(response: HttpResponse) -> tuple[dict[str, str], int]:
    heads = {k: v for k, v in response.items() if k not in OF_EACH_ANSWER}
    return heads, len(response.content)


def test_counts_and_lists_do_not_change_for_others_when_a_closed_paper_is_added(
    world: World,
) -> None:
    here = world.here
    others = [p for role, p in here.people.items() if role not in READERS | KEEPERS]
    pages = [
        reverse("portal:borough", args=[here.borough.slug]),
        reverse("papers:paper-list", args=[here.borough.slug]),
    ]

    def seen() -> list[list[str]]:
        return [[_body(ask(signed_in(person), "get", page)) for page in pages] for person in others]

    before = seen()
    with acting_as(here.coordinator.pk):
        make_paper(
            here.borough,
            by=here.coordinator,
            title="Silent",
            closing={"classification": "exempt", "paragraphs": {}, "reason": "x"},
        )
    assert seen() == before


def _body(response: HttpResponse) -> str:
    """The page without what is of each answer: nonces and tokens."""
    once = r'(nonce|value)="[^"]+"'
    return re.sub(once, "", response.content.decode())
