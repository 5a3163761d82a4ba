"""What is sealed is read by its key alone, whole, in order and in its own place."""

import io

import pytest

from papers.sealing import (
    MAGIC,
    PIECE,
    PREFIX,
    SALT,
    TAG,
    Broken,
    new_key,
    read_key,
    seal,
    unseal,
    unwrap,
    wrap,
    written,
)

KEY = new_key()
HEAD = len(MAGIC) + SALT + PREFIX
SEALED_PIECE = PIECE + TAG


def sealed(text: bytes, context: bytes = b"here") -> bytes:
    return b"".join(seal(io.BytesIO(text), key=KEY, context=context))


def opened(data: bytes, key: bytes = KEY, context: bytes = b"here") -> bytes:
    return b"".join(unseal(io.BytesIO(data), key=key, context=context))


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_what_is_sealed_comes_back(size: int) -> None:
    text = bytes(n % 251 for n in range(size))
    data = sealed(text)
    assert opened(data) == text
    assert size < 16 or text[:16] not in data


def test_the_same_text_is_sealed_differently_each_time() -> None:
    assert sealed(b"the same") != sealed(b"the same")


def damages() -> list[tuple[str, bytes]]:
    data = sealed(bytes(2 * PIECE + 100))
    first, second = data[HEAD : HEAD + SEALED_PIECE], data[HEAD + SEALED_PIECE :][:SEALED_PIECE]
    rest = data[HEAD + 2 * SEALED_PIECE :]
    return [
        ("one bit", data[:-1] + bytes([data[-1] ^ 1])),
        ("a bit of the head", data[:10] + bytes([data[10] ^ 1]) + data[11:]),
        ("cut in a piece", data[:-5]),
        ("cut between pieces", data[: HEAD + 2 * SEALED_PIECE]),
        ("only the head", data[:HEAD]),
        ("pieces changed round", data[:HEAD] + second + first + rest),
        ("a piece left out", data[:HEAD] + second + rest),
        ("a piece twice", data[:HEAD] + first + first + second + rest),
        ("something added", data + b"x" * SEALED_PIECE),
        ("not sealed at all", bytes(200)),
        ("nothing", b""),
    ]


@pytest.mark.parametrize(("name", "data"), damages(), ids=[name for name, _ in damages()])
def test_what_was_changed_is_not_read(name: str, data: bytes) -> None:
    with pytest.raises(Broken):
        opened(data)


def test_another_key_or_another_place_reads_nothing() -> None:
    data = sealed(b"closed")
    with pytest.raises(Broken):
        opened(data, key=new_key())
    with pytest.raises(Broken):
        opened(data, context=b"there")


def test_no_piece_leaves_before_it_is_known_to_be_whole() -> None:
    data = bytearray(sealed(bytes(2 * PIECE)))
    data[HEAD + SEALED_PIECE + 5] ^= 1
    got: list[bytes] = []
    with pytest.raises(Broken):
        got.extend(unseal(io.BytesIO(bytes(data)), key=KEY, context=b"here"))
    assert got == [bytes(PIECE)]


def test_a_key_is_wrapped_for_its_own_place() -> None:
    inner, master = new_key(), new_key()
    wrapped = wrap(inner, under=master, context=b"one")
    assert unwrap(wrapped, under=master, context=b"one") == inner
    for under, context in ((new_key(), b"one"), (master, b"two")):
        with pytest.raises(Broken):
            unwrap(wrapped, under=under, context=context)
    with pytest.raises(Broken):
        unwrap(b"short", under=master, context=b"one")


def test_a_key_is_written_for_the_environment_and_a_bad_one_is_refused() -> None:
    assert read_key(written(KEY)) == KEY
    for bad in ("", "short", written(KEY)[:-4], "not base64 at all!" * 3):
        with pytest.raises(ValueError, match="32 random bytes"):
            read_key(bad)
