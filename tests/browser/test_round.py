"""The quarterly round in a real browser: what a practised person has to do for it, counted in the page itself."""

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from boroughs.rows import acting_as
from tests.browser.conftest import Visitor
from tests.browser.driving import heading
from tests.factories import Place, World, rate_as
from toolkit.models import Assessment, Rating

pytestmark = pytest.mark.browser
MOST = 4  # clicks and keystrokes a benchmark
# Kept beside the pages, so that going on to the next one loses none: each click, key and text that came from a person
COUNT = """
(() => {
  const note = (kind, text) => {
    const kept = JSON.parse(sessionStorage.getItem("done") || "[]");
    kept.push({kind, text, path: location.pathname});
    sessionStorage.setItem("done", JSON.stringify(kept));
  };
  const of = (kind, text) => (event) => { if (event.isTrusted) note(kind, text(event)); };
  addEventListener("pointerdown", of("click", () => ""), true);
  addEventListener("keydown", of("key", (event) => event.key), true);
  addEventListener("change", of("text", (event) => event.target.value), true);
})();
"""


@dataclass(frozen=True)
class Done:
    kind: str
    text: str
    path: str


def done_on(page: Page) -> list[Done]:
    return [Done(**each) for each in json.loads(page.evaluate("sessionStorage.getItem('done')"))]


def everything_rated(place: Place) -> Assessment:
    """The newest period with a word for each benchmark."""
    with acting_as(place.coordinator.pk):
        for rating in place.assessment.ratings.in_order():
            key, word = rating.benchmark.key, rating.level.key if rating.level else "amber"
            said: dict[str, Any] = {"comment": f"What is said of {key}", "by": place.coordinator}
            rate_as(place.assessment, key, word, **said)
    return place.assessment


def test_a_round_of_ten_unchanged_benchmarks_takes_four_clicks_and_keys_each_at_most(
    portal: World, site: str, visitor: Visitor
) -> None:
    place = portal.here
    before = everything_rated(place)
    page = visitor(place.coordinator)
    page.add_init_script(COUNT)
    page.goto(f"{site}/thurrock/assessments/")

    page.get_by_role("button", name="Open a new period").click()
    page.get_by_role("button", name="Open the period").click()
    page.get_by_role("link", name="Start the round").click()
    for number in range(1, 11):
        assert heading(page).startswith(f"{number}. ")
        page.get_by_role("button", name="No change, still true").click()
    page.get_by_role("link", name="Submit for sign-off").click()
    page.get_by_role("button", name="Submit for sign-off").click()
    expect(page.locator("main")).to_contain_text("Submitted for sign-off")

    done = done_on(page)
    each = Counter(one.path for one in done if one.kind != "text")
    benchmarks = {path: number for path, number in each.items() if _key(path) in _keys(before)}
    assert len(benchmarks) == 10
    assert max(benchmarks.values()) <= MOST
    assert len(done) <= MOST * 10  # with opening and submitting
    assert len(done) >= 15  # the listener heard each of the clicks above
    typed = [one.text for one in done if one.kind == "text"]
    assert Counter(typed).most_common(1) == []  # nothing has to be typed, so nothing twice
    nothing_changed(before)


def _key(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2]


def _keys(assessment: Assessment) -> set[str]:
    return set(assessment.version.benchmarks.values_list("key", flat=True))


def nothing_changed(before: Assessment) -> None:
    """Every benchmark says what it said, and that it was said again."""
    with acting_as(before.opened_by_id):
        now = before.following()
        assert now is not None
        assert now.state == Assessment.State.SUBMITTED
        said = {r.benchmark_id: (r.word, r.comment) for r in before.ratings.in_order()}
        again = list(now.ratings.in_order())
    assert {r.benchmark_id: (r.word, r.comment) for r in again} == said
    assert {r.judged for r in again} == {Rating.Judged.UNCHANGED}


def test_the_listener_hears_keys_and_texts_too(portal: World, site: str, visitor: Visitor) -> None:
    page = visitor(portal.here.coordinator)
    page.add_init_script(COUNT)
    page.goto(f"{site}/thurrock/assessments/{portal.here.assessment.pk}/training/")
    page.get_by_label("Comment").click()
    page.keyboard.press("Control+A")
    page.keyboard.type("abc")
    page.get_by_label("Actions").click()
    done = done_on(page)
    assert [one.text for one in done if one.kind == "text"] == ["abc"]
    assert Counter(one.kind for one in done) == {"click": 2, "key": 5, "text": 1}


def test_what_is_typed_is_kept_when_the_typing_pauses_and_offered_elsewhere(
    portal: World, site: str, visitor: Visitor
) -> None:
    place = portal.here
    path = f"{site}/thurrock/assessments/{place.assessment.pk}/training/"
    desk, tablet = visitor(place.coordinator), visitor(place.coordinator, width=800)
    desk.goto(path)
    desk.get_by_label("Comment").fill("Half a thought")
    desk.get_by_label("Amber").check()
    expect(desk.locator("[data-autosaved]")).to_contain_text("Kept as a draft for you alone at")

    tablet.goto(path)
    expect(tablet.locator("main")).to_contain_text("You were writing here on")
    tablet.get_by_role("link", name="Go on with it").click()
    expect(tablet.get_by_label("Comment")).to_have_value("Half a thought")
    expect(tablet.get_by_label("Amber")).to_be_checked()
    tablet.get_by_label("Comment").fill("Half a thought, and its end")
    tablet.get_by_role("button", name="Save", exact=True).click()
    expect(tablet.locator("tr", has_text="Training programme")).to_contain_text("and its end")
    tablet.goto(path)
    expect(tablet.locator("main")).not_to_contain_text("You were writing here on")
    assert _saved(place) == "Half a thought, and its end"


def _saved(place: Place) -> str:
    with acting_as(place.coordinator.pk):
        return str(place.assessment.ratings.get(benchmark__key="training").comment)


def test_who_is_signed_out_while_writing_is_told_that_nothing_is_kept(
    portal: World, site: str, visitor: Visitor
) -> None:
    page = visitor(portal.here.coordinator)
    page.goto(f"{site}/thurrock/assessments/{portal.here.assessment.pk}/training/")
    page.context.clear_cookies()
    page.get_by_label("Comment").fill("Half a thought")
    expect(page.locator("[data-autosaved]")).to_contain_text("not kept as a draft")
    expect(page.get_by_label("Comment")).to_have_value("Half a thought")
