"""A browser as far as time is concerned: one connection kept open, cookies of whoever is signed in."""

import http.client
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from time import perf_counter
from urllib.parse import urlencode, urlsplit

from portal.local.throwaway import PRODUCTION

from .words import PASSWORD

SITE = PRODUCTION["SITE_URL"]
# As the proxy in front of gunicorn sends them on
PROXIED = {
    "Host": urlsplit(SITE).hostname or "",
    "X-Forwarded-Proto": "https",
    "Referer": f"{SITE}/",
}
CSRF = "__Host-csrf"


class Unexpected(Exception):
    """The portal answered something else than what was to be timed."""


@dataclass
class Visitor:
    """Somebody's cookies."""

    cookies: dict[str, str] = field(default_factory=dict)

    def learn(self, answer: http.client.HTTPResponse) -> None:
        for line in answer.headers.get_all("Set-Cookie", []):
            self.cookies.update({name: morsel.value for name, morsel in SimpleCookie(line).items()})


class Web:
    """One gunicorn. All visitors share the connection, so that what is compared is answered by the same process."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def get(self, path: str, visitor: Visitor, *, expect: int = 200) -> float:
        """Seconds until the last byte."""
        return self._ask("GET", path, visitor, None, expect)

    def post(self, path: str, visitor: Visitor, fields: Mapping[str, str]) -> float:
        """Seconds until the redirect that answers a form which was accepted."""
        token = {"csrfmiddlewaretoken": visitor.cookies[CSRF]}
        return self._ask("POST", path, visitor, urlencode({**fields, **token}), 302)

    def sign_in(self, path: str, code_path: str, email: str, codes: Sequence[str]) -> Visitor:
        """With a password, and a second factor as people on an access list have: without codes there is none."""
        visitor = Visitor()
        self.get(path, visitor)
        self.post(path, visitor, {"login": email, "password": PASSWORD})
        if not codes:
            return visitor
        self.get(code_path, visitor)
        for code in codes:
            try:
                self.post(code_path, visitor, {"code": code})
            except Unexpected:
                continue  # a code works once, and somebody with the same key may have used it
            return visitor
        raise Unexpected(f"No code let {email} in")

    def _ask(
        self, method: str, path: str, visitor: Visitor, body: str | None, expect: int
    ) -> float:
        headers = dict(PROXIED)
        if visitor.cookies:
            headers["Cookie"] = "; ".join(f"{k}={v}" for k, v in visitor.cookies.items())
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        start = perf_counter()
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        answer.read()
        seconds = perf_counter() - start
        if answer.status != expect:
            raise Unexpected(f"{method} {path} answered {answer.status}, not {expect}")
        visitor.learn(answer)
        return seconds

    def refresh(self) -> None:
        """A new connection, which any of gunicorn's processes may answer."""
        self.connection.close()
