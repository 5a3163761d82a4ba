"""Typed plain functions that make what tests need, through the portal's own actions."""

import datetime as dt
import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from itertools import count
from typing import Any

import pikepdf

from accounts.actions import create_user, make_administrator
from accounts.models import User
from boroughs.actions.activities import add_activity, link_figures
from boroughs.actions.boards import add_board, add_member, record_meeting
from boroughs.actions.borough import change_settings, open_borough, set_funding, set_governance
from boroughs.actions.closures import close
from boroughs.actions.committees import add_committee, add_meeting, give_seat
from boroughs.actions.duties import add_duty, record_round
from boroughs.actions.figures import (
    add_indicator,
    publish_figures,
    record_figures,
    set_figure_rule,
)
from boroughs.actions.funding import add_line
from boroughs.actions.lists import ask, grant
from boroughs.actions.people import invite, set_roles
from boroughs.actions.plan_actions import add_action, report_action
from boroughs.actions.plans import (
    add_area,
    add_organisation,
    add_plan,
    add_priority,
    set_organisation,
)
from boroughs.actions.purges import ask_to_erase
from boroughs.actions.registers import add_impact, add_policy, add_received, brief
from boroughs.actions.reviews import (
    add_recommendation,
    add_review,
    add_step,
    answer_recommendation,
    close_review,
)
from boroughs.actions.risks import add_risk, set_risk_matrix
from boroughs.actions.strategies import (
    adopt_strategy,
    amend_strategy,
    close_strategy,
    govern_strategy,
    link_strategy,
    log_consultation,
    start_strategy,
)
from boroughs.counting import Counted
from boroughs.figure_policies import Entry
from boroughs.models import (
    AccessRequest,
    Action,
    Activity,
    Amendment,
    Area,
    BoardMember,
    Borough,
    Closure,
    Committee,
    Consultation,
    DeliveryPlan,
    Duty,
    DutyRound,
    FigurePublication,
    FigureValue,
    FundingLine,
    FundingStatus,
    GovernanceModel,
    ImpactAssessment,
    Invitation,
    LinkedStrategy,
    Meeting,
    Organisation,
    OwnIndicator,
    Policy,
    Priority,
    PurgeRequest,
    Received,
    Recommendation,
    RecommendationAction,
    RetentionReview,
    Review,
    Risk,
    RiskMatrix,
    Seat,
    Strategy,
)
from boroughs.models.risk_matrix import STANDARD
from boroughs.periods import Period, financial
from boroughs.retention import look_for_what_is_due
from boroughs.roles import Role
from boroughs.rows import acting_as
from papers.actions.papers import add_paper
from papers.actions.uses import link_paper
from papers.inspection import Finding, Inspected
from papers.models import Paper, PaperFinding, PaperUse, PaperVersion
from papers.resealing import reseal
from papers.uploads import Incoming
from portal.figure_choice import choose_figures
from reports.actions.reports import make_report, start_report, write_report
from reports.actions.rounds import do_by_report
from reports.jobs import Claim, claim, finish
from reports.models import HouseStyle, Rendering, Report
from reports.pdf import Pdf
from sheets import jobs as sheet_jobs
from sheets.actions.imports import add_sheet, match_columns
from sheets.models import SheetImport
from sheets.reading import Table
from tests.second_factor import give_factor
from toolkit.actions.assessments import open_assessment, rate
from toolkit.actions.served import serve
from toolkit.actions.versions import adopt_version
from toolkit.models import Assessment, Level, ToolkitVersion

PASSWORD = "a password of tests"
_numbers = count(1)


def make_user(name: str = "", *, email: str = "") -> User:
    number = next(_numbers)
    return create_user(
        email=email or f"person-{number}@example.org",
        name=name or f"Person {number}",
        password=PASSWORD,
    )


