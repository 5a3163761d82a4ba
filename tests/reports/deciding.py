"""What the tests of decisions share: a second report that was issued, a form filled in well, the record as somebody reads it."""

from boroughs.roles import Role
from boroughs.rows import acting_as
from reports.actions.issues import issue_report
from reports.actions.reports import approve_report, start_report, write_front
from reports.actions.sections import write_section
from reports.models import Decision, Report
from tests.boroughs.pages import address, problems, says, signed_in
from tests.boroughs.test_committees import date
from tests.factories import Place, clear, leave_as_it_is

RECOMMENDED = "Note the ratings.\nAsk for a plan by March.\nAgree the budget."


def second_report(place: Place, *, cabinet: bool = False) -> Report:
    """Another report of three recommendations, issued for a meeting on 4 July or the cabinet's on 10 July 2019."""
    with acting_as(place.lead.pk):
        meeting = place.cabinet.meetings.get() if cabinet else place.meeting
    by = place.coordinator
    with acting_as(by.pk):
        style, title = place.report.style, "Prevent budget"
        report = start_report(borough=place.borough, style=style, title=title, by=by)
        write_front(
            report=report,
            title=title,
            meeting=meeting,
            item_number="10",
            assessment=None,
            texts={},
            seen=report.version,
            by=by,
        )
        write_section(
            report=report, key="recommendations", body=RECOMMENDED, state="done", seen=0, by=by
        )
    clear(report, writer=place.coordinator, officer=place.clearing)
    with acting_as(place.lead.pk):
        leave_as_it_is(report, place.lead)
        approve_report(report=report, by=place.lead)
    with acting_as(place.democratic.pk):
        issue_report(report=report, kind="first", by=place.democratic)
    return report


def typed(**said: str) -> dict[str, str]:
    text = {"outcome_1": "noted", "outcome_2": "amended", "outcome_3": "deferred"}
    text |= {"amended_2": "Ask for a plan by April.", "minute": "12/2019"}
    text |= {"reasons": "The grant ends.", "alternatives": "To do nothing.", "conflicts": "None."}
    text |= date("decided_on", "2019-07-10") | date("published_on", "") | date("report_by", "")
    return text | said


def decided(place: Place, report: Report) -> Decision:
    with acting_as(place.democratic.pk):
        rows = Decision.objects.select_related("report__borough", "meeting__committee", "rule")
        return rows.get(report=report)


def recorded(place: Place, *more: dict[str, str], cabinet: bool = True, **said: str) -> Decision:
    report = second_report(place, cabinet=cabinet)
    client = signed_in(place.democratic)
    for part in more:
        said |= part
    response = client.post(
        address("reports:decision-record", place.borough, report.pk), typed(**said)
    )
    assert response.status_code == 302, problems(response)
    return decided(place, report)


def shown(place: Place, decision: Decision, role: Role = Role.DEMOCRATIC) -> str:
    client = signed_in(place.people[role])
    return says(client.get(address("reports:decision-show", place.borough, decision.pk)))
