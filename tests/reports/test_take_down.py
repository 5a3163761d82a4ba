"""Taking a version down: nothing that was made of it holds a word any more, whoever was at work on it meanwhile."""

import threading
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from audit.models import Event
from boroughs.rows import acting_as
from reports import jobs
from reports.actions.issues import issue_report, publish_issue, take_down_issue
from reports.actions.reports import make_report, reopen_report, retry
from reports.models import Issue, IssuedText, RenderedFile, Rendering
from reports.pdf import Pdf
from reports.policies import Refused
from tests.boroughs.pages import deeds, problems, says, signed_in
from tests.conftest import second_lock_off
from tests.factories import Place, World
from tests.routes import BOROUGH_ROUTES, address
from tests.test_access import ask

from .at_once import Run, at_once, wait_until, waits_for_a_lock
from .test_jobs import claimed
from .writing import approve, issue_again, issue_first, opened, page, save_front, save_section

WORD = "quagga"
# What a council writes, keeps in its record or decides is taken back or erased by other ways; the page says so
STAYS = {"reports_reporttext", "reports_reporttextversion", "reports_decideditem"}


def tables_with(word: str) -> set[str]:
    """Every table in which the word stands, row security aside; in what is kept as bytes, too."""
    found = set()
    with second_lock_off(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace "
            "AND has_table_privilege(oid, 'SELECT')"
        )
        for (table,) in cursor.fetchall():
            either = [f"%{word}%", f"%{word.encode().hex()}%"]
            cursor.execute(f"SELECT EXISTS (SELECT FROM {table} t WHERE t::text ILIKE ANY(%s))", [either])  # fmt: skip
            if cursor.fetchone() == (True,):
                found.add(table)
    return found


def in_the_cache() -> bytes:
    client = cache._cache.get_client()  # type: ignore[attr-defined]  # Django's own
    return b" ".join(key + (client.dump(key) or b"") for key in client.scan_iter("*"))


def sown(place: Place) -> Issue:
    """A first version that says the word wherever one can be typed, with its PDF, a draft's, and a decision on it."""
    report = place.drafting
    save_front(place, report, meeting=place.meeting, title=f"On the {WORD}")
    for key in ("background", "legal", "financial", "executive-summary"):
        save_section(place, report, key, f"A {WORD} was seen.[^1]\n\n[^1]: The {WORD} itself.")
    save_section(place, report, "recommendations", f"Note the {WORD}.", lead=f"Of the {WORD}:")
    save_section(place, report, "background-papers", f"A {WORD} of 2019 | Archive")
    issue = issue_first(place, report, kind="late", urgency=f"A {WORD} waits")
    made(place, issue)
    return issue


def made(place: Place, issue: Issue) -> Rendering:
    with acting_as(place.democratic.pk):
        asked = issue.renderings.get()
    finished(asked)
    return asked


def finished(rendering: Rendering) -> None:
    assert jobs.finish(claimed(rendering.pk), Pdf(f"%PDF-1.7 {WORD}".encode(), 1))


def take_down(place: Place, issue: Issue, *also: Issue) -> None:
    with acting_as(place.democratic.pk):
        take_down_issue(issue=issue, because="It names a beast", also=also, by=place.democratic)


def test_no_table_and_no_cache_holds_a_word_of_what_was_taken_down(world: World) -> None:
    place = world.here
    issue = sown(place)
    held = tables_with(WORD)
    assert held >= {
        "reports_issue",
        "reports_issuedtext",
        "reports_rendering",
        "reports_renderedfile",
    }
    take_down(place, issue)
    with acting_as(place.coordinator.pk):  # its title is of the working text
        type(issue.report).objects.filter(pk=issue.report_id).update(title="Another")
    assert tables_with(WORD) - STAYS == set()
    assert WORD.encode() not in in_the_cache()


