"""What flows in from the record where a line of a report's text asks for it, and what never may."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from boroughs.actions.plan_actions import add_action
from boroughs.models import FigurePublication, Risk, Strategy
from boroughs.periods import financial
from boroughs.rows import acting_as
from reports import rendering
from reports.actions.reports import make_report
from reports.forms.section import why_not_live
from reports.live import LIVE, asked_for, unknown_in
from reports.live.piece import table
from tests.boroughs.pages import problems, says
from tests.factories import (
    Place,
    World,
    make_activity,
    make_closed_review,
    make_closed_strategy,
    make_closure,
    make_figures,
    make_risk,
)
from tests.second_factor import enter

from . import snapshots
from .test_snapshot import Snapshot, taken
from .writing import form_of, now, page, write

PLANNED: dict[str, Any] = {"state": "planned", "result": "", "counts": []}
YEAR = financial("year", 2023)
A_DAY = dt.date(2019, 1, 1)
EVERYTHING = "\n\n".join(f"[[{key}]]" for key in LIVE)


def in_full(place: Place) -> dict[str, Snapshot]:
    """Every block as the coordinator's report would hold it now."""
    write(place, background=EVERYTHING)
    return dict(taken(place)["live"])


def test_a_line_of_its_own_asks_for_a_block_whatever_its_case_and_spaces() -> None:
    text = "Before.\n\n  [[Plan  Progress]]  \n\nAfter [[risks]] it.\n[[figures]]"
    assert asked_for([text]) == ["plan progress", "figures"]
    assert unknown_in("[[nothing]]\n\n[[risks]]\n\n[[nothing]]") == ["nothing"]


def test_the_record_of_a_council_flows_in(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        by = here.coordinator
        make_risk(here.borough, by=by, title="Funding ends")
        make_activity(here.borough, by=by, title="A workshop to come", **PLANNED)
        late = timezone.localdate() - dt.timedelta(days=1)
        said: dict[str, Any] = {"owner_post": "", "success_measure": "", "by": by}
        add_action(plan=here.plan, title="Train the governors", due_on=late, **said)
    live = in_full(here)
    assert sorted(live) == sorted(LIVE)
    assert [row[0] for row in live["overdue actions"]["rows"]][-1:] == ["Train the governors"]
    assert live["plan progress"]["rows"][-1][-1] == "2"
    assert "Funding ends" in [row[0] for row in live["risks"]["rows"]]
    assert any("A workshop to come" in line for line, _ in live["activities planned"]["lines"])
    assert here.priority.title in [line for line, _ in live["priorities"]["lines"]]


def test_nothing_closed_flows_in_whoever_makes_the_report(world: World) -> None:
    here, by = world.here, world.here.coordinator
    with acting_as(by.pk):
        strategy = make_closed_strategy(here.borough, by=by, title="Canary strategy")
        adopted = {"state": "adopted", "adopted_by": here.committee, "adopted_on": A_DAY}
        Strategy.objects.filter(pk=strategy.pk).update(**adopted)
        make_closed_review(here.borough, by=by, title="Canary review")
        risk = make_risk(here.borough, by=by, title="Canary risk")
        Risk.objects.filter(pk=risk.pk).update(closure=make_closure(here.borough, by=by))
        assert Strategy.objects.visible_to(by).filter(pk=strategy.pk).exists()  # on its list
    live = str(in_full(here))
    assert "Canary" not in live


def test_where_nothing_is_recorded_the_block_says_so(world: World) -> None:
    with acting_as(world.there.coordinator.pk):
        world.there.borough.risks.all().update(ended_on=timezone.localdate())
    piece = in_full(world.there)["risks"]
    assert (piece["lead"], piece["rows"]) == ("No risk is recorded.", [])


def test_figures_in_a_report_are_published_by_making_it(world: World) -> None:
    here, by = world.here, world.here.coordinator
    with acting_as(by.pk):
        make_figures(here.borough, {"enquiries": 50, "discussed-at-panel": 3}, by=by, period=YEAR)
    write_and_make(here, "No figures here.")
    before = publications(here)
    frozen = write_and_make(here, "[[figures]]")["live"]["figures"]
    numbers = {name: number for name, period, number in frozen["rows"] if period == str(YEAR)}
    assert "50" in numbers.values()
    assert "Suppressed" in numbers.values()
    assert "could point to a person" in frozen["note"]
    assert publications(here) == before + 1


def publications(place: Place) -> int:
    with acting_as(place.coordinator.pk):
        return FigurePublication.objects.filter(borough=place.borough).count()


def write_and_make(place: Place, background: str) -> Snapshot:
    write(place, background=background)
    with acting_as(place.coordinator.pk):
        return dict(make_report(report=now(place), by=place.coordinator).snapshot)


# -- On paper -------------------------------------------------------------------------------------------------
def with_live(text: str, **pieces: Any) -> rendering.Section:
    snapshot = snapshots.short()
    snapshot["texts"]["issues"] = text
    snapshot["live"] = {key: piece.as_json() for key, piece in pieces.items()}
    [found] = [s for s in rendering.paper_of(snapshot).sections if s.key == "issues"]
    return found


def test_a_block_stands_where_it_was_asked_for_and_its_sentence_is_numbered() -> None:
    risks = table(
        "Two risks.", "Risks", ["Risk", "Now"], [["<b>Money</b>", "High"], ["Staff", None]]
    )
    found = with_live("First.\n\n[[risks]]\n\nLast.", risks=risks)
    assert [(block.kind, block.number) for block in found.blocks] == [
        ("paragraph", "3.1"),
        ("paragraph", "3.2"),
        ("other", ""),
        ("paragraph", "3.3"),
    ]
    assert "&lt;b&gt;Money&lt;/b&gt;" in found.blocks[2].html
    assert '<td role="cell">–</td>' in found.blocks[2].html


def test_of_a_block_that_a_frozen_paper_does_not_have_nothing_is_shown() -> None:
    assert [block.html for block in with_live("First.\n\n[[risks]]").blocks] == ["First."]


# -- In the form ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("text", ["", "Plain.", "[[risks]]", "In a line [[nothing]] of text."])
def test_what_is_no_mistake_passes(text: str) -> None:
    assert why_not_live(text) is None


def test_an_unknown_block_is_refused_beside_its_field_with_the_ones_there_are(
    world: World, client: Client
) -> None:
    here = world.here
    enter(client, here.coordinator)
    address = page("section", here.drafting, "background")
    answer = client.post(address, {**form_of(client.get(address)), "body": "[[riscs]]"})
    [problem] = [p for p in problems(answer) if "riscs" in p]
    assert problem.startswith("There is no block [[riscs]]. Use one of [[benchmarks]], ")
    assert "[[riscs]]" in says(answer)
