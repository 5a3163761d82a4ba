"""The reporting calendar: what is due, done late or missed, and the secret address at which a calendar reads it."""

import datetime as dt
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from boroughs.actions.duties import add_duty, change_duty, make_feed
from boroughs.actions.people import set_roles
from boroughs.duties import calendar_file, standing, suggestions
from boroughs.duty_policies import months_later, rounds_behind
from boroughs.logs import SECRETS
from boroughs.models import CalendarFeed, Committee, Duty, Meeting
from boroughs.roles import Role
from boroughs.rows import acting_as
from tests.boroughs.pages import address, deeds, problems, says, signed_in
from tests.boroughs.test_committees import date
from tests.factories import Place, World

TODAY = dt.date(2026, 11, 21)
DUTY = {
    "title": "Update to the chief executive",
    "told": "Chief executive",
    "board": "",
    "owner_post": "Prevent Coordinator",
    "every_months": "6",
    **date("next_due", "2026-09-30"),
}


@pytest.fixture(autouse=True)
def uncounted() -> None:
    cache.clear()


def on(place: Place, name: str) -> str:
    return address(f"boroughs:duty-{name}", place.borough, place.duty.pk)


def fresh(place: Place) -> Duty:
    with acting_as(place.lead.pk):
        return Duty.objects.get(pk=place.duty.pk)


# -- Duties ------------------------------------------------------------------------------------------
def test_a_duty_is_added_recorded_and_falls_due_again(world: World) -> None:
    here, client = world.here, signed_in(world.here.coordinator)
    added = client.post(address("boroughs:duty-add", here.borough), DUTY)
    assert added.status_code == 302
    assert "Twice a year" in says(client.get(added["Location"]))
    done = {
        "became": "done",
        "note": "Briefing paper",
        "seen": "1",
        **date("done_on", "2026-10-02"),
    }
    assert client.post(added["Location"] + "record/", done).status_code == 302
    page = says(client.get(added["Location"]))
    assert "31 March 2027" in page or "30 March 2027" in page
    assert "Done late" in page
    assert "Briefing paper" in page
    assert deeds(here)[-2:] == ["duty.added", "duty.done"]


@pytest.mark.parametrize("role", [r for r in Role if r not in {Role.LEAD, Role.COORDINATOR}])
def test_nobody_else_keeps_the_calendar(world: World, role: Role) -> None:
    client = signed_in(world.here.people[role])
    assert client.post(on(world.here, "change"), DUTY).status_code == 403
    assert client.post(address("boroughs:duty-calendar", world.here.borough)).status_code == 403
    assert fresh(world.here).title == "duty words of thurrock"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"became": ""}, "Select what became of it"),
        (date("done_on", ""), "Enter the day it was done"),
        (
            date("done_on", "2090-01-01"),
            "This day has not come yet. Record the duty when it is done.",
        ),
        ({"became": "missed"}, "A duty that was missed has no day and no meeting"),
        ({"became": "missed", **date("done_on", "")}, "Say why it was missed"),
        ({"meeting": "00000000-0000-0000-0000-000000000000"}, "Select at the meeting"),
    ],
)
def test_bad_answers_get_their_own_sentence(world: World, wrong: dict[str, str], said: str) -> None:
    right = {"became": "done", "seen": "2", **date("done_on", "2020-07-31")}
    found = problems(
        signed_in(world.here.coordinator).post(on(world.here, "record"), right | wrong)
    )
    assert any(said in problem for problem in found), found
    assert fresh(world.here).version == 2


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title": ""}, "Enter what is owed"),
        ({"title": "DUTY words of thurrock"}, "The calendar has a duty of this title."),
        ({"every_months": "5"}, "how often"),
        (date("next_due", "2026-02-30"), "must be a real date"),
    ],
)
def test_bad_duties_get_their_own_sentence(world: World, wrong: dict[str, str], said: str) -> None:
    add = address("boroughs:duty-add", world.here.borough)
    found = problems(signed_in(world.here.coordinator).post(add, DUTY | wrong))
    assert any(said in problem for problem in found), found


