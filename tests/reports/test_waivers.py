"""Waiving what a check finds, taking that back, and how the checks stand before approving and issuing a report."""

import datetime as dt
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from boroughs.actions.purges import erase
from boroughs.closed_passages import remember_passages
from boroughs.models import Closure, Strategy
from boroughs.rows import acting_as
from reports.actions.issues import issue_report
from reports.actions.reports import approve_report, start_report, write_front
from reports.actions.sections import add_appendix, close_section, write_section
from reports.actions.waivers import take_back_waiver, waive
from reports.checks import Found, Sheet, checked, checks_of
from reports.checks.wording import figures_otherwise
from reports.models import HouseStyle, Report, ReportText, Waiver
from reports.places import PAPERS
from reports.policies import Refused
from tests.boroughs.pages import address, deeds, problems, says, signed_in
from tests.factories import Place, World, clear, make_closed_strategy, make_paper, make_purge
from tests.factories.papers import put_under

CLOSED_WORDS = "zibeth words of a paper that nobody outside may ever read at all"
A_MEETING = dt.date(2019, 12, 2)
SMALL = "There were 3 referrals."


@pytest.fixture
def here(world: World) -> Place:
    return world.here


@pytest.fixture
def report(here: Place) -> Report:
    """The next report in the plain style, of which only small numbers and empty sections are found."""
    by = here.coordinator
    with acting_as(by.pk):
        style = HouseStyle.objects.get(key="plain")
        found = start_report(borough=here.borough, style=style, title="Second report", by=by)
        write_front(
            report=found,
            title=found.title,
            meeting=here.meeting,
            item_number="12",
            assessment=None,
            texts={},
            seen=1,
            by=by,
        )
        found.refresh_from_db()
        write(here, found, "recommendations", "Note the report.")
        write(here, found, "background", SMALL)
        for key in ("executive-summary", "financial", "legal", "equality"):
            write(here, found, key, "There are none.")
    clear(found, writer=by, officer=here.clearing)
    return found


def write(here: Place, report: Report, key: str, body: str) -> ReportText:
    with acting_as(here.coordinator.pk):
        seen = report.texts.filter(key=key).values_list("version", flat=True).first() or 0
        return write_section(report=report, key=key, body=body, state="done", seen=seen, by=here.coordinator)  # fmt: skip


def found_by(person: Any, report: Report) -> dict[str, Found]:
    with acting_as(person.pk):
        return {one.key: one for one in checks_of(report)}


def waive_all(here: Place, report: Report) -> list[Waiver]:
    with acting_as(here.lead.pk):
        reasons = {
            one.field: f"Reason for {one.key}" for one in checks_of(report) if not one.blocking
        }
        return waive(report=report, reasons=reasons, by=here.lead)


# -- Who finds what ----------------------------------------------------------------------------------------
def test_everybody_who_may_look_finds_the_same(here: Place, report: Report) -> None:
    write(here, report, "financial", "Words that are closed in a moment.")
    with acting_as(here.coordinator.pk):
        case = {"classification": "exempt", "reason": "Money", "public_line": ""}
        close_section(report=report, key="financial", by=here.coordinator, **case)
        add_appendix(report=report, paper=here.closed_paper, by=here.coordinator)
    each = [found_by(person, report) for person in (here.coordinator, here.lead, here.democratic)]
    assert each[0] == each[1] == each[2]
    assert {"public-line", "ground", "interest", "small-number", "not-started"} <= set(each[0])


@pytest.mark.parametrize("role", ["member", "monitoring", "clearing", "observer"])
def test_nobody_else_may_ask_the_database(here: Place, report: Report, role: str) -> None:
    with (
        acting_as(here.people[role].pk),  # type: ignore[index]  # roles are strings
        pytest.raises(DatabaseError, match="Only who composes"),
        transaction.atomic(),
    ):
        checks_of(report)


def test_a_passage_of_a_closed_record_is_found_by_its_public_line_alone(
    here: Place, report: Report
) -> None:
    with acting_as(here.coordinator.pk):
        remember_passages(closure=here.closure, source="x", text=CLOSED_WORDS)
    write(here, report, "issues", f"As before: {CLOSED_WORDS}.")
    for person in (here.lead, here.democratic):  # on no list of it
        one = found_by(person, report)["overlap"]
        assert one.sentence == f"“Issues and options” repeats a passage of a closed record: “{here.closure.public_line}”."  # fmt: skip
        assert one.blocking