def make_borough(slug: str = "", *, by: User, gss_code: str = "") -> Borough:
    number = next(_numbers)
    slug = slug or f"borough-{number}"
    return open_borough(
        slug=slug,
        name=slug.title(),
        full_name=f"{slug.title()} Council",
        gss_code=gss_code or f"E{number:08d}",
        kind="unitary",
        nation="england",
        by=by,
    )


def give_role(user: User, borough: Borough, role: Role, *, by: User) -> User:
    set_roles(user=user, borough=borough, roles={role}, by=by)
    return user


def version(key: str = "la-2018") -> ToolkitVersion:
    return ToolkitVersion.objects.get(key=key)


def level(key: str) -> Level:
    return Level.objects.get(scale__key="rag", key=key)


def make_assessment(
    borough: Borough,
    *,
    by: User,
    starts_on: dt.date = dt.date(2019, 7, 1),
    ends_on: dt.date = dt.date(2019, 7, 31),
    key: str = "la-2018",
) -> Assessment:
    return open_assessment(
        borough=borough,
        version=version(key),
        starts_on=starts_on,
        ends_on=ends_on,
        assessor="board",
        by=by,
    )


def rate_as(
    assessment: Assessment,
    benchmark: str,
    to: str,
    *,
    by: User,
    comment: str = "",
    actions: str = "",
) -> None:
    rating = assessment.ratings.in_order().get(benchmark__key=benchmark)
    rate(
        rating=rating,
        level=level(to) if to else None,
        comment=comment,
        actions=actions,
        seen=rating.version,
        by=by,
    )


def make_closure(borough: Borough, *, by: User, **said: Any) -> Closure:
    """An exempt record with nothing missing, its closer on its list."""
    slug = borough.slug
    return close(
        borough=borough,
        **{
            "classification": "exempt",
            "reason": f"closing words of {slug}",
            "paragraphs": {"england-3": f"paragraph words of {slug}"},
            "public_interest": "withhold",
            "interest_reason": f"interest words of {slug}",
            "public_line": f"Appendix of {slug.title()}, not for publication",
            "review_on": dt.date(2030, 1, 1),
            "by": by,
            **said,
        },
    )


def make_strategy(borough: Borough, *, by: User, **said: Any) -> Strategy:
    """A draft for 2017 to 2019 with nothing missing."""
    slug = borough.slug
    return start_strategy(
        borough=borough,
        **{
            "title": f"Strategy of {slug.title()}",
            "starts_on": dt.date(2017, 4, 1),
            "ends_on": dt.date(2019, 3, 31),
            "aims": f"aims words of {slug}",
            "summary": f"strategy words of {slug}",
            "by": by,
            **said,
        },
    )


def make_plan(strategy: Strategy, *, by: User, title: str = "Delivery plan") -> DeliveryPlan:
    """One for the strategy's first year."""
    return add_plan(
        strategy=strategy,
        title=title,
        starts_on=strategy.starts_on,
        ends_on=dt.date(strategy.starts_on.year + 1, 3, 31),
        by=by,
    )


def make_closed_strategy(borough: Borough, *, by: User, **said: Any) -> Strategy:
    """One whose every word is for the list of its closure: at first, whoever closed it."""
    said = {"title": f"Closed strategy of {borough.slug.title()}", **said}
    strategy = make_strategy(borough, by=by, **said)
    close_strategy(strategy=strategy, closure=make_closure(borough, by=by), by=by)
    return strategy


def make_review(borough: Borough, *, by: User, **said: Any) -> Review:
    """A peer review of four days in 2018."""
    slug = borough.slug
    return add_review(
        borough=borough,
        **{
            "kind": "peer",
            "title": f"Peer review of {slug.title()}",
            "starts_on": dt.date(2018, 11, 20),
            "ends_on": dt.date(2018, 11, 23),
            "meeting": None,
            "reviewers": "Prevent officers of other councils",
            "reviewer_count": 7,
            "documents": 65,
            "documents_exactness": "over",
            "interviewees": 47,
            "interviewees_exactness": "",
            "findings": f"findings words of {slug}",
            "source": "",
            "by": by,
            **said,
        },
    )


