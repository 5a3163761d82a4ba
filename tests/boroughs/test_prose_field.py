"""A text that may identify a person: a warning beside the field and after saving, and nothing is refused."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.template import Context, Template

from boroughs.prose_field import MOST, ProseField, people_in
from boroughs.rows import acting_as
from tests.boroughs.pages import address, says, seen, signed_in
from tests.boroughs.test_committees import SCRUTINY
from tests.factories import World
from tests.govuk.markup import is_strict_html5

PERSON = "J.S., 14, tel. 07700 900123"
CLEAN = "Twelve workshops were held."


class Form(forms.Form):
    remit = ProseField(label="Remit", required=False, widget=forms.Textarea)


def notices(response: Any) -> dict[str, str]:
    """The warnings of a page, by the id of the field they describe."""
    is_strict_html5(response.content.decode())
    page = BeautifulSoup(response.content, "html.parser")
    found = {}
    for field in page.select("main input[id], main textarea[id]"):
        described = str(field.get("aria-describedby", "")).split()
        if notice := page.find(id=f"{field['id']}-notice"):
            assert notice["id"] in described
            found[str(field["id"])] = " ".join(notice.get_text(" ").split())
    assert len(found) == len(page.select("main [id$=-notice]"))
    return found


def test_the_warning_stands_beside_a_saved_text_and_beside_a_typed_one() -> None:
    for form in (Form(initial={"remit": PERSON}), Form({"remit": PERSON})):
        html = str(form["remit"].as_field_group())
        assert "Warning: this may identify a person" in html
        assert "one person’s age: “J.S., 14”" in html
        assert "a phone number: “07700 900123”" in html
        assert "The portal holds no casework." in html
        assert 'aria-describedby="id_remit-notice"' in html
        assert "error" not in html
    assert Form({"remit": PERSON}).is_valid()


def test_there_is_none_where_nobody_is_meant() -> None:
    for form in (Form(), Form(initial={"remit": CLEAN}), Form({"remit": ""})):
        assert "notice" not in str(form["remit"].as_field_group())


def test_a_passage_is_shown_as_text() -> None:
    html = str(Form({"remit": "jo@example.org <b>07700 900123</b>"})["remit"].as_field_group())
    assert "<b>" not in html


def test_a_text_full_of_numbers_gets_a_short_warning() -> None:
    [notice] = people_in(", ".join(f"07700 9001{n}" for n in range(10, 25)))
    assert len(notice.found) == MOST + 1
    assert notice.found[-1] == "and 7 more"


def test_a_page_without_a_form_warns_too() -> None:
    page = Template("{% load prose %}{% identifiers first second %}")
    assert "J.S., 14" in page.render(Context({"first": PERSON, "second": None}))
    assert page.render(Context({"first": CLEAN, "second": ""})).strip() == ""


@pytest.mark.parametrize("text", ["Done 😀", "漢字"])
def test_what_cannot_be_printed_is_refused_where_it_is_typed(text: str) -> None:
    assert f"The character “{text[-1]}”" in str(Form({"remit": text[-1]})["remit"].errors)
    assert Form({"remit": "£–—’‘“”• ŵŷ\ttab\nand\u00adsoft"}).is_valid()


def banner(response: Any) -> Any:
    """The warning after saving."""
    page = BeautifulSoup(response.content, "html.parser")
    [found] = [b for b in page.select(".govuk-notification-banner") if "identify" in b.get_text()]
    return found


def test_a_rating_is_saved_with_a_warning_that_leads_back(world: World) -> None:
    client = signed_in(world.here.coordinator)
    page = f"/thurrock/assessments/{world.here.assessment.pk}/training/"
    answer = {"level": "amber", "standing": "", "reason": "", "seen": "2", "then": "next"}
    response = client.post(page, {**answer, "comment": PERSON, "actions": CLEAN}, follow=True)
    assert response.redirect_chain[-1][0].endswith("/venue-hire/")
    said = banner(response)
    assert "Comment (one person’s age, a phone number)." in " ".join(said.get_text().split())
    assert "07700" not in says(response)
    [link] = said.select("a")
    assert link["href"] == f"{page}?look=again#id_comment"
    assert notices(client.get(page)) == {
        "id_comment": "Warning: this may identify a person one person’s age: “J.S., 14” "
        "a phone number: “07700 900123” The portal holds no casework. Check before this becomes public."
    }
    with acting_as(world.here.coordinator.pk):
        rating = world.here.assessment.ratings.in_order().get(benchmark__key="training")
    assert rating.comment == PERSON


def test_a_clean_rating_is_saved_without_one(world: World) -> None:
    page = f"/thurrock/assessments/{world.here.assessment.pk}/training/"
    answer = {"level": "amber", "standing": "", "reason": "", "seen": "2", "comment": CLEAN}
    response = signed_in(world.here.coordinator).post(page, answer, follow=True)
    assert "may identify" not in says(response)


def test_a_section_of_a_report_warns_at_each_of_its_texts(world: World) -> None:
    client = signed_in(world.here.coordinator)
    page = address("reports:section", world.here.borough, world.here.drafting.pk, "recommendations")
    data = {"lead": "Ask jo@example.org:", "body": PERSON, "state": "draft", **seen(client, page)}
    response = client.post(page, data, follow=True)
    assert "saved." in says(response)
    links = [str(link["href"]) for link in banner(response).select("a")]
    assert links == [f"{page}#id_lead", f"{page}#id_body"]
    assert set(notices(client.get(page))) == {"id_lead", "id_body"}


def test_the_front_sheet_of_a_report_warns_at_its_title(world: World) -> None:
    client = signed_in(world.here.coordinator)
    page = address("reports:report-front", world.here.borough, world.here.drafting.pk)
    data = {"title": "Report of jo@example.org", **seen(client, page)}
    response = client.post(page, data, follow=True)
    assert "The front sheet is saved." in says(response)
    assert [link["href"] for link in banner(response).select("a")] == [f"{page}#id_title"]
    assert set(notices(client.get(page))) == {"id_title"}


@pytest.mark.parametrize("changing", [False, True])
def test_a_committees_remit_warns(world: World, changing: bool) -> None:
    client = signed_in(world.here.democratic)
    borough, committee = world.here.borough, world.here.committee
    post = (
        address("boroughs:committee-change", borough, committee.pk)
        if changing
        else address("boroughs:committee-add", borough)
    )
    opened = seen(client, post) if changing else {}
    response = client.post(post, SCRUTINY | {"remit": PERSON} | opened, follow=True)
    [link] = banner(response).select("a")
    page, _, field = str(link["href"]).partition("#")
    assert field == "id_remit"
    assert set(notices(client.get(page))) == {"id_remit"}
