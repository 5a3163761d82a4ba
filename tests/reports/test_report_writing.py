"""The words of a report: fields by house style, two editors, the agenda, and what survives a lost session."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from boroughs.rows import acting_as
from reports.actions.reports import start_report, write_report
from reports.actions.styles import choose_style
from reports.models import HouseStyle, Report
from reports.policies import Refused, WrittenMeanwhile
from tests.boroughs.pages import deeds, problems, says, signed_in
from tests.factories import PASSWORD, Place, World, make_assessment
from tests.second_factor import sign_in

Form = dict[str, str]


def page(place: Place) -> str:
    return reverse("reports:report-edit", args=[place.borough.slug, place.report.pk])


def form_of(response: Any) -> Form:
    """Every field of the page's form with what it holds."""
    form = BeautifulSoup(response.content, "html5lib").select_one("form[data-keep-draft]")
    assert form is not None
    said = {str(box["name"]): str(box.get("value", "")) for box in form.select("input[name]")}
    said |= {str(box["name"]): box.get_text().removeprefix("\n") for box in form.select("textarea")}
    for choice in form.select("select"):
        chosen = choice.select_one("option[selected]")
        said[str(choice["name"])] = str(chosen["value"]) if chosen else ""
    said.pop("csrfmiddlewaretoken", None)
    return said


def now(place: Place) -> Report:
    with acting_as(place.coordinator.pk):
        return Report.objects.select_related("meeting", "style").get(pk=place.report.pk)


def texts(place: Place) -> Form:
    with acting_as(place.coordinator.pk):
        return {text.key: text.body for text in place.report.texts.all()}


def another_report(place: Place) -> Report:
    with acting_as(place.coordinator.pk):
        later = make_assessment(
            place.borough,
            by=place.coordinator,
            starts_on=place.assessment.starts_on.replace(year=2020),
            ends_on=place.assessment.ends_on.replace(year=2020),
        )
        return start_report(assessment=later, by=place.coordinator)


def test_the_form_asks_what_the_house_style_asks(world: World) -> None:
    asked = form_of(signed_in(world.here.coordinator).get(page(world.here)))
    assert {"front-wards", "front-report-of", "executive-summary", "issues", "legal"} <= set(asked)
    assert {"front-date", "front-item", "front-committee", "implications"}.isdisjoint(asked)
    with acting_as(world.here.coordinator.pk):
        Report.objects.filter(pk=world.here.report.pk).update(
            style=HouseStyle.objects.get(key="plain")
        )
    plain = form_of(signed_in(world.here.coordinator).get(page(world.here)))
    assert set(plain) != set(asked)
    with acting_as(world.here.coordinator.pk):
        sections = HouseStyle.objects.get(key="plain").definition["sections"]
    narrative = {section["key"] for section in sections if section["kind"] == "narrative"}
    assert narrative <= set(plain)


def test_what_is_written_is_saved_and_shown_again(world: World) -> None:
    client = signed_in(world.here.coordinator)
    said = form_of(client.get(page(world.here)))
    said |= {"title": "Another title", "reasons": "Because.\n\n- one\n- two", "front-wards": "All"}
    response = client.post(page(world.here), said, follow=True)
    assert "The text is saved" in says(response)
    again = form_of(response)
    assert again["seen"] != said["seen"]
    keys = set(said) - {"seen", "typed_by"}
    assert {key: again[key] for key in keys} == {key: said[key] for key in keys}
    assert deeds(world.here)[-1] == "report.written"


def test_a_place_that_is_emptied_is_empty(world: World) -> None:
    client = signed_in(world.here.coordinator)
    said = form_of(client.get(page(world.here)))
    client.post(page(world.here), {**said, "executive-summary": ""})
    assert "executive-summary" not in texts(world.here)


def test_of_two_editors_the_second_sees_both_texts_and_loses_nothing(world: World) -> None:
    place, client = world.here, signed_in(world.here.coordinator)
    said = form_of(client.get(page(place)))
    with acting_as(place.coordinator.pk):
        write_report(
            report=now(place),
            title="Their title",
            meeting=place.meeting,
            item_number="12",
            texts={"executive-summary": "Their summary", "reasons": "Their reasons"},
            seen=int(said["seen"]),
            by=place.coordinator,
        )
    mine = {
        **said,
        "executive-summary": "My summary",
        "title": "My title",
        "legal": "My legal words",
    }
    response = client.post(page(place), mine)
    assert response.status_code == 409
    conflict = BeautifulSoup(response.content, "html5lib").select_one(".conflict")
    assert conflict is not None
    for theirs in ("Their summary", "Their reasons", "Their title", "12"):
        assert theirs in conflict.get_text(), theirs
    again = form_of(response)
    for name in ("executive-summary", "title", "legal"):
        assert again[name] == mine[name]
    assert texts(place)["executive-summary"] == "Their summary"  # nothing saved over it yet
    assert now(place).title == "Their title"

    together = {
        **again,
        "executive-summary": "Their summary\n\nMy summary",
        "reasons": "Their reasons",
    }
    assert client.post(page(place), together).status_code == 302
    assert texts(place)["executive-summary"] == "Their summary\n\nMy summary"
    assert texts(place)["legal"] == "My legal words"


