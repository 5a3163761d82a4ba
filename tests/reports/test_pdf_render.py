"""The press: reproducible, sealed off, bounded, and back on its feet after a fault."""

import hashlib
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from reports import pdf, pdf_press, rendering
from reports.pdf import CannotRender, Limits
from reports.print import fonts

from . import snapshots

# Some twenty seconds of work inside one cell.
BOMB = "<html lang=en><title>t</title><table><tr><td colspan=65534>x</td></tr></table>"
SMALL = "<!DOCTYPE html><html lang=en><title>t</title><h1>Small</h1>"


def reason_for(html: str, limits: Limits = pdf.LIMITS) -> str:
    with pytest.raises(CannotRender) as caught:
        pdf.render(html, limits=limits)
    return caught.value.reason


def press() -> int:
    assert pdf._press is not None
    return pdf._press.pid


def test_the_same_snapshot_gives_the_same_bytes_in_another_process() -> None:
    html = rendering.html_of(snapshots.short())
    first = pdf.render(html).data
    one = press()
    pdf.stop()
    second = pdf.render(html).data

    assert press() != one
    assert hashlib.sha256(first).hexdigest() == hashlib.sha256(second).hexdigest()


def test_a_character_the_typeface_lacks_is_named_with_its_place() -> None:
    snapshot = snapshots.short()
    snapshot["assessment"]["ratings"][2]["comment"] = "Well done 😀"

    reason = reason_for(rendering.html_of(snapshot))

    assert reason == (
        "The character “😀” (U+1F600) in “3. Prevent partnership action plan” cannot be printed. "
        "Replace it with words."
    )


def test_a_report_that_runs_away_is_stopped_and_says_so() -> None:
    pdf.render(SMALL)
    began = time.monotonic()

    assert reason_for(BOMB, Limits(seconds=1)) == pdf_press.TOO_LONG
    assert time.monotonic() - began < 5
    assert pdf.render(SMALL).pages == 1


def test_a_printer_that_waits_for_ever_is_stopped_by_the_clock() -> None:
    script = (
        "import time; from reports.pdf_press import _limit; "
        "_limit({'seconds': 1, 'bytes': 2**32}); time.sleep(20)"
    )
    waiting = subprocess.run([sys.executable, "-c", script], check=False, cwd=fonts.ROOT)

    assert waiting.returncode == -signal.SIGALRM


def test_a_report_that_eats_memory_is_stopped_and_says_so() -> None:
    # A little more than the press holds already, far less than this many paragraphs take.
    pdf.render(SMALL)
    held = next(
        int(line.split()[1]) * 1024
        for line in Path(f"/proc/{press()}/status").read_text().splitlines()
        if line.startswith("VmSize")
    )
    html = SMALL + "<p>words and more words" * 20_000

    assert reason_for(html, Limits(seconds=40, bytes=held + 30 * 1024**2)) in (
        pdf_press.TOO_BIG,
        pdf_press.CRASHED,
    )
    assert pdf.render(SMALL).pages == 1


def test_a_printer_that_is_killed_is_reported_and_the_next_report_is_printed() -> None:
    pdf.render(SMALL)
    reasons: list[str] = []
    bomb = threading.Thread(target=lambda: reasons.append(reason_for(BOMB)))
    bomb.start()
    os.kill(child_of(press()), signal.SIGKILL)
    bomb.join(10)

    assert reasons == [pdf_press.CRASHED]
    assert pdf.render(SMALL).pages == 1


def test_a_press_that_dies_is_reported_and_another_one_started() -> None:
    pdf.render(SMALL)
    reasons: list[str] = []
    bomb = threading.Thread(target=lambda: reasons.append(reason_for(BOMB)))
    bomb.start()
    printing = child_of(press())
    os.kill(press(), signal.SIGKILL)
    bomb.join(10)

    assert reasons == [pdf.NO_ANSWER]
    assert gone(printing)
    assert pdf.render(SMALL).pages == 1


def child_of(process: int) -> int:
    children = Path(f"/proc/{process}/task/{process}/children")
    until = time.monotonic() + 10
    while time.monotonic() < until:
        if found := children.read_text().split():
            return int(found[0])
        time.sleep(0.01)
    raise AssertionError("The press began no work.")


def gone(process: int) -> bool:
    until = time.monotonic() + 10
    while time.monotonic() < until:
        status = Path(f"/proc/{process}/stat")
        if not status.exists() or status.read_text().rsplit(")", 1)[1].split()[0] == "Z":
            return True
        time.sleep(0.05)
    return False


def test_the_press_goes_when_the_worker_is_killed() -> None:
    script = (
        "import os; from reports import pdf; "
        f"pdf.render({SMALL!r}); os.write(1, str(pdf._press.pid).encode()); os._exit(9)"
    )
    worker = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=False, cwd=fonts.ROOT
    )

    assert gone(int(worker.stdout))


def test_the_press_holds_no_secret_of_the_portal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SECRET_KEY", "DATABASE_URL", "REDIS_URL", "EMAIL_URL"):
        monkeypatch.setenv(name, "secret")
    pdf.stop()
    pdf.render(SMALL)
    names = {
        each.partition(b"=")[0]
        for each in Path(f"/proc/{press()}/environ").read_bytes().split(b"\0")
    }

    assert b"PATH" in names
    assert not names & {b"SECRET_KEY", b"DATABASE_URL", b"REDIS_URL", b"EMAIL_URL"}


def test_without_the_typeface_the_reason_says_what_to_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:  # fmt: skip
    monkeypatch.setattr(fonts, "BUNDLE", tmp_path)

    assert "typeface" in reason_for(SMALL)


def test_an_asked_for_address_is_refused_in_a_sentence() -> None:
    html = SMALL + "<link rel=attachment href=file:///etc/passwd>"

    assert reason_for(html) == pdf_press.NOT_ALLOWED