@pytest.mark.parametrize("line", ["{} | On the website", "the {}, 2019", "{}"])
def test_a_background_paper_that_is_closed_is_found_without_its_title(
    here: Place, report: Report, line: str
) -> None:
    with acting_as(here.coordinator.pk):
        paper = make_paper(here.borough, by=here.coordinator, title="Zibeth plan for venues")
        put_under(paper, here.closure)
    write(here, report, PAPERS, "Guidance\n" + line.format("ZIBETH plan – for venues"))
    one = found_by(here.democratic, report)["closed-paper"]
    assert one.sentence.startswith("Line 2 of the background papers names a closed record")
    assert "zibeth" not in one.sentence.lower()


def test_a_closed_strategy_is_found_in_the_list_and_an_open_one_is_not(
    here: Place, report: Report
) -> None:
    with acting_as(here.coordinator.pk):
        make_closed_strategy(here.borough, by=here.coordinator, title="Zibeth forward strategy")
    write(here, report, PAPERS, f"{here.strategy.title}\nPlan")
    assert "closed-paper" not in found_by(here.lead, report)
    write(here, report, PAPERS, "Zibeth forward strategy")
    assert found_by(here.lead, report)["closed-paper"].blocking
    with acting_as(here.coordinator.pk):
        strategy = Strategy.objects.get(title="Zibeth forward strategy")
        Closure.objects.filter(strategies=strategy).update(released_at=dt.datetime.now(dt.UTC), released_by=here.coordinator)  # fmt: skip
    assert "closed-paper" not in found_by(here.lead, report)


def test_a_table_of_figures_that_says_more_than_the_public_one_is_found(
    here: Place, report: Report
) -> None:
    write(here, report, "issues", "[[figures]]")
    with acting_as(here.lead.pk):
        sheet = Sheet.of(report)
        assert not list(figures_otherwise(sheet))
        sheet.snapshot["live"]["figures"]["rows"][0][-1] = "3"
        [one] = figures_otherwise(sheet)
    assert one.blocking


# -- Waiving -----------------------------------------------------------------------------------------------
def test_what_is_waived_counts_until_what_it_is_about_changes(here: Place, report: Report) -> None:
    waive_all(here, report)
    with acting_as(here.lead.pk):
        now = checked(report)
        assert now.passes
        assert [one.waiver.reason for one in now.waived] == ["Reason for not-started", "Reason for small-number"]  # fmt: skip
    write(here, report, "background", f"More words. {SMALL}")
    with acting_as(here.lead.pk):
        assert checked(report).passes
    write(here, report, "background", "There were 4 referrals.")
    with acting_as(here.lead.pk):
        assert [one.key for one in checked(report).waivable] == ["small-number"]


def test_what_blocks_is_never_waived(here: Place, report: Report) -> None:
    write(here, report, "issues", "[[no such block]]")
    one = found_by(here.lead, report)["block"]
    with acting_as(here.lead.pk), pytest.raises(Refused, match="has to be put right"):
        waive(report=report, reasons={one.field: "We like it"}, by=here.lead)


def test_of_several_reasons_all_count_or_none(here: Place, report: Report) -> None:
    one = found_by(here.lead, report)["small-number"]
    with acting_as(here.lead.pk):
        with pytest.raises(Refused, match="found no more"), transaction.atomic():
            waive(report=report, reasons={one.field: "Agreed", "past-" + "0" * 16: "Gone"}, by=here.lead)  # fmt: skip
        assert not report.waivers.exists()


def test_a_coordinator_cannot_waive_past_the_pages(here: Place, report: Report) -> None:
    one = found_by(here.coordinator, report)["small-number"]
    with (
        acting_as(here.coordinator.pk),
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
    ):
        waive(report=report, reasons={one.field: "Mine"}, by=here.coordinator)


def test_who_waived_and_took_back_is_in_the_trail(here: Place, report: Report) -> None:
    first, *_ = waive_all(here, report)
    with acting_as(here.lead.pk):
        take_back_waiver(waiver=first, by=here.lead)
        assert [one.key for one in checked(report).waivable] == [first.check_key]
        with pytest.raises(Refused, match="taken back already"):
            take_back_waiver(waiver=first, by=here.lead)
    assert deeds(here)[-3:] == ["report.waived", "report.waived", "report.waiver-taken-back"]


# -- Before approving and issuing -------------------------------------------------------------------------------
def test_nothing_goes_out_while_something_stands_in_the_way(here: Place, report: Report) -> None:
    with acting_as(here.lead.pk), pytest.raises(Refused, match="2 things must be put right or waived"):  # fmt: skip
        approve_report(report=report, by=here.lead)
    waive_all(here, report)
    with acting_as(here.lead.pk):
        approve_report(report=report, by=here.lead)
    with acting_as(here.coordinator.pk):  # a record closed since then
        remember_passages(closure=here.closure, source="x", text=CLOSED_WORDS)
        report.texts.filter(key="background").update(body=CLOSED_WORDS)
    with acting_as(here.democratic.pk), pytest.raises(Refused, match="1 thing must be put right"):
        issue_report(report=report, kind="first", by=here.democratic)


