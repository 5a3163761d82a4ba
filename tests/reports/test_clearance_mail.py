"""Letters about clearance: who gets one, once, and that none says anything of the text."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from boroughs.actions.people import set_roles
from boroughs.roles import Role
from boroughs.rows import acting_as
from reports import clearance_jobs
from reports.actions.clearing import (
    Asked,
    ask_to_clear,
    remind,
    take_back,
)
from tests.boroughs.pages import deeds
from tests.factories import World
from tests.reports.clearing import (
    ask,
    officer,
    report_of,
    returned,
    verified,
    write,
)


def remind_now(world: World) -> None:
    with acting_as(world.here.coordinator.pk):
        remind(clearance=world.here.clearance, by=world.here.coordinator)


def letters(deed: Callable[[], object], commit: Any) -> list[tuple[list[str], str, str]]:
    mail.outbox.clear()
    with commit(execute=True):
        deed()
    return [(letter.to, str(letter.subject), str(letter.body)) for letter in mail.outbox]


@pytest.mark.parametrize(
    ("deed", "to", "about", "link"),
    [
        (lambda w: ask(w, "other"), "clearing", "a report to clear", "/to-clear/"),
        (verified, "coordinator", "was verified", "/sections/legal/"),
        (returned, "coordinator", "was returned", "/sections/legal/"),
        (remind_now, "clearing", "waits to be cleared", "/to-clear/"),
    ],
    ids=["asked", "verified", "returned", "reminded"],
)
def test_each_deed_is_told_by_a_letter_that_says_nothing_of_the_text(
    world: World,
    django_capture_on_commit_callbacks: Any,
    deed: Callable[[World], object],
    to: str,
    about: str,
    link: str,
) -> None:
    ((sent_to, subject, body),) = letters(lambda: deed(world), django_capture_on_commit_callbacks)
    assert sent_to == [world.here.people[Role(to)].email]
    assert about in subject
    assert f"/thurrock{link}" in body or f"/thurrock/reports/{world.here.drafting.pk}{link}" in body
    assert "legal words" not in body
    assert "Say more" not in body


def test_who_verified_is_told_that_it_is_void_and_who_changed_it_is_not(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    verified(world)
    found = letters(lambda: write(world, "changed"), django_capture_on_commit_callbacks)
    assert [to for to, _, _ in found] == [[officer(world).email]]
    again = letters(lambda: write(world, "changed twice"), django_capture_on_commit_callbacks)
    assert again == [], "it was void before"


def test_who_has_left_is_not_written_to(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    here = world.here
    verified(world)
    with acting_as(here.lead.pk):
        set_roles(user=here.clearing, borough=here.borough, roles=set(), by=here.lead)
    assert letters(lambda: write(world, "changed"), django_capture_on_commit_callbacks) == []


def test_sections_that_are_sent_at_once_are_told_in_one_letter(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    here = world.here

    def send() -> None:
        asked = [Asked(key, here.clearing, "Risk") for key in ("other", "equality")]
        with acting_as(here.coordinator.pk):
            ask_to_clear(report=report_of(world), asked=asked, by=here.coordinator)

    ((_, _, body),) = letters(send, django_capture_on_commit_callbacks)
    assert "2 sections" in body
    assert body.count("/thurrock/to-clear/\n") == 1


def test_the_worker_reminds_once_of_what_is_due(world: World) -> None:
    today = timezone.localdate()
    row = ask(world, "other", due_on=today)
    assert clearance_jobs.due(today - dt.timedelta(days=1)) == {}
    assert clearance_jobs.due(today) == {row.pk: officer(world).pk}
    mail.outbox.clear()
    assert clearance_jobs.remind_of_due(today) == 1
    assert [letter.to for letter in mail.outbox] == [[officer(world).email]]
    assert clearance_jobs.remind_of_due(today) == 0
    assert clearance_jobs.due(today + dt.timedelta(days=1)) == {}
    assert deeds(world.here).count("clearance.due") == 1


def test_nobody_is_reminded_of_what_they_answered_or_may_clear_no_more(world: World) -> None:
    here, today = world.here, timezone.localdate()
    row = ask(world, "other", due_on=today)
    with acting_as(here.lead.pk):
        set_roles(user=here.clearing, borough=here.borough, roles=set(), by=here.lead)
    assert clearance_jobs.due(today) == {}
    with acting_as(here.lead.pk):
        set_roles(user=here.clearing, borough=here.borough, roles={Role.CLEARING}, by=here.lead)
    assert clearance_jobs.due(today) == {row.pk: here.clearing.pk}
    with acting_as(here.coordinator.pk):
        take_back(clearance=row, by=here.coordinator)
    assert clearance_jobs.due(today) == {}
