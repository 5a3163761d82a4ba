"""What tests need of second factors: giving one, its codes, and a session in which it was shown."""

import time
from hashlib import sha256
from typing import Any

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from allauth.account.internal.userkit import user_id_to_str
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from django.test import Client
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from accounts.models import User

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
STEP = 30  # seconds
STEP_PAGE = "/account/second-factor/step/"


def give_factor(user: User, secret: str = SECRET) -> list[str]:
    """An authenticator app, and the recovery codes that come with it."""
    if not Authenticator.objects.filter(user=user.pk).exists():
        TOTP.activate(user, secret)
    codes: list[str] = RecoveryCodes.activate(user).generate_codes()
    return codes


def code(secret: str = SECRET, *, steps: int = 0) -> str:
    """What the app shows now, or some steps from now."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // STEP + steps)))


def enter(client: Client, user: User) -> Client:
    """Sign in as somebody who has a second factor and has shown it: what a person on an access list must do."""
    give_factor(user)
    client.force_login(user)
    return shown(client, user)


def recovery_code(email: str) -> str:
    """One that the person has not used yet."""
    codes = Authenticator.objects.get(user__email__iexact=email.strip(), type="recovery_codes")
    return str(codes.wrap().get_unused_codes()[0])


def sign_in(client: Client, page: str, email: str, password: str) -> Any:
    """Through the pages, the second one where there is a second factor; the last answer."""
    answer: Any = client.post(page, {"login": email, "password": password})
    if answer.status_code == 302 and answer["Location"] == STEP_PAGE:
        return client.post(STEP_PAGE, {"code": recovery_code(email)})
    return answer


def shown(client: Client, user: User) -> Client:
    """The client's session as after the password was confirmed and every factor of the person shown."""
    session, now = client.session, time.time()
    records = [
        {"method": "mfa", "type": factor.type, "id": factor.pk, "at": now}
        for factor in Authenticator.objects.filter(user=user.pk)
    ]
    records.append({"method": "password", "reauthenticated": True, "at": now})
    session[AUTHENTICATION_METHODS_SESSION_KEY] = records
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = user_id_to_str(user)
    session.save()
    return client


def credential(host: str = "localhost") -> dict[str, Any]:
    """What a device answers when it makes a passkey for a key of our own."""
    make: Any = ES256.from_cryptography_key
    key = make(generate_private_key(SECP256R1()).public_key())
    data = AttestedCredentialData.create(Aaguid.NONE, b"test credential!", key)
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT
    made = AuthenticatorData.create(sha256(host.encode()).digest(), flags, 0, data)
    attestation = AttestationObject.create("none", made, {})
    asked = CollectedClientData.create("webauthn.create", b"challenge", f"https://{host}")
    return {
        "id": websafe_encode(data.credential_id),
        "rawId": websafe_encode(data.credential_id),
        "type": "public-key",
        "response": {
            "clientDataJSON": websafe_encode(bytes(asked)),
            "attestationObject": websafe_encode(bytes(attestation)),
        },
        "clientExtensionResults": {},
    }


def give_passkey(user: User, name: str = "Work laptop") -> Authenticator:
    """A passkey on the person's list; no device holds it."""
    made: Authenticator = Authenticator.objects.create(
        user=user, type=Authenticator.Type.WEBAUTHN, data={"name": name, "credential": credential()}
    )
    return made
