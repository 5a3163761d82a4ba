"""Adding papers and versions of them, and closing them."""

import gc
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from boroughs.roles import Role
from boroughs.rows import acting_as
from papers.models import PaperVersion
from tests.boroughs.pages import address, deeds, problems, says, signed_in
from tests.factories import World, make_paper, tiny_pdf
from tests.papers.pages import body, closed, download, on, papers, pdf, versions

# What the world's borough has before anybody adds to it
TITLES = ["paper words of thurrock", "closed words of thurrock", "table words of thurrock"]


def titles(world: World) -> list[str]:
    return [paper.title for paper in papers(world.here)]


# -- Adding ------------------------------------------------------------------------------------------------------
def test_an_open_paper_is_added_and_read_by_the_borough(world: World) -> None:
    here = world.here
    add = address("papers:paper-add", here.borough)
    answer = signed_in(here.democratic).post(
        add, {"file": pdf(), "title": "Prevent strategy", "meeting": here.meeting.pk, "who": "open"}
    )
    assert answer.status_code == 302
    added = papers(here)[-1]
    assert (added.title, added.closure_id) == ("Prevent strategy", None)
    assert added.meeting_id == here.meeting.pk
    [version] = versions(added, here)
    assert (version.number, version.file_name, version.key) == (1, "strategy.pdf", None)
    assert deeds(here)[-2:] == ["paper.added", "paper.version-added"]
    got = signed_in(here.member).post(download(here, version))
    assert body(got) == tiny_pdf("Strategy")
    assert got["Content-Type"] == "application/pdf"
    assert got["Content-Disposition"] == 'attachment; filename="strategy.pdf"'
    assert got["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in got["Content-Security-Policy"]
    assert "no-store" in got["Cache-Control"]


def test_a_paper_that_is_closed_when_it_is_added_was_never_open(world: World) -> None:
    add = address("papers:paper-add", world.here.borough)
    answer = signed_in(world.here.coordinator).post(
        add,
        {
            "file": pdf(),
            "title": "Exempt appendix",
            "who": "closed",
            "classification": "exempt",
            "reason": "Names a supplier",
        },
    )
    assert answer.status_code == 302
    added = papers(world.here)[-1]
    assert added.closure_id
    [version] = versions(added, world.here)
    assert version.key_id
    for role in set(Role) - {Role.COORDINATOR}:
        client = signed_in(world.here.people[role])
        page = address("papers:paper", world.here.borough, added.pk)
        assert client.get(page).status_code in {403, 404}, role
        assert "Exempt appendix" not in says(
            client.get(address("papers:paper-list", world.here.borough))
        )


def test_a_paper_that_is_to_be_closed_says_why(world: World) -> None:
    answer = signed_in(world.here.coordinator).post(
        address("papers:paper-add", world.here.borough),
        {"file": pdf(), "title": "Exempt appendix", "who": "closed"},
    )
    assert problems(answer)[-2:] == ["Select why it is closed", "Enter reason for closing it"]
    assert titles(world) == TITLES


def test_what_was_typed_stays_and_the_file_is_asked_for_again(world: World) -> None:
    answer = signed_in(world.here.lead).post(
        address("papers:paper-add", world.here.borough), {"file": pdf(), "title": "A title of mine"}
    )
    assert problems(answer) == [
        "Choose the file again: a browser does not keep it when something else is put right",
        "Select who may read it",
    ]
    assert 'value="A title of mine"' in answer.content.decode()
    assert titles(world) == TITLES


def test_what_is_hidden_in_a_file_is_listed_and_is_cleared_with_a_reason(world: World) -> None:
    here, client = world.here, signed_in(world.here.coordinator)
    assert "2 comments or notes" in says(client.get(on(here, "paper")))
    assert "2 comments or notes" not in says(signed_in(here.member).get(on(here, "paper")))
    clear = on(here, "finding-clear", here.version.pk, here.finding.pk)
    assert problems(client.post(clear, {})) == ["Enter why it may stay in the file"]
    assert client.post(clear, {"reason": "Both are page numbers"}).status_code == 302
    page = says(client.get(on(here, "paper")))
    assert "Cleared by Coordinator of Thurrock" in page
    assert "Both are page numbers" in page
    assert "Somebody has cleared this already." in says(client.get(clear))
    assert deeds(here)[-1] == "paper.finding-cleared"


def test_a_file_that_may_identify_a_person_is_pointed_out_by_kind_alone(world: World) -> None:
    table = SimpleUploadedFile("people.csv", b"who,born\nA pupil,date of birth 4/7/2009\n")
    answer = signed_in(world.here.lead).post(
        address("papers:paper-add", world.here.borough),
        {"file": table, "title": "A table", "who": "open"},
        follow=True,
    )
    page = says(answer)
    assert "Check the file: it may hold a date of birth." in page
    assert "4/7/2009" not in page


def test_a_closed_paper_says_what_its_closure_lacks(world: World) -> None:
    here, case = world.here, {"classification": "exempt", "reason": "Called exempt"}
    with acting_as(here.coordinator.pk):
        paper = make_paper(here.borough, closing=case, by=here.coordinator)
    page = says(signed_in(here.coordinator).get(address("papers:paper", here.borough, paper.pk)))
    assert "Still missing: Exempt, but no paragraph of Schedule 12A is given." in page


def test_an_unacceptable_file_is_refused_beside_its_field_and_nothing_is_kept(
    world: World, settings: Any
) -> None:
    bad = SimpleUploadedFile("macro.exe", b"MZ" * 500)
    answer = signed_in(world.here.lead).post(
        address("papers:paper-add", world.here.borough),
        {"file": bad, "title": "Bad", "who": "open"},
    )
    assert len(problems(answer)) == 1
    assert titles(world) == TITLES
    assert list((settings.FILES_ROOT / "incoming").iterdir()) == []


def test_a_scanner_that_is_away_lets_nothing_in(world: World, settings: Any) -> None:
    settings.CLAMD_SOCKET = "/nowhere/clamd.sock"
    answer = signed_in(world.here.lead).post(
        address("papers:paper-add", world.here.borough),
        {"file": pdf(), "title": "A paper", "who": "open"},
    )
    assert "The virus scanner is away" in problems(answer)[0]
    assert titles(world) == TITLES


def test_a_file_over_the_limit_is_refused_without_being_kept(world: World, settings: Any) -> None:
    settings.UPLOAD_LIMIT = 1024**2
    large = SimpleUploadedFile("large.pdf", b"%PDF-1.7" + bytes(1024**2))
    answer = signed_in(world.here.lead).post(
        address("papers:paper-add", world.here.borough),
        {"file": large, "title": "Large", "who": "open"},
    )
    assert problems(answer) == ["The file must be 1 MB or smaller"]
    assert list((settings.FILES_ROOT / "incoming").iterdir()) == []


def test_a_borough_that_has_used_its_room_is_told(world: World, settings: Any) -> None:
    settings.FILES_QUOTA = 100
    answer = signed_in(world.here.lead).post(
        address("papers:paper-add", world.here.borough),
        {"file": pdf(), "title": "One more", "who": "open"},
    )
    assert "has used up the room it has for files" in problems(answer)[0]
    assert titles(world) == TITLES


def test_a_full_disk_is_said_in_words(world: World, settings: Any) -> None:
    settings.FILES_KEEP_FREE = 2**62
    answer = signed_in(world.here.lead).post(
        address("papers:paper-add", world.here.borough),
        {"file": pdf(), "title": "One more", "who": "open"},
    )
    assert "too little room" in problems(answer)[0]
    assert titles(world) == TITLES


# -- Uploads only where they are asked for --------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["account_login", "boroughs:committee-add", "papers:paper-change"])
def test_no_other_page_takes_a_file(world: World, settings: Any, name: str) -> None:
    pages = {
        "account_login": "/account/sign-in/",
        "boroughs:committee-add": address("boroughs:committee-add", world.here.borough),
        "papers:paper-change": on(world.here, "paper-change"),
    }
    client = Client(raise_request_exception=False)
    client.force_login(world.here.lead)
    assert client.post(pages[name], {"file": pdf()}).status_code == 400


def test_whoever_may_not_add_papers_sends_nothing_to_the_disk(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*args: Any) -> None:
        raise AssertionError("a file was begun")

    monkeypatch.setattr("papers.uploads.Upload.__init__", never)
    add = address("papers:paper-add", world.here.borough)
    for person in (world.here.member, world.there.lead, world.administrator, world.stranger):
        assert signed_in(person).post(add, {"file": pdf()}).status_code in {403, 404}
    assert Client().post(add, {"file": pdf()}).status_code == 302


# -- Versions and changes ---------------------------------------------------------------------------------------------
def test_a_new_version_leaves_the_former_one(world: World) -> None:
    here, client = world.here, signed_in(world.here.coordinator)
    answer = client.post(
        on(here, "version-add"), {"file": pdf("second.pdf", "Second"), "note": "Figures put right"}
    )
    assert answer.status_code == 302
    assert [v.number for v in versions(here.paper, here)] == [2, 1]
    page = says(client.get(on(here, "paper")))
    assert "Version 2, the newest" in page
    assert "Figures put right" in page


def test_two_editors_lose_nothing(world: World) -> None:
    here, change = world.here, on(world.here, "paper-change")
    first, second = signed_in(here.coordinator), signed_in(here.democratic)
    typed = {"title": "Hers", "meeting": "", "seen": "1"}
    assert first.post(change, typed).status_code == 302
    answer = second.post(change, {"title": "His", "meeting": here.meeting.pk, "seen": "1"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert 'value="His"' in page
    assert ">Hers<" in page
    assert 'name="seen" value="2"' in page
    assert second.post(change, {"title": "Both", "meeting": "", "seen": "2"}).status_code == 302
    assert papers(here)[0].title == "Both"


# -- Closing ------------------------------------------------------------------------------------------------------------
def test_closing_seals_every_version_and_takes_the_open_files_away(
    world: World, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    here, client = world.here, signed_in(world.here.democratic)
    client.post(on(here, "version-add"), {"file": pdf("second.pdf", "Second")})
    before = [file for file in (settings.FILES_ROOT / "open").rglob("*") if file.is_file()]
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(
            on(here, "paper-close"), {"classification": "exempt", "reason": "Names a supplier"}
        )
    assert answer.status_code == 302
    after = [file for file in (settings.FILES_ROOT / "open").rglob("*") if file.is_file()]
    assert len(before) - len(after) == 2
    with acting_as(here.democratic.pk):
        assert all(v.key_id for v in PaperVersion.objects.filter(paper=here.paper))
    assert signed_in(here.coordinator).get(on(here, "paper")).status_code == 404
    assert client.get(on(here, "paper")).status_code == 200
    assert "This paper is closed already." in says(client.get(on(here, "paper-close")))
    assert "paper.closed" in deeds(here)


# -- Uploads that break off -----------------------------------------------------------------------------------------
def test_an_upload_that_breaks_off_leaves_nothing(world: World, settings: Any) -> None:
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.7 '
    before = {path for path in settings.FILES_ROOT.rglob("*") if path.is_file()}
    answer = signed_in(world.here.lead).post(
        address("papers:paper-add", world.here.borough),
        head + bytes(200_000),
        content_type="multipart/form-data; boundary=x",
    )
    assert answer.status_code == 200
    gc.collect()
    assert {path for path in settings.FILES_ROOT.rglob("*") if path.is_file()} == before
    assert titles(world) == TITLES


@pytest.mark.parametrize("name", ["paper", "paper-close", "paper-change", "version-add"])
def test_no_page_of_a_closed_paper_asks_the_database_often(world: World, name: str) -> None:
    client = signed_in(world.here.coordinator)
    client.get(closed(world.here, name))
    with CaptureQueriesContext(connection) as captured:
        client.get(closed(world.here, name))
    asked = [q["sql"] for q in captured.captured_queries if "SAVEPOINT" not in q["sql"]]
    assert len(asked) <= 14, "\n".join(asked)
