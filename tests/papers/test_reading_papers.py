"""Reading papers: the closed ones for their list alone, by either lock, and each copy its reader’s own."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from boroughs.actions.lists import grant, revoke
from boroughs.roles import Role
from boroughs.rows import acting_as
from papers.models import PaperCopy, PaperQuerySet
from tests.boroughs.pages import address, deeds, says, signed_in
from tests.factories import Place, World, make_paper, put_under, tiny_pdf
from tests.papers.pages import body, closed, download, newest, on


# -- Reading what is closed ---------------------------------------------------------------------------------------------
def test_a_closed_paper_is_there_for_its_list_alone(world: World) -> None:
    here = world.here
    for role in Role:
        client = signed_in(here.people[role])
        listed = role in {Role.COORDINATOR, Role.MEMBER}
        page = client.get(closed(here, "paper"))
        assert (page.status_code == 200) == listed, role
        got = client.post(download(here, newest(here.closed_paper, world.here)))
        assert (got.status_code == 200) == listed, role
        listing = client.get(address("papers:paper-list", here.borough))
        assert (b"closed words of thurrock" in listing.content) == listed, role


def test_a_contributor_on_the_list_reads_it_and_nothing_open(world: World) -> None:
    here, client = world.here, signed_in(world.here.contributor)
    assert client.get(closed(here, "paper")).status_code == 403
    with acting_as(here.lead.pk):
        grant(closure=here.closure, person=here.contributor, reason="Their action", by=here.lead)
    assert client.get(closed(here, "paper")).status_code == 200
    assert client.get(on(here, "paper")).status_code == 404
    page = says(client.get(address("papers:paper-list", here.borough)))
    assert "closed words of thurrock" in page
    assert "paper words of thurrock" not in page


def test_forbidden_and_missing_look_the_same(world: World) -> None:
    client = signed_in(world.here.democratic)
    missing = address("papers:paper", world.here.borough, "00000000-0000-4000-8000-000000000000")
    answers = [client.get(url) for url in (closed(world.here, "paper"), missing)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert says(answers[0]) == says(answers[1])
    assert set(answers[0].headers) == set(answers[1].headers)


def test_ids_do_not_cross_from_one_paper_to_another(world: World) -> None:
    here, client = world.here, signed_in(world.here.democratic)
    secret = newest(here.closed_paper, world.here)
    crossed = address("papers:version-download", here.borough, here.paper.pk, secret.pk)
    assert client.post(crossed).status_code == 404
    assert client.post(download(here, secret)).status_code == 404
    theirs = address(
        "papers:finding-clear",
        here.borough,
        here.paper.pk,
        here.version.pk,
        world.there.finding.pk,
    )
    assert client.get(theirs).status_code == 404


def test_others_learn_the_public_line_and_counts_do_not_change(world: World) -> None:
    here, client = world.here, signed_in(world.here.democratic)
    listing = address("papers:paper-list", here.borough)
    before = client.get(listing).content.count(b"<tr")
    with acting_as(here.coordinator.pk):
        more = make_paper(here.borough, title="Another secret", by=here.coordinator)
        put_under(more, here.closure)
    answer = client.get(listing)
    assert answer.content.count(b"<tr") == before
    assert "Another secret" not in says(answer)


def test_each_copy_of_a_closed_pdf_is_its_readers_own(world: World) -> None:
    here = world.here
    version = newest(here.closed_paper, world.here)
    got = [
        body(signed_in(p).post(download(here, version))) for p in (here.coordinator, here.member)
    ]
    assert all(data != tiny_pdf("closed words of thurrock") for data in got)
    assert got[0] != got[1]
    with acting_as(here.coordinator.pk):
        copies = list(PaperCopy.objects.filter(version=version).values_list("number", "reader"))
    assert copies == [(1, here.coordinator.pk), (2, here.member.pk)]


def test_a_closed_file_that_is_no_pdf_comes_as_it_is(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        table = make_paper(
            here.borough,
            data=b"a,b\n1,2\n",
            name="t.csv",
            media_type="text/csv",
            by=here.coordinator,
        )
        put_under(table, here.closure)
    client = signed_in(here.member)
    page = says(client.get(address("papers:paper", here.borough, table.pk)))
    assert "Only PDFs can have your name on every page" in page
    assert body(client.post(download(here, newest(table, world.here)))) == b"a,b\n1,2\n"


def test_reading_stands_in_the_trail_and_members_reading_is_not_for_the_lead(world: World) -> None:
    here = world.here
    signed_in(here.coordinator).get(closed(here, "paper"))
    body(signed_in(here.coordinator).post(download(here, newest(here.closed_paper, world.here))))
    assert deeds(here)[-2:] == ["paper.read", "paper.downloaded"]
    seen = len(deeds(here))
    signed_in(here.member).get(closed(here, "paper"))
    body(signed_in(here.member).post(download(here, newest(here.closed_paper, world.here))))
    assert len(deeds(here)) == seen


def test_a_grant_withdrawn_is_felt_at_the_next_click(world: World) -> None:
    here, client = world.here, signed_in(world.here.member)
    assert client.get(closed(here, "paper")).status_code == 200
    with acting_as(here.lead.pk):
        revoke(closure=here.closure, person=here.member, reason="Left", by=here.lead)
    assert client.get(closed(here, "paper")).status_code == 404
    assert client.post(download(here, newest(here.closed_paper, world.here))).status_code == 404


def test_a_file_that_is_damaged_is_not_sent(world: World, settings: Any) -> None:
    here, version = world.here, newest(world.here.closed_paper, world.here)
    [file] = settings.FILES_ROOT.rglob(version.storage)
    file.write_bytes(b"damaged")
    answer = signed_in(here.member).post(download(here, version), follow=True)
    assert "The file could not be read" in says(answer)


# -- The proxy --------------------------------------------------------------------------------------------------------
def test_the_proxy_sends_open_files_and_never_closed_ones(world: World, settings: Any) -> None:
    here, settings.ACCEL_PREFIX = world.here, "/files"
    client = signed_in(here.member)
    answer = client.post(download(here, here.version))
    assert answer["X-Accel-Redirect"].startswith("/files/open/")
    assert answer.content == b""
    assert "X-Accel-Redirect" not in client.post(
        download(here, newest(here.closed_paper, world.here))
    )


def test_the_list_asks_the_database_no_more_for_many_papers(world: World) -> None:
    here, client = world.here, signed_in(world.here.member)
    listing = address("papers:paper-list", here.borough)
    client.get(listing)
    with CaptureQueriesContext(connection) as few:
        client.get(listing)
    with acting_as(here.coordinator.pk):
        for _ in range(5):
            make_paper(here.borough, by=here.coordinator, meeting=here.meeting)
    with CaptureQueriesContext(connection) as many:
        client.get(listing)
    assert len(many) == len(few)


def test_a_name_that_is_hard_to_send_is_sent(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        odd = make_paper(here.borough, name='“Ŵ" plan;.pdf', by=here.coordinator)
    answer = signed_in(here.member).post(download(here, newest(odd, world.here)))
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")


# -- Two locks ---------------------------------------------------------------------------------------------------------
def leaks(place: Place, person: User) -> bool:
    """Whether somebody who is not on the list finds the closed paper's title or its page."""
    client = signed_in(person)
    listing = client.get(address("papers:paper-list", place.borough)).content
    return b"closed words of" in listing or client.get(closed(place, "paper")).status_code == 200


@pytest.fixture
def rows_off() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.lock2', 'off', true)")


@pytest.fixture
def door_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PaperQuerySet, "visible_to", lambda papers, user: papers)


def test_the_first_lock_alone_keeps_a_closed_paper(world: World, rows_off: None) -> None:
    assert not leaks(world.here, world.here.lead)


def test_the_second_lock_alone_keeps_a_closed_paper(world: World, door_off: None) -> None:
    assert not leaks(world.here, world.here.lead)


def test_with_neither_it_leaks(world: World, door_off: None, rows_off: None) -> None:
    assert leaks(world.here, world.here.lead)