def test_the_drafts_that_said_the_same_go_and_can_be_made_again(world: World) -> None:
    place = world.here
    issue = sown(place)
    with acting_as(place.coordinator.pk):
        reopen_report(report=issue.report, by=place.coordinator)
        draft = make_report(report=issue.report, by=place.coordinator)
    finished(draft)
    take_down(place, issue)
    with acting_as(place.coordinator.pk):
        draft.refresh_from_db()
        assert (draft.snapshot, draft.state, draft.sha256) == ({}, "failed", "")
        assert not RenderedFile.objects.filter(rendering=draft).exists()
        retry(rendering=draft, by=place.coordinator)
        assert WORD in str(draft.__class__.objects.get(pk=draft.pk).snapshot)


def test_closed_sections_kept_for_their_readers_go_though_who_takes_down_may_not_read_them(
    world: World,
) -> None:
    place = world.here
    issue = sown(place)
    with acting_as(place.democratic.pk):
        assert not IssuedText.objects.exists()
    take_down(place, issue)
    with acting_as(place.coordinator.pk):
        assert not IssuedText.objects.filter(issue=issue).exists()


def test_other_versions_are_taken_down_with_it_where_they_are_ticked_and_stay_where_not(
    world: World,
) -> None:
    place = world.here
    first = sown(place)
    with acting_as(place.coordinator.pk):
        reopen_report(report=first.report, by=place.coordinator)
    second = issue_first(place, first.report, kind="corrected", note=f"Another {WORD}")
    with acting_as(place.coordinator.pk):
        reopen_report(report=first.report, by=place.coordinator)
    save_front(place, first.report, title="On another beast")
    third = issue_first(place, first.report, kind="corrected", note="The title")
    client = signed_in(place.democratic)
    at = page("issue-take-down", first.report, 2)
    shown = says(client.get(at))
    assert "Version 1, issued" in shown
    assert "Version 3, issued" in shown
    assert "Version 2, issued" not in shown
    assert problems(client.post(at, {"because": "A beast", "also": ["7"]}))
    assert client.post(at, {"because": "A beast", "also": ["1"]}).status_code == 302
    with acting_as(place.democratic.pk):
        standing = first.report.issues.standing()
        assert [one.number for one in standing] == [3]
        assert Issue.objects.get(pk=second.pk).note == "Taken down."
    assert deeds(place).count("report.taken-down") == 2
    assert signed_in(place.member).get(third.get_absolute_url()).status_code == 200


def test_no_page_of_what_was_taken_down_breaks_or_says_a_word_of_it(world: World) -> None:
    place = world.here
    issue = sown(place)
    with acting_as(place.democratic.pk):
        publish_issue(issue=issue, by=place.democratic)
        rendering = issue.renderings.get()
    take_down(place, issue)
    pages = [address(name, place) for name in BOROUGH_ROUTES if name.startswith("reports:")]
    pages = [one.replace(str(place.report.pk), str(issue.report_id)) for one in pages]
    pages = [one.replace(str(place.rendering.pk), str(rendering.pk)) for one in pages]
    pages += [reverse(f"register:register{end}", args=["thurrock"]) for end in ("", "-feed")]
    pages += [
        reverse(f"register:register-{end}", args=["thurrock", issue.pk]) for end in ("issue", "pdf")
    ]
    for person in (place.member, place.observer, place.democratic, None):
        client = signed_in(person) if person else Client()
        for url in pages:
            answer = ask(client, "get", url)
            assert answer.status_code < 500, (person, url)
            if person is None:
                assert WORD not in answer.content.decode(), url
                assert str(issue.pk) not in answer.content.decode(), url
            elif person is not place.democratic or "/issues/" in url:
                assert f"A {WORD}" not in answer.content.decode("utf-8", "replace"), (person, url)


def test_who_took_it_down_when_and_why_stays_with_the_digest(world: World) -> None:
    place = world.here
    issue = sown(place)
    with acting_as(place.democratic.pk):
        sha256 = issue.renderings.get().sha256
    take_down(place, issue)
    with acting_as(place.democratic.pk):
        gone = Issue.objects.get(pk=issue.pk)
    assert gone.taken_down_by == place.democratic
    assert (gone.taken_down_because, gone.digest) == ("It names a beast", issue.digest)
    with acting_as(place.lead.pk):
        [event] = Event.objects.filter(deed="report.taken-down")
        assert event.actor_id == place.democratic.pk
        assert event.subject == f"reports.issue:{issue.pk}"
        assert Event.objects.filter(deed="report.rendered", facts__sha256=sha256).exists()


