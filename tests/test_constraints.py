"""What cannot be, the database refuses: one impossible row a constraint, past every form and action."""

import datetime as dt
import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.db.models import F
from django.utils import timezone

from boroughs.models import (
    AccessRequest,
    Borough,
    CalendarFeed,
    ClosedPassages,
    ClosureUserPermission,
    Invitation,
    LinkedStrategy,
    Membership,
    RetentionPeriod,
    SeatGrant,
)
from boroughs.roles import Role
from boroughs.rows import acting_as
from papers.keys import key_of
from papers.models import FileKey, PaperCopy
from portal.letters import plan
from portal.models import Letter, Rhythm, ShownFigure
from portal.reminders import set_own_rhythm
from reports.models import BatchItem, HouseStyle, Issue, IssuedText, Rendering, Report, ReportText
from tests.conftest import second_lock_off
from tests.factories import World, level, make_matrix
from toolkit.models import (
    Adoption,
    Assessment,
    Benchmark,
    BenchmarkPost,
    Crossing,
    Level,
    LevelWording,
    LocalPrompt,
    Prompt,
    PromptAnswer,
    PromptSheet,
    Rating,
    RatingDraft,
    RoundRule,
    SignedAnswer,
    SignedEvidence,
)

APPS = ("audit", "accounts", "boroughs", "papers", "toolkit", "sheets", "reports", "portal")
# Written by the database alone; tried as its owner in tests/audit
NOT_HERE = {"one_link_a_place_in_a_chain"}
NOW = timezone.now()
LATER = NOW + dt.timedelta(days=9)
LONG_AGO = NOW - dt.timedelta(days=9)
YESTERDAY = NOW - dt.timedelta(days=1)


def again(row: models.Model, **changed: Any) -> None:
    """Write the row a second time under another key."""
    has_uuid = isinstance(row._meta.pk, models.UUIDField)
    row.pk = uuid.uuid4() if has_uuid else None
    for name, value in changed.items():
        setattr(row, name, value)
    row.save(force_insert=True)


def change(row: models.Model, **changed: Any) -> None:
    assert type(row)._default_manager.filter(pk=row.pk).update(**changed) == 1


def as_democratic(impossible: Callable[[World], None]) -> Callable[[World], None]:
    """Tried by somebody whom row security lets write it."""

    def tried(world: World) -> None:
        with acting_as(world.here.democratic.pk):
            impossible(world)

    return tried


def notice(world: World, **said: Any) -> None:
    change(world.here.notice, **said)


def call_in_rule(world: World, **said: Any) -> None:
    again(world.here.borough.call_in_rules.all()[0], **said)


def decision(world: World, **said: Any) -> None:
    change(world.here.decision, **said)


def called_in(world: World, **said: Any) -> None:
    """As an executive's decision, which can be called in."""
    decision(world, rule=world.here.borough.call_in_rules.all()[0], **said)


def item(world: World, **said: Any) -> None:
    change(world.here.decision.items.get(), **said)


def rating(world: World) -> Rating:
    return world.here.assessment.ratings.get(benchmark__key="training")


def shown(world: World) -> ShownFigure:
    return ShownFigure.objects.get(borough=world.here.borough, position=1)


def rhythm(world: World) -> Rhythm:
    """One's own: the borough's is the lead's to set."""
    by = world.here.coordinator
    set_own_rhythm(borough=world.here.borough, every="week", day=1, by=by)
    return Rhythm.objects.get(user=by)


def letter(world: World, weeks: int = 1) -> Letter:
    """Planned for a Monday to come."""
    rhythm(world)
    plan(timezone.localdate() + dt.timedelta(weeks=weeks))
    return Letter.objects.filter(person=world.here.coordinator).order_by("-period_on")[0]


def as_lead(world: World, row: Callable[[World], models.Model], **changed: Any) -> None:
    with acting_as(world.here.lead.pk):
        change(row(world), **changed)


def as_lead_again(world: World, row: models.Model) -> None:
    with acting_as(world.here.lead.pk):
        again(row)


def verified_with(world: World, wrong: dict[str, str]) -> None:
    signed = {"printed_name": "A", "printed_post": "B", "digest": "0" * 64}
    change(world.here.clearance, **{"state": "verified", "ended_at": LATER, **signed, **wrong})


def rule(world: World) -> RoundRule:
    return RoundRule.objects.get(borough=world.here.borough)


