"""Secrets and unsent text as they stand in the database: unreadable to whoever has only a copy of it."""

import base64
import secrets

from allauth.mfa.models import Authenticator
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import transaction

FACTORS = "second factors at rest"
NONCE_BYTES = 12
SEALED = ("secret", "seed")  # of an authenticator app, and of the recovery codes


class CannotUnseal(Exception):
    """None of the keys opens it: the former FILES_MASTER_KEY is not among the old ones."""


def seal(text: str, purpose: str = FACTORS) -> str:
    """Under a key of this purpose alone: what is sealed for one cannot be read as something sealed for another."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = _cipher(settings.FILES_MASTER_KEY, purpose).encrypt(nonce, text.encode(), None)
    return base64.urlsafe_b64encode(nonce + sealed).decode()


def unseal(sealed: str, purpose: str = FACTORS) -> str:
    """The text again, by the present key or one of those before it. Raises CannotUnseal."""
    raw = base64.urlsafe_b64decode(sealed)
    for key in (settings.FILES_MASTER_KEY, *settings.FILES_MASTER_KEY_OLD):
        try:
            return (
                _cipher(key, purpose).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], None).decode()
            )
        except InvalidTag:
            continue
    raise CannotUnseal("A sealed text cannot be read: see FILES_MASTER_KEY in .env.example")


@transaction.atomic
def reseal_all() -> int:
    """Seal with the present key whatever a former one sealed; how many factors there are. Raises CannotUnseal."""
    factors = list(Authenticator.objects.select_for_update().exclude(type="webauthn"))
    for factor in factors:
        for name in factor.data.keys() & set(SEALED):
            factor.data[name] = seal(unseal(factor.data[name]))
        factor.save(update_fields=["data"])
    return len(factors)


def _cipher(key: str, purpose: str) -> AESGCM:
    """Drawn from the installation's master key."""
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode())
    return AESGCM(derived.derive(key.encode()))
