"""The trail as its readers see it: whose events, as sentences, filtered, page by page, and as CSV."""

import csv
import datetime as dt
import io
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import User
from audit.models import Checked, Event, Link
from audit.trail import record
from boroughs.harmless import FORMULAS
from boroughs.roles import Role
from boroughs.rows import acting_as
from boroughs.trail import PER_PAGE
from boroughs.views import trail
from tests.boroughs.pages import problems, says, signed_in
from tests.conftest import as_owner
from tests.factories import World, give_role, make_borough, make_user

HERE, CSV = "/thurrock/trail/", "/thurrock/trail/download/"
PORTAL = "/administration/trail/"


def rows(answer: Any) -> list[str]:
    """The events on the page, each as its words."""
    page = BeautifulSoup(answer.content, "html5lib")
    return [" ".join(row.get_text(" ").split()) for row in page.select("table.trail tbody tr")]


def table(answer: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.content.decode().lstrip("\ufeff"))))


def read_a_paper(world: World) -> None:
    here = world.here
    with acting_as(here.member.pk):
        record("test.read", by=here.member, borough_id=here.borough.pk, members_reading=True)


# -- Whose events -----------------------------------------------------------------------------------------
def test_the_lead_reads_the_boroughs_deeds_as_sentences(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trail, "PER_PAGE", 1000)
    answer = signed_in(world.here.lead).get(HERE)
    said = says(answer)
    assert "Coordinator of Thurrock asked for the PDF of a report" in said
    assert "Lead of Thurrock added the committee Scrutiny Committee" in said
    assert "Lead of Thurrock gave Member of Thurrock a seat on a committee" in said
    assert "Barnet" not in said
    assert "(not known)" not in said


def test_members_reading_is_on_the_monitoring_officers_page_alone(world: World) -> None:
    read_a_paper(world)
    lead, officer = signed_in(world.here.lead), signed_in(world.here.monitoring)
    for path in (HERE, CSV):
        assert "test read" not in lead.get(path).content.decode()
        assert "test read" in officer.get(path).content.decode()


def test_the_door_alone_keeps_members_reading_from_the_lead(world: World) -> None:
    read_a_paper(world)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.lock2', 'off', true)")
    for path in (HERE, CSV):
        assert "test read" not in signed_in(world.here.lead).get(path).content.decode()


def test_row_security_alone_keeps_members_reading_from_the_lead(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_a_paper(world)
    monkeypatch.setattr(
        trail, "trail_of", lambda borough, granted: Event.objects.all().newest_first()
    )
    page = signed_in(world.here.lead).get(HERE)
    assert rows(page)
    assert "test read" not in says(page)
    assert "Barnet" not in says(page)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.LEAD, Role.MONITORING}))
def test_nobody_else_of_the_borough_reads_it(world: World, role: Role) -> None:
    client = signed_in(world.here.people[role])
    assert client.get(HERE).status_code == client.get(CSV).status_code == 403
    assert "Trail" not in says(client.get("/thurrock/")) + says(client.get("/thurrock/council/"))


def test_administrators_read_what_belongs_to_no_council(world: World) -> None:
    signed_in(world.stranger).get("/atlantis/")
    said = rows(signed_in(world.administrator).get(PORTAL))
    assert len(said) == 2
    assert "Whoever runs this installation made Ada Administrator an administrator" in said[1]
    assert "Sam Stranger was refused the page “borough”: not there" in said[0]
    assert "Refused" in said[0]
    assert table(signed_in(world.administrator).get(PORTAL + "download/"))


# -- What is looked for -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("query", "found", "not_found"),
    [
        ("kind=committees", "added a meeting", "rated the benchmark"),
        ("kind=ratings", "rated the benchmark", "added a meeting"),
        ("outcome=refused", "was refused", "added a meeting"),
        ("outcome=done", "published a report", "was refused"),
    ],
)
def test_filters(world: World, query: str, found: str, not_found: str) -> None:
    signed_in(world.here.coordinator).get("/thurrock/settings/change/")
    said = " ".join(rows(signed_in(world.here.lead).get(f"{HERE}?{query}")))
    assert found in said
    assert not_found not in said


def test_a_person_is_found_as_doer_and_as_whom_it_was_about(world: World) -> None:
    member, client = world.here.member, signed_in(world.here.lead)
    Client().post("/account/sign-in/", {"login": member.email, "password": "wrong"})
    said = rows(client.get(f"{HERE}?person={member.pk}"))
    assert any("gave Member of Thurrock the role" in row for row in said)
    assert any(
        "Somebody not signed in could not sign in to the account of Member of Thurrock" in row
        for row in said
    )
    assert not rows(client.get(f"{HERE}?person={world.there.member.pk}"))
    assert problems(client.get(f"{HERE}?person={world.there.member.pk}"))


