"""Reminders by e-mail: once a period, whatever becomes of the worker, with nothing closed in them, and links that work."""

import datetime as dt
import re
from smtplib import SMTPException
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from boroughs.actions.people import set_roles
from boroughs.actions.risks import add_risk, close_risk
from boroughs.models import ProgressNote
from boroughs.roles import Role
from boroughs.rows import acting_as
from portal import letters
from portal.models import Letter, Rhythm
from portal.reminders import in_words, next_day, set_own_rhythm, set_rhythm
from portal.tasks import send_letter
from tests.boroughs.pages import deeds, problems, says, signed_in
from tests.boroughs.test_committees import date
from tests.conftest import second_lock_off
from tests.factories import PASSWORD, World

MONDAY = dt.date(2026, 11, 23)
DAY = dt.timedelta(days=1)


@pytest.fixture
def weekly(world: World) -> World:
    """Thurrock's lead has set reminders for every Monday, long ago."""
    here = world.here
    with acting_as(here.lead.pk):
        set_rhythm(borough=here.borough, every="week", day=1, by=here.lead)
        Rhythm.objects.update(since=dt.date(2020, 1, 1))
    return world


def rows(person: User) -> list[Letter]:
    with acting_as(person.pk):
        return list(Letter.objects.filter(person=person).order_by("period_on"))


def row(person: User) -> Letter:
    (only,) = rows(person)
    return only


def planned(person: User, today: dt.date = MONDAY) -> Letter:
    letters.plan(today)
    return row(person)


def let_the_lease_run_out(letter: Letter) -> None:
    with acting_as(letter.person_id):
        gone = timezone.now() - dt.timedelta(seconds=1)
        assert Letter.objects.filter(pk=letter.pk).update(lease_until=gone) == 1


def to(person: User) -> list[Any]:
    return [letter for letter in mail.outbox if person.email in letter.to]


# -- When ---------------------------------------------------------------------------------------------
def test_everybody_with_a_role_gets_one_letter_a_week(weekly: World) -> None:
    assert letters.plan(MONDAY) == len(Role)
    assert letters.plan(MONDAY) == 0
    assert letters.plan(MONDAY + 6 * DAY) == 0
    assert letters.plan(MONDAY + 7 * DAY) == len(Role)
    assert [each.period_on for each in rows(weekly.here.member)] == [MONDAY, MONDAY + 7 * DAY]


def test_a_day_that_was_missed_is_made_up_for_within_its_week(weekly: World) -> None:
    assert letters.plan(MONDAY + 3 * DAY) == len(Role)
    assert row(weekly.here.member).period_on == MONDAY


def test_a_rhythm_counts_from_the_day_it_was_set(weekly: World) -> None:
    with acting_as(weekly.here.lead.pk):
        Rhythm.objects.update(since=MONDAY + DAY)
    assert letters.plan(MONDAY + 2 * DAY) == 0
    assert letters.plan(MONDAY + 7 * DAY) == len(Role)


def test_a_borough_that_set_no_rhythm_reminds_nobody(world: World) -> None:
    assert letters.plan(MONDAY) == 0


def test_a_person_may_turn_their_own_off_or_choose_another_day(weekly: World) -> None:
    here = weekly.here
    for person, every, day in ((here.member, "off", 1), (here.coordinator, "month", 25)):
        with acting_as(person.pk):
            set_own_rhythm(borough=here.borough, every=every, day=day, by=person)
            Rhythm.objects.filter(user=person).update(since=dt.date(2020, 1, 1))
    assert letters.plan(MONDAY) == len(Role) - 2
    assert letters.plan(dt.date(2026, 11, 25)) == 1
    assert row(here.coordinator).period_on == dt.date(2026, 11, 1)
    assert rows(here.member) == []


def test_whoever_left_or_was_closed_out_is_not_written_to(weekly: World) -> None:
    here = weekly.here
    User.objects.filter(pk=here.observer.pk).update(is_active=False)
    with acting_as(here.lead.pk):
        set_roles(user=here.clearing, borough=here.borough, roles=(), by=here.lead)
    assert letters.plan(MONDAY) == len(Role) - 2
    letter = row(here.coordinator)
    with acting_as(here.lead.pk):
        set_roles(user=here.coordinator, borough=here.borough, roles=(), by=here.lead)
    letters.send(letter.pk)
    letters.plan(MONDAY)
    with second_lock_off():
        assert Letter.objects.get(pk=letter.pk).state == "nothing"
    assert not to(here.coordinator)


