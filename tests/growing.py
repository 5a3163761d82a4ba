"""A borough with one more of something: a page asks the database no oftener for it."""

import datetime as dt
from collections.abc import Callable
from itertools import count

from boroughs.actions.boards import add_board, add_member, record_meeting
from boroughs.actions.committees import add_committee, add_meeting, give_seat
from boroughs.actions.duties import add_duty, record_round
from boroughs.actions.linked_actions import link_plan_action
from boroughs.actions.notices import add_notice
from boroughs.actions.people import invite
from boroughs.actions.plans import add_area, add_priority
from boroughs.actions.registers import brief
from boroughs.actions.reviews import add_recommendation, add_step
from boroughs.actions.risks import leave_risk
from boroughs.roles import Role
from boroughs.rows import acting_as
from papers.actions.uses import link_paper
from reports.actions.clearing import Asked, ask_to_clear
from reports.actions.comments import add_comment
from reports.actions.decisions import add_step as add_decided_step
from reports.actions.own_styles import change_style
from reports.actions.reports import start_report
from reports.actions.sections import add_appendix
from reports.models import HouseStyle, Report
from sheets.actions.imports import add_sheet
from sheets.models import SheetRow
from sheets.reading import Table
from tests.factories import (
    Place,
    give_role,
    make_activity,
    make_assessment,
    make_closure,
    make_fact,
    make_impact,
    make_line,
    make_paper,
    make_policy,
    make_ready,
    make_received,
    make_review,
    make_risk,
    make_strategy,
    make_user,
    rate_as,
)
from tests.reports.writing import issue_again, issue_first, opened, pdf_of, save_section, texts

_numbers = count(1)


def more_assessments(place: Place) -> None:
    day = dt.date(2020, 1, 1) + dt.timedelta(days=40 * next(_numbers))
    with acting_as(place.coordinator.pk):
        make_assessment(
            place.borough, by=place.coordinator, starts_on=day, ends_on=day + dt.timedelta(days=30)
        )


def more_reports(place: Place) -> None:
    day = dt.date(2022, 1, 1) + dt.timedelta(days=40 * next(_numbers))
    with acting_as(place.coordinator.pk):
        assessment = make_assessment(
            place.borough, by=place.coordinator, starts_on=day, ends_on=day
        )
        report = start_report(
            borough=place.borough,
            title=f"Report {day}",
            assessment=assessment,
            style=place.report.style,
            begun_from=place.report,
            by=place.coordinator,
        )
    make_ready(pdf_of(place, issue_first(place, report)))


def more_issues(place: Place) -> None:
    issue_again(place)


def more_versions(place: Place) -> None:
    for words in ("Once.", "Twice."):
        save_section(place, place.drafting, "executive-summary", words)


def more_appendices(place: Place) -> None:
    with acting_as(place.coordinator.pk):
        for number in (next(_numbers), next(_numbers)):
            add_appendix(report=place.drafting, title=f"Kept {number}", by=place.coordinator)


def more_reports_to_the_meeting(place: Place) -> None:
    """Each with a closed section, and a clearance asked for."""
    by, number = place.coordinator, next(_numbers)
    with acting_as(by.pk):
        report = start_report(
            borough=place.borough, title=f"Agenda {number}", begun_from=place.drafting, by=by
        )
        Report.objects.filter(pk=report.pk).update(meeting=place.meeting, item_number=str(number))
        report.texts.filter(key="financial").update(closure=place.closure)
        ask_to_clear(report=report, asked=[Asked("legal", place.clearing, "Legal")], by=by)


def more_findings(place: Place) -> None:
    """In the words of a report, and of one that is open again: a sentence about a small number more."""
    for report in (opened(place), place.drafting):
        said = texts(place, report)["executive-summary"]
        words = f"{said} In ward {next(_numbers)}, 3 people were referred."
        save_section(place, report, "executive-summary", words)


