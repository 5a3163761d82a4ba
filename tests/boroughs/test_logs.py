"""Tokens stay out of the logs."""

import logging

import pytest

from boroughs.logs import WithoutTokens


@pytest.mark.parametrize(
    ("path", "logged"),
    [
        ("/invitations/3pFGeiW-skQ_Ti/", "/invitations/…/"),
        ("/account/password/reset/a-bcd123-0f/?next=/", "/account/password/reset/…/?next=/"),
        ("/thurrock/people/", "/thurrock/people/"),
    ],
)
def test_a_logged_address_is_without_its_token(path: str, logged: str) -> None:
    args = ({"r": f"GET {path} HTTP/1.1"},)
    record = logging.LogRecord("gunicorn.access", logging.INFO, "", 0, '"%(r)s" 200', args, None)
    assert WithoutTokens().filter(record)
    assert record.getMessage() == f'"GET {logged} HTTP/1.1" 200'


def test_the_web_servers_own_log_is_filtered_too(db: None) -> None:
    import portal.wsgi  # noqa: F401, PLC0415 - loading it is what sets the filter

    filters = logging.getLogger("gunicorn.access").filters
    assert [type(each) for each in filters].count(WithoutTokens) == 1