@pytest.mark.parametrize(
    ("every", "day", "said", "then"),
    [
        ("week", 1, "Every week on Monday", dt.date(2026, 11, 30)),
        ("week", 3, "Every week on Wednesday", dt.date(2026, 11, 25)),
        ("month", 23, "Every month on day 23", dt.date(2026, 12, 23)),
        ("month", 28, "Every month on day 28", dt.date(2026, 11, 28)),
        ("off", 1, "Never", None),
    ],
)
def test_the_next_day_is_the_one_the_letters_are_planned_for(
    every: str, day: int, said: str, then: dt.date | None
) -> None:
    rhythm = Rhythm(every=every, day=day)
    assert (in_words(rhythm), next_day(rhythm, MONDAY)) == (said, then)


# -- Once ----------------------------------------------------------------------------------------------
def test_a_letter_is_sent_once_and_the_trail_has_its_count_alone(weekly: World) -> None:
    here = weekly.here
    letter = planned(here.contributor)
    send_letter(str(letter.pk))
    send_letter(str(letter.pk))
    assert len(to(here.contributor)) == 1
    sent = row(here.contributor)
    assert (sent.state, sent.things) == ("sent", 1)
    assert deeds(here).count("reminders.sent") == 1
    assert letter.pk not in letters.waiting()


def test_nothing_to_tell_is_no_letter(weekly: World) -> None:
    letter = planned(weekly.here.observer)
    letters.send(letter.pk)
    assert row(weekly.here.observer).state == "nothing"
    assert mail.outbox == []


def test_a_worker_that_died_while_writing_is_followed_by_another(weekly: World) -> None:
    person = weekly.here.contributor
    letter = planned(person)
    assert letters._claim(letter.pk) is not None
    letters.send(letter.pk)
    assert to(person) == []
    let_the_lease_run_out(letter)
    letters.send(letter.pk)
    assert len(to(person)) == 1
    assert row(person).attempts == 2


def test_a_worker_that_died_after_handing_over_is_not_followed(weekly: World) -> None:
    person = weekly.here.contributor
    letter = planned(person)
    assert letters._claim(letter.pk) is not None
    with acting_as(person.pk):
        Letter.objects.filter(pk=letter.pk).update(state="handed")
    let_the_lease_run_out(letter)
    letters.send(letter.pk)
    assert row(person).state == "failed"
    assert to(person) == []
    assert deeds(weekly.here)[-1] == "reminders.not-sent"


