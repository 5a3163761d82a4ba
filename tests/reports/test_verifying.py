"""Whether a file is one that the portal made, to the byte, and what became of it."""

import io
import re
from io import StringIO
from pathlib import Path

import pikepdf
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from boroughs.rows import acting_as
from portal.management.commands import verify_report
from reports import jobs, tasks, verifying
from reports.actions.issues import publish_issue, take_down_issue, withdraw_issue
from reports.actions.restricted import hand_out_pack
from reports.made_with import programs
from reports.models import PublicDecision, RenderedFile, Rendering
from reports.pdf import CannotRender, Pdf
from reports.verifying import Found, Verdict, verdict_on
from tests.boroughs.pages import address, signed_in
from tests.conftest import second_lock_off
from tests.factories import Place, World, tiny_pdf

from .deciding import recorded, typed
from .test_jobs import claimed, queued
from .writing import issue_again, pdf_of


def verdict(data: bytes) -> Verdict:
    with second_lock_off():
        return verdict_on(data)


def printed(rendering: Rendering) -> bytes:
    """A real PDF as the worker makes it."""
    tasks.render(str(rendering.pk))
    with second_lock_off():
        return bytes(RenderedFile.objects.get(rendering=rendering).pdf)


def kept(place: Place, asked: Rendering | None = None, **made_with: str) -> bytes:
    """A file kept as made that no printer made."""
    data = b"%PDF-1.7 of an earlier printer"
    assert jobs.finish(claimed((asked or queued(place)).pk), Pdf(data, 1, made_with))
    return data


def text_of(data: bytes, tmp_path: Path) -> str:
    """As the command reads it."""
    file = tmp_path / "file"
    file.write_bytes(data)
    return verify_report._text_of(file)