def more_words(place: Place) -> None:
    """In the section that is shown, and an appendix more."""
    said = texts(place, place.drafting)["executive-summary"]
    words = (
        f"{said}\n\nThis is paragraph {next(_numbers)} of what everybody may read in this report."
    )
    save_section(place, place.drafting, "executive-summary", words)
    with acting_as(place.coordinator.pk):
        add_appendix(report=place.drafting, title=f"Kept {next(_numbers)}", by=place.coordinator)


def more_officers(place: Place) -> None:
    with acting_as(place.lead.pk):
        give_role(make_user(), place.borough, Role.CLEARING, by=place.lead)


def more_comments(place: Place) -> None:
    by = place.coordinator
    with acting_as(by.pk):
        said = f"Comment {next(_numbers)}"
        comment = add_comment(report=place.drafting, key="legal", body=said, by=by)
        add_comment(report=place.drafting, key="legal", body="Yes", reply_to=comment, by=by)


def more_steps(place: Place) -> None:
    by, due = place.democratic, dt.date(2020, 1, 1)
    with acting_as(by.pk):
        text = f"Step {next(_numbers)}"
        add_decided_step(decision=place.decision, text=text, owner_post="Clerk", due=due, by=by)


def more_notices(place: Place) -> None:
    by, said = place.lead, {"reasons": "", "representations": "", "response": "", "agreed_by": ""}
    with acting_as(by.pk):
        add_notice(
            committee=place.cabinet,
            meeting=place.notice.meeting,
            kind="key",
            matter=f"Matter {next(_numbers)}",
            published_on=dt.date(2019, 6, 3),
            agreed_on=None,
            by=by,
            **said,
        )


def more_editions_of_the_style(place: Place) -> None:
    by = place.lead
    with acting_as(by.pk):
        style = HouseStyle.objects.get(pk=place.style.pk)
        numbers = style.definition["numbering"]
        other = "roman" if numbers["recommendations"] != "roman" else "letters"
        value = {"numbering": {**numbers, "recommendations": other}}
        change_style(style=style, path="numbering", value=value, seen=style.version, by=by)


def more_people(place: Place) -> None:
    with acting_as(place.lead.pk):
        give_role(make_user(), place.borough, Role.OBSERVER, by=place.lead)
        email = f"asked-{next(_numbers)}@example.org"
        invite(borough=place.borough, email=email, name="Nia New", role=Role.MEMBER, by=place.lead)


def more_committees(place: Place) -> None:
    with acting_as(place.lead.pk):
        name = f"Committee {next(_numbers)}"
        committee = add_committee(
            borough=place.borough, name=name, kind="committee", regime="act_1972", by=place.lead
        )
        add_meeting(committee=committee, date=dt.date(2027, 1, 4), by=place.lead)


def more_meetings_and_seats(place: Place) -> None:
    number = next(_numbers)
    with acting_as(place.lead.pk):
        person = give_role(make_user(), place.borough, Role.MEMBER, by=place.lead)
        give_seat(
            committee=place.committee, person=person, since=dt.date(2019, 5, 1), by=place.lead
        )
        for year in (2019, 2030):
            day = dt.date(year, 1, 1) + dt.timedelta(days=number)
            add_meeting(committee=place.committee, date=day, by=place.lead)


def more_meetings_of_the_board(place: Place) -> None:
    """Each with a member more, who came."""
    number, by, day = next(_numbers), place.coordinator, dt.date(1990, 1, 1)
    with acting_as(by.pk):
        member = add_member(board=place.board, organisation=f"Org {number}", since=day, by=by)
        held = add_meeting(committee=place.board, date=day + dt.timedelta(days=number), by=by)
        record_meeting(meeting=held, outcome="held", came=[member.pk], seen=1, by=by)


def more_rounds(place: Place) -> None:
    by = place.coordinator
    with acting_as(by.pk):
        place.duty.refresh_from_db()
        day, seen = dt.date(2020, 7, 1), place.duty.version
        record_round(duty=place.duty, done_on=day, meeting=place.meeting, seen=seen, by=by)