def test_a_mail_server_that_is_away_is_tried_again_and_not_for_ever(
    weekly: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = weekly.here.contributor
    letter = planned(person)
    with monkeypatch.context() as away:
        away.setattr(EmailBackend, "open", lambda self: (_ for _ in ()).throw(OSError()))
        letters.send(letter.pk)
        assert row(person).state == "queued"
    letters.send(letter.pk)
    assert len(to(person)) == 1
    later = planned_again(person)
    with monkeypatch.context() as away:
        away.setattr(EmailBackend, "open", lambda self: (_ for _ in ()).throw(OSError()))
        for _ in range(letters.ATTEMPTS + 1):
            letters.send(later.pk)
    assert rows(person)[-1].state == "failed"


def planned_again(person: User) -> Letter:
    letters.plan(MONDAY + 7 * DAY)
    return rows(person)[-1]


def test_what_the_mail_server_broke_off_is_not_sent_twice(
    weekly: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = weekly.here.contributor
    letter = planned(person)

    def broken(self: EmailBackend, messages: Any) -> None:
        raise SMTPException

    with monkeypatch.context() as away:
        away.setattr(EmailBackend, "send_messages", broken)
        letters.send(letter.pk)
    letters.send(letter.pk)
    assert row(person).state == "failed"
    assert to(person) == []


def test_only_jobs_plan_letters_and_nobody_reads_anothers(weekly: World) -> None:
    here = weekly.here
    letter = planned(here.contributor)
    for person in (here.lead, weekly.there.lead, weekly.administrator):
        with acting_as(person.pk):
            assert not Letter.objects.filter(pk=letter.pk).exists()
    with acting_as(here.member.pk):
        set_own_rhythm(borough=here.borough, every="off", day=1, by=here.member)
    with acting_as(here.lead.pk):
        assert not Rhythm.objects.filter(user=here.member).exists()
    for who, facts in ((here.coordinator, {"user": None}), (here.lead, {"user": here.member})):
        planted = Rhythm(borough=here.borough, every="off", **facts)
        with (
            acting_as(who.pk),
            pytest.raises(DatabaseError, match="row-level security"),
            transaction.atomic(),
        ):
            planted.save(force_insert=True)


# -- What a letter says ----------------------------------------------------------------------------------
def bodies(letter: Any) -> list[str]:
    return [str(letter.body), str(letter.alternatives[0][0])]


def test_a_letter_names_what_is_open_and_counts_what_is_closed(weekly: World) -> None:
    here, by = weekly.here, weekly.here.coordinator
    with acting_as(by.pk):
        risk = add_risk(
            borough=here.borough,
            scope="programme",
            title="zibethrisk",
            cause="c",
            effect="e",
            likelihood_before=1,
            impact_before=1,
            likelihood=1,
            impact=1,
            owner_post="Lead",
            next_review=None,
            by=by,
        )
        close_risk(
            risk=risk,
            classification="exempt",
            public_line="zibethline",
            reason="zibethreason",
            by=by,
        )
    letters.send(planned(by).pk)
    (letter,) = to(by)
    for said in (*bodies(letter), letter.subject):
        assert "zibeth" not in said
    for said in bodies(letter):
        assert "Funding of Thurrock" in said
        assert "And 1 more" in said
        assert "Incomplete closures (1)".lower() in said.lower()
    assert "zibethrisk" in says(signed_in(by).get("/thurrock/waiting/"))


def test_every_link_of_a_letter_leads_somewhere(weekly: World) -> None:
    seen = 0
    for person in weekly.here.people.values():
        letters.plan(MONDAY)
        letters.send(row(person).pk)
        client = signed_in(person)
        for letter in to(person):
            plain, html = bodies(letter)
            links = set(re.findall(r"https?://[^/\s]+(/\S*)", plain))
            assert links == set(re.findall(r'href="https?://[^/"]+([^"]+)"', html))
            for link in links:
                assert client.get(link.partition("#")[0]).status_code == 200, link
                seen += 1
    assert seen > 20


def test_from_the_letter_through_signing_in_to_the_action_that_was_updated(weekly: World) -> None:
    """As a contributor from a health trust."""
    here = weekly.here
    letters.send(planned(here.contributor).pk)
    plain, _ = bodies(to(here.contributor)[0])
    found = re.search(r"https?://[^/\s]+(/\S+/report/)", plain)
    assert found
    client = Client()
    asked = client.get(found[1])
    assert asked.status_code == 302
    signing_in = client.post(
        asked["Location"], {"login": here.contributor.email, "password": PASSWORD}
    )
    assert signing_in["Location"] == found[1]
    page = client.get(found[1])
    assert "action words of thurrock" in says(page)
    today = timezone.localdate().isoformat()
    news = {"state": "complete", "note": "All staff were told", "seen": here.action.version}
    saved = client.post(found[1], news | date("on", today))
    assert saved.status_code == 302
    with acting_as(here.contributor.pk):
        note = ProgressNote.objects.filter(action=here.action).first()
        assert note is not None
        assert (note.text, note.by) == ("All staff were told", here.contributor)


# -- Pages ------------------------------------------------------------------------------------------------
def test_the_page_shows_what_one_would_get(weekly: World) -> None:
    here = weekly.here
    page = says(signed_in(here.contributor).get("/thurrock/reminders/"))
    letters.send(planned(here.contributor).pk)
    (letter,) = to(here.contributor)
    assert letter.subject in page
    assert "Every week on Monday, as the borough does" in page
    for line in filter(None, map(str.strip, letter.body.splitlines())):
        assert " ".join(line.split()) in page, line


def test_reminders_are_set_on_their_pages(world: World) -> None:
    here = world.here
    lead, member = signed_in(here.lead), signed_in(here.member)
    every = {"every": "week", "week_day": "5", "month_day": "1"}
    assert member.post("/thurrock/reminders/borough/", every).status_code == 403
    assert lead.post("/thurrock/reminders/borough/", every).status_code == 302
    assert "Every week on Friday" in says(member.get("/thurrock/reminders/"))
    off = {"every": "off", "week_day": "1", "month_day": "1"}
    assert member.post("/thurrock/reminders/own/", off).status_code == 302
    assert "Yours Never" in says(member.get("/thurrock/reminders/"))
    again = {"every": "", "week_day": "1", "month_day": "1"}
    assert member.post("/thurrock/reminders/own/", again).status_code == 302
    assert "as the borough does" in says(member.get("/thurrock/reminders/"))
    wrong = member.post(
        "/thurrock/reminders/own/", {"every": "month", "week_day": "1", "month_day": "31"}
    )
    assert "28" in problems(wrong)[0]
    assert deeds(here)[-3:] == ["reminders.set", "reminders.own-set", "reminders.own-set"]
