"""A closed paragraph put anywhere into what is printed: the build refuses it, whatever forgot to look before."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from boroughs.rows import acting_as
from reports import batch_jobs, jobs
from reports.actions import issues
from reports.actions.batches import start_batch
from reports.actions.issues import issue_report
from reports.actions.reports import make_report, retry
from reports.checks.standing import Checked
from reports.last_guard import why_not_public
from reports.models import BatchItem, Rendering, Report
from reports.policies import Refused
from tests.boroughs.pages import address, problems, says, signed_in
from tests.conftest import second_lock_off
from tests.factories import Place, World

from .deciding import second_report, typed
from .everything import everything
from .test_jobs import claimed
from .test_live_blocks import SECRET, forget_the_filter, with_closed_records
from .writing import approve, opened, page, save_section

Snapshot = dict[str, Any]
Put = Callable[[Snapshot, str], None]


def in_text(form: str) -> Put:
    def put(snapshot: Snapshot, words: str) -> None:
        snapshot["texts"]["background"] = form.format(words=words, first=words[:9], rest=words[9:])

    return put


def in_live(piece: Snapshot) -> Put:
    def put(snapshot: Snapshot, words: str) -> None:
        def said(value: Any) -> Any:
            if isinstance(value, dict):
                return {key: said(each) for key, each in value.items()}
            return [said(each) for each in value] if isinstance(value, list) else words

        snapshot["live"]["risks"] = said(piece)

    return put


def under(*path: Any) -> Put:
    def put(snapshot: Snapshot, words: str) -> None:
        place: Any = snapshot
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = words

    return put


def new_row(place: str, row: Snapshot) -> Put:
    def put(snapshot: Snapshot, words: str) -> None:
        snapshot[place] = [{key: value or words for key, value in row.items()}]

    return put


MUTATIONS: dict[str, tuple[Put, str]] = {
    "a paragraph": (in_text("As said: {words}."), "“Background”"),
    "in bold across a word": (in_text("As said: {first}**{rest}**."), "“Background”"),
    "behind a joiner": (in_text("As said: {first}\u200b{rest}."), "“Background”"),
    "as entities": (in_text("As said: &#67;anary {rest}."), "“Background”"),
    "with a note inside": (in_text("{first}[^one]{rest}\n\n[^one]: Note."), "“Background”"),
    "a footnote": (in_text("Open.[^1]\n\n[^1]: {words}"), "“Background”"),
    "a cell of a table": (in_text("| a | b |\n|---|---|\n| {words} | c |"), "“Background”"),
    "a passage in Welsh": (in_text("::: cy\n{words}\n:::"), "“Background”"),
    "the words of a link": (in_text("[{words}](https://example.org/)"), "“Background”"),
    "a block's sentence": (in_live({"lead": ""}), "[[risks]]"),
    "a block's row": (in_live({"rows": [["", ""]]}), "[[risks]]"),
    "a chart's label": (in_live({"chart": {"bars": [{"label": ""}]}}), "[[risks]]"),
    "what is read out for a drawing": (in_live({"drawing": {"title": ""}}), "[[risks]]"),
    "an item's deepest words": (in_live({"items": [{"parts": [{"text": ""}]}]}), "[[risks]]"),
    "a field of the front sheet": (under("front", "author"), "the front sheet"),
    "the title": (under("report", "title"), "the title"),
    "the opening words": (under("recommendations", "lead"), "the recommendations"),
    "a recommendation": (under("recommendations", "items", 0), "the recommendations"),
    "a comment on a rating": (under("assessment", "ratings", 0, "comment"), "the ratings"),
    "a background paper": (
        new_row("background_papers", {"title": "", "where": "Archive"}),
        "the background papers",
    ),
    "an appendix's title": (
        new_row("appendices", {"title": "", "label": "1"}),
        "the titles of appendices",
    ),
    "who signed it off": (new_row("sign_offs", {"name": "", "post": "x"}), "what was signed off"),
}


@pytest.fixture
def closed(world: World) -> World:
    with_closed_records(world.here)
    return world


def clean() -> Snapshot:
    return copy.deepcopy(everything("plain"))


def guarded(place: Place, snapshot: Snapshot) -> str | None:
    with acting_as(place.democratic.pk):
        return why_not_public(snapshot, place.borough)


def test_a_paper_with_every_block_and_kind_of_text_passes(closed: World) -> None:
    assert guarded(closed.here, clean()) is None
    assert "background" in clean()["texts"]


@pytest.mark.parametrize("where", MUTATIONS)
def test_a_closed_paragraph_is_refused_wherever_it_stands(closed: World, where: str) -> None:
    put, named = MUTATIONS[where]
    snapshot = clean()
    put(snapshot, SECRET)
    said = guarded(closed.here, snapshot)
    assert said is not None
    assert f"stand in {named}, so this paper cannot be made public" in said
    assert "Canary" not in said
    assert guarded(closed.there, snapshot) is None  # closed there is nothing of it


# -- At the doors where papers are made -----------------------------------------------------------------------
def with_a_block(place: Place, key: str = "risks") -> Report:
    report = opened(place)
    save_section(place, report, "background", f"[[{key}]]")
    return report


def test_a_draft_into_which_something_closed_flows_is_not_made(
    closed: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = closed.here
    report = with_a_block(place)
    failed = failing(place, report)
    forget_the_filter(monkeypatch)
    before = said_in_renderings()
    answer = signed_in(place.coordinator).post(page("report-make", report), follow=True)
    assert "Words of a closed record of Thurrock stand in [[risks]]" in says(answer)
    with acting_as(place.coordinator.pk), pytest.raises(Refused, match="this paper cannot be made"):
        retry(rendering=failed, by=place.coordinator)
    assert said_in_renderings() == before
    assert "Canary" not in before


def failing(place: Place, report: Report) -> Rendering:
    with acting_as(place.coordinator.pk):
        asked = make_report(report=report, by=place.coordinator)
    assert jobs.fail(claimed(asked.pk), "Once")
    return asked


def said_in_renderings() -> str:
    with second_lock_off():
        return str(list(Rendering.objects.order_by("pk").values_list("snapshot", flat=True)))


def test_in_a_batch_that_report_alone_fails_and_says_why(
    closed: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = closed.here
    report = with_a_block(place)
    with acting_as(place.coordinator.pk):
        batch = start_batch(reports=[report, place.drafting], by=place.coordinator)
        bad = BatchItem.objects.get(batch=batch, report=report)
        good = BatchItem.objects.get(batch=batch, report=place.drafting)
    forget_the_filter(monkeypatch)
    assert batch_jobs.take_up(bad.pk) is None
    monkeypatch.undo()
    assert batch_jobs.take_up(good.pk) is not None
    with acting_as(place.coordinator.pk):
        bad.refresh_from_db()
    assert bad.reason.startswith("Words of a closed record of Thurrock stand in [[risks]]")


def test_what_was_closed_after_the_checks_were_read_stops_the_issue(
    closed: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = closed.here
    opened(place)
    report = approve(place)
    with acting_as(place.coordinator.pk):  # behind every door
        report.texts.filter(key="executive-summary").update(body=SECRET)
    with acting_as(place.democratic.pk):
        with pytest.raises(Refused):  # the checks
            issue_report(report=report, kind="corrected", note="x", by=place.democratic)
        monkeypatch.setattr(issues, "checked", lambda report: Checked([], [], []))
        with pytest.raises(Refused, match="so this paper cannot be made public"):
            issue_report(report=report, kind="corrected", note="x", by=place.democratic)


DECIDED = {
    "reasons": "“Reasons”",
    "alternatives": "“Alternatives considered and rejected”",
    "amended_2": "recommendation 2",
    "requests": "the requests",
}


@pytest.mark.parametrize("field", DECIDED)
def test_the_record_of_a_decision_repeats_nothing_closed(closed: World, field: str) -> None:
    place = closed.here
    at = address("reports:decision-record", place.borough, second_report(place).pk)
    client = signed_in(place.democratic)
    [said] = problems(client.post(at, typed(**{field: SECRET})))
    assert f"stand in {DECIDED[field]}, so this cannot be recorded" in said
    assert client.post(at, typed()).status_code == 302