def end_sign_off(world: World, **changed: Any) -> None:
    as_lead(world, lambda w: w.here.sign_off, **changed)


def sign_again(world: World, *, reopened: bool = False, **changed: Any) -> None:
    """A second sign-off of the earlier period, after the first was reopened where it says so."""
    with acting_as(world.here.lead.pk):
        if reopened:
            why = {"reopened_by": world.here.lead, "reopened_because": "Again"}
            change(world.here.sign_off, reopened_at=NOW, **why)
        again(world.here.sign_off, **changed)


def summary(world: World) -> ReportText:
    return ReportText.objects.get(report=world.here.drafting, key="executive-summary")


def put_two_appendices_in_a_place(world: World) -> None:
    """Let be until the transaction ends, so that two can change places."""
    change(world.here.appendix, place=2)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def keep_a_closed_text_twice(world: World) -> None:
    said = {"key": "financial", "body": "Closed.", "closure": world.here.closure}
    text = IssuedText(issue=world.here.issue, **said)
    text.save(force_insert=True)
    again(text)


def as_issuer(deed: Callable[[World], None]) -> Callable[[World], None]:
    def done(world: World) -> None:
        with acting_as(world.here.democratic.pk):
            deed(world)

    return done


def unlocked(deed: Callable[[World], None]) -> Callable[[World], None]:
    """Of rows that the database writes by itself."""

    def done(world: World) -> None:
        with second_lock_off():
            deed(world)

    return done


def wrong_issue(wrong: dict[str, Any]) -> Callable[[World], None]:
    return as_issuer(lambda world: change(world.here.issue, **wrong))


WITHDRAWN = {"withdrawn_at": LATER, "withdrawn_because": "A figure"}
TAKEN_DOWN = {"taken_down_at": NOW, "taken_down_because": "A name", "snapshot": {}}
WRONG_ISSUES: list[tuple[str, dict[str, Any]]] = [
    ("a_later_issue_says_what_is_different", {"kind": "corrected"}),
    ("a_later_issue_says_what_is_different", {"number": 2, "note": "Another"}),
    ("a_later_issue_says_what_is_different", {"number": 2, "kind": "corrected"}),
    ("a_late_report_says_why", {"kind": "late"}),
    ("an_issue_is_published_after_it_was_issued", {"published_at": LONG_AGO}),
    ("an_issue_is_published_after_it_was_issued", {"published_by": None}),
    ("an_issue_is_published_after_it_was_issued", {"published_at": None}),
    ("what_was_published_is_withdrawn_with_a_reason", WITHDRAWN),
    ("what_was_published_is_withdrawn_with_a_reason", {"withdrawn_because": "A figure"}),
    (
        "what_was_published_is_withdrawn_with_a_reason",
        {"withdrawn_because": "A figure", "withdrawn_by": F("issued_by")},
    ),
    (
        "what_was_published_is_withdrawn_with_a_reason",
        WITHDRAWN | {"withdrawn_by": F("issued_by"), "published_at": None, "published_by": None},
    ),
    ("what_was_taken_down_is_gone_with_a_reason", TAKEN_DOWN),
    ("what_was_taken_down_is_gone_with_a_reason", {"taken_down_because": "A name"}),
]


def post(world: World) -> BenchmarkPost:
    return BenchmarkPost.objects.get(borough=world.here.borough)


def word_again(world: World, **changed: Any) -> None:
    with acting_as(world.here.lead.pk):
        row = LevelWording.objects.get(borough=world.here.borough)
        again(row, **{"worded_by": world.here.lead, **changed})


def sign_again_without(world: World, model: type[models.Model], **changed: Any) -> None:
    with acting_as(world.here.lead.pk):
        again(model._default_manager.get(signed__sign_off=world.here.sign_off), **changed)


def own_prompt(world: World) -> LocalPrompt:
    return LocalPrompt.objects.get(borough=world.here.borough)


def draft(world: World) -> RatingDraft:
    return RatingDraft.objects.create(rating=rating(world), writer=world.here.coordinator, body="x")


def answer(world: World) -> PromptAnswer:
    return PromptAnswer.objects.get(rating=rating(world))


def twice_evidence(world: World, kind: str) -> None:
    here = world.here
    things = {"paper": here.paper, "figure": here.figure, "action": here.action}
    for _ in range(2):
        again(here.evidence, meeting=None, **{kind: things[kind]})


