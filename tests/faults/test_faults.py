"""Programs die in the middle of their work. What was asked for is done all the same, once, and no page breaks."""

import threading
from functools import partial
from http.client import HTTPException

import pytest

from portal.local.programs import Program
from tests.faults.conftest import Browser, Installation, kill_family, wait_until

pytestmark = pytest.mark.faults


def stop(worker: Program) -> None:
    worker.ask_to_stop()
    worker.wait_stopped()


def test_a_report_whose_worker_was_killed_is_finished_by_another(
    installation: Installation,
) -> None:
    page = installation.make_the_report(installation.coordinator())
    first = installation.worker("first")
    try:
        wait_until(
            lambda: installation.rendering(page)["state"] == "rendering", "no worker began", 60
        )
    finally:
        kill_family(first)
    left = installation.rendering(page)
    assert (left["state"], left["attempts"], left["files"]) == ("rendering", 1, 0)

    installation.sql(
        "UPDATE reports_rendering SET lease_until = now() - interval '1 second' WHERE state = 'rendering'"
    )
    second = installation.worker("second")
    try:
        installation.sweep()
        wait_until(lambda: installation.rendering(page)["state"] == "ready", "not finished", 60)
    finally:
        stop(second)
    made = installation.rendering(page)
    assert (made["attempts"], made["files"], made["reason"]) == (2, 1, "")


def test_without_the_broker_a_report_is_asked_for_and_made_when_it_is_back(
    installation: Installation,
) -> None:
    browser = installation.coordinator()
    worker = installation.worker("worker")
    try:
        installation.broker.kill()
        page = installation.make_the_report(browser)
        assert page.status == 200
        assert "The report is being made" in page.words
        assert installation.rendering(page)["state"] == "queued"
        assert browser.open("/thurrock/").status == 200
        newcomer = Browser(installation.site)
        form = newcomer.open("/account/sign-in/")
        refused = newcomer.press(form, "/account/sign-in/", login="a@example.org", password="x")
        assert refused.status == 503  # tries cannot be counted, so no password is looked at
        installation.start_broker()
        installation.sweep()
        wait_until(lambda: installation.rendering(page)["state"] == "ready", "not made", 60)
    finally:
        stop(worker)
    assert "The report is ready" in browser.open(page.url).words


def served_after(told: list[int], place: int) -> bool:
    return 200 in told[place:]


def test_while_the_database_restarts_pages_say_so_and_never_break(
    installation: Installation,
) -> None:
    browser = installation.coordinator()
    told: list[int] = []
    enough = threading.Event()

    def look() -> None:
        while not enough.is_set():
            try:
                told.append(browser.open("/thurrock/").status)
            except (OSError, HTTPException) as broken:  # no answer at all would be a defect too
                told.append(getattr(broken, "errno", 0) or 0)

    visitor = threading.Thread(target=look)
    visitor.start()
    try:
        wait_until(lambda: told, "no page")
        for _ in range(2):
            installation.stop_database()
            wait_until(lambda: told[-1] == 503, "no word of the database's absence")
            installation.start_database()
            wait_until(lambda: told[-1] == 200, "no page after the restart")
            installation.stop_database()  # and at once: the next visitor meets a connection that has died
            installation.start_database()
            served = partial(served_after, told, len(told) + 1)
            wait_until(served, "no page after the second restart")
    finally:
        enough.set()
        visitor.join(15)
    assert set(told) == {200, 503}, sorted(set(told))
    assert browser.open("/thurrock/").status == 200