def make_matrix(borough: Borough, *, by: User, size: int = 5, **said: Any) -> RiskMatrix:
    """The portal’s own of five steps as the borough’s, or one of fewer."""
    words = {
        "likelihoods": STANDARD.likelihoods[:size],
        "impacts": STANDARD.impacts[:size],
        "bands": STANDARD.bands if size > 3 else [(1, "Low"), (3, "Medium"), (6, "High")],
        **said,
    }
    return set_risk_matrix(borough=borough, size=size, by=by, **words)


def make_risk(borough: Borough, *, by: User, **said: Any) -> Risk:
    """Likely and major without controls, possible and moderate with them; due for review."""
    slug = borough.slug
    return add_risk(
        borough=borough,
        **{
            "scope": "programme",
            "title": f"Funding of {slug.title()}",
            "cause": f"cause words of {slug}",
            "effect": f"effect words of {slug}",
            "controls": f"controls words of {slug}",
            "likelihood_before": 4,
            "impact_before": 4,
            "likelihood": 3,
            "impact": 3,
            "owner_post": "Prevent Manager",
            "next_review": None,
            "by": by,
            **said,
        },
    )


def make_activity(borough: Borough, *, by: User, **said: Any) -> Activity:
    """A training that was delivered in 2018/19 to 120 professionals."""
    slug = borough.slug
    return add_activity(
        borough=borough,
        **{
            "kind": "training",
            "title": f"Workshop of {slug.title()}",
            "about": f"activity words of {slug}",
            "audiences": ["professionals"],
            "starts_on": dt.date(2018, 4, 1),
            "ends_on": dt.date(2019, 3, 31),
            "state": "delivered",
            "cancelled_because": "",
            "result": f"result words of {slug}",
            "counts": [Counted("", 120, f"professionals of {slug}")],
            "by": by,
            **said,
        },
    )


def make_line(borough: Borough, *, by: User, **said: Any) -> FundingLine:
    """A coordinator's post in 2019/20 that was offered, of £50,000."""
    slug = borough.slug
    return add_line(
        borough=borough,
        **{
            "year": 2019,
            "programme": "Home Office Prevent grant",
            "kind": "post",
            "purpose": f"Coordinator of {slug}",
            "about": f"funding words of {slug}",
            "state": "offered",
            "since": dt.date(2019, 3, 1),
            "reason": f"offer words of {slug}",
            "source": "",
            "pounds": Decimal(50_000),
            "by": by,
            **said,
        },
    )


def make_received(borough: Borough, *, by: User, **said: Any) -> Received:
    """A local profile of October 2016, its review long overdue."""
    return add_received(
        borough=borough,
        **{
            "kind": "profile",
            "title": f"profile words of {borough.slug}",
            "sender": "Counter-terrorism police",
            "received_on": dt.date(2016, 10, 31),
            "owner_post": "Prevent Coordinator",
            "next_review": dt.date(2017, 10, 31),
            "by": by,
            **said,
        },
    )


def make_policy(borough: Borough, *, by: User, **said: Any) -> Policy:
    """On the hire of venues, approved in 2018, without a day of review."""
    slug = borough.slug
    return add_policy(
        borough=borough,
        **{
            "subject": "venues",
            "title": f"policy words of {slug}",
            "about": f"covering words of {slug}",
            "owner_post": "Head of Property",
            "approved_on": dt.date(2018, 5, 1),
            "approved_by": "Strategic Director",
            "approving_body": None,
            "next_review": None,
            "link": "",
            "by": by,
            **said,
        },
    )


def make_impact(borough: Borough, *, by: User, **said: Any) -> ImpactAssessment:
    """Of equality, done in 2017."""
    slug = borough.slug
    return add_impact(
        borough=borough,
        **{
            "kind": "equality",
            "title": f"impact words of {slug}",
            "strategy": None,
            "policy": None,
            "of_what": "Community safety",
            "state": "done",
            "done_on": dt.date(2017, 6, 1),
            "findings": f"found words of {slug}",
            "next_review": None,
            "by": by,
            **said,
        },
    )


