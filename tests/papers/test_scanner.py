"""The virus scanner, against a small stand-in for clamd on a socket of this machine."""

import socket
import struct
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from papers import scanner
from papers.inspection import Unacceptable

CONTENT = b"a paper" * 30_000
Conversation = Callable[[socket.socket], None]


def taken_in(caller: socket.socket) -> bytes:
    """What a caller sends by INSTREAM."""
    stream = caller.makefile("rb")
    assert stream.read(10) == b"zINSTREAM\0"
    data = b""
    while length := struct.unpack("!I", stream.read(4))[0]:
        data += stream.read(length)
    return data


def answering(words: bytes) -> Conversation:
    def talk(caller: socket.socket) -> None:
        assert taken_in(caller) == CONTENT
        caller.sendall(words)

    return talk


def refusing_early(caller: socket.socket) -> None:
    caller.recv(100)
    caller.sendall(b"INSTREAM size limit exceeded. ERROR\0")


@contextmanager
def clamd(talk: Conversation) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as server:
        address = f"{folder}/clamd"
        server.bind(address)
        server.listen()
        faults: list[BaseException] = []

        def serve() -> None:
            caller, _ = server.accept()
            with caller:
                try:
                    talk(caller)
                except BaseException as fault:  # told to the test
                    faults.append(fault)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield address
        thread.join(5)
        assert not faults


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "paper"
    path.write_bytes(CONTENT)
    return path


def refusal(paper: Path, address: str, seconds: float = 5) -> str:
    with pytest.raises(Unacceptable) as refused:
        scanner.check(paper, address=address, seconds=seconds)
    return str(refused.value)


def test_a_clean_file_passes_and_is_sent_whole(paper: Path, socket_enabled: None) -> None:
    with clamd(answering(b"stream: OK\0")) as address:
        scanner.check(paper, address=address)


def test_a_harmful_file_is_refused_without_the_name_of_what_was_found(
    paper: Path, socket_enabled: None
) -> None:
    with clamd(answering(b"stream: Win.Test.EICAR_HDB-1 FOUND\0")) as address:
        assert refusal(paper, address) == scanner.INFECTED


@pytest.mark.parametrize(
    "words",
    [b"stream: OK", b"", b"stream: OK\nFOUND\0", b"UNKNOWN COMMAND\0", b"stream: Can't allocate memory ERROR\0", b"OK\0"],
)  # fmt: skip
def test_an_answer_that_is_not_clean_in_so_many_words_is_a_refusal(
    paper: Path, words: bytes, socket_enabled: None
) -> None:
    with clamd(answering(words)) as address:
        assert refusal(paper, address) == scanner.AWAY


def test_silence_is_a_refusal(paper: Path, socket_enabled: None) -> None:
    done = threading.Event()

    def keep_silent(_: socket.socket) -> None:
        done.wait(5)

    with clamd(keep_silent) as address:
        assert refusal(paper, address, seconds=0.2) == scanner.AWAY
        done.set()


def test_an_answer_in_drops_does_not_outlast_the_time(paper: Path, socket_enabled: None) -> None:
    done = threading.Event()

    def drip(caller: socket.socket) -> None:
        taken_in(caller)
        while not done.wait(0.05):
            caller.sendall(b"s")

    with clamd(drip) as address:
        assert refusal(paper, address, seconds=0.3) == scanner.AWAY
        done.set()


def test_a_file_too_large_for_the_scanner_is_said(paper: Path, socket_enabled: None) -> None:
    paper.write_bytes(CONTENT * 20)
    with clamd(refusing_early) as address:
        assert refusal(paper, address) in {scanner.TOO_LARGE, scanner.AWAY}
    assert scanner.why_not_clean("INSTREAM size limit exceeded. ERROR") == scanner.TOO_LARGE


@pytest.mark.parametrize("address", ["/nowhere/clamd", "127.0.0.1:1", "scanner:notaport"])
def test_a_scanner_that_is_not_there_is_a_refusal(
    paper: Path, address: str, socket_enabled: None
) -> None:
    assert refusal(paper, address) == scanner.AWAY


def test_a_scanner_on_the_network_is_asked(paper: Path, socket_enabled: None) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            caller, _ = server.accept()
            with caller:
                answering(b"stream: OK\0")(caller)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        scanner.check(paper, address=f"127.0.0.1:{server.getsockname()[1]}", seconds=5)
        thread.join(5)


def test_without_an_address_the_scanner_is_off(tmp_path: Path) -> None:
    scanner.check(tmp_path / "missing", address="")