def sign_a_rating_again(world: World) -> None:
    with acting_as(world.here.lead.pk):
        again(world.here.sign_off.ratings.all()[0])


def membership(world: World) -> Membership:
    return Membership.objects.get(user=world.here.member)


def matrix(world: World, **changed: Any) -> None:
    again(make_matrix(world.here.borough, by=world.here.coordinator), **changed)


def band(world: World, **changed: Any) -> None:
    made = make_matrix(world.here.borough, by=world.here.coordinator)
    again(made.bands.all()[0], **changed)


def file_key(world: World) -> FileKey:
    key_of(world.here.borough)
    return FileKey.objects.get(borough=world.here.borough)


def rendering(state: str, **columns: Any) -> Callable[[World], None]:
    """A rendering that says it is so and is not."""
    fields = {"state": state, "finished_at": None, "pages": None, "size": None, "sha256": ""}
    wrong = {**fields, "reason": "", "token": None, "lease_until": None, "attempts": 0, **columns}
    return lambda world: change(world.here.rendering, **wrong)


def at_work_twice(world: World) -> None:
    columns = {"report": world.here.report, "snapshot": {}, "requested_by": world.here.coordinator}
    Rendering.objects.bulk_create([Rendering(**columns), Rendering(**columns)])


def batch_item(world: World, **columns: Any) -> BatchItem:
    here = world.here
    return BatchItem.objects.create(
        **{"batch": uuid.uuid4(), "report": here.report, "asked_by": here.coordinator, **columns}
    )


def as_keeper(deed: Callable[[World], Any]) -> Callable[[World], None]:
    """Past the policies of rows, which would refuse before the constraint is asked."""

    def done(world: World) -> None:
        with second_lock_off():
            deed(world)

    return done


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


def version(**wrong: Any) -> Callable[[World], None]:
    return lambda world: change(world.here.version, **wrong)


def finding(**wrong: Any) -> Callable[[World], None]:
    """A finding that is cleared but for something."""
    cleared = {"cleared_at": NOW, "reason": "Looked at"}
    return lambda world: change(
        world.here.finding, **{**cleared, "cleared_by": world.here.coordinator, **wrong}
    )


def copy(world: World) -> PaperCopy:
    made = PaperCopy(version=world.here.version, number=1, reader=world.here.coordinator)
    made.save(force_insert=True)
    return made


def two_calendars(world: World) -> None:
    here = world.here
    for digest in ("a", "b"):
        CalendarFeed(borough=here.borough, user=here.lead, digest=digest).save()