def saved_anew(data: bytes) -> bytes:
    """As another program saves it: the same pages, other bytes."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.docinfo["/Title"] = "Another"
        pdf.save(out)
    return out.getvalue()


def test_a_file_is_genuine_while_its_version_stands_and_says_what_became_of_it(
    world: World,
) -> None:
    place = world.here
    issue = issue_again(place)
    data = printed(pdf_of(place, issue))
    said = verdict(data)
    assert said.found is Found.GENUINE
    assert "Thurrock Council had it made on" in said.sentence
    assert f"“{place.report.title}”, version 2, issued and not published" in said.sentence
    assert "the same to the byte" in said.sentence
    with acting_as(place.democratic.pk):
        publish_issue(issue=issue, by=place.democratic)
    assert "version 2. Printed" in verdict(data).sentence
    issue_again(place, note="Once more")
    said = verdict(data)
    assert said.found is Found.SUPERSEDED
    assert "version 2, replaced by version 3 on" in said.sentence
    with acting_as(place.democratic.pk):
        withdraw_issue(issue=issue, because="A figure", by=place.democratic)
    said = verdict(data)
    assert said.found is Found.WITHDRAWN
    assert "withdrawn from the public pages on" in said.sentence


def test_a_version_that_was_taken_down_is_known_by_its_digest_and_no_word_of_it(
    world: World,
) -> None:
    place = world.here
    issue = issue_again(place)
    data = kept(place, pdf_of(place, issue))
    with acting_as(place.democratic.pk):
        take_down_issue(issue=issue, because="A name", by=place.democratic)
    said = verdict(data)
    assert said.found is Found.ERASED
    assert "as version 2 of a report of Thurrock Council. It was taken down on" in said.sentence
    assert place.report.title not in said.sentence


def test_a_draft_is_no_issued_paper(world: World) -> None:
    said = verdict(printed(queued(world.here)))
    assert said.found is Found.DRAFT
    assert "a draft that was never issued as it is" in said.sentence


def test_a_restricted_pack_names_who_it_was_handed_to_and_on_what(world: World) -> None:
    place = world.here
    issue = issue_again(place)
    printed(pdf_of(place, issue))
    with acting_as(place.member.pk):
        pack = hand_out_pack(issue=issue, by=place.member, as_member=True)
    said = verdict(pack)
    assert said.found is Found.GENUINE
    assert "not for the public" in said.sentence
    assert f"handed to {place.member} on" in said.sentence
    assert (
        f"the restricted pack of “{place.report.title}” of Thurrock Council, version 2"
        in said.sentence
    )
    with acting_as(place.democratic.pk):
        take_down_issue(issue=issue, because="A name", by=place.democratic)
    said = verdict(pack)
    assert said.found is Found.ERASED
    assert "taken down" in said.sentence
    assert place.report.title not in said.sentence


def test_a_file_that_was_changed_is_told_from_one_of_another_portal(
    world: World, tmp_path: Path
) -> None:
    place = world.here
    data = saved_anew(printed(queued(place)))
    text = text_of(data, tmp_path)
    with second_lock_off():
        said = verdict_on(data, text)
        assert said.found is Found.ALTERED
        assert "made by this portal for Thurrock Council" in said.sentence
        found = verdict_on(data, re.sub("[0-9a-f]{16}", "0123456789abcdef", text))
    assert found.found is Found.ELSEWHERE
    assert "Of another portal" in found.sentence


def test_a_file_without_any_mark_is_unknown(world: World, tmp_path: Path) -> None:
    data = tiny_pdf("An agenda of 12:30 on 1 July.")
    said = verdict_on(data, text_of(data, tmp_path))
    assert said == Verdict(Found.UNKNOWN, verifying.UNKNOWN)
    assert text_of(b"no PDF at all", tmp_path) == ""


def test_the_record_of_a_decision_is_genuine_until_it_is_corrected(
    world: World, tmp_path: Path
) -> None:
    place = world.here
    decision = recorded(place)
    at = address("reports:decision-download", place.borough, decision.pk)
    data = signed_in(place.democratic).get(at).content
    text = text_of(data, tmp_path)
    with second_lock_off():
        said = verdict_on(data, text)
        assert said.found is Found.GENUINE
        assert f"the record of the decision of 10 July 2019 on “{decision.report}”" in said.sentence
        changed = verdict_on(saved_anew(data), text)
    assert changed.found is Found.OTHERWISE
    assert "the file was changed" in changed.sentence
    client = signed_in(place.democratic)
    page = address("reports:decision-correct", place.borough, decision.pk)
    form = typed(minute="14/2019", why="The minute's number.", seen="1")
    assert client.post(page, form).status_code == 302
    with second_lock_off():
        said = verdict_on(data, text)
    assert said.found is Found.OTHERWISE
    assert "the record was corrected last on" in said.sentence


def test_one_byte_more_is_a_file_the_portal_never_issued(world: World) -> None:
    assert verdict(kept(world.here) + b"\n") == Verdict(Found.UNKNOWN, verifying.UNKNOWN)


def test_a_file_that_prints_otherwise_now_names_the_programs_that_changed(world: World) -> None:
    said = verdict(kept(world.here, None, **{**programs(), "WeasyPrint": "69.0"}))
    assert said.found is Found.OTHERWISE
    assert f"WeasyPrint 69.0, now {programs()['WeasyPrint']}" in said.sentence
    assert "pydyf" not in said.sentence


def test_a_file_of_before_programs_were_kept_says_so(world: World) -> None:
    said = verdict(kept(world.here))
    assert said.found is Found.OTHERWISE
    assert "before the portal kept what it was made with" in said.sentence


def test_a_snapshot_changed_behind_the_portals_back_is_not_genuine(world: World) -> None:
    data = printed(queued(world.here))
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
    monkeypatch.setattr(
        verify_report, "verdict_on", lambda data, text: Verdict(found, data.decode() + text)
    )
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


def test_the_record_of_a_decision_on_the_public_pages_is_genuine(world: World) -> None:
    place = world.here
    with acting_as(place.democratic.pk):
        data = bytes(PublicDecision.objects.get(decision=place.decision).pdf)
    said = verdict(data)
    assert said.found is Found.GENUINE
    assert "as the public pages show it" in said.sentence
