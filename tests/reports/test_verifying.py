"""Whether a file is one that the portal issued, to the byte."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from boroughs.rows import acting_as
from portal.management.commands import verify_report
from reports import jobs, tasks, verifying
from reports.made_with import programs
from reports.models import RenderedFile, Rendering
from reports.pdf import CannotRender, Pdf
from reports.verifying import Found, Verdict, verdict_on
from tests.conftest import second_lock_off
from tests.factories import Place, World

from .test_jobs import claimed, queued


def verdict(data: bytes) -> Verdict:
    with second_lock_off():
        return verdict_on(data)


def issued(place: Place) -> bytes:
    """A real PDF as the worker makes it."""
    asked = queued(place)
    tasks.render(str(asked.pk))
    with acting_as(place.lead.pk):
        return bytes(RenderedFile.objects.get(rendering=asked).pdf)


def kept(place: Place, **made_with: str) -> bytes:
    """A file kept as issued that no printer made."""
    data = b"%PDF-1.7 of an earlier printer"
    assert jobs.finish(claimed(queued(place).pk), Pdf(data, 1, made_with))
    return data


def test_a_file_is_genuine_when_its_snapshot_prints_the_same_bytes(world: World) -> None:
    said = verdict(issued(world.here))
    assert said.found is Found.GENUINE
    assert "Thurrock Council had it made on" in said.sentence
    assert world.here.report.title in said.sentence
    assert "the same to the byte" in said.sentence


def test_one_byte_more_is_a_file_the_portal_never_issued(world: World) -> None:
    assert verdict(kept(world.here) + b"\n") == Verdict(Found.UNKNOWN, verifying.UNKNOWN)


def test_a_file_that_prints_otherwise_now_names_the_programs_that_changed(world: World) -> None:
    said = verdict(kept(world.here, **{**programs(), "WeasyPrint": "69.0"}))
    assert said.found is Found.OTHERWISE
    assert f"WeasyPrint 69.0, now {programs()['WeasyPrint']}" in said.sentence
    assert "pydyf" not in said.sentence


def test_a_file_of_before_programs_were_kept_says_so(world: World) -> None:
    said = verdict(kept(world.here))
    assert said.found is Found.OTHERWISE
    assert "before the portal kept what it was made with" in said.sentence


def test_a_snapshot_changed_behind_the_portals_back_is_not_genuine(world: World) -> None:
    data = issued(world.here)
    with second_lock_off():
        made = Rendering.objects.get(report=world.here.report, made_with__has_key="Pango")
        made.snapshot["report"]["title"] = "Another title"
        made.save(update_fields=["snapshot"])
    said = verdict(data)
    assert said.found is Found.OTHERWISE
    assert verifying.SAME_PROGRAMS in said.sentence


def test_a_file_that_cannot_be_printed_again_says_why(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(snapshot: object) -> Pdf:
        raise CannotRender("No typeface.")

    data = kept(world.here)
    monkeypatch.setattr(verifying, "pdf_of", refuse)
    assert verdict(data).sentence.endswith("No typeface.")


def test_an_erased_file_is_known_from_the_trail(world: World) -> None:
    data = kept(world.here)
    with second_lock_off():
        RenderedFile.objects.filter(rendering__report=world.here.report).delete()
        Rendering.objects.filter(report=world.here.report).update(
            state="failed",
            reason="Erased",
            sha256="",
            token=None,
            finished_at=timezone.now(),
            snapshot={},
        )
    said = verdict(data)
    assert said.found is Found.ERASED
    assert "erased or taken down since" in said.sentence
    assert world.here.report.title not in said.sentence


def test_the_command_is_for_the_owner_of_the_tables(world: World, tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(kept(world.here))
    with pytest.raises(CommandError, match="portal_owner"):
        call_command("verify_report", str(file))


@pytest.mark.parametrize("found", Found)
def test_the_command_ends_with_a_code_of_its_own(
    db: None, found: Found, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(verify_report, "see_everything", lambda: None)
    monkeypatch.setattr(verify_report, "verdict_on", lambda data: Verdict(found, data.decode()))
    file, said = tmp_path / "report.pdf", StringIO()
    file.write_text("The sentence.")
    if found is Found.GENUINE:
        call_command("verify_report", str(file), stdout=said)
        assert said.getvalue() == "The sentence.\n"
        return
    with pytest.raises(CommandError, match="The sentence") as caught:
        call_command("verify_report", str(file), stdout=said)
    assert caught.value.returncode == found


def test_a_file_that_is_not_there_is_said_plainly(
    db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(verify_report, "see_everything", lambda: None)
    with pytest.raises(CommandError, match="No such file"):
        call_command("verify_report", str(tmp_path / "none.pdf"))
