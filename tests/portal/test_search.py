"""Search: everybody finds what they can open, and nothing of what they cannot; hostile words get a plain answer."""

import logging
import random
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from accounts.models import User
from boroughs.actions.closures import release
from boroughs.actions.risks import close_risk
from boroughs.models import Strategy
from boroughs.periods import financial
from boroughs.roles import GRANTS, Perm, Role
from boroughs.rows import acting_as
from boroughs.searching import SOURCES, pieces
from reports.actions.reports import reopen_report
from tests.boroughs.pages import deeds, opens, problems, says, signed_in
from tests.factories import (
    Place,
    World,
    make_closed_review,
    make_closed_strategy,
    make_figures,
    make_paper,
    make_risk,
)
from tests.reports.writing import save_front, save_section
from tests.routes import access_to, opens_to_lists

HERE = "/thurrock/search/"
READERS = [role for role in Role if role is not Role.COORDINATOR]


def look(person: User | Client, words: str, **more: Any) -> Any:
    client = person if isinstance(person, Client) else signed_in(person)
    return client.get(HERE, {"q": words, **more})


def found(response: Any) -> dict[str, str]:
    """The results: title to address."""
    page = BeautifulSoup(response.content, "html5lib")
    links = page.select(".search-hit__title a")
    return {" ".join(link.get_text().split()): str(link["href"]) for link in links}


def kinds(response: Any) -> list[str]:
    """Each kind with its count, as the page lists them."""
    page = BeautifulSoup(response.content, "html5lib")
    return [" ".join(item.get_text().split()) for item in page.select(".search-kinds li")]


def main(response: Any) -> str:
    page = BeautifulSoup(response.content, "html5lib")
    assert page.main
    return str(page.main)


def another_risk(place: Place, **said: Any) -> Any:
    with acting_as(place.coordinator.pk):
        return make_risk(place.borough, by=place.coordinator, **said)


# -- What is found ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ('"aims words of thurrock"', "Strategies"),
        ('"amended words"', "Strategies"),
        ('"priority words"', "Priorities and areas of focus"),
        ('"area words"', "Priorities and areas of focus"),
        ("delivery plan", "Delivery plans"),
        ('"action words"', "Actions and progress notes"),
        ('"progress words"', "Actions and progress notes"),
        ('"consulted words"', "Consultations"),
        ('"findings words"', "Reviews"),
        ('"request words"', "Recommendations and requests"),
        ('"answer words"', "Recommendations and requests"),
        ('"step words"', "Recommendations and requests"),
        ('"cause words"', "Risks"),
        ('"terms words"', "Boards and committees"),
        ("scrutiny committee", "Boards and committees"),
        ('"4 July 2019"', "Meetings"),
        ('"figure words"', "Figures and indicators"),
        ('"visits in thurrock"', "Figures and indicators"),
        ("referred police triage", "Figures and indicators"),
        ('"duty words"', "Reporting duties"),
        ('"done words"', "Reporting duties"),
        ('"paper words"', "Papers"),
        ('"present words"', "Ratings"),
        ('"prevent in thurrock"', "Reports"),
        ('"summary words"', "Reports"),
        ('"decided words"', "Decisions"),
        ('"reason words"', "Decisions"),
        ('"step words of thurrock"', "Decisions"),
        ("substantial reported", "Context"),
        ('"context words"', "Context"),
        ('"activity words"', "Activities and projects"),
    ],
)
def test_every_noun_is_found_by_its_words(world: World, words: str, kind: str) -> None:
    answer = look(world.here.coordinator, words)
    assert any(one.startswith(f"{kind} (") for one in kinds(answer)), kinds(answer)


@pytest.mark.parametrize("role", Role)
def test_whatever_is_found_can_be_opened(world: World, role: Role) -> None:
    client = signed_in(world.here.people[role])
    first = look(client, "words or thurrock or committee or plan")
    page = BeautifulSoup(first.content, "html5lib")
    addresses = set(found(first).values())
    for link in page.select(".search-kinds a"):
        addresses |= set(found(client.get(str(link["href"]))).values())
    assert addresses
    for address in addresses:
        assert opens(client, address) == 200, (role, address)


def test_every_source_asks_what_the_door_of_its_page_asks() -> None:
    for source in SOURCES:
        assert access_to(source.route) == source.perm, source.route
        assert opens_to_lists(source.route) == source.listed_too, source.route


def test_what_the_title_says_comes_first_and_word_forms_count(world: World) -> None:
    another_risk(world.here, title="Nobody trains", cause="Zebras.")
    another_risk(world.here, title="A zebra", cause="No trainer.")
    assert list(found(look(world.here.lead, "zebra"))) == ["A zebra", "Nobody trains"]
    assert set(found(look(world.here.lead, "zebra training"))) == {"Nobody trains"}


