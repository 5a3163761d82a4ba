"""Sealing: AES-256-GCM in authenticated pieces, so that a large file is read without being held whole.

The STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015): each piece has the nonce prefix ‖ counter ‖ last?,
so that pieces cannot be dropped, repeated or put in another order, and an end that is cut off is noticed. Each file
has a key of its own, drawn from the borough's by HKDF with the salt at its head.
"""

import base64
import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY = 32  # bytes
PIECE = 64 * 1024  # bytes of text in each sealed piece
TAG = 16  # bytes that sealing adds to a piece
MAGIC = b"PORTAL-1"
SALT, PREFIX, NONCE = 32, 7, 12  # bytes


class Source(Protocol):
    """Anything to read bytes from: fewer than asked for only at the end."""

    def read(self, size: int, /) -> bytes: ...


class Broken(Exception):
    """What is stored is not what was sealed, or another key sealed it."""


def new_key() -> bytes:
    return os.urandom(KEY)


def written(key: bytes) -> str:
    """A key as it stands in the environment."""
    return base64.urlsafe_b64encode(key).decode()


def read_key(text: str) -> bytes:
    """The key in a variable of the environment; ValueError says what is wrong with it."""
    try:
        key = base64.b64decode(text, altchars=b"-_", validate=True)
    except ValueError:
        key = b""
    if len(key) != KEY:
        raise ValueError(f"must be {KEY} random bytes in base64")
    return key


def drawn(key: bytes, use: bytes, salt: bytes | None = None) -> bytes:
    """Another key from this one, for one use alone."""
    return HKDF(algorithm=SHA256(), length=KEY, salt=salt, info=use).derive(key)


# -- One small thing: a key under a key -------------------------------------------------------------------
def wrap(key: bytes, *, under: bytes, context: bytes) -> bytes:
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(under).encrypt(nonce, key, context)


def unwrap(wrapped: bytes, *, under: bytes, context: bytes) -> bytes:
    """Raises Broken."""
    try:
        return AESGCM(under).decrypt(wrapped[:NONCE], wrapped[NONCE:], context)
    except (InvalidTag, ValueError) as error:
        raise Broken("The key was wrapped by another master key, or has been changed.") from error


# -- Files ----------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class _File:
    cipher: AESGCM
    prefix: bytes
    context: bytes

    def nonce(self, number: int, *, last: bool) -> bytes:
        return self.prefix + number.to_bytes(NONCE - PREFIX - 1, "big") + bytes([last])


def _file(key: bytes, salt: bytes, prefix: bytes, context: bytes) -> _File:
    return _File(AESGCM(drawn(key, MAGIC, salt)), prefix, context)


def _pieces(source: Source, size: int) -> Iterator[tuple[int, bytes, bool]]:
    """(number, piece, whether it is the last); an empty file is one empty piece."""
    number, piece = 0, source.read(size)
    while True:
        following = source.read(size) if len(piece) == size else b""
        yield number, piece, not following
        if not following:
            return
        number, piece = number + 1, following


def seal(source: Source, *, key: bytes, context: bytes) -> Iterator[bytes]:
    """The sealed file, piece by piece. `context` must be given again to read it."""
    salt, prefix = os.urandom(SALT), os.urandom(PREFIX)
    file = _file(key, salt, prefix, context)
    yield MAGIC + salt + prefix
    for number, piece, last in _pieces(source, PIECE):
        yield file.cipher.encrypt(file.nonce(number, last=last), piece, file.context)


def unseal(source: Source, *, key: bytes, context: bytes) -> Iterator[bytes]:
    """The text, piece by piece; none leaves before it is authenticated. Raises Broken."""
    head = source.read(len(MAGIC) + SALT + PREFIX)
    if len(head) != len(MAGIC) + SALT + PREFIX or not head.startswith(MAGIC):
        raise Broken("The file is not a sealed one.")
    salt, prefix = head[len(MAGIC) : -PREFIX], head[-PREFIX:]
    file = _file(key, salt, prefix, context)
    for number, piece, last in _pieces(source, PIECE + TAG):
        try:
            yield file.cipher.decrypt(file.nonce(number, last=last), piece, file.context)
        except (InvalidTag, ValueError) as error:
            raise Broken("The sealed file has been changed, or another key sealed it.") from error