def make_closed_review(borough: Borough, *, by: User, **said: Any) -> Review:
    """One whose every word is for the list of its closure: at first, whoever closed it."""
    review = make_review(borough, by=by, **{"title": f"Closed review of {borough.slug}", **said})
    add_recommendation(
        review=review, number="1", text=f"closed request words of {borough.slug}", by=by
    )
    close_review(review=review, classification="exempt", reason="It names weaknesses", by=by)
    review.refresh_from_db()
    return review


def make_ready(rendering: Rendering, data: bytes = b"%PDF-1.7 of tests") -> Rendering:
    """The rendering as the worker leaves it, without the printing."""
    held = claim(rendering.pk)
    assert isinstance(held, Claim)
    finish(held, Pdf(data, 3))
    return rendering


@dataclass(repr=False)
class Place:
    """One borough of the world with one of everything."""

    borough: Borough
    people: dict[Role, User] = field(default_factory=dict)
    committee: Committee = field(init=False)
    meeting: Meeting = field(init=False)
    seat: Seat = field(init=False)
    governance: GovernanceModel = field(init=False)
    funding: FundingStatus = field(init=False)
    earlier: Assessment = field(init=False)
    assessment: Assessment = field(init=False)
    report: Report = field(init=False)
    rendering: Rendering = field(init=False)
    invitation: Invitation = field(init=False)
    paper: Paper = field(init=False)
    version: PaperVersion = field(init=False)
    finding: PaperFinding = field(init=False)
    closed_paper: Paper = field(init=False)
    closure: Closure = field(init=False)
    scrutiny: Review = field(init=False)
    risk: Risk = field(init=False)
    recommendation: Recommendation = field(init=False)
    step: RecommendationAction = field(init=False)
    purge: PurgeRequest = field(init=False)
    review: RetentionReview = field(init=False)
    asked: Closure = field(init=False)  # closed to everybody but the coordinator
    access_request: AccessRequest = field(init=False)  # for it
    strategy: Strategy = field(init=False)
    consultation: Consultation = field(init=False)
    link: LinkedStrategy = field(init=False)
    amendment: Amendment = field(init=False)
    board: Committee = field(init=False)
    board_member: BoardMember = field(init=False)
    board_meeting: Meeting = field(init=False)
    organisation: Organisation = field(init=False)
    priority: Priority = field(init=False)
    area: Area = field(init=False)
    plan: DeliveryPlan = field(init=False)
    action: Action = field(init=False)
    indicator: OwnIndicator = field(init=False)
    figure: FigureValue = field(init=False)  # of that indicator
    closed_figure: FigureValue = field(init=False)
    publication: FigurePublication = field(init=False)
    duty: Duty = field(init=False)
    round: DutyRound = field(init=False)  # the one time it was done
    activity: Activity = field(init=False)
    sheet: SheetImport = field(init=False)  # into the plan, with a row that is refused
    line: FundingLine = field(init=False)
    received: Received = field(init=False)
    policy: Policy = field(init=False)
    impact: ImpactAssessment = field(init=False)
    use: PaperUse = field(init=False)  # of the open paper, for the strategy

    def __getattr__(self, name: str) -> User:
        """`place.coordinator` is the person in that role."""
        try:
            people: dict[Role, User] = self.__dict__["people"]
            return people[Role(name)]
        except (KeyError, ValueError):
            raise AttributeError(name) from None


@dataclass(repr=False)
class World:
    administrator: User
    stranger: User
    here: Place
    there: Place