def test_the_neighbours_words_are_not_found(world: World) -> None:
    for person in world.here.people.values():
        answer = look(person, '"words of barnet"')
        assert found(answer) == {}, person
        assert "Nothing you may read here matches" in says(answer)


# -- Roles --------------------------------------------------------------------------------------------------
def test_a_role_finds_nothing_of_pages_it_cannot_open(world: World) -> None:
    people = world.here.people
    assert found(look(people[Role.CONTRIBUTOR], '"cause words" or "findings words"')) == {}
    assert found(look(people[Role.MEMBER], '"aims words" or "cause words"')) == {}
    listed = found(look(people[Role.MEMBER], '"figure words"'))
    assert listed == {"Enquiries received": "/thurrock/figures/indicators/enquiries/"}
    assert found(look(people[Role.MONITORING], '"present words" or "prevent in thurrock"')) == {}
    only = found(look(people[Role.OBSERVER], "words or committee or thurrock"))
    assert only
    for href in only.values():
        assert href.startswith(("/thurrock/committees/", "/glossary/#")), href


def test_members_find_what_their_committees_asked_for(world: World) -> None:
    assert list(found(look(world.here.member, '"request words"')).values()) == ["/thurrock/asked/"]


def test_readers_find_a_report_as_it_was_issued_and_not_its_draft(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        reopen_report(report=here.report, by=here.coordinator)
    save_front(here, here.report, title="Zebra report")
    save_section(here, here.report, "executive-summary", "A zebra crossing.")
    for role in Role:
        drafts = bool(found(look(here.people[role], "zebra")))
        assert drafts == (Perm.READ_DRAFTS in GRANTS[role]), role
    assert found(look(here.member, '"summary words"'))


# -- What is closed -------------------------------------------------------------------------------------------
def close_one_of_each(place: Place) -> None:
    """Each with a word of its own that nothing else says; the coordinator alone is on their lists."""
    by, borough = place.coordinator, place.borough
    with acting_as(by.pk):
        make_closed_strategy(borough, by=by, title="Zebra strategy", summary="zebra words")
        make_closed_review(borough, by=by, title="Zebra review", findings="zebra words")
        risk = make_risk(borough, by=by, title="Zebra risk", cause="zebra words")
        close_risk(risk=risk, classification="exempt", reason="x", by=by)
        make_paper(
            borough,
            by=by,
            title="Zebra paper",
            closing={"classification": "exempt", "paragraphs": {}, "reason": "x"},
        )


def test_what_is_closed_is_found_by_its_list_alone(world: World) -> None:
    close_one_of_each(world.here)
    assert set(found(look(world.here.coordinator, "zebra"))) == {
        "Zebra strategy",
        "Zebra review",
        "Zebra risk",
        "Zebra paper",
    }
    for role in READERS:
        assert found(look(world.here.people[role], "zebra")) == {}, role


def test_counts_and_order_do_not_move_for_others_when_something_closed_is_added(
    world: World,
) -> None:
    def seen() -> list[str]:
        return [
            main(look(world.here.people[role], words))
            for role in READERS
            for words in ("words", "thurrock", "zebra")
        ]

    before = seen()
    close_one_of_each(world.here)
    assert seen() == before


def test_a_closed_record_shows_its_title_and_no_passage(world: World) -> None:
    close_one_of_each(world.here)
    answer = look(world.here.coordinator, "zebras")
    assert says(answer).count("Open it to read the passage") == 4
    assert "zebra words" not in says(answer)


def test_what_is_released_is_found_by_everybody_who_reads_its_kind(world: World) -> None:
    here = world.here
    close_one_of_each(here)
    with acting_as(here.coordinator.pk):
        strategy = Strategy.objects.get(title="Zebra strategy")
        assert strategy.closure
        release(closure=strategy.closure, reason="Over", by=here.coordinator)
    assert set(found(look(here.lead, "zebra"))) == {"Zebra strategy"}


def test_a_closed_figure_is_not_found(world: World) -> None:
    words = '"closed figure words"'
    assert found(look(world.here.lead, words)) == {}
    assert found(look(world.here.coordinator, words))


def test_searching_is_noted_nowhere(world: World, caplog: pytest.LogCaptureFixture) -> None:
    close_one_of_each(world.here)
    before = deeds(world.here)
    with caplog.at_level(logging.DEBUG, "django.request"):
        look(world.here.coordinator, "zebra")
        Client().get(HERE, {"q": "zebra"})
        signed_in(world.stranger).get(HERE, {"q": "zebra"})
    assert "zebra" not in " ".join(caplog.messages).lower()
    assert [deed for deed in deeds(world.here) if deed not in before] == ["access.refused"]


# -- Hostile and empty words ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "words",
    [
        '"unbalanced',
        "'; DROP TABLE boroughs_risk; --",
        "<script>alert(1)</script>",
        "& | ! ( ) :* <->",
        "%s %(x)s {x} \\",
        "zzz" * 60,
        "\ue000zzz\ue001",
        "🦓 zebra ﷽",
        "or or or",
        "-" * 199,
    ],
)
def test_hostile_words_get_a_plain_answer(world: World, words: str) -> None:
    answer = look(world.here.coordinator, words)
    assert answer.status_code == 200
    said = says(answer)
    assert "Nothing you may read here matches" in said or "holds no word to look for" in said
    assert b"<script>alert" not in answer.content


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("a\x00b", "has a hidden control character"),
        ("x" * 201, "Look for at most 200 characters. A few words are enough."),
        ("x" * 100_000, "Look for at most 200 characters. A few words are enough."),
    ],
)
def test_what_cannot_be_looked_for_is_said_beside_the_box(
    world: World, words: str, problem: str
) -> None:
    assert problem in problems(look(world.here.coordinator, words))[0]