def test_a_text_written_on_an_old_page_is_never_saved_over_a_newer_one(world: World) -> None:
    place = world.here
    with acting_as(place.coordinator.pk), pytest.raises(WrittenMeanwhile):
        write_report(
            report=place.report,
            title="Old",
            meeting=None,
            item_number="",
            texts={},
            seen=place.report.version - 1,
            by=place.coordinator,
        )


def test_an_agenda_item_that_is_taken_is_a_field_error(world: World) -> None:
    place, client = world.here, signed_in(world.here.coordinator)
    second = another_report(place)
    address = reverse("reports:report-edit", args=["thurrock", second.pk])
    said = form_of(client.get(address))
    said |= {
        "meeting": str(place.meeting.pk),
        "item_number": "9",
        "front-author": "Kept on the page",
    }
    response = client.post(address, said)
    assert problems(response) == ["Another report is item 9 of this meeting."]
    assert form_of(response)["front-author"] == "Kept on the page"
    assert client.post(address, {**said, "item_number": "10"}).status_code == 302


def test_reports_without_a_number_may_go_to_the_same_meeting(world: World) -> None:
    place = world.here
    second = another_report(place)
    with acting_as(place.coordinator.pk):
        for report in (now(place), second):
            write_report(
                report=report,
                title=report.title,
                meeting=place.meeting,
                item_number="",
                texts={},
                seen=report.version,
                by=place.coordinator,
            )


def test_another_boroughs_meeting_cannot_be_chosen(world: World) -> None:
    client = signed_in(world.here.coordinator)
    said = form_of(client.get(page(world.here)))
    response = client.post(page(world.here), {**said, "meeting": str(world.there.meeting.pk)})
    assert len(problems(response)) == 1
    assert now(world.here).meeting == world.here.meeting


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"title": ""}, "Enter title of the report"),
        ({"title": "x" * 201}, "200 characters or fewer"),
        ({"executive-summary": "x" * 20_001}, "20,000 characters or fewer"),
        ({"reasons": "a\x07b"}, "hidden control character"),
        ({"front-wards": "x" * 301}, "300 characters or fewer"),
        ({"item_number": "x" * 11}, "10 characters or fewer"),
    ],
)
def test_a_wrong_answer_is_explained_and_nothing_is_lost(
    world: World, change: Form, complaint: str
) -> None:
    client = signed_in(world.here.coordinator)
    said = form_of(client.get(page(world.here)))
    response = client.post(page(world.here), {**said, "legal": "Kept on the page", **change})
    [problem] = problems(response)
    assert complaint in problem
    assert form_of(response)["legal"] == "Kept on the page"


def test_the_next_report_in_the_same_style_begins_with_the_words_of_the_last(world: World) -> None:
    place = world.here
    with acting_as(place.lead.pk):
        choose_style(
            borough=place.borough, style=HouseStyle.objects.get(key="thurrock"), by=place.lead
        )
    second = another_report(place)
    with acting_as(place.coordinator.pk):
        carried = {text.key: text.body for text in second.texts.all()}
    assert carried["executive-summary"] == "summary words of thurrock"


def test_a_lead_chooses_the_house_style_of_the_next_reports(world: World) -> None:
    place, lead = world.here, signed_in(world.here.lead)
    address = reverse("reports:style-choose", args=["thurrock"])
    assert problems(lead.post(address, {"style": "gothic"}))
    response = lead.post(address, {"style": "thurrock"}, follow=True)
    assert "House style chosen: Overview and scrutiny report" in says(response)
    assert deeds(place)[-1] == "style.chosen"
    assert another_report(place).style.key == "thurrock"
    with acting_as(world.there.lead.pk):
        assert not hasattr(world.there.borough, "style_choice")


def test_without_a_choice_reports_are_plain(world: World) -> None:
    assert another_report(world.there).style.key == "plain"


def test_starting_a_report_twice_leads_to_the_same_one(world: World) -> None:
    address = reverse("reports:report-start", args=["thurrock", world.here.assessment.pk])
    client = signed_in(world.here.coordinator)
    assert client.get(address)["Location"] == page(world.here)
    assert client.post(address)["Location"] == page(world.here)


def test_a_taken_item_is_refused_by_the_rule_too(world: World) -> None:
    place = world.here
    second = another_report(place)
    with acting_as(place.coordinator.pk), pytest.raises(Refused, match="item 9"):
        write_report(
            report=second,
            title="Second",
            meeting=place.meeting,
            item_number="9",
            texts={},
            seen=second.version,
            by=place.coordinator,
        )


def test_a_report_typed_after_the_session_ended_is_still_there(world: World) -> None:
    client = signed_in(world.here.coordinator)
    said = form_of(client.get(page(world.here)))
    client.logout()
    said |= {"reasons": "An evening's work", "meeting": ""}
    asked = client.post(page(world.here), said)
    back = sign_in(client, asked["Location"], world.here.coordinator.email, PASSWORD)
    again = form_of(client.get(back["Location"]))
    assert (again["reasons"], again["meeting"]) == ("An evening's work", "")
    assert again["seen"] == said["seen"]
