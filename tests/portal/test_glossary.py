"""The glossary: its file keeps its own rules, its page says what replaced what, and terms are linked once, in our own words alone."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.template import Context, Template
from django.test import Client

from portal.glossary import by_key, terms, why_not_a_glossary, with_links
from tests.boroughs.pages import says, signed_in
from tests.factories import World

pytestmark = pytest.mark.django_db

ROW: dict[str, Any] = {
    "key": "zebra",
    "term": "Zebra",
    "meaning": "A striped animal.",
    "as_of": "2018",
    "source": "A book",
    "verified": True,
}


def page_of(path: str, client: Client | None = None) -> BeautifulSoup:
    response = (client or Client()).get(path)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html5lib")


# -- The file -----------------------------------------------------------------------------------------------
def test_the_shipped_glossary_holds_together() -> None:
    assert len(terms()) >= 40
    assert [term.term.casefold() for term in terms()] == sorted(t.term.casefold() for t in terms())
    assert {term.verified for term in terms()} == {True, False}


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"meaning": ""}, "its fields are not those of a term"),
        ({"colour": "red"}, "its fields are not those of a term"),
        ({"replaced_by": "horse"}, "horse is no term"),
        ({"replaced_by": "zebra"}, "zebra is no term"),
        ({"also": ["ZEBRA"]}, "zebra: two terms say it"),
    ],
)
def test_a_file_that_breaks_its_rules_is_refused(change: dict[str, Any], complaint: str) -> None:
    assert any(complaint in said for said in why_not_a_glossary([ROW | change]))
    assert why_not_a_glossary([ROW]) == []


def test_two_terms_have_two_keys() -> None:
    assert any("this key" in said for said in why_not_a_glossary([ROW, ROW | {"term": "Horse"}]))


# -- The page -----------------------------------------------------------------------------------------------
def test_anybody_reads_it_and_every_link_leads_somewhere() -> None:
    page = page_of("/glossary/")
    ids = {str(found["id"]) for found in page.select("[id]")}
    inside = {str(link["href"])[1:] for link in page.select("main a[href^='#']")}
    assert inside <= ids
    assert {term.key for term in terms()} <= ids


def test_it_says_which_word_replaced_which_and_what_is_not_verified() -> None:
    page = page_of("/glossary/")
    former, since = (page.select_one(f"#{key}") for key in ("vulnerable", "susceptible"))
    assert former
    assert since
    assert "Since replaced by Susceptible to radicalisation" in " ".join(former.get_text().split())
    assert "Takes the place of Vulnerable to radicalisation" in " ".join(since.get_text().split())
    dovetail = page.select_one("#dovetail")
    assert dovetail
    assert "Not verified" in dovetail.get_text()


def test_its_terms_are_found_by_search(world: World) -> None:
    for person in (world.here.coordinator, world.here.observer):
        said = says(signed_in(person).get("/thurrock/search/", {"q": "dovetail"}))
        assert "Glossary (1)" in said


# -- Links ----------------------------------------------------------------------------------------------------
def test_the_first_place_alone_is_linked() -> None:
    seen: set[str] = set()
    html = with_links("<p>The benchmarks and a benchmark.</p><p>Benchmark</p>", seen)
    assert html.count("<a ") == 1
    assert '<a class="govuk-link" href="/glossary/#benchmark">benchmarks</a> and a' in html
    assert "<a " not in with_links("<p>Each benchmark</p>", seen)


@pytest.mark.parametrize(
    "html",
    [
        '<a href="/x/">The benchmark</a>',
        "<button>Benchmark</button>",
        "<label>Benchmark</label>",
        '<p title="benchmark">x</p>',
        "<p>benchmarking, a rag, unbenchmarked</p>",
        "<h1>Benchmark</h1>",
    ],
)
def test_where_a_link_has_no_place_nothing_is_changed(html: str) -> None:
    assert with_links(html, set()) == html


def test_the_longest_spelling_wins() -> None:
    html = with_links("<p>The Prevent duty toolkit</p>", set())
    assert (
        html
        == '<p>The <a class="govuk-link" href="/glossary/#toolkit">Prevent duty toolkit</a></p>'
    )


def test_what_is_escaped_stays_escaped_and_blocks_of_a_page_share_their_links() -> None:
    text = "{% load glossary %}{% terms %}{{ said }} benchmark{% endterms %}{% terms %} benchmark{% endterms %}"
    html = Template(text).render(Context({"said": "<script>RAG</script>"}))
    assert "&lt;script&gt;" in html
    assert html.count("#benchmark") == 1


def test_one_term_is_linked_by_its_key() -> None:
    html = Template('{% load glossary %}{% term "exempt" "What it means" %}').render(Context({}))
    assert html == '<a class="govuk-link" href="/glossary/#exempt">What it means</a>'
    with pytest.raises(KeyError):
        Template('{% load glossary %}{% term "nonsense" %}').render(Context({}))


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("/thurrock/record/", "prevent-duty"),
        ("/thurrock/assessments/", "benchmark"),
        ("/thurrock/boards/", "channel-panel"),
        ("/thurrock/figures/public/", "disclosure-control"),
        ("/help/", "prevent-duty"),
    ],
)
def test_terms_are_linked_where_they_stand(world: World, path: str, key: str) -> None:
    page = page_of(path, signed_in(world.here.coordinator))
    assert page.select(f"main a[href='/glossary/#{key}']")


def test_the_form_that_closes_a_record_leads_to_what_its_words_mean(world: World) -> None:
    path = f"/thurrock/papers/{world.here.paper.pk}/close/"
    page = page_of(path, signed_in(world.here.coordinator))
    for key in ("exempt", "confidential", "public-interest-test"):
        assert page.select(f"main a[href='/glossary/#{key}']")


def test_every_term_that_replaced_another_is_there() -> None:
    assert {term.replaced_by for term in terms() if term.replaced_by} <= set(by_key())
