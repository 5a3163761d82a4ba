"""What a borough keeps beside its ratings: plans, boards, reviews, activities, registers."""

import datetime as dt

from boroughs.actions.activities import link_figures
from boroughs.actions.boards import add_board, add_member, record_meeting
from boroughs.actions.committees import add_meeting
from boroughs.actions.duties import add_duty, record_round
from boroughs.actions.linked_actions import link_plan_action
from boroughs.actions.plan_actions import add_action, report_action
from boroughs.actions.plans import (
    add_area,
    add_organisation,
    add_priority,
)
from boroughs.actions.registers import brief
from boroughs.actions.reviews import (
    add_recommendation,
    add_step,
    answer_recommendation,
)
from boroughs.actions.strategies import (
    adopt_strategy,
    amend_strategy,
    govern_strategy,
    link_strategy,
    log_consultation,
)
from boroughs.models import (
    Strategy,
)
from papers.actions.uses import link_paper
from reports.actions.rounds import do_by_report
from toolkit.actions.served import serve
from toolkit.models import AskedBenchmark

from .people import version
from .place import Place
from .record import (
    make_activity,
    make_fact,
    make_impact,
    make_line,
    make_plan,
    make_policy,
    make_received,
    make_review,
    make_strategy,
)


def plan(place: Place) -> None:
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


def sit(place: Place) -> None:
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
    trust = f"Trust of {slug}"
    add_member(board=place.board, organisation=trust, unnamed=True, since=since, by=by)
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


def be_asked(place: Place) -> None:
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
    deliver(place)


def deliver(place: Place) -> None:
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
    rating = place.earlier.ratings.get(benchmark__key="training")
    AskedBenchmark.objects.create(rating=rating, recommendation=place.recommendation, made_by=by)
    place.linked_action = link_plan_action(
        recommendation=place.recommendation, action=place.action, by=by
    )
    serve(action=place.action, benchmarks=[version().benchmarks.get(key="training")], by=by)


def do(place: Place) -> None:
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
    register(place)


def register(place: Place) -> None:
    """An entry in each register; the board was briefed, and the assessment is of the strategy."""
    by, borough = place.coordinator, place.borough
    place.fact = make_fact(borough, by=by)
    place.received = make_received(borough, by=by)
    brief(received=place.received, whom="Prevent Board", on=dt.date(2016, 11, 2), by=by)
    place.policy = make_policy(borough, by=by)
    place.impact = make_impact(borough, strategy=place.strategy, of_what="", by=by)
    place.use = link_paper(paper=place.paper, kind="strategy", to=place.strategy, by=by)
    place.round = place.duty.rounds.get()
    do_by_report(round=place.round, report=place.report, by=by)