def test_the_address_alone_may_be_odd(world: World) -> None:
    client = signed_in(world.here.coordinator)
    for query in ("", "?q=", "?q=%FF%FE", "?kind=risks", "?q=words&kind=nonsense&page=-3"):
        assert client.get(HERE + query).status_code == 200, query
    assert "Type a word or two" in says(client.get(HERE + "?q=%20%20"))


def test_no_row_of_signs_breaks_it(world: World) -> None:
    dice = random.Random(20)
    client = signed_in(world.here.observer)
    for _ in range(60):
        words = "".join(dice.choices('-"|&!():*<> aor\\', k=dice.randrange(1, 200)))
        assert look(client, words).status_code == 200, words


@pytest.mark.parametrize("words", ["the", "of the", "-training", "-training -schools"])
def test_words_that_ask_for_nothing_are_told_apart(world: World, words: str) -> None:
    assert "holds no word to look for" in says(look(world.here.coordinator, words))


def test_what_people_wrote_is_shown_as_text(world: World) -> None:
    title = "<b>Zebra</b> & <img src=x onerror=alert(1)>"
    another_risk(world.here, title=title, cause='A zebra "><script>alert(1)</script> \ue000 here.')
    answer = look(world.here.lead, "zebra")
    assert list(found(answer)) == [title]
    assert b"<script>alert" not in answer.content
    assert b"<img src=x" not in answer.content
    assert b"<mark>zebra</mark>" in answer.content


@pytest.mark.parametrize(
    ("marked", "said"),
    [
        ("a \ue000b\ue001 c", [("a ", False), ("b", True), (" c", False)]),
        ("a \ue000b", [("a ", False), ("b", False)]),
        ("a\ue001b", [("ab", False)]),
        ("", []),
    ],
)
def test_a_mark_without_its_partner_is_no_mark(marked: str, said: list[Any]) -> None:
    assert [(piece.text, piece.found) for piece in pieces(marked)] == said


# -- Kinds and pages ------------------------------------------------------------------------------------------
def test_many_results_come_by_kind_and_page(world: World) -> None:
    for number in range(43):
        another_risk(world.here, title=f"Zebra {number:02}")
    client = signed_in(world.here.lead)
    every = look(client, "zebra")
    assert kinds(every) == ["Everything (43)", "Risks (43)"]
    assert len(found(every)) == 3
    seen: list[str] = []
    for page in (1, 2, 3):
        seen += found(look(client, "zebra", kind="risks", page=page))
    assert sorted(seen) == [f"Zebra {number:02}" for number in range(43)]
    assert len(found(look(client, "zebra", kind="risks", page=99))) == 3


def test_the_catalogues_entries_and_rows_share_pages(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        for year in range(2003, 2021):
            period = financial("year", year)
            numbers: Any = {here.indicator.key: 3}
            make_figures(here.borough, numbers, period=period, note="Training", by=here.coordinator)
    client = signed_in(here.lead)
    count = next(
        int(one.split("(")[1][:-1]) for one in kinds(look(client, "training")) if "Figures" in one
    )
    assert count > 20
    shown = [
        len(look(client, "training", kind="figures", page=page).context["hits"]) for page in (1, 2)
    ]
    assert shown == [20, count - 20]


def test_the_box_stands_on_every_page_of_the_borough(world: World) -> None:
    page = BeautifulSoup(signed_in(world.here.observer).get("/thurrock/").content, "html5lib")
    box = page.select_one("header form[role=search]")
    assert box
    assert box["action"] == reverse("portal:search", args=["thurrock"])
    assert box["method"] == "get"


def test_pages_outside_a_borough_have_no_box(world: World) -> None:
    page = BeautifulSoup(signed_in(world.stranger).get("/").content, "html5lib")
    assert page.select_one("form[role=search]") is None