def test_days_are_those_of_london_and_both_count(world: World) -> None:
    today = timezone.localdate()
    tomorrow = today + dt.timedelta(days=1)
    client = signed_in(world.here.lead)
    assert rows(client.get(f"{HERE}?since={today}&until={today}"))
    assert not rows(client.get(f"{HERE}?since={tomorrow}"))
    assert "No event is like this" in says(client.get(f"{HERE}?since={tomorrow}"))
    assert "must be a real date" in says(client.get(f"{HERE}?since=2026-02-31"))
    backwards = says(client.get(f"{HERE}?since={tomorrow}&until={today}"))
    assert "or a later day" in backwards


def test_every_event_stands_on_one_page_however_many_come_meanwhile(world: World) -> None:
    here = world.here
    with acting_as(here.lead.pk):
        for year in range(2 * PER_PAGE):
            record("funding.set", by=here.lead, borough_id=here.borough.pk, year=year, status="x")
    client, seen, path = signed_in(here.lead), [], f"{HERE}?kind=settings"
    while path:
        answer = client.get(path)
        seen += [row for row in rows(answer) if "recorded the funding" in row]
        link = BeautifulSoup(answer.content, "html5lib").select_one("a[rel=next]")
        path = HERE + str(link["href"]) if link else ""
        with acting_as(here.lead.pk):
            record("style.chosen", by=here.lead, borough_id=here.borough.pk, style="plain")
    assert len(seen) == len({row.split("funding of ")[1] for row in seen})
    assert len(seen) == 2 * PER_PAGE + 1


@pytest.mark.parametrize("mark", ["x", "2026-01-01", "2026-01-01T00:00:00~x", "~", "9999~" * 99])
def test_a_mark_that_means_nothing_shows_the_newest(world: World, mark: str) -> None:
    assert rows(signed_in(world.here.lead).get(HERE, {"before": mark}))


def test_links_lead_only_where_the_reader_may_go(world: World) -> None:
    for person in (world.here.lead, world.here.monitoring):
        client = signed_in(person)
        page = BeautifulSoup(client.get(HERE).content, "html5lib")
        links = {str(link["href"]) for link in page.select("table.trail a")}
        assert links
        assert {client.get(link).status_code for link in links} == {200}


# -- CSV ----------------------------------------------------------------------------------------------------
def test_the_download_holds_what_the_filter_shows(world: World) -> None:
    client = signed_in(world.here.lead)
    answer = client.get(f"{CSV}?kind=committees")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="trail-thurrock.csv"'
    assert len(table(answer)) == len(rows(client.get(f"{HERE}?kind=committees")))
    assert {row["Outcome"] for row in table(answer)} == {"Done"}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_no_cell_is_a_formula(world: World, start: str) -> None:
    User.objects.filter(pk=world.here.lead.pk).update(name=f"{start}1+1 Lead")
    answer = signed_in(world.here.lead).get(CSV)
    assert f"'{start}1+1 Lead" in {row["Who"] for row in table(answer)}
    for row in table(answer):
        assert not any(cell.startswith(FORMULAS) for cell in row.values())


def test_too_many_events_are_refused_in_words(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trail, "MOST_ROWS", 3)
    answer = signed_in(world.here.lead).get(CSV, follow=True)
    assert "More than 3 events are too many for one download" in says(answer)


# -- Is it whole? ---------------------------------------------------------------------------------------------
def test_a_trail_nobody_checked_says_so(world: World) -> None:
    said = says(signed_in(world.here.lead).get(HERE))
    assert "Last checked Not yet" in said


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("breaks", "word"), [(0, "Whole"), (2, "2 places did not hold")])
def test_the_newest_place_and_the_last_check_are_shown(breaks: int, word: str) -> None:
    administrator = make_user()
    with acting_as(administrator.pk):
        place = make_borough("thurrock", by=administrator)
        lead = give_role(make_user(), place, Role.LEAD, by=administrator)
    chain = f"borough-{place.pk}"
    with as_owner():
        Checked.objects.create(chain=chain, at=timezone.now(), seq=2, hash="f" * 64, breaks=breaks)
    head = Link.objects.filter(chain=chain).latest("seq")
    answer = signed_in(lead).get(HERE)
    assert f"Newest place {head.seq} Its hash {head.hash}" in says(answer)
    assert word in says(answer)
    newest = table(signed_in(lead).get(CSV))[0]
    assert (newest["Place in the chain"], newest["Hash"]) == (str(head.seq), head.hash)
