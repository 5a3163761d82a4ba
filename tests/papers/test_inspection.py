"""Uploaded files: what is taken, how names are cleaned, and the process that reads them."""

import contextlib
import os
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from papers.inspection import Unacceptable, clean_name, inspect, process
from papers.inspection.examine import examine
from papers.inspection.kinds import KINDS
from papers.inspection.process import Limits
from tests.papers import files


def refusal(folder: Path, name: str, data: bytes, limits: Limits = process.LIMITS) -> str:
    with pytest.raises(Unacceptable) as refused:
        inspect(files.put(folder, "upload", data), name=name, limits=limits)
    return str(refused.value)


@pytest.mark.parametrize("name", files.ORDINARY)
def test_an_ordinary_file_of_each_kind_is_taken_and_hides_nothing(
    tmp_path: Path, name: str
) -> None:
    inspected = inspect(files.put(tmp_path, "upload", files.ORDINARY[name]()), name=name)
    assert inspected.findings == ()
    assert inspected.media_type == KINDS[inspected.extension].media_type
    assert inspected.pages == (1 if inspected.extension in {"pdf", "pptx", "png", "jpg"} else None)


@pytest.mark.parametrize(
    ("name", "word"),
    [("paper.pdf", "Minutes"), ("paper.docx", "Minutes"), ("paper.xlsx", "Total"), ("paper.pptx", "Hello"), ("paper.odt", "Minutes"), ("paper.csv", "Addison")],
)  # fmt: skip
def test_the_text_is_handed_on_for_warnings(tmp_path: Path, name: str, word: str) -> None:
    assert word in inspect(files.put(tmp_path, "f", files.ORDINARY[name]()), name=name).text


def test_the_text_is_bounded(tmp_path: Path) -> None:
    data = b"a,b\n" * 200_000
    assert len(inspect(files.put(tmp_path, "f", data), name="long.csv").text) == 500_000


# -- Names --------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("Minutes of 4 July.pdf", "Minutes of 4 July.pdf"),
        ("  Minutes   of July .pdf. . ", "Minutes of July .pdf"),
        ("What: a plan?.docx", "What- a plan-.docx"),
        ("Cynllun Atal – Caerdydd.PDF", "Cynllun Atal – Caerdydd.PDF"),
        ("Cafe\u0301.csv", "Café.csv"),
        ("minutes.docx.pdf", "minutes.docx.pdf"),
    ],
)
def test_a_name_is_cleaned(given_name: str, kept: str) -> None:
    assert clean_name(given_name) == kept


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("../../etc/passwd.pdf", "holds a folder"),
        ("C:\\papers\\a.pdf", "holds a folder"),
        ("minutes\u202efdp.exe", "direction of writing"),
        ("minutes\u202excod.pdf", "direction of writing"),
        ("minutes\u2066.pdf", "cannot be seen"),
        ("minutes\x00.pdf", "cannot be seen"),
        ("minutes\r\nX-A: b.pdf", "cannot be seen"),
        ("minutes\u200b.pdf", "cannot be seen"),
        ("minutes\ud800.pdf", "cannot be seen"),
        ("m" * 200 + ".pdf", "150 characters or fewer"),
        ("minutes", "does not say what kind"),
        ("", "does not say what kind"),
        (".pdf", "no name before the dot"),
        ("...", "does not say what kind"),
        ("minutes.pdf.exe", "cannot be uploaded"),
        ("minutes.exe.pdf", "two kinds of file"),
        ("minutes.html.pdf", "two kinds of file"),
        ("minutes.zip", "cannot be uploaded"),
        ("minutes.svg", "cannot be uploaded"),
        ("minutes.docm", "macros"),
        ("minutes.doc", "older Office format"),
    ],
)
def test_a_name_is_refused_with_words_that_say_what_to_do(name: str, words: str) -> None:
    with pytest.raises(Unacceptable, match=words) as refused:
        clean_name(name)
    assert "pload" in str(refused.value)