def make_purge(
    place: Place, record: Any = None, *, kind: str = "rating", **said: Any
) -> PurgeRequest:
    """A request of the coordinator's, about the earlier period's rating unless another record is given."""
    record = record or place.earlier.ratings.get(benchmark__key="training")
    what = {"part": "", "closure": None, "category": "casework", "by": place.coordinator, **said}
    return ask_to_erase(borough=place.borough, kind=kind, record_id=record.pk, **what)


def find_due(*places: Place) -> None:
    """The nightly look: the earlier period of each place is over for more than six years."""
    look_for_what_is_due()
    for place in places:
        with acting_as(place.lead.pk):
            place.review = place.borough.retention_reviews.get(record=place.earlier.pk)


def make_world() -> World:
    administrator = make_user("Ada Administrator", email="administrator@portal.example.org")
    make_administrator(user=administrator)
    here = make_place("thurrock", administrator)
    there = make_place("barnet", administrator)
    find_due(here, there)
    return World(
        administrator, make_user("Sam Stranger", email="stranger@example.org"), here, there
    )


def make_place(slug: str, administrator: User) -> Place:
    with acting_as(administrator.pk):
        place = Place(make_borough(slug, by=administrator))
        for role in Role:
            person = make_user(
                f"{role.value.title()} of {slug.title()}", email=f"{role.value}@{slug}.example.org"
            )
            place.people[role] = give_role(person, place.borough, role, by=administrator)
    with acting_as(place.lead.pk):
        _furnish(place)
    with acting_as(place.coordinator.pk):
        _assess(place)
        _plan(place)
        _sit(place)
        _ask(place)
        place.risk = make_risk(place.borough, by=place.coordinator)
        place.closure = make_closure(place.borough, by=place.coordinator)
        _file(place)
        _count(place)
        _do(place)
        place.purge = make_purge(place)
        place.asked = make_closure(
            place.borough, public_line=f"Second appendix of {place.borough}", by=place.coordinator
        )
    with acting_as(place.lead.pk):
        set_organisation(
            person=place.contributor,
            borough=place.borough,
            organisation=place.organisation,
            by=place.lead,
        )
        grant(
            closure=place.closure, person=place.member, reason="Reads it on Monday", by=place.lead
        )
        _publish(place)
    with acting_as(place.observer.pk):
        place.access_request = ask(
            closure=place.asked, reason=f"asking words of {slug}", by=place.observer
        )
    make_ready(place.rendering)
    with acting_as(place.coordinator.pk):
        place.rendering.refresh_from_db()
    _bring(place)
    for person in (place.coordinator, place.member):
        give_factor(person)  # they are on the closure's list
    return place


def _bring(place: Place) -> None:
    """A workbook of two rows, checked and to be looked at: one would be added, one is refused."""
    by, words = place.coordinator, f"sheet words of {place.borough.slug}"
    table = Table(
        "Actions", ["Actions"], [(1, ["Action", "Due"]), (2, [words]), (3, [None, words])]
    )
    with acting_as(by.pk):
        place.sheet = add_sheet(
            borough=place.borough, kind="plan", plan=place.plan, table=table, by=by
        )
        match_columns(sheet=place.sheet, mapping=place.sheet.mapping, by=by)
    held = sheet_jobs.claim(place.sheet.pk)
    assert held is not None
    sheet_jobs.run(held)
    with acting_as(by.pk):
        place.sheet.refresh_from_db()


def make_figures(
    borough: Borough,
    numbers: Mapping[str, int | None],
    *,
    by: User,
    period: Period | None = None,
    note: str = "",
) -> dict[str, FigureValue]:
    """Exact figures by the indicator's key; None is not known."""
    period = period or financial("year", 2021)
    entries = [
        Entry(
            indicator=key,
            qualifier="unknown" if number is None else "exactly",
            number=None if number is None else Decimal(number),
            note=note,
            source=f"Report of {borough}",
        )
        for key, number in numbers.items()
    ]
    record_figures(borough=borough, period=period, entries=entries, by=by)
    return {row.indicator: row for row in borough.figures.about(period)}


