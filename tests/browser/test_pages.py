"""Every page in a real browser: axe finds nothing, nothing runs over the edge, and the browser does not complain."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from accounts.models import User
from boroughs.roles import Role
from govuk.build import AXE
from tests.browser.conftest import Visitor
from tests.factories import World
from tests.visits import (
    Visit,
    administrator_visits,
    error_visits,
    public_visits,
    role_visits,
    signed_in_visits,
)

pytestmark = pytest.mark.browser
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (320, 1400)
RUN = f"""() => axe.run(document, {{runOnly: {json.dumps(RULES)}, resultTypes: ["violations"]}})
    .then(found => found.violations.map(v => [v.id, v.nodes[0].html]))"""


def faults(page: Page, width: int) -> list[Any]:
    """What axe finds, and how far the page runs over the edge."""
    page.set_viewport_size({"width": width, "height": 900})
    found: list[Any] = page.evaluate(RUN)
    reach = page.evaluate("document.scrollingElement.scrollWidth")
    return [*found, *([f"{reach} px wide"] if reach > width else [])]


def check(page: Page, site: str, visits: list[Visit]) -> None:
    """Axe is put in by the browser's own tools, so the content policy stays in force meanwhile."""
    axe = AXE.read_text()
    found: dict[str, list[Any]] = {}
    for visit in visits:
        answer = page.goto(f"{site}{visit.path}")
        assert answer is not None
        assert answer.status == visit.status, visit
        page.evaluate(axe)
        for width in WIDTHS:
            if wrong := faults(page, width):
                found[f"{visit.name} {visit.path} at {width}"] = wrong
    assert not found, "\n".join(f"{page}: {wrong}" for page, wrong in found.items())


def first_seen(world: World) -> Iterator[tuple[Role, Visit]]:
    """Each page of a borough once, by the first role that opens it; the front page as every role."""
    seen: set[str] = set()
    for role in Role:
        for visit in role_visits(world.here, role):
            if visit.name not in seen or visit.name == "portal:borough":
                yield role, visit
            seen.add(visit.name)


@pytest.mark.parametrize("role", Role)
def test_pages_of_a_borough(portal: World, site: str, visitor: Visitor, role: Role) -> None:
    visits = [visit for first, visit in first_seen(portal) if first == role]
    check(visitor(portal.here.people[role]), site, visits)


OTHERS: dict[str, Callable[[World], Iterator[Visit]]] = {
    "administration": administrator_visits,
    "one's account": signed_in_visits,
    "public": public_visits,
    "refusals": error_visits,
}


@pytest.mark.parametrize("which", OTHERS)
def test_pages_outside_the_boroughs(portal: World, site: str, visitor: Visitor, which: str) -> None:
    visits = list(OTHERS[which](portal))
    people: dict[User | None, list[Visit]] = {}
    for visit in visits:
        people.setdefault(visit.by, []).append(visit)
    for person, theirs in people.items():
        check(visitor(person, proven=person is not None), site, theirs)


def test_pages_that_say_what_is_wrong(portal: World, site: str, visitor: Visitor) -> None:
    """Error summary, the two texts of two editors, a report on its way, a report that failed."""
    page = visitor(portal.here.coordinator)
    axe = AXE.read_text()
    for path in ("assessments/new/", f"assessments/{portal.here.assessment.pk}/training/"):
        page.goto(f"{site}/thurrock/{path}")
        page.locator("[name=seen]").evaluate_all("all => all.forEach(e => { e.value = '0' })")
        page.locator("[name^=starts_on]").evaluate_all("all => all.forEach(e => { e.value = '' })")
        page.locator("main form button").first.click()
        page.wait_for_selector(".govuk-error-summary")
        page.evaluate(axe)
        assert {width: faults(page, width) for width in WIDTHS} == {width: [] for width in WIDTHS}


def test_the_eye_for_faults_sees_them(portal: World, site: str, visitor: Visitor) -> None:
    page = visitor()
    page.goto(f"{site}/help/")
    page.evaluate(AXE.read_text())
    assert faults(page, 320) == []
    page.locator("main").evaluate("e => { e.innerHTML += '<img src=data:,><hr width=500>' }")
    wrong = faults(page, 320)
    assert [fault[0] for fault in wrong[:-1]] == ["image-alt"]
    assert wrong[-1].endswith("px wide")
