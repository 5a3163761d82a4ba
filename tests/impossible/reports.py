"""Rows of `reports` that the database refuses: the constraint, and a deed that breaks it."""

import datetime as dt
import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import connection, models
from django.db.models import F
from django.utils import timezone

from boroughs.rows import acting_as
from reports.models import BatchItem, HouseStyle, IssuedText, Rendering, ReportText
from tests.conftest import second_lock_off
from tests.factories import World

from .deeds import (
    HELD,
    LATER,
    LONG_AGO,
    NOW,
    TOKEN,
    Case,
    again,
    as_democratic,
    as_keeper,
    as_lead,
    change,
)


def decision(world: World, **said: Any) -> None:
    change(world.here.decision, **said)


def called_in(world: World, **said: Any) -> None:
    """As an executive's decision, which can be called in."""
    decision(world, rule=world.here.borough.call_in_rules.all()[0], **said)


def item(world: World, **said: Any) -> None:
    change(world.here.decision.items.get(), **said)


def as_lead_again(world: World, row: models.Model) -> None:
    with acting_as(world.here.lead.pk):
        again(row)


def verified_with(world: World, wrong: dict[str, str]) -> None:
    signed = {"printed_name": "A", "printed_post": "B", "digest": "0" * 64}
    change(world.here.clearance, **{"state": "verified", "ended_at": LATER, **signed, **wrong})


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


MADE = {"finished_at": NOW, "pages": 1, "size": 1, "sha256": "0" * 64}

CASES: list[Case] = [
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
]
