"""A report begun and its front sheet: what the house style asks, two editors, the agenda, and what survives a lost session."""

import re

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from boroughs.rows import acting_as
from reports.actions.reports import start_report, write_front
from reports.actions.styles import choose_style
from reports.models import HouseStyle, Report
from reports.policies import ChangedMeanwhile, Refused
from tests.boroughs.pages import deeds, problems, says, signed_in
from tests.factories import PASSWORD, Place, World
from tests.second_factor import sign_in

from .writing import Form, form_of, now, page, save_front, texts


def front(place: Place) -> str:
    return page("report-front", place.drafting)


def another_report(place: Place) -> Report:
    with acting_as(place.coordinator.pk):
        return start_report(borough=place.borough, title="Another", by=place.coordinator)


def test_the_front_sheet_asks_what_the_house_style_asks(world: World) -> None:
    place, client = world.here, signed_in(world.here.coordinator)
    asked = form_of(client.get(front(place)))
    assert {"front-wards", "front-report-of", "front-author"} <= set(asked)
    assert {"front-date", "front-item", "front-committee"}.isdisjoint(asked)
    with acting_as(place.coordinator.pk):
        plain = HouseStyle.objects.get(key="plain")
        Report.objects.filter(pk=place.drafting.pk).update(style=plain)
    assert set(form_of(client.get(front(place)))) != set(asked)


def test_the_task_list_names_every_place_of_the_house_style(world: World) -> None:
    place, client = world.here, signed_in(world.here.coordinator)

    def listed() -> set[str]:
        shown = BeautifulSoup(client.get(page("report", place.drafting)).content, "html5lib")
        return {str(link["href"]) for link in shown.select(".govuk-task-list a")}

    before = listed()
    sections = ("executive-summary", "issues", "legal", "recommendations")
    assert {page("section", place.drafting, key) for key in sections} <= before
    assert {front(place), page("appendix-list", place.drafting)} <= before
    with acting_as(place.coordinator.pk):
        plain = HouseStyle.objects.get(key="plain")
        Report.objects.filter(pk=place.drafting.pk).update(style=plain)
    narrative = [s["key"] for s in plain.definition["sections"] if s["kind"] == "narrative"]
    assert {page("section", place.drafting, key) for key in narrative} <= listed()


def test_who_only_reads_drafts_is_led_to_pages_that_open(world: World) -> None:
    place, client = world.here, signed_in(world.here.lead)
    shown = BeautifulSoup(client.get(page("report", place.drafting)).content, "html5lib")
    found = {str(link["href"]) for link in shown.select("main a[href^='/']")}
    assert f"{page('report-draft', place.drafting)}#section-issues" in found
    assert {href: client.get(href).status_code for href in found} == dict.fromkeys(found, 200)


def test_who_keeps_the_lists_is_led_from_the_report_to_each(world: World) -> None:
    shown = says(signed_in(world.here.lead).get(page("report", world.here.drafting)))
    assert shown.count("Who may read what is closed:") == 2
    shown = says(signed_in(world.here.coordinator).get(page("report", world.here.drafting)))
    assert "Who may read what is closed:" not in shown


def test_a_front_sheet_with_blank_fields_is_not_done(world: World) -> None:
    place, client = world.here, signed_in(world.here.coordinator)
    texts = {"front-report-of": "The chair"}
    save_front(place, place.drafting, meeting=place.meeting, texts=texts)
    shown = says(client.get(page("report", place.drafting)))
    [hint] = re.findall(r"Blank: [^.]*", shown)
    assert "Wards" in hint
    assert "Report of" not in hint
    assert "To fill in" in shown


def test_what_is_written_is_saved_and_shown_again(world: World) -> None:
    place, client = world.here, signed_in(world.here.coordinator)
    said = form_of(client.get(front(place)))
    said |= {"title": "Another title", "front-wards": "All", "front-author": "Post\nPlace"}
    response = client.post(front(place), said, follow=True)
    assert "The front sheet is saved" in says(response)
    again = form_of(client.get(front(place)))
    assert again["seen"] != said["seen"]
    keys = set(said) - {"seen", "typed_by"}
    assert {key: again[key].replace("\r", "") for key in keys} == {key: said[key] for key in keys}
    assert deeds(place)[-1] == "report.written"