def more_duties(place: Place) -> None:
    by = place.coordinator
    with acting_as(by.pk):
        title, due = f"Duty {next(_numbers)}", dt.date(2026, 1, 1)
        duty = add_duty(borough=place.borough, title=title, every_months=3, next_due=due, by=by)
        record_round(duty=duty, done_on=due, seen=1, by=by)


def more_boards(place: Place) -> None:
    with acting_as(place.coordinator.pk):
        name = f"Board {next(_numbers)}"
        add_board(borough=place.borough, name=name, reports_to=place.board, by=place.coordinator)


def more_changes(place: Place) -> None:
    with acting_as(place.coordinator.pk):
        rate_as(
            place.assessment, "training", "amber", by=place.coordinator, comment=f"{next(_numbers)}"
        )


def more_reviews(place: Place) -> None:
    with acting_as(place.coordinator.pk):
        make_review(place.borough, by=place.coordinator, title=f"Review {next(_numbers)}")
        asked = add_recommendation(
            review=place.scrutiny,
            number=f"more {next(_numbers)}",
            text="More",
            report_to=place.committee,
            by=place.coordinator,
        )
        add_step(recommendation=asked, text="Do it", by=place.coordinator)
        link_plan_action(recommendation=asked, action=place.action, by=place.coordinator)


def more_risks(place: Place) -> None:
    with acting_as(place.coordinator.pk):
        make_risk(place.borough, by=place.coordinator, title=f"Risk {next(_numbers)}")


def more_activities(place: Place) -> None:
    with acting_as(place.coordinator.pk):
        for state, result in (("delivered", "Came"), ("planned", "")):
            title = f"Activity {next(_numbers)}"
            said = {"title": title, "state": state, "result": result}
            make_activity(
                place.borough, organisation=place.organisation, by=place.coordinator, **said
            )


def more_papers_of_the_strategy(place: Place) -> None:
    by = place.coordinator
    with acting_as(by.pk):
        paper = make_paper(place.borough, by=by)
        link_paper(paper=paper, kind="strategy", to=place.strategy, by=by)


def more_facts(place: Place) -> None:
    with acting_as(place.coordinator.pk):
        make_fact(place.borough, by=place.coordinator, title=f"Event {next(_numbers)}")


def more_entries(place: Place) -> None:
    by = place.coordinator
    with acting_as(by.pk):
        received = make_received(place.borough, by=by)
        brief(received=received, whom=f"Board {next(_numbers)}", on=dt.date(2020, 1, 1), by=by)
        said = {"approving_body": place.committee, "title": f"Policy {next(_numbers)}"}
        policy = make_policy(place.borough, by=by, **said)
        make_impact(place.borough, policy=policy, of_what="", by=by)


def more_lines(place: Place) -> None:
    with acting_as(place.coordinator.pk):
        for year in (2019, 2020):
            make_line(
                place.borough, year=year, purpose=f"Post {next(_numbers)}", by=place.coordinator
            )


def more_priorities(place: Place) -> None:
    by = place.coordinator
    with acting_as(by.pk):
        strategy = make_strategy(place.borough, by=by, title=f"Strategy {next(_numbers)}")
        priority = add_priority(strategy=strategy, title=f"Priority {next(_numbers)}", by=by)
        add_area(priority=priority, title=f"Area {next(_numbers)}", by=by)


def more_closures(place: Place) -> None:
    with acting_as(place.coordinator.pk):
        make_closure(place.borough, by=place.coordinator, review_on=dt.date(2020, 1, 1))


def more_looks(place: Place) -> None:
    with acting_as(place.coordinator.pk):
        place.risk.refresh_from_db()
        leave_risk(risk=place.risk, seen=place.risk.version, by=place.coordinator)


def more_sheets(place: Place) -> None:
    """Each with a row; and one row more in the place's own."""
    number, by = next(_numbers) + 100, place.coordinator
    table = Table("Actions", ["Actions"], [(1, ["Action"]), (2, [f"Do {number}"])])
    with acting_as(by.pk):
        add_sheet(borough=place.borough, kind="plan", plan=place.plan, table=table, by=by)
        SheetRow.objects.create(sheet=place.sheet, number=number, verdict="add", title=f"{number}")