# -- While somebody is at work on it --------------------------------------------------------------------------
def test_a_worker_that_prints_it_at_that_moment_does_not_bring_it_back(world: World) -> None:
    place = world.here
    issue = issue_again(place)
    with acting_as(place.democratic.pk):
        asked = issue.renderings.get()
    claim = claimed(asked.pk)
    take_down(place, issue)
    jobs.tell(claim, "pages", 4)
    assert not jobs.finish(claim, Pdf(f"%PDF-1.7 {WORD}".encode(), 1))
    assert not jobs.fail(claim, f"Could not draw {WORD}")
    assert tables_with(WORD) == set()
    with acting_as(place.democratic.pk):
        asked.refresh_from_db()
    assert (asked.state, asked.snapshot, asked.stage) == ("failed", {}, "")
    assert asked.pk not in jobs.waiting()


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_just_writing_its_pdf_is_waited_for_and_what_it_wrote_goes(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It holds the row when the version is taken down, and writes the file after that began."""
    place = world.here
    issue = issue_again(place)
    with acting_as(place.democratic.pk):
        asked = issue.renderings.get()
    claim, holding, go_on = claimed(asked.pk), threading.Event(), threading.Event()
    end = jobs._end

    def slowly(rendering: Rendering, **facts: Any) -> None:
        holding.set()
        assert go_on.wait(20)
        end(rendering, **facts)

    monkeypatch.setattr(jobs, "_end", slowly)
    worker = Run(lambda: jobs.finish(claim, Pdf(f"%PDF-1.7 {WORD}".encode(), 1)))
    assert holding.wait(20)
    taking = Run(lambda: take_down(place, issue))
    wait_until(waits_for_a_lock)
    go_on.set()
    worker.join(20)
    taking.join(20)
    assert (worker.error, worker.answer, taking.error) == (None, True, None)
    assert tables_with(WORD) == set()
    with acting_as(place.democratic.pk):
        assert issue.renderings.get().state == "failed"


@pytest.mark.django_db(transaction=True)
def test_of_publishing_and_taking_down_at_once_the_taking_down_stands(world: World) -> None:
    place = world.here
    issue = issue_again(place)

    def publish() -> None:
        with acting_as(place.democratic.pk):
            publish_issue(issue=issue, by=place.democratic)

    published, taken = at_once(publish, lambda: take_down(place, issue))
    assert taken.error is None
    assert published.error is None or isinstance(published.error, Refused)
    with acting_as(place.democratic.pk):
        gone = Issue.objects.get(pk=issue.pk)
    assert (gone.snapshot, gone.is_public) == ({}, False)
    assert (
        str(issue.pk)
        not in Client().get(reverse("register:register", args=["thurrock"])).content.decode()
    )


@pytest.mark.django_db(transaction=True)
def test_of_two_issues_at_once_one_is_made(world: World) -> None:
    place = world.here
    opened(place)
    report = approve(place)

    def issue() -> Issue:
        with acting_as(place.democratic.pk):
            return issue_report(
                report=report, kind="corrected", note="At once", by=place.democratic
            )

    runs = at_once(issue, issue)
    assert sorted(type(run.error).__name__ for run in runs) == ["NoneType", "Refused"]
    with acting_as(place.democratic.pk):
        assert [one.number for one in report.issues.all()] == [2, 1]


@pytest.mark.django_db(transaction=True)
def test_trying_a_pdf_again_while_its_version_is_taken_down_brings_nothing_back(
    world: World,
) -> None:
    place = world.here
    issue = issue_again(place)
    with acting_as(place.democratic.pk):
        asked = issue.renderings.get()
    jobs.fail(claimed(asked.pk), "Once")

    def again() -> None:
        with acting_as(place.democratic.pk):
            retry(rendering=asked, by=place.democratic)

    tried, taken = at_once(again, lambda: take_down(place, issue))
    assert taken.error is None
    assert tried.error is None or isinstance(tried.error, Refused)
    with acting_as(place.democratic.pk):
        asked.refresh_from_db()
    assert (asked.state, asked.snapshot) == ("failed", {})