def test_a_field_that_is_emptied_is_empty(world: World) -> None:
    save_front(world.here, world.here.drafting, texts={"front-wards": "All"})
    client = signed_in(world.here.coordinator)
    said = form_of(client.get(front(world.here)))
    assert said["front-wards"] == "All"
    client.post(front(world.here), {**said, "front-wards": ""})
    assert texts(world.here, world.here.drafting)["front-wards"] == ""


def test_of_two_editors_the_second_sees_both_texts_and_loses_nothing(world: World) -> None:
    place, client = world.here, signed_in(world.here.coordinator)
    said = form_of(client.get(front(place)))
    theirs = {"title": "Their title", "meeting": place.meeting, "item_number": "12"}
    save_front(place, place.drafting, **theirs, texts={"front-wards": "Their wards"})
    mine = {**said, "title": "My title", "front-wards": "My wards", "front-author": "My post"}
    response = client.post(front(place), mine)
    assert response.status_code == 409
    conflict = BeautifulSoup(response.content, "html5lib").select_one(".conflict")
    assert conflict is not None
    for words in ("Their title", "Their wards", "12", str(place.meeting)):
        assert words in conflict.get_text(), words
    again = form_of(response)
    for name in ("title", "front-wards", "front-author"):
        assert again[name] == mine[name]
    assert texts(place, place.drafting)["front-wards"] == "Their wards"  # nothing saved over it yet
    assert now(place, place.drafting).title == "Their title"

    together = {**again, "front-wards": "Their wards, my wards"}
    assert client.post(front(place), together).status_code == 302
    assert texts(place, place.drafting)["front-wards"] == "Their wards, my wards"
    assert texts(place, place.drafting)["front-author"] == "My post"


def test_a_front_sheet_of_an_old_page_is_never_saved_over_a_newer_one(world: World) -> None:
    place = world.here
    report = now(place, place.drafting)
    save_front(place, report, title="Newer")
    with acting_as(place.coordinator.pk), pytest.raises(ChangedMeanwhile):
        write_front(
            report=report,
            title="Old",
            meeting=None,
            item_number="",
            assessment=None,
            texts={},
            seen=report.version,
            by=place.coordinator,
        )
    assert now(place, report).title == "Newer"


def test_an_agenda_item_that_is_taken_is_a_field_error(world: World) -> None:
    place, client = world.here, signed_in(world.here.coordinator)
    said = form_of(client.get(front(place)))
    said |= {
        "meeting": str(place.meeting.pk),
        "item_number": "9",
        "front-author": "Kept on the page",
    }
    response = client.post(front(place), said)
    assert problems(response) == ["Another report is item 9 of this meeting."]
    assert form_of(response)["front-author"] == "Kept on the page"
    assert client.post(front(place), {**said, "item_number": "10"}).status_code == 302


def test_a_taken_item_is_refused_by_the_rule_too(world: World) -> None:
    with pytest.raises(Refused, match="item 9"):
        save_front(world.here, world.here.drafting, meeting=world.here.meeting, item_number="9")


def test_reports_without_a_number_may_go_to_the_same_meeting(world: World) -> None:
    place = world.here
    second = another_report(place)
    for report in (place.drafting, second):
        save_front(place, report, meeting=place.meeting)
    assert now(place, second).meeting == now(place, place.drafting).meeting == place.meeting


