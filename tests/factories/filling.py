"""What the boroughs of the world hold."""

import datetime as dt
from typing import Any

from django.utils import timezone

from boroughs.actions.borough import change_settings, set_funding, set_governance
from boroughs.actions.committees import add_committee, add_meeting, give_seat
from boroughs.actions.figures import (
    add_indicator,
    publish_figures,
    set_figure_rule,
)
from boroughs.actions.notices import add_notice, set_call_in
from boroughs.actions.people import invite
from boroughs.models import (
    FigureValue,
)
from boroughs.periods import financial
from boroughs.roles import Role
from boroughs.rows import acting_as
from papers.inspection import Finding
from portal.figure_choice import choose_figures
from reports.actions.decisions import add_step as add_decision_step
from reports.actions.decisions import correct_decision, record_decision
from reports.actions.own_styles import copy_style
from reports.decision_paper import as_json, record_of
from reports.models import Decision, DecisionRequest, HouseStyle, PublicDecision
from sheets import jobs as sheet_jobs
from sheets.actions.imports import add_sheet, match_columns
from sheets.reading import Table
from toolkit.actions.evidence import add_evidence, name_posts
from toolkit.actions.prompts import answer_prompts, word_prompts
from toolkit.actions.round import set_rule, sign_off
from toolkit.actions.versions import adopt_version
from toolkit.actions.wording import word_levels
from toolkit.models import Assessment

from .papers import make_paper, put_under
from .people import make_assessment, rate_as, version
from .place import Place
from .record import (
    make_figures,
)


def bring(place: Place) -> None:
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


BARNET = {"enquiries": 79, "referred-to-police": 41, "discussed-at-panel": 7}


def keep_figures(place: Place) -> None:
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


def publish(place: Place) -> None:
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


def sign(place: Place) -> None:
    """The earlier period, as the board signed it off, blanks and all: who handed it in had reasons."""
    Assessment.objects.filter(pk=place.earlier.pk).update(
        state=Assessment.State.SUBMITTED,
        submitted_by=place.coordinator,
        submitted_at=timezone.now(),
    )
    place.sign_off = sign_off(
        assessment=place.earlier,
        meeting=None,
        otherwise="By e-mail to the board",
        signed_on=place.earlier.ends_on,
        by=place.lead,
    )
    set_rule(borough=place.borough, by_another=True, stale_after=12, by=place.lead)


def furnish(place: Place) -> None:
    lead = place.lead
    change_settings(
        borough=place.borough,
        full_name=place.borough.full_name,
        colour="#005a84",
        clear_days="calendar",
        marking="none",
        contact="",
        seen=place.borough.version,
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
    scale, words = version().scale, f"meaning words of {place.borough.slug}"
    word_levels(borough=place.borough, scale=scale, texts={"red": words}, seen=0, by=lead)
    plain = HouseStyle.objects.get(key="plain")
    title = f"Style of {place.borough.slug}"
    place.style = copy_style(borough=place.borough, source=plain, title=title, by=place.lead)


def give_notice(place: Place) -> None:
    """Of a cabinet, which meets in private a week after the committee; and how its decisions are called in."""
    by, slug = place.lead, place.borough.slug
    place.cabinet = add_committee(
        borough=place.borough, name="Executive", kind="cabinet", regime="regs_2012", by=by
    )
    meeting = add_meeting(committee=place.cabinet, date=dt.date(2019, 7, 10), by=by)
    said = {"reasons": "", "representations": "", "response": "", "agreed_by": ""}
    place.notice = add_notice(
        committee=place.cabinet,
        meeting=meeting,
        kind="private",
        matter=f"notice words of {slug}",
        published_on=dt.date(2019, 6, 3),
        agreed_on=None,
        by=by,
        **said,
    )
    set_call_in(
        borough=place.borough,
        since=dt.date(2019, 5, 1),
        starts="decision",
        days=5,
        counted="working",
        by=by,
    )


def decide(place: Place) -> None:
    """What the committee decided on the report, that it asked for the place’s request, and what is to be done; corrected once."""
    by, slug = place.democratic, place.borough.slug
    said: dict[str, Any] = {"published_on": None, "alternatives": "", "conflicts": ""}
    said |= {"decided_on": place.meeting.date, "reasons": f"reason words of {slug}"}
    said |= {"minute": "12/2019"}
    amended = [("amended", f"decided words of {slug}")]
    place.decision = record_decision(
        report=place.report,
        outcomes=[("noted", "")],
        by=by,
        **said,
    )
    correct_decision(
        decision=place.decision, outcomes=amended, why="Read out wrongly", seen=1, by=by, **said
    )
    DecisionRequest(decision=place.decision, recommendation=place.recommendation).save(
        force_insert=True
    )
    place.decision_step = add_decision_step(
        decision=place.decision,
        text=f"step words of {slug}",
        owner_post="Prevent coordinator",
        due=dt.date(2019, 9, 30),
        by=by,
    )
    rows = Decision.objects.select_related("issue", "report__borough", "meeting__committee")
    decision = rows.get(pk=place.decision.pk)
    said = {"said": as_json(record_of(decision)), "pdf": b"%PDF-1.7 of the record"}
    said |= {"decided_on": decision.decided_on, "published_by": by}
    now = timezone.now()
    PublicDecision.objects.create(
        decision=decision, issue=decision.issue, published_at=now, changed_at=now, **said
    )


def file(place: Place) -> None:
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


def assess(place: Place) -> None:
    by = place.coordinator
    place.earlier = make_assessment(
        place.borough, by=by, starts_on=dt.date(2019, 1, 1), ends_on=dt.date(2019, 1, 31)
    )
    rate_as(
        place.earlier, "training", "amber", by=by, comment=f"earlier words of {place.borough.slug}"
    )
    before = place.earlier.ratings.in_order().get(benchmark__key="training")
    training, own = before.benchmark, f"Are the question words of {place.borough.slug} asked?"
    word_prompts(borough=place.borough, benchmark=training, texts={}, new=own, seen=0, by=by)
    answer_prompts(rating=before, answers={"own-1": "yes"}, seen={}, by=by)
    address, day = "https://www.example.org/minutes", dt.date(2019, 1, 9)
    add_evidence(rating=before, kind="address", thing=address, dated=day, by=by)
    place.assessment = make_assessment(place.borough, by=by)
    rate_as(
        place.assessment, "training", "red", by=by, comment=f"present words of {place.borough.slug}"
    )
    rate_as(place.assessment, "communications", "green", by=by)
    rating = place.assessment.ratings.in_order().get(benchmark__key="training")
    place.evidence = add_evidence(
        rating=rating,
        kind="meeting",
        thing=place.meeting,
        note=f"evidence words of {place.borough.slug}",
        dated=dt.date(2019, 7, 4),
        by=by,
    )
    answer_prompts(rating=rating, answers={"own-1": "partly"}, seen={}, by=by)
    name_posts(borough=place.borough, posts={training: "Training officer"}, by=by)