def test_a_missed_time_says_why_and_only_after_it_was_due(world: World) -> None:
    here, client = world.here, signed_in(world.here.coordinator)
    missed = {"became": "missed", "note": "No coordinator in post", "seen": "2"}
    assert client.post(on(here, "record"), missed).status_code == 302
    assert "No coordinator in post" in says(client.get(on(here, "show")))
    with acting_as(here.coordinator.pk):
        duty = fresh(here)
        said = {"board": None, "told": "", "owner_post": "", "every_months": 12, "ended_on": None}
        change_duty(
            duty=duty, title="x", next_due=dt.date(2090, 1, 1), seen=3, by=here.coordinator, **said
        )
    assert problems(client.post(on(here, "record"), missed | {"seen": "4"})) == [
        "It is due on 1 January 2090 and can still be done."
    ]


def test_two_people_record_one_time_once(world: World) -> None:
    here = world.here
    done = {"became": "done", "seen": "2", **date("done_on", "2020-07-31")}
    assert signed_in(here.lead).post(on(here, "record"), done).status_code == 302
    second = signed_in(here.coordinator).post(on(here, "record"), done)
    assert second.status_code == 409
    assert "Lead of Thurrock changed this while you were writing" in says(second)
    with acting_as(here.lead.pk):
        assert here.duty.rounds.count() == 2


def test_suggestions_are_taken_once_and_are_the_boroughs_to_change(world: World) -> None:
    here, client = world.here, signed_in(world.here.coordinator)
    page = address("boroughs:duty-suggest", here.borough)
    assert client.post(page, {"keys": ["grant-return", "chief-executive"]}).status_code == 302
    said = says(client.get(page))
    assert "Grant return" not in said
    assert "Channel assurance statement" in said
    assert problems(client.post(page, {"keys": ["grant-return"]}))
    assert problems(client.post(page, {})) == ["Select duties that this council has"]
    with acting_as(here.lead.pk):
        assert here.borough.duties.filter(suggestion="grant-return").count() == 1


def test_what_is_suggested_names_its_source_and_is_due_in_the_future() -> None:
    for each in suggestions():
        assert each.source
        assert each.every_months in Duty.Every.values
        for month in range(1, 13):
            today = dt.date(2026, month, 28)
            due = each.first_due(today)
            assert today <= due <= months_later(today, 12) + dt.timedelta(days=3), each.key


@pytest.mark.parametrize(("every", "next_due"), [(2, "2026-03-31"), (4, "2026-05-31"), (36, "2029-01-31")])  # fmt: skip
def test_what_comes_round_each_two_months_term_or_three_years_has_its_next_day(
    world: World, every: int, next_due: str
) -> None:
    here, client = world.here, signed_in(world.here.coordinator)
    said = DUTY | {"title": "Bronze group", "every_months": str(every), **date("next_due", "2026-01-31")}  # fmt: skip
    assert client.post(address("boroughs:duty-add", here.borough), said).status_code == 302
    with acting_as(here.coordinator.pk):
        duty = here.borough.duties.get(title="Bronze group")
    done = {"became": "done", "note": "", "seen": "1", **date("done_on", "2026-01-31")}
    client.post(address("boroughs:duty-record", here.borough, duty.pk), done)
    with acting_as(here.coordinator.pk):
        assert here.borough.duties.get(pk=duty.pk).next_due.isoformat() == next_due


@pytest.mark.parametrize(
    ("start", "months", "then"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2026-09-30", 6, "2027-03-30"),
        ("2026-12-15", 24, "2028-12-15"),
    ],
)
def test_a_duty_comes_round_on_the_same_day_or_the_months_last(
    start: str, months: int, then: str
) -> None:
    assert str(months_later(dt.date.fromisoformat(start), months)) == then


def test_overdue_soon_and_how_often_it_was_passed_over() -> None:
    duty = Duty(next_due=dt.date(2026, 2, 1), every_months=3)
    assert standing(duty, TODAY)[0] == "Overdue"
    assert rounds_behind(duty, TODAY) == 4
    assert rounds_behind(duty, dt.date(2026, 2, 1)) == 0
    assert standing(Duty(next_due=dt.date(2026, 12, 21)), TODAY)[0] == "Due soon"
    assert standing(Duty(next_due=dt.date(2026, 12, 22)), TODAY)[0] == "To come"


# -- The address ------------------------------------------------------------------------------------
def make_address(place: Place) -> str:
    with acting_as(place.coordinator.pk):
        return f"/calendar/{make_feed(borough=place.borough, by=place.coordinator)}.ics"


