"""Second factors of the invented people."""

import time

from allauth.mfa import app_settings
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from .words import SECRET


def codes() -> list[str]:
    """What everybody's authenticator app shows now, and the codes before and after, which count too."""
    now = int(time.time()) // app_settings.TOTP_PERIOD
    return [format_hotp_value(hotp_value(SECRET, now + step)) for step in (0, 1, -1)]
