"""What may not stand in a log."""

import logging
import re

SECRETS = re.compile(r"(/invitations/|/account/password/reset/)[^/\s]+")


class WithoutTokens(logging.Filter):
    """Leaves the token of an invitation or a password reset out of a logged address.

    Whoever reads the log could use it before the person does.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        if SECRETS.search(said):
            record.msg, record.args = SECRETS.sub(r"\1…", said), ()
        return True
