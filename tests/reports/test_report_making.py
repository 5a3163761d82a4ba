"""Asking for a report's PDF: a row at once, a ring after the commit, and nothing lost without the broker."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from kombu.exceptions import OperationalError
from pdfminer.high_level import extract_text

from boroughs.rows import acting_as
from reports import tasks
from reports.actions.reports import make_report
from reports.models import Rendering
from reports.pdf import Pdf
from tests.boroughs.pages import deeds, says, signed_in
from tests.factories import Place, World, make_assessment, rate_as
from tests.reports.bells import rung_for
from tests.reports.writing import issue_again, opened, pdf_of
from tests.second_factor import enter

Capture = Callable[..., Any]
PDF = Pdf(b"%PDF-1.7 of tests", 2)


def ask_for_it(place: Place) -> str:
    """Press the button of the report, opened again to be written; the page one lands on."""
    opened(place)
    address = reverse("reports:report-make", args=[place.borough.slug, place.report.pk])
    response = signed_in(place.coordinator).post(address)
    assert response.status_code == 302
    return str(response["Location"])


def newest(place: Place) -> Rendering:
    with acting_as(place.coordinator.pk):
        return Rendering.objects.filter(report=place.report).select_related("report")[0]


def test_making_a_report_answers_at_once_with_a_queued_row(world: World) -> None:
    page = ask_for_it(world.here)
    asked = newest(world.here)
    assert page.endswith(f"/renderings/{asked.pk}/")
    assert (asked.state, asked.attempts) == ("queued", 0)
    assert asked.requested_by == world.here.coordinator
    assert "The report is being made" in says(signed_in(world.here.coordinator).get(page))
    assert deeds(world.here)[-1] == "report.requested"


def test_a_report_asked_for_twice_is_made_once(world: World) -> None:
    assert ask_for_it(world.here) == ask_for_it(world.here)


def test_a_report_asked_for_again_after_a_change_is_made_again(world: World) -> None:
    first = ask_for_it(world.here)
    with acting_as(world.here.coordinator.pk):
        rate_as(world.here.assessment, "training", "amber", by=world.here.coordinator)
    assert ask_for_it(world.here) != first


def test_making_the_report_of_a_new_period_begins_it_first(world: World) -> None:
    """From the page of its ratings: the link begins a report that shows them, and its button makes it."""
    place = world.here
    with acting_as(place.coordinator.pk):
        later = make_assessment(
            place.borough,
            by=place.coordinator,
            starts_on=place.assessment.starts_on.replace(year=2020),
            ends_on=place.assessment.ends_on.replace(year=2020),
        )
    client = signed_in(place.coordinator)
    shown = client.get(reverse("toolkit:assessment", args=["thurrock", later.pk]))
    start = f"{reverse('reports:report-start', args=['thurrock'])}?assessment={later.pk}"
    assert start in shown.content.decode()
    said = {"title": "Of 2020", "style": str(place.report.style_id), "assessment": str(later.pk)}
    client.post(start, said)
    with acting_as(place.coordinator.pk):
        begun = later.reports.get()
    assert begun.started_by == place.coordinator
    make = reverse("reports:report-make", args=["thurrock", begun.pk])
    assert "The report is being made" in says(client.post(make, follow=True))


def test_the_bell_is_rung_when_the_row_is_committed_and_not_before(
    world: World, django_capture_on_commit_callbacks: Capture
) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        ask_for_it(world.here)
    asked = newest(world.here)
    assert rung_for(asked.pk) == 0
    for ring in callbacks:
        ring()
    assert rung_for(asked.pk) == 1


@transaction.atomic
def ask_and_stumble(place: Place) -> None:
    make_report(report=place.report, by=place.coordinator)
    raise ZeroDivisionError


def test_what_is_rolled_back_rings_no_bell(
    world: World, django_capture_on_commit_callbacks: Capture
) -> None:
    place = world.here
    with django_capture_on_commit_callbacks() as callbacks, acting_as(place.coordinator.pk):
        before = Rendering.objects.count()
        with pytest.raises(ZeroDivisionError):
            ask_and_stumble(place)
        assert Rendering.objects.count() == before
    assert callbacks == []


def test_without_the_broker_the_request_is_kept_and_the_sweeper_carries_it_out(
    world: World, django_capture_on_commit_callbacks: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*args: Any, **options: Any) -> None:
        raise OperationalError

    with monkeypatch.context() as broker, django_capture_on_commit_callbacks(execute=True):
        broker.setattr(tasks.render, "delay", away)
        page = ask_for_it(world.here)
    asked = newest(world.here)
    assert asked.state == "queued"
    with acting_as(world.here.coordinator.pk):
        Rendering.objects.filter(pk=asked.pk).update(requested_at="2026-01-01T00:00Z")
    client = signed_in(world.here.coordinator)
    assert "Your request is kept" in says(client.get(page))

    monkeypatch.setattr(tasks, "pdf_of", lambda snapshot, told: PDF)
    tasks.sweep_renderings()
    assert rung_for(asked.pk) == 1
    tasks.render(str(asked.pk))
    assert newest(world.here).state == "ready"
    assert "The report is ready" in says(client.get(page))
    assert deeds(world.here)[-1] == "report.rendered"


def test_a_bell_rung_twice_makes_one_file_and_one_event(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []

    def print_it(snapshot: dict[str, Any], told: Any) -> Pdf:
        made.append(snapshot)
        return PDF

    monkeypatch.setattr(tasks, "pdf_of", print_it)
    ask_for_it(world.here)
    asked = newest(world.here)
    tasks.render(str(asked.pk))
    tasks.render(str(asked.pk))
    assert len(made) == 1
    assert deeds(world.here).count("report.rendered") == 2  # the world's own, and this one


def test_a_bell_for_a_row_that_does_not_exist_does_nothing(world: World) -> None:
    tasks.render("00000000-0000-4000-8000-000000000000")


def test_the_worker_makes_a_real_pdf_that_says_amber(world: World) -> None:
    place = world.here
    with acting_as(place.coordinator.pk):
        words = "new words of thurrock"
        rate_as(place.assessment, "training", "amber", comment=words, by=place.coordinator)
    asked = pdf_of(place, issue_again(place))
    tasks.render(str(asked.pk))
    made = newest(world.here)
    assert made.pk == asked.pk
    assert (made.state, made.reason) == ("ready", "")
    member = signed_in(world.here.member)
    download = reverse("reports:rendering-download", args=["thurrock", made.report_id, made.pk])
    data = member.get(download).content
    assert made.size == len(data)
    with pikepdf.open(BytesIO(data)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.docinfo["/Title"]) == "Prevent in Thurrock"
    text = " ".join(extract_text(BytesIO(data)).split())
    for word in ("Amber", words, "summary words of thurrock"):
        assert word in text, word


def test_no_page_is_needed_to_finish_a_report(client: Client, world: World) -> None:
    """The page may be left: what the status says comes from the row alone."""
    ask_for_it(world.here)
    asked = newest(world.here)
    enter(client, world.here.coordinator)
    status = reverse("reports:rendering-status", args=["thurrock", asked.report_id, asked.pk])
    assert client.get(status).json() == {"state": "queued", "finished": False, "progress": ""}


def test_who_comes_back_from_signing_in_to_the_buttons_address_finds_the_button(
    world: World,
) -> None:
    client = signed_in(world.here.coordinator)
    make = reverse("reports:report-make", args=["thurrock", world.here.drafting.pk])
    of = ["thurrock", world.here.report.pk, world.here.rendering.pk]
    again, its_page = (
        reverse(f"reports:{name}", args=of) for name in ("rendering-retry", "rendering")
    )
    assert "Make a PDF of the draft" in client.get(make, follow=True).content.decode()
    assert client.get(again)["Location"] == its_page