BARNET = {"enquiries": 79, "referred-to-police": 41, "discussed-at-panel": 7}


def _count(place: Place) -> None:
    """Barnet's chain, a figure of the borough's own with words in it, and figures that are closed."""
    slug, by = place.borough.slug, place.coordinator
    place.indicator = add_indicator(
        borough=place.borough,
        topic="community",
        name=f"Visits in {slug.title()}",
        definition="Visits to places of worship",
        unit="contacts",
        direction="more",
        people_referred=False,
        whole="",
        relation="",
        breakdown="",
        by=by,
    )
    make_figures(place.borough, BARNET, by=by)
    key = place.indicator.key
    place.figure = make_figures(place.borough, {key: 12}, note=f"figure words of {slug}", by=by)[
        key
    ]
    earlier = financial("year", 2020)
    closed = make_figures(
        place.borough,
        {"enquiries": 65},
        by=by,
        period=earlier,
        note=f"closed figure words of {slug}",
    )["enquiries"]
    FigureValue.objects.filter(pk=closed.pk).update(closure=place.closure)
    place.closed_figure = FigureValue.objects.get(pk=closed.pk)
    choose_figures(borough=place.borough, keys=[key, "enquiries"], by=by)


def _publish(place: Place) -> None:
    by = place.lead
    set_figure_rule(
        borough=place.borough,
        threshold=10,
        rounding=1,
        zeros=False,
        period_kind="year",
        published=list(BARNET),
        by=by,
    )
    publish_figures(borough=place.borough, by=by)
    place.publication = place.borough.figure_publications.get()


def _furnish(place: Place) -> None:
    lead = place.lead
    change_settings(
        borough=place.borough,
        full_name=place.borough.full_name,
        colour="#005a84",
        clear_days="calendar",
        marking="none",
        contact="",
        by=lead,
    )
    place.committee = add_committee(
        borough=place.borough,
        name="Scrutiny Committee",
        kind="overview_scrutiny",
        regime="act_1972",
        by=lead,
    )
    place.meeting = add_meeting(committee=place.committee, date=dt.date(2019, 7, 4), by=lead)
    place.seat = give_seat(
        committee=place.committee, person=place.member, since=dt.date(2019, 5, 1), by=lead
    )
    place.invitation = invite(
        borough=place.borough,
        email=f"new@{place.borough.slug}.example.org",
        name="Nia New",
        role=Role.LEAD,
        by=lead,
    )
    place.governance = set_governance(
        borough=place.borough, form="leader_cabinet", since=None, by=lead
    )
    place.funding = set_funding(borough=place.borough, year=2019, status="unfunded", by=lead)
    adopt_version(borough=place.borough, version=version(), since=dt.date(2018, 9, 5), by=lead)


def make_paper(
    borough: Borough,
    *,
    by: User,
    title: str = "",
    data: bytes = b"",
    name: str = "paper.pdf",
    media_type: str = "application/pdf",
    findings: tuple[Finding, ...] = (),
    closing: dict[str, Any] | None = None,
    meeting: Meeting | None = None,
) -> Paper:
    """A paper with its first version, past the form and its inspection."""
    title = title or f"Paper {next(_numbers)}"
    return add_paper(
        borough=borough,
        title=title,
        meeting=meeting,
        file=make_file(data or tiny_pdf(title), name, media_type, findings),
        closing=closing,
        by=by,
    )


def make_file(
    data: bytes,
    name: str = "paper.pdf",
    media_type: str = "application/pdf",
    findings: tuple[Finding, ...] = (),
) -> Incoming:
    inspected = Inspected(media_type, name.rpartition(".")[2], 1, findings, "")
    digest = hashlib.sha256(data).hexdigest()
    return Incoming(io.BytesIO(data), name, digest, len(data), inspected)


