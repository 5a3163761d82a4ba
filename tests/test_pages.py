"""Every page, as those who may open it: well made, guarded by headers, and not slower for having more rows."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import html5lib
import pytest
from bs4 import BeautifulSoup, Tag
from django.core.cache import cache
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
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
from reports.actions.batches import start_batch
from reports.actions.clearing import Asked, ask_to_clear
from reports.actions.comments import add_comment
from reports.actions.decisions import add_step as add_decided_step
from reports.actions.issues import publish_issue
from reports.actions.own_styles import change_style
from reports.actions.reports import start_report
from reports.actions.sections import add_appendix
from reports.models import HouseStyle, Report
from sheets.actions.imports import add_sheet
from sheets.models import SheetRow
from sheets.reading import Table
from tests.factories import (
    Place,
    World,
    give_role,
    make_activity,
    make_assessment,
    make_borough,
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
from tests.routes import (
    ACROSS_ROUTES,
    ADMINISTRATOR_ROUTES,
    BOROUGH_ROUTES,
    PUBLIC,
    ROUTES,
    SIGNED_IN,
    address,
    public_address,
)
from tests.visits import (
    NO_PAGE,
    Visit,
    administrator_visits,
    client_of,
    error_visits,
    public_visits,
    role_visits,
    signed_in_visits,
)

MOST_QUERIES = 14
# A page that shows the paper, or what the checks find in it, makes the paper's snapshot first: as many whatever stands in it,
# which the tests of growing rows below hold
SNAPSHOTS = {
    "reports:clear-section": 21,
    "reports:issue": 16,
    "reports:report": 23,
    "reports:report-checks": 31,
    "reports:report-draft": 22,
    "reports:report-issue": 32,
    "reports:section": 20,
}
# Two more where a page brings all the floors together (bank holidays are not known to SQL), and shows an indicator of its own
# One more where a page has what stands under it in many tables, and what was erased of it; a strategy has a higher floor's papers beside it, an action what
# reviews asked for
MORE_QUERIES = {
    "portal:borough": 16,
    "boroughs:strategy-show": 16,
    "boroughs:action-show": 16,
    **SNAPSHOTS,
}
# Where they lead somebody on at once
LEADING_ON = {
    ("reports:report", Role.MEMBER): "to the newest version",
    ("reports:report-checks", Role.MEMBER): "to the report",
    ("reports:report-issue", Role.DEMOCRATIC): "to the report, which was issued",
    ("reports:report-draft", Role.MEMBER): "to the report",
}
HANDLER = re.compile(r"on[a-z]+", re.IGNORECASE)
SAVEPOINTS = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")


# -- What is asked of one page ------------------------------------------------------------------------
def look(visit: Visit) -> Any:
    answer = client_of(visit).get(visit.path, follow=True)
    assert answer.status_code == visit.status, (visit, answer.status_code)
    return answer


def faults(visit: Visit, answer: Any) -> Iterator[str]:
    """What is wrong with the page, in words."""
    text = answer.content.decode()
    try:
        html5lib.HTMLParser(strict=True).parse(text)
    except html5lib.html5parser.ParseError as error:
        yield f"not HTML5: {error}"
    page = BeautifulSoup(text, "html.parser")
    yield from faults_of_structure(page)
    register = visit.name.startswith("register:")
    yield from faults_of_headers(answer, bare=visit.status >= 500 or register, kept=register)


def faults_of_structure(page: BeautifulSoup) -> Iterator[str]:
    headings = [heading_text(h1) for h1 in page.find_all("h1")]
    title = page.title.get_text() if page.title else ""
    if len(headings) != 1:
        yield f"{len(headings)} h1: {headings}"
    elif not title.removeprefix("Error: ").startswith(headings[0]):
        yield f"the title {title!r} does not begin with {headings[0]!r}"
    if not page.html or not page.html.get("lang"):
        yield "no language"
    for element in page.find_all(True):
        for name in element.attrs:
            if name == "style" or HANDLER.fullmatch(name):
                yield f"inline {name} on <{element.name}>"
        if element.name in {"script", "style"} and not element.get("nonce"):
            yield f"<{element.name}> without the nonce"
    ids = [element["id"] for element in page.find_all(id=True)]
    yield from (f"two elements are #{one}" for one in {i for i in ids if ids.count(i) > 1})


def heading_text(h1: Tag) -> str:
    """The heading without its caption, one space between words."""
    for caption in h1.find_all(class_=re.compile("govuk-caption")):
        caption.extract()
    return " ".join(h1.get_text().split())


def faults_of_headers(answer: Any, *, bare: bool = False, kept: bool = False) -> Iterator[str]:
    """A bare page has no script; a page that caches keep has no nonce, and they ask each time whether it still holds."""
    policy = answer.get("Content-Security-Policy", "")
    for directive in (
        "default-src 'none'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
    ):
        if directive not in policy:
            yield f"the content policy lacks {directive}"
    nonces = set(re.findall(r"'nonce-([^']+)'", policy))
    used = set(re.findall(r'nonce="([^"]*)"', answer.content.decode()))
    if used - nonces or not (bare or used) or "unsafe" in policy:
        yield f"nonce {used} in the page, {nonces} in the policy"
    expected = {
        "X-Content-Type-Options": {"nosniff"},
        "X-Frame-Options": {"DENY"},
        "Cross-Origin-Opener-Policy": {"same-origin"},
        "Referrer-Policy": {"same-origin", "strict-origin"},
    }
    for name, values in expected.items():
        if answer.get(name) not in values:
            yield f"{name}: {answer.get(name)}"
    if kept and used:
        yield f"nonce {used} in a page that caches keep"
    if ("public, no-cache" if kept else "no-store") not in answer.get("Cache-Control", ""):
        yield f"Cache-Control: {answer.get('Cache-Control')}"


def statements(client: Client, path: str) -> list[str]:
    """The SQL of one GET, without the marks of nested transactions."""
    client.get(path)  # whatever the process learns once
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200, path
    return [q["sql"] for q in captured.captured_queries if not q["sql"].startswith(SAVEPOINTS)]


# -- Every page ---------------------------------------------------------------------------------------
def check(visits: list[Visit]) -> None:
    assert visits
    found = {
        f"{visit.name} {visit.path} by {visit.by}": wrong
        for visit in visits
        if (wrong := list(faults(visit, look(visit))))
    }
    assert not found


@pytest.mark.parametrize("role", Role)
def test_every_page_of_a_borough_is_well_made(world: World, role: Role) -> None:
    check(list(role_visits(world.here, role)))


def test_every_page_of_administration_is_well_made(world: World) -> None:
    check(list(administrator_visits(world)))


def test_every_page_of_ones_account_is_well_made(world: World) -> None:
    check(list(signed_in_visits(world)))


def test_every_public_page_is_well_made(world: World) -> None:
    check(list(public_visits(world)))


def test_pages_of_refusal_are_well_made(world: World) -> None:
    check(list(error_visits(world)))


def test_no_page_is_left_out(world: World) -> None:
    visits = [*administrator_visits(world), *signed_in_visits(world), *public_visits(world)]
    for role in Role:
        visits += role_visits(world.here, role)
    assert set(NO_PAGE) <= set(ROUTES)
    walked = {*BOROUGH_ROUTES, *ADMINISTRATOR_ROUTES, *ACROSS_ROUTES}
    assert walked | PUBLIC | SIGNED_IN == set(ROUTES)
    assert {visit.name for visit in visits} == set(ROUTES) - set(NO_PAGE)


def test_a_fault_of_the_portal_gets_a_page_of_our_own(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("portal.home.boroughs_of", broken)
    check([Visit("500", "/", world.stranger, 500)])


def test_a_database_that_is_away_gets_a_page_of_our_own(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: Any) -> None:
        raise OperationalError

    monkeypatch.setattr("portal.home.boroughs_of", away)
    check([Visit("503", "/", world.stranger, 503)])


def test_a_page_that_stood_open_too_long_says_what_to_do(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.stranger)
    answer = client.post("/account/password/change/", {})
    assert answer.status_code == 403
    assert not list(faults(Visit("csrf", "/"), answer))
    assert "open too long" in answer.content.decode()


def test_too_many_tries_get_a_page_of_our_own(world: World) -> None:
    cache.clear()
    client = Client()
    answers = [
        client.post("/account/password/reset/", {"email": world.stranger.email}) for _ in range(30)
    ]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert refused
    assert not list(faults(Visit("429", "/"), refused[0]))


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("<p>no heading", "0 h1"),
        ("<h1>a</h1><h1>b</h1>", "2 h1"),
        ('<h1>a</h1><p style="color:red">', "inline style"),
        ('<h1>a</h1><p onclick="x()">', "inline onclick"),
        ("<h1>a</h1><script></script>", "without the nonce"),
        ('<h1>a</h1><p id="x"><b id="x">', "#x"),
        ("<title>b</title><h1>a</h1>", "does not begin"),
    ],
)
def test_the_eye_for_faults_sees_them(html: str, fault: str) -> None:
    assert any(fault in said for said in faults_of_structure(BeautifulSoup(html, "html.parser")))


# -- Statements ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", Role)
def test_no_page_asks_the_database_often(world: World, role: Role) -> None:
    asked = {}
    for visit in role_visits(world.here, role):
        if (visit.name, role) in LEADING_ON:
            continue
        asked[visit.name] = len(statements(client_of(visit), visit.path))
    assert {n: many for n, many in asked.items() if many > MORE_QUERIES.get(n, MOST_QUERIES)} == {}


def test_no_page_outside_the_boroughs_asks_the_database_often(world: World) -> None:
    visits = [*administrator_visits(world), *signed_in_visits(world), *public_visits(world)]
    asked = {v.name: len(statements(client_of(v), v.path)) for v in visits if _answers(v)}
    assert max(asked.values()) <= MOST_QUERIES, asked


def _answers(visit: Visit) -> bool:
    return visit.status == 200 and client_of(visit).get(visit.path).status_code == 200


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


@pytest.mark.parametrize(("name", "role", "grow"), GROWING)
def test_a_page_asks_no_more_for_ten_rows_than_for_one(
    world: World, name: str, role: Role, grow: Callable[[Place], None]
) -> None:
    grow(world.here)
    one = asked_at(address(name, world.here), world.here.people[role])
    before = body(address(name, world.here), world.here.people[role])
    for _ in range(9):
        grow(world.here)
    assert body(address(name, world.here), world.here.people[role]) != before or name in UNMOVED
    assert asked_at(address(name, world.here), world.here.people[role]) <= one


UNMOVED = {"toolkit:assessment", "toolkit:rating"}  # they show two periods however many there are


def asked_at(path: str, user: User | None) -> int:
    return len(statements(client_of(Visit("", path, user)), path))


def body(path: str, user: User | None) -> str:
    page = BeautifulSoup(client_of(Visit("", path, user)).get(path).content, "html.parser")
    return page.main.get_text() if page.main else ""


def batched(world: World, reports: int) -> str:
    """The page of a batch of so many."""
    by = world.here.coordinator
    for _ in range(reports):
        more_reports(world.here)
    with acting_as(by.pk):
        rows = Report.objects.filter(borough=world.here.borough)[:reports]
        return reverse("batches:batch", args=[start_batch(reports=list(rows), by=by)])


def test_a_batch_of_ten_asks_no_more_than_one_of_two(world: World) -> None:
    by = world.here.coordinator
    two = batched(world, 2)
    before = asked_at(two, by), asked_at(reverse("batches:batch-start"), by)
    ten = batched(world, 10)
    assert len(body(ten, by)) > len(body(two, by))
    assert (asked_at(ten, by), asked_at(reverse("batches:batch-start"), by)) == before


def test_a_register_of_ten_asks_no_more_than_one_of_two(world: World) -> None:
    def publish() -> None:
        issue = issue_again(world.here)
        with acting_as(world.here.democratic.pk):
            publish_issue(issue=issue, by=world.here.democratic)

    publish()
    pages = [
        public_address(f"register:{name}", world.here) for name in ("register", "register-issue")
    ]
    before = [asked_at(page, None) for page in pages]
    for _ in range(8):
        publish()
    assert body(pages[0], None).count("version") == 9
    assert [asked_at(page, None) for page in pages] == before


@pytest.mark.parametrize("path", ["/", "/administration/"])
def test_ten_boroughs_ask_no_more_than_two(world: World, path: str) -> None:
    admin = world.administrator
    visitor = admin if path == "/administration/" else world.stranger

    def open_one() -> None:
        with acting_as(admin.pk):
            give_role(world.stranger, make_borough(by=admin), Role.OBSERVER, by=admin)

    open_one()
    open_one()
    two, before = asked_at(path, visitor), body(path, visitor)
    for _ in range(8):
        open_one()
    assert asked_at(path, visitor) == two
    assert len(body(path, visitor)) > len(before)
