"""The pages of a rendering: progress, failure and another try, status, download, and who sees them."""

import hashlib
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from boroughs.roles import GRANTS, Perm, Role
from boroughs.rows import acting_as
from reports import jobs, tasks
from reports.actions.reports import make_report
from reports.models import Rendering
from reports.pdf import CannotRender, Pdf
from reports.snapshot import without_head
from tests.boroughs.pages import deeds, says, signed_in
from tests.factories import Place, World, rate_as
from tests.reports.writing import now, opened

GLYPH = "The typeface has no character “𓀀” (in “Training”). Write it another way."
READERS = [role for role in Role if Perm.READ_REPORTS in GRANTS[role]]
MERE_READERS = [role for role in READERS if Perm.READ_DRAFTS not in GRANTS[role]]


def queued(place: Place) -> Rendering:
    with acting_as(place.coordinator.pk):
        return make_report(report=opened(place), by=place.coordinator)


def failed(place: Place, reason: str = GLYPH) -> Rendering:
    asked = queued(place)
    held = jobs.claim(asked.pk)
    assert held is not None
    assert jobs.fail(held, reason)
    return asked


def page(name: str, rendering: Rendering) -> str:
    return reverse(f"reports:{name}", args=["thurrock", rendering.report_id, rendering.pk])


def row(place: Place, pk: UUID) -> Rendering:
    with acting_as(place.lead.pk):
        return Rendering.objects.get(pk=pk)


def raising(error: Exception) -> Any:
    def print_it(snapshot: dict[str, Any], told: Any) -> Pdf:
        raise error

    return print_it


# -- Failing, and trying again -----------------------------------------------------------------------
def test_a_paper_that_cannot_be_printed_says_why_and_is_tried_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, client = queued(world.here), signed_in(world.here.coordinator)
    with monkeypatch.context() as printer:
        printer.setattr(tasks, "pdf_of", raising(CannotRender(GLYPH)))
        tasks.render(str(asked.pk))
    shown = says(client.get(page("rendering", asked)))
    assert "The report was not made" in shown
    assert GLYPH in shown
    assert "The ratings and the text are as you left them" in shown

    again = client.post(page("rendering-retry", asked))
    assert again["Location"] == page("rendering", asked)
    assert "The report is being made" in says(client.get(again["Location"]))
    assert deeds(world.here)[-1] == "report.retried"
    retried = row(world.here, asked.pk)
    assert (retried.state, retried.attempts, retried.reason) == ("queued", 0, "")
    assert without_head(retried.snapshot) == without_head(asked.snapshot)
    assert retried.snapshot["trail"]["seq"] > asked.snapshot["trail"]["seq"]

    monkeypatch.setattr(tasks, "pdf_of", lambda snapshot, told: Pdf(b"%PDF-1.7 of tests", 2))
    tasks.render(str(asked.pk))
    assert "The report is ready" in says(client.get(page("rendering", asked)))


def test_a_character_that_no_typeface_has_fails_with_a_reason_and_touches_no_text(
    world: World,
) -> None:
    with acting_as(world.here.coordinator.pk):
        rate_as(
            world.here.assessment,
            "training",
            "red",
            comment="\U00013000",
            by=world.here.coordinator,
        )
    asked = queued(world.here)
    tasks.render(str(asked.pk))
    shown = row(world.here, asked.pk)
    assert shown.state == "failed"
    assert "\U00013000" in shown.reason
    with acting_as(world.here.coordinator.pk):
        assert world.here.assessment.ratings.get(benchmark__key="training").comment == "\U00013000"