@cache
def tiny_pdf(text: str) -> bytes:
    pdf = pikepdf.Pdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    page = pdf.pages[0]
    page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    page.obj.Contents = pdf.make_stream(f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET".encode())
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _file(place: Place) -> None:
    """An open paper with something hidden in it, and one that its coordinator has closed."""
    slug, by = place.borough.slug, place.coordinator
    hidden = (Finding("comments", "", 2),)
    place.paper = make_paper(
        place.borough, title=f"paper words of {slug}", findings=hidden, meeting=place.meeting, by=by
    )
    place.version = place.paper.versions.get()
    place.finding = place.version.findings.get()
    place.closed_paper = make_paper(place.borough, title=f"closed words of {slug}", by=by)
    put_under(place.closed_paper, place.closure)


def put_under(paper: Paper, closure: Closure) -> None:
    """Close the paper by a closure that stands already."""
    Paper.objects.filter(pk=paper.pk).update(closure=closure)
    for pk in paper.versions.values_list("pk", flat=True):
        assert reseal(pk)
    paper.refresh_from_db()


def _assess(place: Place) -> None:
    by = place.coordinator
    place.earlier = make_assessment(
        place.borough, by=by, starts_on=dt.date(2019, 1, 1), ends_on=dt.date(2019, 1, 31)
    )
    rate_as(
        place.earlier, "training", "amber", by=by, comment=f"earlier words of {place.borough.slug}"
    )
    place.assessment = make_assessment(place.borough, by=by)
    rate_as(
        place.assessment, "training", "red", by=by, comment=f"present words of {place.borough.slug}"
    )
    rate_as(place.assessment, "communications", "green", by=by)
    style = HouseStyle.objects.get(key="thurrock")
    place.report = start_report(
        assessment=place.assessment, style=style, title=f"Prevent in {place.borough}", by=by
    )
    write_report(
        report=place.report,
        title=place.report.title,
        meeting=place.meeting,
        item_number="9",
        texts={
            "executive-summary": f"summary words of {place.borough.slug}",
            "recommendations": "Note the ratings.",
        },
        seen=place.report.version,
        by=by,
    )
    place.report.refresh_from_db()
    place.rendering = make_report(report=place.report, by=by)


def _plan(place: Place) -> None:
    """A strategy that was adopted and amended, with a line in its log and a link."""
    by, slug = place.coordinator, place.borough.slug
    strategy = place.strategy = make_strategy(place.borough, by=by)
    place.consultation = log_consultation(
        strategy=strategy,
        who=f"consulted words of {slug}",
        since=dt.date(2017, 1, 9),
        until=None,
        how="A survey",
        outcome="",
        by=by,
    )
    place.link = link_strategy(strategy=strategy, linked=None, title="Cohesion Strategy", by=by)
    govern_strategy(
        strategy=strategy,
        replaces=None,
        delegated_to="Strategic Director",
        delegated_with="the Partnership",
        seen=strategy.version,
        by=by,
    )
    adopt_strategy(
        strategy=strategy, adopted_by=place.committee, adopted_on=dt.date(2017, 7, 18), by=by
    )
    texts = {name: getattr(strategy, name) for name in Strategy.TEXTS}
    place.amendment = amend_strategy(
        strategy=strategy,
        texts=texts | {"summary": f"amended words of {slug}"},
        decided_on=dt.date(2017, 9, 1),
        decided_by="Strategic Director",
        consulted="the Partnership",
        reason="New risks",
        decision_record="",
        seen=strategy.version,
        by=by,
    )


def _sit(place: Place) -> None:
    """A board that reports to the committee, with two members, one of whom came to its meeting."""
    by, slug, since = place.coordinator, place.borough.slug, dt.date(2019, 1, 1)
    place.board = add_board(
        borough=place.borough,
        name="Prevent Board",
        chair_post=f"Director of {slug}",
        meetings_a_year=4,
        reports_to=place.committee,
        terms=f"terms words of {slug}",
        by=by,
    )
    place.board_member = add_member(
        board=place.board, organisation=f"Police of {slug}", post="Inspector", since=since, by=by
    )
    add_member(board=place.board, organisation=f"Trust of {slug}", since=since, by=by)
    place.board_meeting = add_meeting(committee=place.board, date=dt.date(2019, 3, 29), by=by)
    record_meeting(
        meeting=place.board_meeting, outcome="held", came=[place.board_member.pk], seen=1, by=by
    )
    place.duty = add_duty(
        borough=place.borough,
        title=f"duty words of {slug}",
        every_months=12,
        next_due=dt.date(2019, 7, 31),
        by=by,
    )
    record_round(
        duty=place.duty,
        done_on=dt.date(2019, 7, 4),
        meeting=place.meeting,
        note=f"done words of {slug}",
        seen=1,
        by=by,
    )


def _ask(place: Place) -> None:
    """What the committee asked for at its meeting: one request with an answer and an action."""
    by, slug = place.coordinator, place.borough.slug
    review = place.scrutiny = make_review(
        place.borough,
        by=by,
        kind="scrutiny",
        title=f"Requests to {slug.title()}",
        starts_on=place.meeting.date,
        ends_on=None,
        meeting=place.meeting,
    )
    place.recommendation = add_recommendation(
        review=review,
        number="1",
        text=f"request words of {slug}",
        report_to=place.committee,
        report_by=dt.date(2020, 7, 1),
        by=by,
    )
    answer_recommendation(
        recommendation=place.recommendation,
        response="accepted",
        response_text=f"answer words of {slug}",
        responded_on=dt.date(2019, 9, 2),
        done_on=None,
        seen=1,
        by=by,
    )
    place.step = add_step(recommendation=place.recommendation, text=f"step words of {slug}", by=by)
    _deliver(place)


def _deliver(place: Place) -> None:
    """Under it a priority with an area, and a plan with an action that was reported on."""
    by, slug = place.coordinator, place.borough.slug
    place.priority = add_priority(strategy=place.strategy, title=f"priority words of {slug}", by=by)
    place.area = add_area(priority=place.priority, title=f"area words of {slug}", by=by)
    place.organisation = add_organisation(borough=place.borough, name=f"Trust of {slug}", by=by)
    place.plan = make_plan(place.strategy, by=by)
    place.action = add_action(
        plan=place.plan,
        title=f"action words of {slug}",
        priority=place.priority,
        area=place.area,
        owner_post="Head of Safeguarding",
        organisation=place.organisation,
        due_on=dt.date(2017, 12, 31),
        success_measure="",
        by=by,
    )
    report_action(
        action=place.action,
        state="in_progress",
        note=f"progress words of {slug}",
        on=dt.date(2017, 10, 2),
        seen=place.action.version,
        by=by,
    )
    place.action.refresh_from_db()
    serve(action=place.action, benchmarks=[version().benchmarks.get(key="training")], by=by)


def _do(place: Place) -> None:
    """An activity that serves the area, with a figure it led to."""
    by = place.coordinator
    place.line = make_line(place.borough, by=by)
    place.activity = make_activity(
        place.borough,
        by=by,
        priority=place.priority,
        area=place.area,
        organisation=place.organisation,
        funding=place.line,
    )
    link_figures(activity=place.activity, figures=[place.figure], by=by)
    _register(place)


def _register(place: Place) -> None:
    """An entry in each register; the board was briefed, and the assessment is of the strategy."""
    by, borough = place.coordinator, place.borough
    place.received = make_received(borough, by=by)
    brief(received=place.received, whom="Prevent Board", on=dt.date(2016, 11, 2), by=by)
    place.policy = make_policy(borough, by=by)
    place.impact = make_impact(borough, strategy=place.strategy, of_what="", by=by)
    place.use = link_paper(paper=place.paper, kind="strategy", to=place.strategy, by=by)
    place.round = place.duty.rounds.get()
    do_by_report(round=place.round, report=place.report, by=by)
