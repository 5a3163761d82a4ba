"""What the page for adding a paper asks, refuses and says afterwards."""

from typing import Any
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from audit.models import Event
from boroughs.actions.closures import release
from boroughs.rows import acting_as
from papers.actions.papers import close_paper
from papers.models import Paper
from tests.boroughs.pages import address, says, signed_in
from tests.factories import Place, World, make_paper, tiny_pdf

CLOSING: dict[str, Any] = {"classification": "exempt", "reason": "Names a supplier"}


def pdf(name: str = "strategy.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, tiny_pdf("Strategy"), "application/pdf")


def add(place: Place) -> str:
    return address("papers:paper-add", place.borough)


def sent(place: Place, client: Client | None = None, **said: Any) -> Any:
    client = client or signed_in(place.coordinator)
    return client.post(add(place), {"title": "A paper", "file": pdf(), **said}, follow=True)


def titles(place: Place) -> set[str]:
    with acting_as(place.coordinator.pk):
        return set(Paper.objects.filter(borough=place.borough).values_list("title", flat=True))


# -- Open or closed ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("said", "named"),
    [
        ({"classification": "exempt"}, "Why is it closed?"),
        ({"paragraphs": ["england-3"]}, "Paragraphs that describe it"),
        ({"reason_england-3": "Names a supplier"}, "Why paragraph 3 applies"),
        ({"public_interest": "withhold"}, "Public interest"),
        ({"interest_reason": "It harms trade"}, "Why withholding weighs more"),
        ({"review_on": "2031-01-01"}, "Review on"),
        ({"review_on": "no day"}, "Review on"),
        ({"ground": "government-department"}, "Ground"),
        ({"ground_note": "The Home Office"}, "About the ground"),
        ({"public_line": "Appendix A: not for publication"}, "Public line"),
        ({"reason": "Closed with the agenda"}, "Reason for closing it"),
    ],
)
def test_a_paper_that_is_said_to_be_open_and_why_it_is_closed_is_not_added(
    world: World, said: dict[str, Any], named: str
) -> None:
    before = titles(world.here)
    answer = sent(world.here, who="open", **said)
    page = BeautifulSoup(answer.content, "html5lib")
    [complaint] = page.select("#id_who_error, #id_who-error, [id^=id_who][id*=error]")
    assert "Select “Only people on its access list”, or empty these answers" in complaint.get_text()
    assert complaint.get_text().strip().endswith(f": {named}")
    assert titles(world.here) == before


def test_the_answer_that_it_is_closed_can_be_taken_back(world: World) -> None:
    page = BeautifulSoup(signed_in(world.here.coordinator).get(add(world.here)).content, "html5lib")
    [first, *_] = page.select("input[name=classification]")
    assert (first["value"], first.has_attr("checked")) == ("", True)
    sent(world.here, who="open", classification="")
    assert "A paper" in titles(world.here)


def test_the_page_says_which_answers_are_needed_only_when_the_paper_is_closed(world: World) -> None:
    page = says(signed_in(world.here.coordinator).get(add(world.here)))
    assert page.count("Needed only when the paper is closed.") == 2


def test_who_adds_a_closed_paper_is_told_that_it_is_closed_and_who_reads_it(world: World) -> None:
    closed = says(sent(world.here, who="closed", **CLOSING))
    assert (
        "It is closed: only the people on its access list can read it, and so far that is you alone."
        in closed
    )
    assert "It is closed:" not in says(sent(world.here, title="Another", who="open"))


# -- Signing in again --------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["paper-add", "version-add"])
def test_after_signing_in_again_the_page_says_that_the_file_was_not_kept(
    world: World, name: str
) -> None:
    here, client = world.here, signed_in(world.here.coordinator)
    more = [here.paper.pk] if name == "version-add" else []
    url = address(f"papers:{name}", here.borough, *more)
    page = client.get(url)
    assert "was not kept" not in says(page)
    note = page.content.decode().split('name="typed_by" value="')[1].split('"')[0]
    client.logout()
    away = client.post(url, {"title": "Typed title", "note": "Typed note", "typed_by": note})
    back = away["Location"].partition("next=")[2]
    again = signed_in(here.coordinator).get(unquote(back))
    hint = BeautifulSoup(again.content, "html5lib").select_one(
        "#id_file_helptext, #id_file-hint, #id_file_hint"
    )
    assert hint is not None
    assert (
        "Choose the file again: your text was kept while you signed in, and the file was not."
        in hint.get_text()
    )


# -- What is told elsewhere --------------------------------------------------------------------------------------
def test_the_trail_says_nothing_of_the_files_of_a_paper_but_which_version_it_is(
    world: World,
) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        closed = make_paper(here.borough, by=here.coordinator, closing=CLOSING)
        version = closed.versions.get()
    with acting_as(here.lead.pk):
        [event] = Event.objects.filter(deed="paper.version-added", facts__paper=str(closed.pk))
    assert event.facts == {"paper": str(closed.pk), "number": 1}
    page = signed_in(here.lead).get(address("boroughs:trail-download", here.borough))
    assert version.sha256 not in page.content.decode()


def test_the_page_of_a_released_closure_is_true_when_its_paper_was_closed_again(
    world: World,
) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        release(closure=here.closure, reason="Decided in public", by=here.coordinator)
        paper = Paper.objects.get(pk=here.closed_paper.pk)
        close_paper(paper=paper, by=here.coordinator, **CLOSING)
    page = says(
        signed_in(here.lead).get(address("boroughs:closure-show", here.borough, here.closure.pk))
    )
    assert "the people of Thurrock can read it" not in page
    assert (
        "other than papers that were closed again since, which stand under another closure" in page
    )


# -- From the page that wants it ------------------------------------------------------------------------------------
def test_a_paper_added_for_a_report_leads_back_to_it(world: World) -> None:
    client, wanted = signed_in(world.here.coordinator), "/thurrock/reports/"
    page = BeautifulSoup(client.get(f"{add(world.here)}?next={wanted}").content, "html5lib")
    assert len(page.select(f"a[href='{wanted}'].govuk-back-link")) == 1
    said = {"title": "A paper", "file": pdf(), "who": "open"}
    assert client.post(f"{add(world.here)}?next={wanted}", said)["Location"] == wanted


@pytest.mark.parametrize("elsewhere", ["https://example.org/thurrock/", "//example.org/", "/barnet/"])  # fmt: skip
def test_a_paper_never_leads_out_of_the_borough(world: World, elsewhere: str) -> None:
    client = signed_in(world.here.coordinator)
    said = {"title": "A paper", "file": pdf(), "who": "open"}
    answer = client.post(f"{add(world.here)}?next={elsewhere}", said)
    assert answer["Location"] == address("papers:paper-list", world.here.borough)
