"""What may not stand in a log."""

import logging
import re

SWEEPER = "sweep_renderings"
SECRETS = re.compile(r"(/invitations/|/calendar/|/account/password/reset/)[^/\s]+")


class RefusedInOneLine(logging.Filter):
    """What was refused (400 to 404) is one line: a traceback says nothing more of it, and fills the log."""

    def filter(self, record: logging.LogRecord) -> bool:
        if 400 <= getattr(record, "status_code", 0) < 500:
            record.exc_info = record.exc_text = None
        return True


class WithoutSweeps(logging.Filter):
    """The sweeper's coming and going every ten seconds is no news; what goes wrong with it is."""

    def filter(self, record: logging.LogRecord) -> bool:
        return record.levelno > logging.INFO or SWEEPER not in record.getMessage()


class WithoutTokens(logging.Filter):
    """Leaves the token of an invitation, a calendar or a password reset out of a logged address.

    Whoever reads the log could use it before the person does.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        if SECRETS.search(said):
            record.msg, record.args = SECRETS.sub(r"\1…", said), ()
        return True
