"""Help, accessibility, privacy and complaints: public, and rewritten by an administrator."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.urls import reverse

from audit.models import Event
from boroughs.rows import acting_as
from portal.models import InfoPage
from portal.pages import TITLES, shipped
from tests.boroughs.pages import problems, says, signed_in
from tests.factories import World, make_user

HELP = "/help/edit/"


@pytest.mark.parametrize("key", TITLES)
def test_anybody_may_read_a_page_of_the_installation(db: None, key: str) -> None:
    response = Client().get(reverse(f"portal:{key}"))
    assert response.status_code == 200
    page = BeautifulSoup(response.content, "html5lib")
    assert [h1.get_text() for h1 in page.find_all("h1")] == [TITLES[key]]
    assert len(page.select("main h2")) >= 4
    assert page.select("main ul.govuk-list--bullet") or key == "complaints"
    assert "Edit this page" not in page.get_text()


@pytest.mark.parametrize("key", TITLES)
def test_a_shipped_text_leaves_no_markdown_unread(db: None, key: str) -> None:
    page = BeautifulSoup(Client().get(reverse(f"portal:{key}")).content, "html5lib")
    text = page.main.get_text() if page.main else ""
    assert text
    assert [mark for mark in ("##", "**", "](", "\n- ") if mark in text] == []


def test_the_accessibility_statement_says_what_the_regulations_ask(db: None) -> None:
    page = says(Client().get(reverse("portal:accessibility")))
    for heading in (
        "How accessible this website is",
        "Feedback and contact information",
        "Reporting accessibility problems",
        "Enforcement procedure",
        "Technical information",
        "Compliance status",
        "Non-accessible content",
        "Preparation of this accessibility statement",
    ):
        assert heading in page
    assert "version 2.2" in page


def test_complaints_about_how_prevent_is_applied_go_to_stacu(db: None) -> None:
    response = Client().get(reverse("portal:complaints"))
    assert "Standards and Compliance Unit (StaCU)" in says(response)
    page = BeautifulSoup(response.content, "html5lib")
    link = page.find("a", string="make a complaint about Prevent")
    assert link is not None
    assert link["href"] == "https://www.gov.uk/guidance/make-a-complaint-about-prevent"


def test_an_administrator_rewrites_a_page_for_everybody(world: World) -> None:
    client = signed_in(world.administrator)
    assert "Edit this page" in says(client.get("/help/"))
    assert shipped("help")[:60] in says(client.get(HELP))
    response = client.post(HELP, {"body": "## Ring us\n\nFrom 9 to 5.", "seen": ""})
    assert (response.status_code, response["Location"]) == (302, "/help/")
    page = says(Client().get("/help/"))
    assert "Ring us From 9 to 5." in page
    assert "You come by invitation" not in page
    with acting_as(world.administrator.pk):
        row = InfoPage.objects.get(key="help")
    assert row.changed_by == world.administrator


def test_rewriting_and_restoring_are_on_the_trail(world: World) -> None:
    client = signed_in(world.administrator)
    client.post(HELP, {"body": "Ours.", "seen": ""})
    client.post("/help/restore/")
    assert trail_of_the_installation()[-2:] == ["page.written", "page.restored"]


def trail_of_the_installation() -> list[str]:
    """Read past the second lock, which shows nobody these rows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.lock2', 'off', true)")
        found = list(
            Event.objects.filter(borough_id=None).order_by("at").values_list("deed", flat=True)
        )
        cursor.execute("SELECT set_config('app.lock2', '', true)")
    return found


def test_html_on_a_page_shows_as_text(world: World) -> None:
    body = "<script>alert(1)</script> <b>bold</b> [x](javascript:alert(1))"
    signed_in(world.administrator).post(HELP, {"body": body, "seen": ""})
    content = Client().get("/help/").content.decode()
    assert "<script>alert" not in content
    assert "<b>bold" not in content
    assert "&lt;script&gt;alert(1)" in content
    assert 'href="javascript' not in content


def test_restoring_brings_the_shipped_text_back_and_a_get_does_not(world: World) -> None:
    client = signed_in(world.administrator)
    client.post(HELP, {"body": "Ours.", "seen": ""})
    assert "Restore the shipped text" in says(client.get("/help/restore/"))
    assert InfoPage.objects.filter(key="help").exists()
    client.post("/help/restore/")
    assert not InfoPage.objects.filter(key="help").exists()
    assert "You come by invitation" in says(Client().get("/help/"))


def test_of_two_administrators_the_second_sees_both_texts(world: World) -> None:
    client = signed_in(world.administrator)
    client.post(HELP, {"body": "Text of the first.", "seen": ""})
    response = client.post(HELP, {"body": "Text of the second.", "seen": ""})
    assert problems(response)[0].startswith("Somebody else changed this page meanwhile.")
    page = BeautifulSoup(response.content, "html5lib")
    assert "Text of the second." in page.find("textarea").get_text()  # type: ignore[union-attr]
    assert "Text of the first." in says(response)
    seen = page.find("input", attrs={"name": "seen"})["value"]  # type: ignore[index]
    assert client.post(HELP, {"body": "Both texts.", "seen": seen}).status_code == 302
    assert InfoPage.objects.get(key="help").body == "Both texts."


def test_a_page_is_never_emptied_nor_endless(world: World) -> None:
    client = signed_in(world.administrator)
    assert problems(client.post(HELP, {"body": " ", "seen": ""})) == ["Enter text"]
    assert problems(client.post(HELP, {"body": "x" * 20_001, "seen": ""})) == [
        "Text must be 20,000 characters or fewer"
    ]
    assert not InfoPage.objects.exists()


@pytest.mark.parametrize("address", [HELP, "/help/restore/"])
def test_nobody_but_an_administrator_changes_a_page(world: World, address: str) -> None:
    assert Client().post(address, {"body": "x"})["Location"].startswith("/account/sign-in/")
    for person in (world.here.lead, make_user()):
        assert signed_in(person).post(address, {"body": "x", "seen": ""}).status_code == 404
    assert not InfoPage.objects.exists()


def test_a_page_that_is_none_cannot_be_edited(world: World) -> None:
    assert signed_in(world.administrator).get("/cookies/edit/").status_code == 404
