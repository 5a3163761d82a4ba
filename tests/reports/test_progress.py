"""What the printer is at: told by the press, kept on the row, shown on the page."""

import logging
from typing import Any

import pytest
from django.urls import reverse

from reports import jobs, pdf, pdf_progress, rendering, tasks
from reports.models import Rendering
from reports.pdf import Pdf
from tests.boroughs.pages import says, signed_in
from tests.factories import World

from . import snapshots
from .test_jobs import claimed, let_the_lease_run_out, queued, row

Heard = list[tuple[str, int | None]]
STAGES = [str(stage) for stage in Rendering.Stage]


def heard_of(snapshot: dict[str, Any]) -> Heard:
    heard: Heard = []
    rendering.pdf_of(snapshot, told=lambda stage, page: heard.append((stage, page)))
    return heard


def stages_in(heard: Heard) -> list[str]:
    return list(dict.fromkeys(stage for stage, _ in heard))


def test_a_short_report_is_read_set_page_by_page_and_written() -> None:
    heard = heard_of(snapshots.short())
    assert stages_in(heard) == ["reading", "pages", "writing"]
    assert heard[1] == ("pages", 1)
    assert {page for stage, page in heard if stage != "pages"} == {None}


def test_a_report_that_turns_out_long_is_set_again_with_its_contents() -> None:
    snapshot = snapshots.live()
    snapshot["style"]["contents"]["from_pages"] = (
        9  # so many it has, with fewer words than nine pages usually hold
    )
    heard = heard_of(snapshot)
    assert [stage for stage in stages_in(heard) if stage != "reading"] == STAGES[1:]
    assert {page for stage, page in heard if stage in ("reading", "writing")} == {None}


@pytest.mark.parametrize("more", [-1, 0, 1])
def test_contents_are_printed_from_the_page_on_that_the_style_says(more: int) -> None:
    html, longer = (rendering.html_of(snapshots.short(), contents=each) for each in (False, True))
    pages = pdf.render(html).pages
    made = pdf.render(html, longer=longer, from_pages=pages + more)
    assert made.data == pdf.render(longer if more <= 0 else html).data


def test_a_paper_that_looks_long_and_is_not_is_printed_without_contents() -> None:
    words = "<p>word " + "<i></i>" * 4_000
    html = f"<html lang=en><title>t</title><h1>Small</h1>{words}"
    longer = html + "<h2>Contents</h2>"
    heard: Heard = []
    plain = pdf.render(html)
    made = pdf.render(
        html, longer=longer, from_pages=2, told=lambda stage, page: heard.append((stage, page))
    )
    assert made.data == plain.data
    assert "again" in stages_in(heard)


def test_no_more_pages_are_told_than_one_can_read(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: Heard = []
    monkeypatch.setattr(pdf_progress, "SECONDS", 3600)
    monkeypatch.setattr(pdf_progress.logger, "disabled", False)
    logging.disable(logging.NOTSET)  # whatever another test's library has quietened
    pdf_progress.logger.setLevel(logging.INFO)
    with pdf_progress.Progress(lambda stage, page: heard.append((stage, page))):
        for page in range(1, 500):
            pdf_progress.logger.info("Step 5 - Creating layout - Page %d", page)
        pdf_progress.logger.info("Step 6 - Creating PDF")
        monkeypatch.setattr(pdf_progress, "SECONDS", 0)
        pdf_progress.logger.info("Step 5 - Creating layout - Repagination #%d", 1)
        pdf_progress.logger.info("Step 5 - Creating layout - Page %d", 2)
        pdf_progress.logger.info("Something else")
    pdf_progress.logger.info("Step 6 - Creating PDF")
    assert heard == [("pages", 1), ("writing", None), ("pages", None), ("pages", 2)]


def test_a_listener_that_breaks_off_leaves_the_next_report_its_own_answer() -> None:
    def stumble(stage: str, page: int | None) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        rendering.pdf_of(snapshots.short(), told=stumble)
    assert pdf.render("<html lang=en><title>t</title><h1>One page</h1>").pages == 1


def test_the_page_says_what_the_printer_is_at_without_javascript(world: World) -> None:
    asked, client = queued(world.here), signed_in(world.here.coordinator)
    page = reverse("reports:rendering", args=["thurrock", asked.report_id, asked.pk])
    assert "Setting the pages" not in says(client.get(page))
    held = claimed(asked.pk)
    jobs.tell(held, "again", 4)
    assert "Setting the pages again, for the contents: page 4" in says(client.get(page))
    jobs.tell(held, "writing", None)
    assert "Writing the file" in says(client.get(page))
    jobs.finish(held, Pdf(b"%PDF-1.7 of tests", 2))
    assert "Writing the file" not in says(client.get(page))


def test_a_worker_that_lost_its_lease_tells_nothing(world: World) -> None:
    asked = queued(world.here)
    slow = claimed(asked.pk)
    jobs.tell(slow, "pages", 9)
    let_the_lease_run_out(world.here, asked.pk)
    claimed(asked.pk)
    assert (row(world.here, asked.pk).stage, row(world.here, asked.pk).page) == ("", None)
    jobs.tell(slow, "writing", None)
    assert row(world.here, asked.pk).stage == ""


def test_the_worker_keeps_what_it_hears(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[str] = []

    def print_it(snapshot: dict[str, Any], told: Any) -> Pdf:
        told("pages", 2)
        kept.append(row(world.here, asked.pk).progress)
        return Pdf(b"%PDF-1.7 of tests", 2)

    monkeypatch.setattr(tasks, "pdf_of", print_it)
    asked = queued(world.here)
    tasks.render(str(asked.pk))
    assert kept == ["Setting the pages: page 2"]
    assert row(world.here, asked.pk).state == "ready"
