"""One section at a time: two people at once, its history, what is carried, what is not needed, and what is closed."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from accounts.models import User
from boroughs.models import ClosableQuerySet, ClosedPassages, ClosureAct
from boroughs.roles import Role
from boroughs.rows import acting_as
from reports.actions.reports import make_report, start_report
from reports.actions.sections import close_section, write_section
from reports.models import Report, ReportText
from reports.policies import ChangedMeanwhile, Refused
from reports.rendering import html_of
from tests.boroughs.pages import deeds, problems, says, signed_in
from tests.conftest import second_lock_off
from tests.factories import Place, World, give_role, make_user

from .writing import form_of, now, page, save_section, texts

CLOSED = "closed section of thurrock"
CASE: dict[str, Any] = {
    "classification": "exempt",
    "reason": "It names a company",
    "paragraphs": {"england-3": "Its business affairs"},
    "public_interest": "withhold",
    "interest_reason": "Nobody gains by it",
    "public_line": "The background is not for publication",
}


def section(place: Place, key: str = "executive-summary", name: str = "section") -> str:
    return page(name, place.drafting, key)


def text_of(place: Place, key: str, report: Report | None = None) -> ReportText:
    with acting_as(place.coordinator.pk):
        return ReportText.objects.with_people().get(report=report or place.drafting, key=key)


def a_colleague(place: Place) -> User:
    with acting_as(place.lead.pk):
        return give_role(make_user("Cora"), place.borough, Role.COORDINATOR, by=place.lead)


def closed_background(place: Place) -> ReportText:
    """Written and closed by the coordinator, who alone is on its list."""
    save_section(place, place.drafting, "background", "A company has failed us in the autumn.")
    with acting_as(place.coordinator.pk):
        close_section(report=place.drafting, key="background", by=place.coordinator, **CASE)
    return text_of(place, "background")


# -- Writing ------------------------------------------------------------------------------------------------
def test_a_section_is_written_on_its_own_page_and_leads_back_or_on(world: World) -> None:
    place, client = world.here, signed_in(world.here.coordinator)
    said = form_of(client.get(section(place))) | {"body": "New words.", "state": "done"}
    shown = client.post(section(place), said, follow=True)
    assert "saved" in says(shown)
    assert shown.request["PATH_INFO"] == page("report", place.drafting)
    assert texts(place, place.drafting)["executive-summary"] == "New words."
    assert deeds(place)[-1] == "report.section-written"
    said = form_of(client.get(section(place)))
    assert client.post(section(place), {**said, "then": "stay"})["Location"] == section(place)
    said = form_of(client.get(section(place)))
    onwards = client.post(section(place), {**said, "then": "next"})["Location"]
    assert onwards not in (section(place), page("report", place.drafting))
    assert "/sections/" in onwards


def test_two_people_write_different_sections_at_once_and_neither_waits(world: World) -> None:
    place = world.here
    first, second = signed_in(place.coordinator), signed_in(a_colleague(place))
    pages = [section(place, key) for key in ("background", "issues")]
    said = [form_of(client.get(at)) for client, at in zip((first, second), pages, strict=True)]
    for client, at, form in zip((second, first), pages[::-1], said[::-1], strict=True):
        assert client.post(at, {**form, "body": f"For {at}", "state": "draft"}).status_code == 302
    kept = texts(place, place.drafting)
    assert [kept[key] for key in ("background", "issues")] == [f"For {at}" for at in pages]


def test_of_two_in_the_same_section_the_second_sees_both_texts(world: World) -> None:
    place, client = world.here, signed_in(world.here.coordinator)
    said = form_of(client.get(section(place)))
    save_section(place, place.drafting, "executive-summary", "Their words.")
    response = client.post(section(place), {**said, "body": "My words.", "state": "done"})
    assert response.status_code == 409
    conflict = BeautifulSoup(response.content, "html5lib").select_one(".conflict")
    assert conflict is not None
    assert "Their words." in conflict.get_text()
    again = form_of(response)
    assert again["body"] == "My words."
    assert texts(place, place.drafting)["executive-summary"] == "Their words."
    both = {**again, "body": "Their words. My words."}
    assert client.post(section(place), both).status_code == 302
    assert texts(place, place.drafting)["executive-summary"] == "Their words. My words."


def test_an_old_page_never_writes_over_a_newer_text(world: World) -> None:
    place = world.here
    seen = text_of(place, "executive-summary").version
    save_section(place, place.drafting, "executive-summary", "Newer.")
    with pytest.raises(ChangedMeanwhile):
        save_section(place, place.drafting, "executive-summary", "Old.", seen=seen)
    assert texts(place, place.drafting)["executive-summary"] == "Newer."


def test_the_first_of_two_who_begin_a_section_is_not_written_over(world: World) -> None:
    save_section(world.here, world.here.drafting, "issues", "First.", seen=0)
    with pytest.raises(ChangedMeanwhile):
        save_section(world.here, world.here.drafting, "issues", "Second.", seen=0)
    assert texts(world.here, world.here.drafting)["issues"] == "First."


def test_every_saving_stands_in_the_history_with_who_and_what(world: World) -> None:
    place = world.here
    for words, state in (("First words.", "draft"), ("Second words.", "done")):
        save_section(place, place.drafting, "issues", words, state=state)
    versions = text_of(place, "issues").versions
    with acting_as(place.coordinator.pk):
        assert [(v.number, v.body, v.state) for v in versions.all()] == [
            (2, "Second words.", "done"),
            (1, "First words.", "draft"),
        ]
    shown = says(signed_in(place.lead).get(section(place, "issues", "section-history")))
    for words in ("First words.", "Second words.", place.coordinator.name, "Marked as: done."):
        assert words in shown, words


def test_a_section_that_is_not_needed_prints_nothing_and_has_no_words(world: World) -> None:
    place, client = world.here, signed_in(world.here.coordinator)
    said = form_of(client.get(section(place)))
    refused = client.post(section(place), {**said, "state": "not_needed"})
    assert problems(refused) == ["It has text. Empty the text, or say that it is done or a draft"]
    assert client.post(section(place), {**said, "body": "", "state": "not_needed"}).status_code == 302  # fmt: skip
    assert "Not needed" in says(client.get(page("report", place.drafting)))
    draft = BeautifulSoup(client.get(page("report-draft", place.drafting)).content, "html5lib")
    assert not draft.select("#section-executive-summary")


def test_a_section_without_words_is_not_done(world: World) -> None:
    client = signed_in(world.here.coordinator)
    said = form_of(client.get(section(world.here, "issues")))
    response = client.post(section(world.here, "issues"), {**said, "body": "", "state": "done"})
    assert problems(response) == ["Enter the text, or say that the section is not needed"]


@pytest.mark.parametrize(
    ("body", "complaint"),
    [("x" * 20_001, "20,000 characters or fewer"), ("a\x07b", "hidden control character")],
)
def test_a_wrong_text_is_explained_and_not_lost(world: World, body: str, complaint: str) -> None:
    client = signed_in(world.here.coordinator)
    said = form_of(client.get(section(world.here)))
    response = client.post(section(world.here), {**said, "body": body})
    [problem] = problems(response)
    assert complaint in problem
    assert form_of(response)["body"] == body


def test_what_is_carried_is_marked_until_somebody_saves_it(world: World) -> None:
    place, client = world.here, signed_in(world.here.coordinator)
    assert text_of(place, "executive-summary").carried
    assert "As last time" in says(client.get(page("report", place.drafting)))
    shown = client.get(section(place))
    assert "These are the words of the report before, unchanged." in says(shown)
    client.post(section(place), form_of(shown) | {"state": "done"})
    kept = text_of(place, "executive-summary")
    assert (kept.body, kept.carried) == ("summary words of thurrock", False)


def test_a_place_that_the_style_does_not_have_is_refused(world: World) -> None:
    with pytest.raises(Refused, match="no such section"):
        save_section(world.here, world.here.drafting, "nowhere", "Words.")
    answer = signed_in(world.here.coordinator).get(section(world.here, "nowhere"))
    assert answer.status_code == 404


def test_the_preview_is_the_real_printing_of_what_is_typed(world: World) -> None:
    place, client = world.here, signed_in(world.here.coordinator)
    said = {"body": "One **bold** word.\n\n<script>alert(1)</script>", "state": "draft"}
    shown = client.post(section(place, "issues", "section-preview"), said).content.decode()
    assert "<strong>bold</strong>" in shown
    assert "<script>" not in shown
    assert "issues" not in texts(place, place.drafting)  # nothing is saved by looking


def test_what_was_typed_stays_when_the_report_was_issued_meanwhile(world: World) -> None:
    place, client = world.here, signed_in(world.here.coordinator)
    at = page("section", place.report, "executive-summary")
    shown = client.post(at, {"body": "An evening's work", "state": "done", "seen": "1"})
    assert "Begin a new version of it to change it." in says(shown)
    assert "An evening's work" in says(shown)
    assert texts(place)["executive-summary"] == "summary words of thurrock"


# -- Closed -------------------------------------------------------------------------------------------------
def pages_of(place: Place) -> list[str]:
    names = ("report", "report-draft")
    search = reverse("portal:search", args=["thurrock"]) + '?q="closed section"'
    sections = [section(place, "financial", n) for n in ("section", "section-history")]
    return [*(page(name, place.drafting) for name in names), *sections, search]


def shown_to(place: Place, person: User) -> str:
    """All that somebody gets of a report of which a section is closed."""
    client = signed_in(person)
    shown = "".join(client.get(at).content.decode() for at in pages_of(place))
    said = {"body": "typed", "state": "draft"}
    preview = client.post(section(place, "financial", "section-preview"), said)
    return shown.replace("<mark>", "").replace("</mark>", "") + preview.content.decode()


def outside(place: Place) -> list[User]:
    return [place.lead, place.democratic, a_colleague(place)]


def test_who_is_on_the_list_reads_a_closed_section(world: World) -> None:
    place = world.here
    client = signed_in(place.coordinator)
    for at in (section(place, "financial"), section(place, "financial", "section-history")):
        assert CLOSED in says(client.get(at)), at


def test_nobody_else_reads_a_closed_section_anywhere(world: World) -> None:
    for person in outside(world.here):
        assert CLOSED not in shown_to(world.here, person)


def test_row_security_alone_keeps_a_closed_section(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ClosableQuerySet, "visible_to", lambda self, user: self)
    for person in outside(world.here):
        assert CLOSED not in shown_to(world.here, person)


def test_the_portals_own_filter_alone_keeps_a_closed_section(world: World) -> None:
    people = outside(world.here)
    with second_lock_off():
        for person in people:
            assert CLOSED not in shown_to(world.here, person)


def test_with_neither_lock_it_would_leak(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ClosableQuerySet, "visible_to", lambda self, user: self)
    with second_lock_off():
        assert CLOSED in shown_to(world.here, world.here.lead)


@pytest.mark.parametrize("locked", [True, False])
def test_a_closed_section_is_in_no_paper_whoever_makes_it(world: World, locked: bool) -> None:
    """The coordinator, who may read it, makes the PDF: it says the public line alone."""
    place = world.here
    with acting_as(place.coordinator.pk):
        report = now(place, place.drafting)
        if locked:
            snapshot = make_report(report=report, by=place.coordinator).snapshot
        else:
            with second_lock_off():
                snapshot = make_report(report=report, by=place.coordinator).snapshot
    assert CLOSED not in str(snapshot)
    paper = BeautifulSoup(html_of(snapshot), "html5lib").get_text(" ")
    assert CLOSED not in paper
    assert place.closure.public_line in paper


def test_who_is_not_on_the_list_sees_that_it_is_closed_and_cannot_write_it(world: World) -> None:
    place = world.here
    colleague = a_colleague(place)
    client = signed_in(colleague)
    assert place.closure.public_line in says(client.get(page("report", place.drafting)))
    shown = says(client.get(section(place, "financial")))
    assert "This section is closed, and you are not on its access list." in shown
    with acting_as(colleague.pk), pytest.raises(Refused, match="not on its access list"):
        write_section(
            report=place.drafting, key="financial", body="Over it", state="done", seen=0, by=colleague
        )  # fmt: skip
    assert text_of(place, "financial").body == CLOSED


def test_closing_hides_the_history_too_and_remembers_what_was_said(world: World) -> None:
    place = world.here
    text = closed_background(place)
    assert text.closure is not None
    history = section(place, "background", "section-history")
    assert "A company has failed us" in says(signed_in(place.coordinator).get(history))
    assert "A company has failed us" not in says(signed_in(place.lead).get(history))
    with acting_as(place.coordinator.pk):
        assert ClosedPassages.objects.filter(closure=text.closure, source=str(text.pk)).exists()
        assert ClosureAct.objects.filter(closure=text.closure).exists()
    assert "report.section-closed" in deeds(place)


def test_words_of_a_closed_section_in_an_open_one_are_told_of(world: World) -> None:
    place = world.here
    closed_background(place)
    client = signed_in(place.coordinator)
    said = form_of(client.get(section(place, "issues")))
    copied = {"body": "As it is, a company has failed us in the autumn.", "state": "draft"}
    client.post(section(place, "issues"), said | copied)
    shown = client.get(section(place, "issues"))
    assert "a company has failed us in the autumn" in says(shown).lower()
    assert BeautifulSoup(shown.content, "html5lib").select(".field-notice")


@pytest.mark.parametrize(
    ("key", "complaint"),
    [
        ("recommendations", "always public"),
        ("financial", "closed already"),
    ],
)
def test_what_cannot_be_closed_says_why(world: World, key: str, complaint: str) -> None:
    place = world.here
    with acting_as(place.coordinator.pk), pytest.raises(Refused, match=complaint):
        close_section(report=place.drafting, key=key, by=place.coordinator, **CASE)


def test_a_section_is_closed_before_a_word_is_written(world: World) -> None:
    place, client = world.here, signed_in(world.here.coordinator)
    assert "Close this section" in says(client.get(section(place, "issues")))
    with acting_as(place.coordinator.pk):
        close_section(report=place.drafting, key="issues", by=place.coordinator, **CASE)
    save_section(place, place.drafting, "issues", "A company has failed us in the autumn.")
    with acting_as(place.lead.pk):
        rows = ReportText.objects.filter(report=place.drafting, key="issues")
        assert list(rows.visible_to(place.lead)) == []
    shown = says(client.get(section(place, "issues")))
    assert "For the public: The background is not for publication" in shown


def test_a_closed_section_is_carried_with_its_closure_by_who_may_read_it(world: World) -> None:
    place, colleague = world.here, a_colleague(world.here)
    style = place.drafting.style
    reports = {}
    for person in (place.coordinator, colleague):
        with acting_as(person.pk):
            reports[person] = start_report(
                borough=place.borough,
                title=f"Begun by {person.name}",
                style=style,
                begun_from=place.drafting,
                by=person,
            )
    mine = text_of(place, "financial", reports[place.coordinator])
    assert (mine.body, mine.closure) == (CLOSED, place.closure)
    with acting_as(place.coordinator.pk):
        assert not reports[colleague].texts.filter(key="financial").exists()
        assert reports[colleague].texts.filter(key="executive-summary").exists()


def test_a_closure_leads_those_on_its_list_to_the_section_it_closes(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        text = here.drafting.texts.get(key="financial")
    page = reverse("boroughs:closure-show", args=["thurrock", text.closure_id])
    section = reverse("reports:section", args=["thurrock", here.drafting.pk, "financial"])
    assert section in signed_in(here.coordinator).get(page).content.decode()
    assert here.drafting.title not in says(signed_in(here.lead).get(page))
