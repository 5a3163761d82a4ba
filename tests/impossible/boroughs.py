"""Rows of `boroughs` that the database refuses: the constraint, and a deed that breaks it."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import models

from boroughs.models import (
    AccessRequest,
    CalendarFeed,
    ClosedPassages,
    ClosureUserPermission,
    LinkedStrategy,
    RetentionPeriod,
    SeatGrant,
)
from tests.factories import World, make_matrix

from .deeds import (
    LATER,
    LONG_AGO,
    NOW,
    YESTERDAY,
    Case,
    again,
    as_democratic,
    as_keeper,
    change,
    membership,
)


def notice(world: World, **said: Any) -> None:
    change(world.here.notice, **said)


def call_in_rule(world: World, **said: Any) -> None:
    again(world.here.borough.call_in_rules.all()[0], **said)


def matrix(world: World, **changed: Any) -> None:
    again(make_matrix(world.here.borough, by=world.here.coordinator), **changed)


def band(world: World, **changed: Any) -> None:
    made = make_matrix(world.here.borough, by=world.here.coordinator)
    again(made.bands.all()[0], **changed)


def place(world: World) -> ClosureUserPermission:
    row = world.here.closure.grants.get(user=world.here.member)
    row.user = world.here.clearing
    return row


def seats(world: World) -> SeatGrant:
    here = world.here
    return SeatGrant(
        closure=here.closure, committee=here.committee, granted_by=here.lead, reason="x"
    )


def request(world: World) -> AccessRequest:
    return AccessRequest(closure=world.here.closure, asked_by=world.here.coordinator, reason="x")


def passages(world: World) -> ClosedPassages:
    return ClosedPassages(closure=world.here.closure, source="x", digests=[1])


def link_to_itself(world: World) -> LinkedStrategy:
    return LinkedStrategy(strategy=world.here.strategy, linked=world.here.strategy)


def twice(make: Callable[[World], models.Model], world: World) -> None:
    make(world).save()
    make(world).save()


def period(world: World) -> RetentionPeriod:
    row = RetentionPeriod(borough=world.here.borough, kind="paper", years=7)
    row.save()
    return row


def saved(world: World) -> AccessRequest:
    row = request(world)
    row.save()
    return row


def two_calendars(world: World) -> None:
    here = world.here
    for digest in ("a", "b"):
        CalendarFeed(borough=here.borough, user=here.lead, digest=digest).save()


CASES: list[Case] = [
    ("one_open_borough_an_authority", lambda w: again(w.here.borough, slug="twice")),
    (
        "a_region_lies_in_england",
        lambda w: change(w.here.borough, nation="wales", region="North West"),
    ),
    ("one_governance_model_a_day", lambda w: again(w.here.governance)),
    ("one_funding_status_a_year", lambda w: again(w.here.funding)),
    ("one_committee_a_name", lambda w: again(w.here.committee)),
    (
        "a_partnership_board_has_no_statutory_regime",
        lambda w: change(w.here.committee, kind="partnership_board"),
    ),
    ("a_committee_meets_once_a_day", lambda w: again(w.here.meeting)),
    (
        "an_agenda_is_published_before_the_meeting",
        lambda w: change(w.here.meeting, agenda_published_on="2019-07-05"),
    ),
    ("one_open_seat_a_person", lambda w: again(w.here.seat)),
    ("a_seat_ends_after_it_began", lambda w: change(w.here.seat, until="2019-04-30")),
    ("a_role_is_held_once", lambda w: again(membership(w))),
    (
        "a_role_ends_after_it_began",
        lambda w: change(membership(w), since=NOW, until=YESTERDAY),
    ),
    (
        "an_accepted_invitation_names_who_accepted",
        lambda w: change(w.here.invitation, accepted_at=NOW),
    ),
    (
        "an_accepted_invitation_names_who_accepted",
        lambda w: change(w.here.invitation, accepted_by=w.stranger),
    ),
    (
        "an_accepted_invitation_names_who_accepted",
        lambda w: change(
            w.here.invitation, accepted_at=NOW, accepted_by=w.stranger, withdrawn_at=NOW
        ),
    ),
    (
        "only_contributors_are_invited_for_an_organisation",
        lambda w: change(w.here.invitation, role="observer", organisation=w.here.organisation),
    ),
    (
        "one_open_invitation_a_role",
        lambda w: again(w.here.invitation, email=w.here.invitation.email.upper(), digest="x"),
    ),
    ("a_release_names_who_released", lambda w: change(w.here.closure, released_at=LATER)),
    (
        "a_closure_is_released_after_it_closed",
        lambda w: change(w.here.closure, released_at=LONG_AGO, released_by=w.here.coordinator),
    ),
    (
        "exempt_and_confidential_are_not_confused",
        lambda w: change(w.here.closure.case, classification="confidential"),
    ),
    (
        "exempt_and_confidential_are_not_confused",
        lambda w: change(w.here.closure.case, ground="government"),
    ),
    ("a_closed_text_is_kept_once_a_closure", lambda w: twice(passages, w)),
    ("a_paragraph_is_claimed_once_a_closure", lambda w: again(w.here.closure.paragraphs.all()[0])),
    ("a_grant_ends_after_it_began", as_keeper(lambda w: again(place(w), expires_at=LONG_AGO))),
    ("emergency_access_runs_out", as_keeper(lambda w: again(place(w), emergency=True))),
    ("a_committee_is_on_a_list_once", as_keeper(lambda w: twice(seats, w))),
    (
        "a_grant_to_seats_ends_after_it_began",
        as_keeper(lambda w: again(seats(w), expires_at=LONG_AGO)),
    ),
    (
        "an_act_says_whom_it_is_about",
        lambda w: again(
            w.here.closure.acts.get(deed="closed"), by=w.here.coordinator, deed="granted"
        ),
    ),
    (
        "an_act_says_whom_it_is_about",
        lambda w: again(
            w.here.closure.acts.get(deed="closed"),
            by=w.here.coordinator,
            deed="emergency",
            person=w.here.lead,
        ),
    ),
    ("one_waiting_request_a_person", lambda w: twice(request, w)),
    ("an_answer_has_its_reason", as_keeper(lambda w: change(saved(w), answer="granted"))),
    (
        "nobody_answers_themselves",
        as_keeper(
            lambda w: change(
                saved(w),
                answer="granted",
                answered_by=w.here.coordinator,
                answered_at=NOW,
                answer_reason="x",
            )
        ),
    ),
    ("one_period_a_kind", as_keeper(lambda w: again(period(w)))),
    ("a_period_is_some_years", as_keeper(lambda w: change(period(w), years=0))),
    ("a_record_waits_for_review_once", as_keeper(lambda w: again(w.here.review))),
    (
        "a_review_tells_the_truth",
        as_keeper(lambda w: change(w.here.review, state="kept", decided_by=w.here.lead)),
    ),
    ("one_waiting_request_to_erase", lambda w: again(w.here.purge)),
    (
        "a_request_to_erase_tells_the_truth",
        as_keeper(lambda w: change(w.here.purge, state="done", decided_by=w.here.lead)),
    ),
    (
        "two_people_erase",
        as_keeper(
            lambda w: change(
                w.here.purge,
                state="refused",
                decided_by=w.here.coordinator,
                decided_at=NOW,
                answer="x",
            )
        ),
    ),
    ("one_indicator_a_key", lambda w: again(w.here.indicator)),
    ("an_indicator_of_ones_own_says_so", lambda w: change(w.here.indicator, key="enquiries")),
    ("an_indicator_is_defined", lambda w: change(w.here.indicator, definition="")),
    ("an_indicator_hangs_together", lambda w: change(w.here.indicator, whole="outreach")),
    (
        "people_who_were_referred_are_counted_whole",
        lambda w: change(w.here.indicator, people_referred=True, unit="per cent"),
    ),
    ("an_indicator_hangs_together", lambda w: change(w.here.indicator, relation="part")),
    ("one_open_figure_a_period", lambda w: again(w.here.figure)),
    ("a_figure_is_about_a_period", lambda w: change(w.here.figure, ends_on="2021-03-31")),
    ("a_figure_has_a_number_or_none", lambda w: change(w.here.figure, number=None)),
    ("a_figure_has_a_number_or_none", lambda w: change(w.here.figure, qualifier="unknown")),
    (
        "withholding_has_a_reason",
        lambda w: change(w.here.figure, qualifier="withheld", number=None, note=""),
    ),
    ("nothing_is_counted_below_nought", lambda w: change(w.here.figure, number=-1)),
    ("nothing_is_counted_below_nought", lambda w: change(w.here.figure, target=-1)),
    ("people_are_whole", lambda w: change(w.here.figure, number="2.5")),
    ("a_rule_of_figures_is_one_of_ours", lambda w: change(w.here.borough.figure_rule, threshold=1)),
    (
        "a_publication_is_about_a_period",
        lambda w: again(
            w.here.publication, ends_on=dt.date(2021, 3, 31), published_by=w.here.coordinator
        ),
    ),
    ("a_strategy_ends_after_it_began", lambda w: change(w.here.strategy, ends_on="2017-03-31")),
    ("an_adopted_strategy_says_who_adopted_it", lambda w: change(w.here.strategy, adopted_on=None)),
    ("an_adopted_strategy_says_who_adopted_it", lambda w: change(w.here.strategy, state="draft")),
    ("a_withdrawn_strategy_says_why", lambda w: change(w.here.strategy, state="withdrawn")),
    ("no_strategy_replaces_itself", lambda w: change(w.here.strategy, replaces=w.here.strategy)),
    (
        "a_channel_panel_is_a_partnership_board",
        lambda w: change(w.here.committee, is_channel_panel=True),
    ),
    ("a_board_meets_once_to_52_times_a_year", lambda w: change(w.here.board, meetings_a_year=53)),
    ("no_board_reports_to_itself", lambda w: change(w.here.board, reports_to=w.here.board)),
    ("a_meeting_not_held_has_a_reason", lambda w: change(w.here.board_meeting, outcome="not_held")),
    ("a_meeting_not_held_has_a_reason", lambda w: change(w.here.meeting, not_held_because="x")),
    ("a_post_has_one_place_on_a_board", lambda w: again(w.here.board_member)),
    (
        "a_member_of_a_board_is_an_organisation",
        lambda w: change(w.here.board_member, organisation=""),
    ),
    ("who_is_yet_to_be_named_has_no_post", lambda w: change(w.here.board_member, unnamed=True)),
    (
        "a_place_on_a_board_ends_after_it_began",
        lambda w: change(w.here.board_member, until="2018-12-31"),
    ),
    (
        "a_member_comes_once_to_a_meeting",
        lambda w: again(w.here.board_meeting.attendance.earliest("pk")),
    ),
    ("one_duty_a_title", lambda w: again(w.here.duty)),
    ("a_duty_comes_round_in_whole_months", lambda w: change(w.here.duty, every_months=5)),
    ("a_duty_falls_due_once_a_day", lambda w: again(w.here.duty.rounds.get())),
    ("a_missed_duty_says_why", lambda w: change(w.here.duty.rounds.get(), done_on=None)),
    ("one_calendar_address_a_person", two_calendars),
    ("a_linked_strategy_is_named_once", lambda w: change(w.here.link, title="")),
    ("a_linked_strategy_is_named_once", lambda w: change(w.here.link, linked=w.here.strategy)),
    ("a_strategy_is_linked_once", lambda w: twice(link_to_itself, w)),
    (
        "a_consultation_ends_after_it_began",
        lambda w: change(w.here.consultation, until="2017-01-08"),
    ),
    ("amendments_are_numbered_once", lambda w: again(w.here.amendment)),
    ("a_text_is_amended_once_an_amendment", lambda w: again(w.here.amendment.texts.all()[0])),
    ("a_fact_is_of_a_day_a_month_or_a_year", lambda w: change(w.here.fact, on="spring")),
    ("a_fact_says_what_and_from_where", lambda w: change(w.here.fact, source="")),
    ("what_was_received_says_from_whom", lambda w: change(w.here.received, sender="")),
    (
        "what_was_received_is_put_aside_afterwards",
        lambda w: change(w.here.received, ended_on="2016-01-01"),
    ),
    ("a_briefing_says_of_whom", lambda w: again(w.here.received.briefings.get(), whom="")),
    ("a_policy_has_a_title", lambda w: change(w.here.policy, title="")),
    ("an_approved_policy_says_by_whom", lambda w: change(w.here.policy, approved_by="")),
    (
        "a_policy_ends_after_it_was_approved",
        lambda w: change(w.here.policy, ended_on="2018-04-30"),
    ),
    ("an_assessment_is_of_one_thing", lambda w: change(w.here.impact, of_what="x")),
    ("an_assessment_is_of_one_thing", lambda w: change(w.here.impact, strategy=None)),
    (
        "an_assessment_to_be_done_found_nothing_yet",
        lambda w: change(w.here.impact, state="needed"),
    ),
    ("a_funding_line_is_of_a_year", lambda w: change(w.here.line, year=1999)),
    ("funding_that_ended_says_why", lambda w: change(w.here.line, state="ended", reason="")),
    ("a_funding_line_says_what_it_pays", lambda w: change(w.here.line, purpose="")),
    ("one_open_amount_a_line", lambda w: again(w.here.line.amounts.get())),
    ("an_amount_is_not_below_nought", lambda w: change(w.here.line.amounts.get(), pounds=-1)),
    (
        "an_end_of_funding_says_why",
        lambda w: again(w.here.line.steps.get(), state="ended", reason=""),
    ),
    ("an_activity_ends_after_it_began", lambda w: change(w.here.activity, ends_on="2018-03-31")),
    ("an_activity_has_an_audience", lambda w: change(w.here.activity, audiences=[])),
    ("a_cancelled_activity_alone_says_why", lambda w: change(w.here.activity, state="cancelled")),
    (
        "a_cancelled_activity_alone_says_why",
        lambda w: change(w.here.activity, cancelled_because="x"),
    ),
    ("what_was_not_delivered_has_no_result", lambda w: change(w.here.activity, state="planned")),
    (
        "an_activity_serves_an_area_under_its_priority",
        lambda w: change(w.here.activity, priority=None),
    ),
    ("counts_of_an_activity_are_in_order", lambda w: again(w.here.activity.counts.get())),
    (
        "a_count_says_what_it_counts",
        lambda w: again(w.here.activity.counts.get(), position=2, what=""),
    ),
    ("a_figure_is_linked_once_an_activity", lambda w: again(w.here.activity.figure_links.get())),
    ("a_risk_stands_on_the_matrix", lambda w: change(w.here.risk, impact_before=6)),
    ("a_risk_stands_on_the_matrix", lambda w: change(w.here.risk, likelihood=0)),
    ("controls_do_not_raise_a_risk", lambda w: change(w.here.risk, likelihood=5)),
    ("a_look_stands_on_the_matrix", lambda w: again(w.here.risk.looks.all()[0], impact=6)),
    ("a_matrix_has_three_to_five_steps", lambda w: matrix(w, size=6)),
    ("each_step_of_a_matrix_has_its_word", lambda w: matrix(w, impacts=["Low", "High"])),
    ("one_band_begins_at_a_score", lambda w: band(w, least=8, word="Middling")),
    ("two_bands_have_two_words", lambda w: band(w, least=9, word="High")),
    ("a_band_begins_on_the_matrix", lambda w: band(w, least=26, word="Beyond")),
    ("a_review_ends_after_it_began", lambda w: change(w.here.scrutiny, ends_on="2019-07-03")),
    ("scrutiny_alone_has_a_meeting", lambda w: change(w.here.scrutiny, kind="peer")),
    ("scrutiny_alone_has_a_meeting", lambda w: change(w.here.scrutiny, meeting=None)),
    ("one_recommendation_a_number", lambda w: again(w.here.recommendation, position=2)),
    ("a_response_has_its_day", lambda w: change(w.here.recommendation, responded_on=None)),
    ("a_response_has_its_day", lambda w: change(w.here.recommendation, response="")),
    (
        "what_is_not_accepted_says_why",
        lambda w: change(w.here.recommendation, response="partly", response_text=""),
    ),
    (
        "what_is_not_accepted_is_not_done",
        lambda w: change(w.here.recommendation, response="not_accepted", done_on="2019-10-01"),
    ),
    (
        "what_is_reported_back_was_answered",
        lambda w: change(w.here.recommendation, reported_note="Told"),
    ),
    (
        "what_is_reported_back_was_answered",
        lambda w: change(
            w.here.recommendation,
            response="",
            responded_on=None,
            response_text="",
            reported_at=w.here.meeting,
        ),
    ),
    (
        "a_day_to_report_back_has_a_committee",
        lambda w: change(w.here.recommendation, report_to=None),
    ),
    ("one_organisation_a_name", lambda w: again(w.here.organisation)),
    ("a_plan_ends_after_it_began", lambda w: change(w.here.plan, ends_on="2017-03-31")),
    ("an_adopted_plan_says_who_adopted_it", lambda w: change(w.here.plan, adopted_on="2017-07-18")),
    ("a_stopped_action_says_why", lambda w: change(w.here.action, state="stopped")),
    ("an_area_stands_under_its_priority", lambda w: change(w.here.action, priority=None)),
    (
        "a_progress_note_says_something",
        lambda w: again(w.here.action.notes.all()[0], text="", state=""),
    ),
    ("an_action_answers_a_recommendation_once", lambda w: again(w.here.linked_action)),
    *(
        ("urgency_alone_is_agreed_and_by_somebody", as_democratic(partial(notice, **said)))
        for said in (
            {"kind": "special_urgency"},
            {"kind": "private_urgent", "agreed_by": "Chair"},
            {"kind": "private_urgent", "agreed_on": dt.date(2019, 7, 1)},
            {"agreed_by": "Chair"},
            {"agreed_on": dt.date(2019, 7, 1)},
        )
    ),
    ("a_notice_responds_to_representations", as_democratic(partial(notice, response="No."))),
    *(
        ("a_call_in_lasts_one_to_thirty_days", as_democratic(partial(call_in_rule, days=days)))
        for days in (0, 31)
    ),
    ("somebody_calls_a_decision_in", as_democratic(partial(call_in_rule, members=0))),
]