def test_a_fault_of_the_portal_is_told_without_its_inner_workings(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    asked = queued(world.here)
    monkeypatch.setattr(tasks, "pdf_of", raising(KeyError("secret inner name")))
    tasks.render(str(asked.pk))
    shown = says(signed_in(world.here.coordinator).get(page("rendering", asked)))
    assert tasks.UNEXPECTED in shown
    assert "secret inner name" not in shown
    assert "secret inner name" in caplog.text


@pytest.mark.parametrize("state", ["ready", "queued", "rendering"])
def test_only_what_failed_is_tried_again(world: World, state: str) -> None:
    asked = world.here.rendering if state == "ready" else queued(world.here)
    if state == "rendering":
        jobs.claim(asked.pk)
    before = row(world.here, asked.pk)
    client = signed_in(world.here.coordinator)
    response = client.post(page("rendering-retry", asked), follow=True)
    after = row(world.here, asked.pk)
    assert (after.state, after.token) == (before.state, before.token) == (state, before.token)
    sentence = "This PDF is ready." if state == "ready" else "This PDF is being made already."
    assert sentence in says(response)


# -- Progress ------------------------------------------------------------------------------------------
def test_the_status_tells_the_state_and_nothing_of_the_report(world: World) -> None:
    asked, client = queued(world.here), signed_in(world.here.coordinator)
    status = page("rendering-status", asked)
    assert client.get(status).json() == {"state": "queued", "finished": False, "progress": ""}
    held = jobs.claim(asked.pk)
    assert held is not None
    jobs.tell(held, "pages", 4)
    assert client.get(status).json() == {
        "state": "rendering",
        "finished": False,
        "progress": "Setting the pages: page 4",
    }
    jobs.finish(held, Pdf(b"%PDF-1.7", 1))
    response = client.get(status)
    assert response.json() == {"state": "ready", "finished": True, "progress": ""}
    assert "no-store" in response["Cache-Control"]


def test_progress_shows_without_javascript(world: World) -> None:
    asked = queued(world.here)
    text = signed_in(world.here.coordinator).get(page("rendering", asked)).content.decode()
    assert '<noscript><meta http-equiv="refresh"' in text
    assert f'data-poll="{page("rendering-status", asked)}"' in text


# -- Download --------------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", READERS)
def test_a_reader_downloads_the_bytes_that_were_made(world: World, role: Role) -> None:
    made = row(world.here, world.here.rendering.pk)
    response = signed_in(world.here.people[role]).get(page("rendering-download", made))
    assert response.status_code == 200
    assert response.content == b"%PDF-1.7 of tests"
    assert hashlib.sha256(response.content).hexdigest() == made.sha256
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox"
    assert "no-store" in response["Cache-Control"]
    day = made.finished_at.date() if made.finished_at else None
    name = f"thurrock-prevent-in-thurrock-{day}.pdf"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'


@pytest.mark.parametrize(
    "title",
    ["“—”", 'a"; x=y\r\nSet-Cookie: a=b', "Ř" * 200, "../../etc/passwd"],
    ids=["nothing plain", "a header", "long", "a path"],
)
def test_a_strange_title_makes_a_plain_file_name(world: World, title: str) -> None:
    place = world.here
    with acting_as(place.coordinator.pk):
        place.report.title = title
        place.report.save(update_fields=["title"])
    download = page("rendering-download", place.rendering)
    name = signed_in(place.member).get(download)["Content-Disposition"]
    assert name.isascii()
    plain = name.removeprefix('attachment; filename="').removesuffix('.pdf"')
    assert plain.replace("-", "").isalnum(), name
    assert "--" not in plain


@pytest.mark.parametrize("role", READERS)
def test_what_is_not_ready_cannot_be_downloaded(world: World, role: Role) -> None:
    client = signed_in(world.here.people[role])
    asked = queued(world.here)
    assert client.get(page("rendering-download", asked)).status_code == 404
    held = jobs.claim(asked.pk)
    assert held is not None
    assert client.get(page("rendering-download", asked)).status_code == 404
    jobs.fail(held, GLYPH)
    assert client.get(page("rendering-download", asked)).status_code == 404


# -- Who sees what -------------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", MERE_READERS)
def test_a_reader_sees_no_draft_and_nothing_of_how_it_is_made(world: World, role: Role) -> None:
    place = world.here
    draft = place.drafting
    with acting_as(place.coordinator.pk):
        asked = make_report(report=now(place, draft), by=place.coordinator)
    held = jobs.claim(asked.pk)
    assert held is not None
    jobs.fail(held, GLYPH)

    reader, writer = signed_in(place.people[role]), signed_in(place.coordinator)
    listed = says(reader.get(reverse("reports:report-list", args=["thurrock"])))
    assert draft.title not in listed
    assert place.report.title in listed
    assert draft.title in says(writer.get(reverse("reports:report-list", args=["thurrock"])))
    assert reader.get(reverse("reports:report", args=["thurrock", draft.pk])).status_code == 404
    drafts = (
        asked,
        place.draft,
    )  # of a report they read not at all, and of one they read as it was issued
    for rendering in drafts:
        for name in ("rendering", "rendering-status", "rendering-download", "rendering-retry"):
            assert reader.get(page(name, rendering)).status_code == 404
    address = reverse("reports:report", args=["thurrock", place.report.pk])
    shown = says(reader.get(address, follow=True))
    assert "Make a PDF of the draft" not in shown


@pytest.mark.parametrize("role", [Role.DEMOCRATIC, Role.MEMBER])
def test_who_does_not_write_drafts_cannot_have_one_made_again(world: World, role: Role) -> None:
    asked = failed(world.here)
    response = signed_in(world.here.people[role]).post(page("rendering-retry", asked))
    assert response.status_code == 404
    assert row(world.here, asked.pk).state == "failed"


def test_a_lead_reads_a_draft_and_has_none_made(world: World) -> None:
    asked, lead = failed(world.here), signed_in(world.here.lead)
    assert GLYPH in says(lead.get(page("rendering", asked)))
    assert lead.post(page("rendering-retry", asked))["Location"] == page("rendering", asked)
    assert row(world.here, asked.pk).state == "failed"


def test_a_reader_reads_the_last_ready_paper_while_the_next_is_made_or_fails(world: World) -> None:
    place = world.here
    with acting_as(place.coordinator.pk):
        rate_as(place.assessment, "training", "green", comment="not out yet", by=place.coordinator)
    failed(place)
    queued(place)
    reader = signed_in(place.member)
    address = reverse("reports:report", args=["thurrock", place.report.pk])
    shown = says(reader.get(address, follow=True))
    assert "present words of thurrock" in shown
    assert "not out yet" not in shown
    assert GLYPH not in shown


def test_the_list_of_reports_asks_as_often_for_many_as_for_one(
    world: World, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(world.here.member)
    address = reverse("reports:report-list", args=["thurrock"])
    with django_assert_max_num_queries(12):
        client.get(address)