@given(st.text(max_size=200))
def test_a_cleaned_name_stays_as_it_is_cleaned_again(name: str) -> None:
    try:
        cleaned = clean_name(name)
    except Unacceptable:
        return
    assert clean_name(cleaned) == cleaned
    assert not set(cleaned) & set('/\\<>:"|?*\r\n\0')


# -- Content against name -----------------------------------------------------------------------------
ALL = {name: make for name, make in files.ORDINARY.items() if name != "photo.JPEG"}


@pytest.mark.parametrize("promise", ALL)
@pytest.mark.parametrize("truth", ALL)
def test_content_and_extension_must_agree(promise: str, truth: str) -> None:
    promised, true = (name.rpartition(".")[2] for name in (promise, truth))
    if promised == true:
        return
    with pytest.raises(Unacceptable):
        examine(BytesIO(ALL[truth]()), promised)


def test_a_wrong_name_is_said_in_words(tmp_path: Path) -> None:
    assert "It is a PNG picture" in refusal(tmp_path, "paper.pdf", files.png())
    assert "content is not a PDF" in refusal(tmp_path, "paper.pdf", b"hello")
    assert "but it is not one inside" in refusal(tmp_path, "paper.docx", ALL["paper.xlsx"]())
    assert "The file is empty" in refusal(tmp_path, "paper.docx", b"")


# -- The process --------------------------------------------------------------------------------------
def test_a_file_that_takes_too_much_memory_or_time_is_refused(tmp_path: Path) -> None:
    cells = (
        f'<row r="{n}"><c r="A{n}"><v>{zlib.crc32(b"%d" % n)}</v></c></row>' for n in range(150_000)
    )
    many = files.sheet("".join(cells))
    data = files.xlsx({"A": "visible"}, rows=many)
    short, small = Limits(seconds=1, wall_seconds=0.2), Limits(memory=34 * 1024**2)
    assert "too complicated" in refusal(tmp_path, "a.xlsx", data, short)
    assert "too complicated" in refusal(tmp_path, "a.xlsx", data, small)
    assert inspect(files.put(tmp_path, "f", data), name="a.xlsx").findings == ()


def test_an_answer_that_is_too_long_is_refused(tmp_path: Path) -> None:
    assert "too complicated" in refusal(tmp_path, "a.csv", b"word " * 9_000, Limits(answer=1000))


def test_the_process_has_nothing_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_KEY", "canary")
    monkeypatch.setattr(process, "WORKER", "tests.papers.nosy")
    seen = inspect(files.put(tmp_path, "f", b"a"), name="a.csv").text
    assert "environment 0" in seen
    assert "files in the folder 0" in seen
    assert "network no" in seen or os.geteuid() != 0
    assert "can write no" in seen
    assert "folder gone" in seen


def test_a_process_that_dies_or_talks_nonsense_is_a_refusal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for worker in ("no.such.module", "this"):
        monkeypatch.setattr(process, "WORKER", worker)
        assert "could not be checked" in refusal(tmp_path, "a.csv", b"a")


# -- Anything at all ----------------------------------------------------------------------------------
def taken_or_refused(data: bytes, extension: str) -> None:
    """The worker answers for every fault with a refusal: here, which faults it must expect."""
    with contextlib.suppress(Unacceptable):
        examine(BytesIO(data), extension)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(KINDS)), st.binary(max_size=400))
def test_random_bytes_are_taken_or_refused(extension: str, data: bytes) -> None:
    taken_or_refused(KINDS[extension].magic + data, extension)
    taken_or_refused(data, extension)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(ALL)), st.data())
def test_a_spoilt_file_is_taken_or_refused(name: str, draw: st.DataObject) -> None:
    data = bytearray(ALL[name]())
    for _ in range(draw.draw(st.integers(1, 4))):
        at = draw.draw(st.integers(0, len(data) - 1))
        data[at : at + draw.draw(st.integers(0, 3))] = draw.draw(st.binary(max_size=4))
    taken_or_refused(bytes(data), name.rpartition(".")[2])