TOKEN = uuid.uuid4()
HELD = {"token": TOKEN, "lease_until": NOW, "attempts": 1}
MADE = {"finished_at": NOW, "pages": 1, "size": 1, "sha256": "0" * 64}
CASES: list[tuple[str, Callable[[World], Any]]] = [
    ("one_figure_a_place_of_the_front_page", lambda w: again(shown(w), indicator="panels")),
    ("a_figure_stands_once_on_the_front_page", lambda w: again(shown(w), position=3)),
    ("the_front_page_has_three_figures", lambda w: change(shown(w), position=4)),
    ("one_rhythm_of_reminders", lambda w: again(rhythm(w))),
    ("reminders_come_on_a_day_there_is", lambda w: change(rhythm(w), day=8)),
    ("reminders_come_on_a_day_there_is", lambda w: change(rhythm(w), every="month", day=29)),
    ("reminders_come_on_a_day_there_is", lambda w: change(rhythm(w), every="year", day=0)),
    (
        "one_letter_a_person_and_period",
        lambda w: change(letter(w), period_on=letter(w, weeks=2).period_on),
    ),
    *(
        ("a_letter_tells_the_truth", lambda w, facts=facts: change(letter(w), **facts))
        for facts in (
            {"state": "sent"},
            {"state": "queued", "finished_at": NOW},
            {"state": "making", "attempts": 1, "lease_until": NOW},
            {"state": "handed", "token": uuid.uuid4(), "lease_until": NOW},
            {"state": "failed", "finished_at": NOW, "token": uuid.uuid4()},
            {"state": "lost", "finished_at": NOW},
        )
    ),
    ("nobody_is_superuser", lambda w: change(w.stranger, is_superuser=True)),
    ("one_person_an_email_address", lambda w: change(w.stranger, email=w.here.lead.email.upper())),
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
    ("file_keys_are_numbered", lambda w: again(file_key(w), retired_at=NOW, made_at=YESTERDAY)),
    ("a_borough_seals_with_one_key", lambda w: again(file_key(w), number=2)),
    (
        "a_file_key_is_retired_after_it_was_made",
        lambda w: change(file_key(w), retired_at=YESTERDAY),
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
    ("a_paper_has_a_title", lambda w: change(w.here.paper, title="")),
    ("versions_of_a_paper_are_numbered", lambda w: again(w.here.version)),
    *(
        ("a_version_has_a_file", version(**wrong))
        for wrong in (
            {"number": 0},
            {"size": 0},
            {"sha256": "x"},
            {"storage": "../../etc"},
            {"pages": 0},
            {"file_name": ""},
            {"media_type": ""},
        )
    ),
    ("a_paper_is_linked_to_one_thing_at_a_time", lambda w: again(w.here.use, board=w.here.board)),
    ("a_paper_is_linked_to_one_thing_at_a_time", lambda w: again(w.here.use, strategy=None)),
    ("a_paper_is_linked_once_to_a_thing", lambda w: again(w.here.use)),
    ("a_kind_is_found_once", lambda w: again(w.here.finding)),
    ("a_finding_found_something", lambda w: change(w.here.finding, count=0)),
    *(
        ("a_cleared_finding_says_who_and_why", finding(**wrong))
        for wrong in (
            {"cleared_at": None},
            {"cleared_by": None},
            {"reason": ""},
        )
    ),
    ("copies_of_a_version_are_numbered", lambda w: again(copy(w))),
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
    (
        "an_action_serves_a_benchmark_once",
        lambda w: again(w.here.action.serves.get()),
    ),
    ("one_version_adopted_a_day", lambda w: again(Adoption.objects.get(borough=w.here.borough))),
    (
        "periods_of_an_assessor_do_not_overlap",
        lambda w: again(w.here.assessment, ends_on="2019-09-30"),
    ),
    ("a_moved_round_says_where_it_went", lambda w: change(w.here.assessment, state="moved")),
    ("a_period_ends_after_it_began", lambda w: change(w.here.assessment, ends_on="2019-06-30")),
    ("one_rating_a_benchmark", lambda w: again(rating(w))),
    (
        "a_benchmark_not_rated_as_usual_has_a_reason",
        lambda w: change(rating(w), standing="through_partner"),
    ),
    (
        "what_does_not_apply_has_no_level",
        lambda w: change(rating(w), standing="not_applicable", reason="None here"),
    ),
    ("no_change_is_said_of_a_day", lambda w: change(rating(w), judged="unchanged")),
    ("no_change_is_said_of_a_day", lambda w: change(rating(w), true_on="2019-08-01")),
    ("a_word_was_judged_by_somebody", lambda w: change(rating(w), judged="")),
    (
        "assessment_state_tells_the_truth",
        lambda w: change(w.here.assessment, state="submitted"),
    ),
    (
        "assessment_state_tells_the_truth",
        lambda w: change(w.here.assessment, submitted_by=w.here.lead, submitted_at=NOW),
    ),
    ("evidence_is_one_thing", lambda w: again(w.here.evidence, address="https://example.org")),
    ("a_meeting_is_evidence_of_a_rating_once", lambda w: again(w.here.evidence)),
    *(
        (f"a_{kind}_is_evidence_of_a_rating_once", partial(twice_evidence, kind=kind))
        for kind in ("paper", "figure", "action")
    ),
    ("one_wording_of_a_level_a_number", word_again),
    (
        "a_first_wording_says_something",
        lambda w: word_again(w, level=level("green"), text=""),
    ),
    ("one_own_wording_of_a_prompt", lambda w: again(own_prompt(w))),
    ("a_boroughs_own_prompt_asks_something", lambda w: change(own_prompt(w), text="")),
    (
        "one_sheet_of_prompts_a_benchmark",
        lambda w: again(PromptSheet.objects.get(borough=w.here.borough)),
    ),
    ("signed_evidence_is_one_thing", lambda w: sign_again_without(w, SignedEvidence, kind="paper")),
    (
        "a_signed_answer_keeps_what_was_asked",
        lambda w: sign_again_without(w, SignedAnswer, asked=""),
    ),
    ("one_draft_a_writer", lambda w: again(draft(w))),
    ("a_prompt_is_answered_once", lambda w: again(answer(w))),
    ("an_answer_keeps_what_was_asked", lambda w: change(answer(w), asked="")),
    ("one_prompt_a_key", lambda w: again(Prompt.objects.exclude(key="")[0])),
    ("a_benchmarks_post_has_a_name", lambda w: change(post(w), post="")),
    ("one_post_answers_for_a_benchmark", lambda w: again(post(w))),
    ("one_sign_off_an_edition", lambda w: sign_again(w, reopened=True)),
    ("one_sign_off_in_force", lambda w: sign_again(w, edition=2)),
    ("a_sign_off_says_where_it_was_given", lambda w: sign_again(w, edition=2, otherwise="")),
    ("a_reopening_has_a_reason", lambda w: end_sign_off(w, reopened_at=NOW)),
    ("a_benchmark_is_signed_off_once", sign_a_rating_again),
    ("evidence_is_old_after_one_to_sixty_months", lambda w: as_lead(w, rule, stale_after=0)),
    ("evidence_is_old_after_one_to_sixty_months", lambda w: as_lead(w, rule, stale_after=61)),
    ("one_level_a_key", lambda w: again(level("red"), rank=9)),
    ("one_level_a_rank", lambda w: again(level("red"), key="scarlet")),
    ("one_benchmark_a_key", lambda w: again(Benchmark.objects.all()[0], number=99)),
    ("one_benchmark_a_number", lambda w: again(Benchmark.objects.all()[0], key="another")),
    ("one_crossing_a_pair", lambda w: again(Crossing.objects.all()[0])),
    (
        "one_shipped_style_a_key",
        as_keeper(lambda w: again(HouseStyle.objects.get(key="plain"))),
    ),
    ("one_own_style_a_key", as_keeper(lambda w: again(w.here.style))),
    ("a_style_ships_or_is_a_boroughs_own", as_keeper(lambda w: again(w.here.style, key="my"))),
    (
        "one_version_of_a_style_a_number",
        as_keeper(lambda w: again(w.here.borough.style_versions.get())),
    ),
    ("one_report_an_agenda_item", lambda w: again(w.here.report)),
    ("no_report_begins_from_itself", lambda w: change(w.here.drafting, begun_from=w.here.drafting)),
    ("one_text_a_place", lambda w: again(summary(w))),
    (
        "a_section_that_is_not_needed_says_nothing",
        lambda w: change(summary(w), state="not_needed"),
    ),
    ("one_waiver_a_finding", lambda w: as_lead_again(w, w.here.waiver)),
    ("a_waiver_has_a_reason", lambda w: as_lead(w, lambda w: w.here.waiver, reason="")),
    (
        "a_waiver_is_taken_back_by_somebody_after_it_was_given",
        lambda w: as_lead(w, lambda w: w.here.waiver, taken_back_at=NOW),
    ),
    (
        "a_waiver_is_taken_back_by_somebody_after_it_was_given",
        lambda w: as_lead(w, lambda w: w.here.waiver, taken_back_by=w.here.lead),
    ),
    ("one_text_a_place", lambda w: again(w.here.report.texts.all()[0])),
    ("rendering_page_of_a_stage", lambda w: change(w.here.rendering, page=1)),
    ("rendering_page_of_a_stage", lambda w: change(w.here.rendering, stage="pages", page=0)),
    ("one_rendering_at_work_a_content", at_work_twice),
    ("a_report_is_once_in_a_batch", lambda w: again(batch_item(w))),
    (
        "a_batch_item_has_a_rendering_or_a_reason",
        lambda w: change(batch_item(w, rendering=w.here.rendering), reason="Cancelled"),
    ),
    ("one_text_a_version", lambda w: again(summary(w).versions.all()[0])),
    ("one_appendix_a_place", put_two_appendices_in_a_place),
    ("a_paper_is_one_appendix_of_a_report", lambda w: again(w.here.appendix, place=9)),
    ("an_appendix_is_a_paper_or_a_title", lambda w: change(w.here.appendix, title="Both")),
    ("an_appendix_is_a_paper_or_a_title", lambda w: change(w.here.appendix, paper=None)),
    ("appendices_count_from_one", lambda w: change(w.here.appendix, place=0)),
    ("one_issue_a_number", as_issuer(lambda w: again(w.here.issue))),
    *((name, wrong_issue(wrong)) for name, wrong in WRONG_ISSUES),
    ("one_issued_appendix_a_place", unlocked(lambda w: again(w.here.issue.appendices.all()[0]))),
    ("one_closed_text_a_section", unlocked(keep_a_closed_text_twice)),
    ("a_section_waits_once_for_a_person", lambda w: again(w.here.clearance)),
    ("a_clearance_is_for_a_post", lambda w: change(w.here.clearance, post="")),
    ("a_clearance_ends_after_it_was_asked_for", lambda w: change(w.here.clearance, ended_at=NOW)),
    (
        "a_clearance_ends_after_it_was_asked_for",
        lambda w: change(w.here.clearance, state="taken-back"),
    ),
    (
        "a_clearance_ends_after_it_was_asked_for",
        lambda w: change(w.here.clearance, state="taken-back", ended_at=LONG_AGO),
    ),
    *(
        ("what_is_verified_says_by_whom_and_what", partial(verified_with, wrong=wrong))
        for wrong in (
            {"printed_name": ""},
            {"printed_post": ""},
            {"digest": "0" * 63},
            {"state": "taken-back"},
        )
    ),
    (
        "what_is_returned_says_why",
        lambda w: change(w.here.clearance, state="returned", ended_at=LATER),
    ),
    ("what_is_returned_says_why", lambda w: change(w.here.clearance, comment=w.here.comment)),
    ("a_comment_says_something", lambda w: change(w.here.comment, body="")),
    (
        "an_answer_is_resolved_with_its_comment",
        lambda w: again(
            w.here.comment,
            reply_to_id=w.here.comment.pk,
            resolved_at=LATER,
            resolved_by=w.here.coordinator,
        ),
    ),
    (
        "a_comment_is_resolved_by_somebody_later",
        lambda w: change(w.here.comment, resolved_at=LATER),
    ),
    (
        "a_comment_is_resolved_by_somebody_later",
        lambda w: change(w.here.comment, resolved_by=w.here.lead),
    ),
    (
        "a_comment_is_resolved_by_somebody_later",
        lambda w: change(w.here.comment, resolved_at=LONG_AGO, resolved_by=w.here.lead),
    ),
    *(
        ("rendering_state_tells_the_truth", wrong)
        for wrong in (
            rendering("queued", finished_at=NOW),
            rendering("queued", token=TOKEN),
            rendering("queued", reason="Failed"),
            rendering("queued", sha256="0" * 64),
            rendering("rendering"),
            rendering("rendering", **{**HELD, "token": None}),
            rendering("rendering", **{**HELD, "lease_until": None}),
            rendering("rendering", **{**HELD, "attempts": 0}),
            rendering("rendering", **HELD, finished_at=NOW),
            rendering("ready"),
            rendering("ready", **{**MADE, "sha256": ""}),
            rendering("ready", **{**MADE, "pages": 0}),
            rendering("ready", **{**MADE, "size": None}),
            rendering("ready", **{**MADE, "finished_at": None}),
            rendering("ready", **MADE, reason="Failed"),
            rendering("failed", finished_at=NOW),
            rendering("failed", reason="Failed"),
            rendering("failed", **MADE, reason="Failed"),
            rendering("lost", finished_at=NOW),
        )
    ),
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
    ("a_meeting_decides_a_report_once", as_democratic(lambda w: again(w.here.decision))),
    (
        "a_decision_is_published_after_it_was_taken",
        as_democratic(partial(decision, published_on=dt.date(2019, 7, 3))),
    ),
    *(
        ("an_urgent_decision_says_why", as_democratic(partial(decision, **said)))
        for said in (
            {"urgent": True, "urgent_because": "Grant"},  # it cannot be called in
            {"urgent_because": "Grant"},
        )
    ),
    ("an_urgent_decision_says_why", as_democratic(lambda w: called_in(w, urgent=True))),
    *(
        ("only_what_was_called_in_has_a_result", as_democratic(partial(called_in, **said)))
        for said in (
            {"called_in_by": "Three members"},
            {"result": "stands", "result_on": dt.date(2019, 7, 9)},
            {"called_in_on": dt.date(2019, 7, 3)},
            {"called_in_on": dt.date(2019, 7, 5), "result": "stands"},
            {"called_in_on": dt.date(2019, 7, 5), "result_on": dt.date(2019, 7, 9)},
            {
                "called_in_on": dt.date(2019, 7, 5),
                "result": "stands",
                "result_on": dt.date(2019, 7, 4),
            },
        )
    ),
    (
        "only_what_was_called_in_has_a_result",
        as_democratic(partial(decision, called_in_on=dt.date(2019, 7, 5))),
    ),
    (
        "a_public_decision_changes_after_it_was_published",
        as_democratic(
            lambda w: change(
                w.here.decision.public, published_at=timezone.now() + dt.timedelta(days=1)
            )
        ),
    ),
    ("one_outcome_a_recommendation", as_democratic(lambda w: again(w.here.decision.items.get()))),
    *(
        ("an_amendment_has_its_words", as_democratic(partial(item, outcome=word, amended=text)))
        for word, text in (("amended", ""), ("agreed", "Words"))
    ),
    ("one_step_a_place", as_democratic(lambda w: again(w.here.decision_step))),
    (
        "one_edition_a_number",
        as_democratic(lambda w: again(w.here.decision.editions.get())),
    ),
    ("a_plans_import_names_its_plan", lambda w: change(w.here.sheet, plan=None)),
    ("a_plans_import_names_its_plan", lambda w: change(w.here.sheet, kind="figures")),
    (
        "an_import_of_ratings_names_its_round",
        lambda w: change(w.here.sheet, assessment=w.here.assessment),
    ),
    (
        "an_import_is_leased_only_while_it_is_worked_on",
        lambda w: change(w.here.sheet, token=TOKEN, lease_until=NOW),
    ),
    (
        "an_import_is_leased_only_while_it_is_worked_on",
        lambda w: change(w.here.sheet, state="checking", **HELD | {"attempts": 0}),
    ),
    ("an_import_tells_when_it_was_written", lambda w: change(w.here.sheet, state="applied")),
    (
        "an_import_tells_when_it_was_written",
        lambda w: change(w.here.sheet, state="undone", applied_at=NOW),
    ),
    ("an_import_checks_its_own_rows", lambda w: change(w.here.sheet, checked=3)),
    ("a_sheet_has_a_row_once", lambda w: again(w.here.sheet.rows.all()[0])),
    (
        "a_refused_row_says_why",
        lambda w: change(w.here.sheet.rows.get(verdict="refuse"), reasons=[]),
    ),
    (
        "a_refused_row_says_why",
        lambda w: change(w.here.sheet.rows.get(verdict="add"), reasons=["x"]),
    ),
]


def test_every_constraint_is_tried() -> None:
    own = [model for app in APPS for model in apps.get_app_config(app).get_models()]
    named = {constraint.name for model in own for constraint in model._meta.constraints}
    assert {name for name, _ in CASES} | NOT_HERE == named


@pytest.mark.parametrize(
    ("name", "impossible"), CASES, ids=[f"{n}-{name}" for n, (name, _) in enumerate(CASES)]
)
def test_the_database_refuses(world: World, name: str, impossible: Callable[[World], None]) -> None:
    with (
        acting_as(world.here.coordinator.pk),
        pytest.raises(IntegrityError, match=name),
        transaction.atomic(),
    ):
        impossible(world)


def test_what_is_possible_is_let_in(world: World) -> None:
    """The other side of some of them: a second row that differs where it may."""
    with acting_as(world.here.coordinator.pk):
        change(world.here.borough, ended_at=NOW)
        Borough.objects.create(
            slug="successor",
            name="Successor",
            full_name="Successor Council",
            gss_code=world.here.borough.gss_code,
            kind="unitary",
            nation="england",
        )
        change(membership(world), until=timezone.now())
        again(Membership.objects.filter(user=world.here.member)[0], until=None)
        change(world.here.seat, until="2019-12-31")
        again(world.here.seat, until=None)
        change(world.here.invitation, withdrawn_at=NOW)
        again(Invitation.objects.get(pk=world.here.invitation.pk), withdrawn_at=None, digest="x")
        assert Role.MEMBER in Membership.objects.live().values_list("role", flat=True)
        assert Level.objects.count() > 0
        assert Assessment.objects.filter(borough=world.here.borough).count() == 2
        again(world.here.report, item_number="")  # two reports may show one assessment
        assert Report.objects.filter(assessment=world.here.assessment).count() == 2
        drafts = Rendering.objects.filter(issue=None, report__borough=world.here.borough)
        assert drafts.count() == Issue.objects.filter(borough=world.here.borough).count() == 1
