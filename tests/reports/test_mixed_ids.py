"""A row asked for under a report that it is not of: of the same council, or a neighbour's under one's own."""

import re
from uuid import uuid4

import pytest

from boroughs.roles import GRANTS, Role
from tests.boroughs.pages import signed_in
from tests.factories import Place, World
from tests.routes import BOROUGH_ROUTES, ROUTES, access_to, address, rows_of
from tests.test_access import ask

KEY = r"[0-9a-f]{8}-[0-9a-f-]{27}"
CHILDREN = {"rendering", "appendix", "waiver", "clearance", "comment"}
MIXED = [
    name
    for name in BOROUGH_ROUTES
    if name.startswith("reports:")
    and any(f":{one}>" in str(ROUTES[name].pattern) for one in CHILDREN)
]


def other_report(place: Place, name: str) -> tuple[str, str]:
    """The key of the report in the address, and of the other report of the same council."""
    own = str(rows_of(place)[name]["pk"])
    keys = {str(place.report.pk), str(place.drafting.pk)}
    return own, (keys - {own}).pop()


def test_there_are_such_pages() -> None:
    assert len(MIXED) > 12


@pytest.mark.parametrize("name", MIXED)
def test_a_row_is_not_found_under_a_report_it_is_not_of(world: World, name: str) -> None:
    here = world.here
    url = address(name, here).replace(*other_report(here, name))
    foreign = address(name, world.there, under=here)
    foreign = foreign.replace(other_report(world.there, name)[0], other_report(here, name)[0])
    for role in (role for role in Role if access_to(name) in GRANTS[role]):
        client = signed_in(here.people[role])
        for each in (url, foreign):
            for method in ("get", "post"):
                answer, missing = ask(client, method, each), ask(client, method, nowhere(each))
                assert answer.status_code in {302, 404, 405}, (role, each, method)
                assert answer.status_code == missing.status_code, (role, each, method)
                assert answer.get("Location") == missing.get("Location"), (role, each, method)


def nowhere(url: str) -> str:
    """The same address of a row that there is not."""
    *_, child = re.findall(KEY, url)
    return url.replace(child, str(uuid4()))