GROWING: list[tuple[str, Role, Callable[[Place], None]]] = [
    ("toolkit:assessment-list", Role.COORDINATOR, more_assessments),
    ("toolkit:assessment", Role.COORDINATOR, more_assessments),
    ("toolkit:rating", Role.COORDINATOR, more_assessments),
    ("toolkit:rating-history", Role.COORDINATOR, more_changes),
    ("reports:report-list", Role.COORDINATOR, more_reports),
    ("reports:report-list", Role.MEMBER, more_reports),
    ("reports:report-front", Role.COORDINATOR, more_meetings_and_seats),
    ("reports:report-start", Role.COORDINATOR, more_reports),
    ("reports:report", Role.COORDINATOR, more_issues),
    ("reports:issue", Role.MEMBER, more_issues),
    ("reports:section-history", Role.LEAD, more_versions),
    ("reports:appendix-list", Role.COORDINATOR, more_appendices),
    ("reports:report-checks", Role.COORDINATOR, more_findings),
    ("reports:report-draft", Role.LEAD, more_findings),
    ("reports:section", Role.COORDINATOR, more_words),
    ("reports:clear-section", Role.CLEARING, more_comments),
    ("reports:clearance-send", Role.COORDINATOR, more_officers),
    ("reports:reading-room", Role.MEMBER, more_meetings_and_seats),
    ("reports:meeting-show", Role.COORDINATOR, more_reports_to_the_meeting),
    ("reports:clear-list", Role.CLEARING, more_reports_to_the_meeting),
    ("reports:comment-list", Role.LEAD, more_comments),
    ("reports:decision-show", Role.DEMOCRATIC, more_steps),
    ("reports:style-history", Role.LEAD, more_editions_of_the_style),
    ("boroughs:committee-notices", Role.LEAD, more_notices),
    ("boroughs:person-list", Role.LEAD, more_people),
    ("boroughs:committee-list", Role.LEAD, more_committees),
    ("boroughs:committee-show", Role.LEAD, more_meetings_and_seats),
    ("boroughs:seat-give", Role.LEAD, more_people),
    ("boroughs:board-list", Role.COORDINATOR, more_boards),
    ("boroughs:duty-list", Role.COORDINATOR, more_duties),
    ("boroughs:duty-show", Role.COORDINATOR, more_rounds),
    ("boroughs:board-show", Role.COORDINATOR, more_meetings_of_the_board),
    ("boroughs:board-meeting-record", Role.COORDINATOR, more_meetings_of_the_board),
    ("boroughs:review-list", Role.LEAD, more_reviews),
    ("boroughs:review-show", Role.COORDINATOR, more_reviews),
    ("boroughs:asked-list", Role.MEMBER, more_reviews),
    ("boroughs:risk-list", Role.LEAD, more_risks),
    ("boroughs:risk-show", Role.LEAD, more_looks),
    ("boroughs:risk-review", Role.COORDINATOR, more_risks),
    ("boroughs:activity-list", Role.LEAD, more_activities),
    ("boroughs:activity-add", Role.COORDINATOR, more_priorities),
    ("portal:search", Role.COORDINATOR, more_risks),
    ("sheets:sheet-list", Role.COORDINATOR, more_sheets),
    ("sheets:sheet-show", Role.COORDINATOR, more_sheets),
    ("boroughs:line-list", Role.LEAD, more_lines),
    ("boroughs:register-list", Role.LEAD, more_entries),
    ("boroughs:context-show", Role.LEAD, more_facts),
    ("boroughs:strategy-show", Role.COORDINATOR, more_papers_of_the_strategy),
    ("papers:use-change", Role.COORDINATOR, more_papers_of_the_strategy),
    ("portal:borough", Role.COORDINATOR, more_reports),
    ("portal:borough", Role.LEAD, more_reports),
    ("portal:borough", Role.COORDINATOR, more_risks),
    ("portal:waiting", Role.COORDINATOR, more_risks),
    ("portal:waiting", Role.COORDINATOR, more_duties),
    ("portal:waiting", Role.LEAD, more_closures),
]
