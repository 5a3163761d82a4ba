"""What stands on pages about a decision: the meeting's page, the report's, the actions after it, and the record as PDF."""

import io
from typing import Any

import page
import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pdfminer.high_level import extract_text

from boroughs.roles import Role
from boroughs.rows import acting_as
from reports.decided import by_number
from reports.decision_paper import html_of, pdf_of, record_of
from tests.boroughs.pages import address, says, seen, signed_in
from tests.boroughs.test_committees import date
from tests.factories import World
from tests.reports.deciding import recorded, second_report, shown


# -- Afterwards --------------------------------------------------------------------------------------
def test_an_action_is_added_and_followed_up_by_who_keeps_the_plan(world: World) -> None:
    here = world.here
    decision = here.decision
    change = address(
        "reports:decision-step-change", here.borough, decision.pk, here.decision_step.pk
    )
    client = signed_in(here.democratic)
    said = {"text": "Write the plan", "owner_post": "Prevent coordinator"} | date(
        "due", "2019-10-01"
    )
    assert client.post(change, said | seen(client, change)).status_code == 302
    assert "Write the plan Prevent coordinator 1 October 2019 Overdue" in shown(here, decision)
    follow = address(
        "reports:decision-step-follow", here.borough, decision.pk, here.decision_step.pk
    )
    assert client.get(follow).status_code == 403
    keeper = signed_in(here.coordinator)
    said = {"action": str(here.action.pk)} | date("done_on", "2019-09-30") | seen(keeper, follow)
    assert keeper.post(follow, said).status_code == 302
    title = f"In the delivery plan: {here.action.title}"
    page_ = shown(here, decision, Role.COORDINATOR)
    assert "Done on 30 September 2019" in page_
    assert title in page_
    assert title not in shown(here, decision)  # democratic services do not read the plan
    theirs = {"action": str(world.there.action.pk)} | date("done_on", "") | seen(keeper, follow)
    assert keeper.post(follow, theirs).status_code == 200


def test_the_meetings_page_leads_to_decisions_and_to_recording_them(world: World) -> None:
    here = world.here
    report = second_report(here)
    path = address("reports:meeting-show", here.borough, here.meeting.pk)
    page_ = BeautifulSoup(signed_in(here.democratic).get(path).content, "html5lib")
    hrefs = [str(link["href"]) for link in page_.select("main a[href]")]
    assert address("reports:decision-show", here.borough, here.decision.pk) in hrefs
    assert address("reports:decision-record", here.borough, report.pk) in hrefs
    words = " ".join(page_.get_text(" ").split())
    assert words.index("Prevent in Thurrock") < words.index("Prevent budget")  # item 9 before 10
    assert "paper words of thurrock" in words
    member = says(signed_in(here.member).get(path))
    assert "Decided on 4 July 2019" in member
    assert "Record the decision" not in member
    observer = says(signed_in(here.observer).get(path))
    assert "Reports on the agenda" not in observer
    assert "paper words" not in observer


def test_what_is_closed_is_counted_and_said_in_the_words_of_the_public_paper(world: World) -> None:
    """The report was issued with an appendix that the place's closure closes; the member is on its list."""
    here = world.here
    path = address("reports:meeting-show", here.borough, here.meeting.pk)
    member = says(signed_in(here.member).get(path))
    assert "1 part closed; you are on the list of 1." in member
    officer = says(signed_in(here.democratic).get(path))
    assert "1 part closed. " in officer
    assert "Appendix of Thurrock, not for publication" in officer
    assert "closed words of thurrock" not in officer
    assert "1 part closed" not in says(signed_in(here.observer).get(path))


def test_the_meetings_page_asks_no_more_for_two_reports_than_for_one(world: World) -> None:
    here, client = world.here, signed_in(world.here.democratic)
    path = address("reports:meeting-show", here.borough, here.meeting.pk)
    client.get(path)
    with CaptureQueriesContext(connection) as one:
        client.get(path)
    second_report(here)
    with CaptureQueriesContext(connection) as two:
        client.get(path)
    assert len(two) <= len(one)


def test_an_executives_meeting_says_which_notices_are_missing(world: World) -> None:
    here = world.here
    with acting_as(here.lead.pk):
        meeting = here.cabinet.meetings.get()
    path = address("reports:meeting-show", here.borough, meeting.pk)
    officer = says(signed_in(here.democratic).get(path))
    assert (
        "If a key decision is taken A key decision needs 28 clear days’ notice (2012 Regulations, reg 9)."
        in officer
    )
    assert (
        "If the public is excluded A private meeting needs a second notice five clear days before"
        in officer
    )
    assert "reg 5(2))." not in officer.split("Add a notice of this meeting")[0]
    assert "If a key decision is taken" not in says(signed_in(here.member).get(path))


def test_a_reports_pages_lead_to_its_decision(world: World) -> None:
    here = world.here
    decided_on = address("reports:decision-show", here.borough, here.decision.pk)
    for person in (here.democratic, here.member):
        page_ = signed_in(person).get(here.report.get_absolute_url(), follow=True)
        assert decided_on in page_.content.decode()
    report = second_report(here)
    page_ = signed_in(here.democratic).get(report.get_absolute_url(), follow=True)
    assert address("reports:decision-record", here.borough, report.pk) in page_.content.decode()


def test_items_are_read_by_their_numbers() -> None:
    assert sorted(["10", "", "9b", "9", "9a"], key=by_number) == ["9", "9a", "9b", "10", ""]


# -- The record as PDF ---------------------------------------------------------------------------------
@pytest.fixture
def record(world: World) -> Any:
    decision = recorded(world.here, date("published_on", "2019-07-12"))
    with acting_as(world.here.democratic.pk):
        return record_of(decision)


@pytest.mark.parametrize("profile", ["ua1", "pdfa-3a"])
def test_a_validator_finds_nothing_wrong(record: Any, profile: str) -> None:
    result = page.validate_pdf_bytes(pdf_of(record).data, profile=profile)
    assert [(each.rule_id, each.message) for each in result.failures] == []
    assert result.is_compliant


def test_the_pdf_says_what_the_page_says(world: World) -> None:
    here = world.here
    path = address("reports:decision-download", here.borough, here.decision.pk)
    response = signed_in(here.member).get(path)
    assert response["Content-Type"] == "application/pdf"
    assert (
        'filename="thurrock-decision-prevent-in-thurrock-2019-07-04.pdf"'
        in response["Content-Disposition"]
    )
    text = " ".join(extract_text(io.BytesIO(response.content)).split())
    for said in (
        "Record of decision: Prevent in Thurrock",
        "Note the ratings.",
        "decided words of thurrock",
    ):
        assert said in text
    assert "step words" not in text
    assert signed_in(here.observer).get(path).status_code == 403
    assert signed_in(world.there.lead).get(path).status_code == 404


def test_an_executives_record_says_what_is_not_recorded(world: World) -> None:
    decision = recorded(world.here, reasons="", conflicts="")
    with acting_as(world.here.democratic.pk):
        html = " ".join(
            BeautifulSoup(html_of(record_of(decision)), "html5lib").get_text(" ").split()
        )
    assert "Reasons for the decision Not recorded" in html
    assert "Conflicts of interest, and dispensations Not recorded" in html
