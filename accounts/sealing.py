"""Secrets of second factors as they stand in the database: unreadable to whoever has only a copy of it."""

import base64
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

PURPOSE = b"second factors at rest"
NONCE_BYTES = 12


class CannotUnseal(Exception):
    """None of the keys opens it: SECOND_FACTOR_KEY was changed and the former one is not among the old keys."""


def seal(text: str) -> str:
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = _cipher(settings.SECOND_FACTOR_KEY).encrypt(nonce, text.encode(), None)
    return base64.urlsafe_b64encode(nonce + sealed).decode()


def unseal(sealed: str) -> str:
    """The text again, by the present key or one of those before it. Raises CannotUnseal."""
    raw = base64.urlsafe_b64decode(sealed)
    for key in (settings.SECOND_FACTOR_KEY, *settings.SECOND_FACTOR_OLD_KEYS):
        try:
            return _cipher(key).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], None).decode()
        except InvalidTag:
            continue
    raise CannotUnseal("A second factor cannot be read: see SECOND_FACTOR_KEY in .env.example")


def _cipher(key: str) -> AESGCM:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(key.encode())
    return AESGCM(derived)