def read(path: str) -> Any:
    return Client().get(path)


def test_a_calendar_reads_titles_and_days_and_nothing_else(world: World) -> None:
    here, path = world.here, make_address(world.here)
    answer = read(path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    text = answer.content.decode()
    assert "SUMMARY:duty words of thurrock\r\n" in text
    assert "DTSTART;VALUE=DATE:20200731" in text
    assert "barnet" not in text.lower()
    for hidden in ("done words", "terms words", "Director", here.coordinator.name, "closing words"):
        assert hidden not in text
    names = {line.partition(":")[0].partition(";")[0] for line in text.splitlines()}
    assert names == {
        *("BEGIN", "END", "VERSION", "PRODID", "X-WR-CALNAME"),
        *("UID", "DTSTAMP", "DTSTART", "SUMMARY"),
    }


def test_only_the_digest_is_kept_and_the_log_is_not_told(world: World) -> None:
    path = make_address(world.here)
    token = path.split("/")[-1].removesuffix(".ics")
    kept = CalendarFeed.objects.get()
    assert token not in str(vars(kept))
    assert token not in SECRETS.sub(r"\1…", f"GET {path} 200")


def test_an_address_that_ended_never_was_or_lost_its_owner_is_not_found(world: World) -> None:
    here, path = world.here, make_address(world.here)
    assert read("/calendar/unheard-of.ics").status_code == 404
    newer = make_address(here)
    assert read(path).status_code == 404
    assert read(newer).status_code == 200
    client = signed_in(here.coordinator)
    assert client.post(address("boroughs:duty-calendar-revoke", here.borough)).status_code == 302
    assert read(newer).status_code == 404
    assert deeds(here)[-1] == "calendar.revoked"
    last = make_address(here)
    with acting_as(here.lead.pk):
        set_roles(user=here.coordinator, borough=here.borough, roles={Role.OBSERVER}, by=here.lead)
    assert read(last).status_code == 404


def test_a_closed_account_or_a_borough_that_left_ends_the_address(world: World) -> None:
    here, path = world.here, make_address(world.here)
    here.coordinator.is_active = False
    here.coordinator.save(update_fields=["is_active"])
    assert read(path).status_code == 404
    here.coordinator.is_active = True
    here.coordinator.save(update_fields=["is_active"])
    assert read(path).status_code == 200
    here.borough.ended_at = timezone.now()
    here.borough.save(update_fields=["ended_at"])
    assert read(path).status_code == 404


def test_the_address_is_shown_once(world: World) -> None:
    here, client = world.here, signed_in(world.here.lead)
    page = address("boroughs:duty-calendar", here.borough)
    assert "/calendar/" in says(client.post(page))
    assert "/calendar/" not in says(client.get(page))


def test_guessing_is_slowed_down(world: World) -> None:
    client = Client()
    answers = [client.get(f"/calendar/guess-{n}.ics").status_code for n in range(61)]
    assert answers == [404] * 60 + [429]


def test_nothing_is_posted_there(world: World) -> None:
    assert Client().post(make_address(world.here)).status_code == 405


def test_long_and_strange_titles_are_escaped_and_folded() -> None:
    title = "Report, yearly; to the “Café” board\\group\nBEGIN:VEVENT " + "é" * 100
    duty = Duty(title=title, next_due=TODAY)
    board = Committee(name="Prevent Board")
    meeting = Meeting(committee=board, date=TODAY)
    text = calendar_file("Barnet", [duty], [meeting], timezone.now())  # type: ignore[arg-type]
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    whole = text.replace("\r\n ", "")
    assert "SUMMARY:Report\\, yearly\\; to the “Café” board\\\\group BEGIN:VEVENT é" in whole
    assert whole.count("\r\nBEGIN:VEVENT\r\n") == 2
    assert "SUMMARY:Prevent Board meets\r\n" in whole


def test_a_title_belongs_to_one_live_duty(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        Duty.objects.filter(pk=here.duty.pk).update(ended_on=TODAY)
        again = add_duty(
            borough=here.borough,
            title=here.duty.title,
            every_months=12,
            next_due=TODAY,
            by=here.coordinator,
        )
    assert again.pk != here.duty.pk
