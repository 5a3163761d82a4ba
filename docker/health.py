#!/usr/bin/env python
"""Asks the web server in this container how it is; exit code 0 when it answers that all is well."""

import http.client
import os
import sys
from urllib.parse import urlsplit


def is_well() -> bool:
    """Asked under the site's own name: no other is let in."""
    connection = http.client.HTTPConnection("127.0.0.1", 8000, timeout=4)
    try:
        connection.request(
            "GET", "/health/", headers={"Host": urlsplit(os.environ["SITE_URL"]).netloc}
        )
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(0 if is_well() else 1)