def test_a_waiver_taken_back_sends_the_report_back(here: Place, report: Report) -> None:
    first, *_ = waive_all(here, report)
    with acting_as(here.lead.pk):
        approve_report(report=report, by=here.lead)
        take_back_waiver(waiver=first, by=here.lead)
        report.refresh_from_db()
    assert report.state == "clearance"


def test_what_was_issued_keeps_its_waivers(here: Place) -> None:
    with acting_as(here.lead.pk), pytest.raises(Refused, match="issued on this waiver"):
        take_back_waiver(waiver=here.waiver, by=here.lead)


def test_of_what_was_issued_the_page_tells_what_was_waived_and_asks_nothing(here: Place) -> None:
    page = BeautifulSoup(signed_in(here.lead).get(page_of(here, here.report)).content, "html5lib")
    said = " ".join(page.select_one("main").get_text(" ").split())  # type: ignore[union-attr]
    assert here.waiver.reason in said
    assert not page.select("main form")


# -- The page ------------------------------------------------------------------------------------------------
def page_of(here: Place, report: Report) -> str:
    return address("reports:report-checks", here.borough, report.pk)


def test_the_lead_waives_on_the_page_and_takes_back(here: Place, report: Report) -> None:
    client, path = signed_in(here.lead), page_of(here, report)
    one = found_by(here.lead, report)["small-number"]
    assert "2 things must be put right or waived" in says(client.get(path))
    client.post(path, {one.field: "The members asked for it."})
    shown = says(client.get(path))
    assert "“The members asked for it.”" in shown
    assert str(here.lead) in shown
    with acting_as(here.lead.pk):
        waiver = report.waivers.get()
    client.post(address("reports:waiver-take-back", here.borough, report.pk, waiver.pk))
    assert "“The members asked for it.”" not in says(client.get(path))


def test_a_reason_is_never_lost(here: Place, report: Report) -> None:
    client, path = signed_in(here.democratic), page_of(here, report)
    with acting_as(here.lead.pk):
        Report.objects.filter(pk=report.pk).update(state="cleared")
    one = found_by(here.democratic, report)["small-number"]
    assert problems(client.post(path, {})) == ["Enter a reason beside what is to be left as it is"]
    gone = client.post(path, {one.field: "Kept words", "past-" + "0" * 16: "Words of what is gone"})
    assert "has no place any more" in problems(gone)[0]
    assert "Kept words" in gone.content.decode()
    assert "Words of what is gone" in says(gone)
    long = client.post(path, {one.field: "Kept words" + "x" * 1000})
    assert "Kept words" in long.content.decode()


def test_a_coordinator_sees_what_to_mend_and_waives_nothing(here: Place, report: Report) -> None:
    client, path = signed_in(here.coordinator), page_of(here, report)
    page = BeautifulSoup(client.get(path).content, "html5lib")
    links = [str(a["href"]) for a in page.select("main a.govuk-link")]
    assert address("reports:section", here.borough, report.pk, "background") + "#id_body" in links
    assert not page.select("main textarea")
    one = found_by(here.coordinator, report)["small-number"]
    client.post(path, {one.field: "Mine"})
    with acting_as(here.lead.pk):
        assert not report.waivers.exists()


def test_a_member_is_led_to_the_report(here: Place) -> None:
    response = signed_in(here.member).get(page_of(here, here.report))
    assert response["Location"] == here.report.get_absolute_url()


def test_the_report_says_in_a_line_how_the_checks_stand(here: Place, report: Report) -> None:
    path = report.get_absolute_url()
    assert "2 things must be put right or waived." in says(signed_in(here.coordinator).get(path))
    waive_all(here, report)
    shown = says(signed_in(here.lead).get(path))
    assert "Nothing stands in the way. 2 waived." in shown
    assert "Approve for democratic services" in shown


def test_the_page_asks_no_more_of_a_report_with_more_in_it(here: Place, report: Report) -> None:
    client, path = signed_in(here.lead), page_of(here, report)
    few = _asked(client, path)
    for key in ("executive-summary", "issues", "consultation", "financial", "legal"):
        write(here, report, key, f"{SMALL} See appendix 9. On 30 December 2030 it was agreed.")
    assert _asked(client, path) <= few


def _asked(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    return len(queries)


# -- What is erased ------------------------------------------------------------------------------------------
def test_with_a_text_go_the_reasons_given_for_it(here: Place, report: Report) -> None:
    write(here, report, "issues", SMALL)
    waive_all(here, report)
    with acting_as(here.coordinator.pk):
        request = make_purge(here, report, kind="report", part="background")
    with acting_as(here.lead.pk):
        erase(request=request, by=here.lead)
        assert [waiver.place for waiver in report.waivers.all()] == ["issues"]