def test_another_boroughs_meeting_cannot_be_chosen(world: World) -> None:
    client = signed_in(world.here.coordinator)
    said = form_of(client.get(front(world.here)))
    response = client.post(front(world.here), {**said, "meeting": str(world.there.meeting.pk)})
    assert len(problems(response)) == 1
    assert now(world.here, world.here.drafting).meeting is None


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"title": ""}, "Enter title of the report"),
        ({"title": "x" * 201}, "200 characters or fewer"),
        ({"front-author": "a\x07b"}, "hidden control character"),
        ({"front-wards": "x" * 301}, "300 characters or fewer"),
        ({"item_number": "x" * 11}, "10 characters or fewer"),
    ],
)
def test_a_wrong_answer_is_explained_and_nothing_is_lost(
    world: World, change: Form, complaint: str
) -> None:
    client = signed_in(world.here.coordinator)
    said = form_of(client.get(front(world.here)))
    response = client.post(front(world.here), {**said, "front-status": "Kept", **change})
    [problem] = problems(response)
    assert complaint in problem
    assert form_of(response)["front-status"] == "Kept"


def test_a_report_begins_with_the_words_of_the_one_that_is_chosen(world: World) -> None:
    place, client = world.here, signed_in(world.here.coordinator)
    start = reverse("reports:report-start", args=["thurrock"])
    offered = BeautifulSoup(client.get(start).content, "html5lib")
    [last] = offered.select("select[name=begun_from] option[selected]")
    assert last["value"] == str(place.drafting.pk)  # the last that was begun is offered
    said = {"title": "With words", "style": str(place.report.style_id)}
    client.post(start, {**said, "begun_from": str(place.report.pk)})
    client.post(start, {**said, "title": "Without", "begun_from": ""})
    with acting_as(place.coordinator.pk):
        carried, empty = (
            Report.objects.get(title=title).texts.filter(key="executive-summary").first()
            for title in ("With words", "Without")
        )
    assert carried is not None
    assert (carried.body, carried.carried) == ("summary words of thurrock", True)
    assert empty is None or "summary words" not in empty.body


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


def test_the_chosen_style_is_offered_first(world: World) -> None:
    place = world.here
    with acting_as(place.lead.pk):
        style = HouseStyle.objects.get(key="barnet")
        choose_style(borough=place.borough, style=style, by=place.lead)
    start = reverse("reports:report-start", args=["thurrock"])
    shown = BeautifulSoup(signed_in(place.coordinator).get(start).content, "html5lib")
    [chosen] = shown.select("select[name=style] option[selected]")
    assert chosen["value"] == str(style.pk)


def test_without_a_choice_the_style_of_the_last_report_is_offered(world: World) -> None:
    place = world.here
    with acting_as(place.coordinator.pk):
        style = HouseStyle.objects.get(key="barnet")
        Report.objects.filter(borough=place.borough).update(style=style)
    start = reverse("reports:report-start", args=["thurrock"])
    shown = BeautifulSoup(signed_in(place.coordinator).get(start).content, "html5lib")
    [chosen] = shown.select("select[name=style] option[selected]")
    assert chosen["value"] == str(style.pk)


def test_without_a_choice_reports_are_plain(world: World) -> None:
    assert another_report(world.there).style.key == "plain"


def test_several_reports_may_show_one_assessment(world: World) -> None:
    place = world.here
    client = signed_in(place.coordinator)
    start = reverse("reports:report-start", args=["thurrock"])
    chosen = {"style": str(place.report.style_id), "assessment": str(place.assessment.pk)}
    for title in ("For the committee", "For the board"):
        assert client.post(start, {**chosen, "title": title}).status_code == 302
    with acting_as(place.coordinator.pk):
        assert Report.objects.filter(assessment=place.assessment).count() == 3


def test_a_front_sheet_typed_after_the_session_ended_is_still_there(world: World) -> None:
    place, client = world.here, signed_in(world.here.coordinator)
    save_front(place, place.drafting, meeting=place.meeting)
    said = form_of(client.get(front(place)))
    client.logout()
    said |= {"front-author": "An evening's work", "meeting": ""}
    asked = client.post(front(place), said)
    back = sign_in(client, asked["Location"], place.coordinator.email, PASSWORD)
    again = form_of(client.get(back["Location"]))
    assert (again["front-author"], again["meeting"]) == ("An evening's work", "")
    assert again["seen"] == said["seen"]
