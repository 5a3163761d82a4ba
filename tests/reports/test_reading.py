"""The reading room: what a member's committees got, what changed in it, what may be asked, and the letter that says so."""

import copy
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse

from boroughs.actions.committees import add_committee, add_meeting
from boroughs.rows import acting_as
from reports.models import Issue, Report
from reports.questions import questions_of
from reports.since import what_changed
from tests.boroughs.pages import says, signed_in
from tests.factories import Place, World

from . import snapshots
from .writing import approve, issue_again, opened, write

ROOM = reverse("reports:reading-room", args=["thurrock"])


def unpublished(place: Place) -> None:
    with acting_as(place.democratic.pk):
        Issue.objects.filter(pk=place.issue.pk).update(published_at=None, published_by=None)


def test_a_member_finds_the_papers_of_their_committee_by_meeting(world: World) -> None:
    here = world.here
    unpublished(here)
    page = says(signed_in(here.member).get(ROOM))
    assert "Item 9: Prevent in Thurrock" in page
    assert "paper words of thurrock" in page
    assert "closed words" not in says(signed_in(here.democratic).get(ROOM))


def test_who_sits_on_no_committee_is_told_so(world: World) -> None:
    assert "You sit on no committee" in says(signed_in(world.here.lead).get(ROOM))


def test_a_report_of_another_committee_is_not_there_until_it_is_published(world: World) -> None:
    here = world.here
    unpublished(here)
    with acting_as(here.lead.pk):
        elsewhere = add_committee(
            borough=here.borough,
            name="Another committee",
            kind="committee",
            regime="act_1972",
            remit="",
            by=here.lead,
        )
        meeting = add_meeting(
            committee=elsewhere, date=here.meeting.date, agenda_published_on=None, by=here.lead
        )
        Report.objects.filter(pk=here.report.pk).update(meeting=meeting)
    client, page = signed_in(here.member), here.issue.get_absolute_url()
    assert "Prevent in" not in says(client.get(ROOM))
    assert client.get(page).status_code == 404
    with acting_as(here.democratic.pk):
        Issue.objects.filter(pk=here.issue.pk).update(
            published_at=here.issue.issued_at, published_by=here.democratic
        )
    assert client.get(page).status_code == 200


def test_the_page_of_an_issue_says_what_changed_since_the_one_before(world: World) -> None:
    write(world.here, reasons="Because training fell back.")
    second = issue_again(world.here)
    page = says(signed_in(world.here.member).get(second.get_absolute_url()))
    assert "Written anew: " in page
    assert "Questions you may want to ask" in page


def test_members_of_the_committee_are_written_to_and_nothing_of_the_report_is_in_the_letter(
    world: World,
) -> None:
    here = world.here
    opened(here)
    approve(here)
    page = reverse("reports:report-issue", args=["thurrock", here.report.pk])
    mail.outbox.clear()
    signed_in(here.democratic).post(page, {"kind": "corrected", "note": "A word."})
    [letter] = mail.outbox
    assert letter.to == [here.member.email]
    assert "/reports/" in letter.body
    assert "summary words" not in letter.body
    assert here.report.title not in letter.body


# -- Pure -------------------------------------------------------------------------------------------
def rated_otherwise(label: str) -> dict[str, Any]:
    snapshot: dict[str, Any] = copy.deepcopy(snapshots.short())
    first = snapshot["assessment"]["ratings"][0]
    first["level"] = {**first["level"], "label": label}
    return snapshot


def test_nothing_changed_says_nothing() -> None:
    assert what_changed(snapshots.short(), snapshots.short()) == []


def test_another_rating_is_said_with_both_words() -> None:
    [said] = what_changed(snapshots.short(), rated_otherwise("Red"))
    assert said == "1. Local risk assessment: Green then, Red now."


def test_ratings_by_another_toolkit_are_not_compared() -> None:
    other = rated_otherwise("Red")
    other["assessment"]["toolkit"] = "another toolkit"
    assert what_changed(snapshots.short(), other) == []


def test_spaces_and_line_ends_are_no_change() -> None:
    other = snapshots.short()
    other["texts"] = {key: text.replace("\n", "\r\n") for key, text in other["texts"].items()}
    assert what_changed(snapshots.short(), other) == []


def test_what_fell_back_is_asked_about_first() -> None:
    first, *others = questions_of(snapshots.short())
    assert first.startswith(
        "Why has benchmark 7 (Training programme) fallen back from amber to red"
    )
    assert len(others) < 10
    assert len({first, *others}) == len(others) + 1


@pytest.mark.parametrize("assessment", [{}, None])
def test_a_report_without_ratings_has_questions_too(assessment: Any) -> None:
    snapshot = {**snapshots.short(), "assessment": assessment or {}}
    assert "What would residents notice if this work stopped?" in questions_of(snapshot)
