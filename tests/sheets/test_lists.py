"""Whoever stands on a list takes away what it opens, and nothing else; their reading is for the monitoring officer alone."""

from audit.models import Event
from boroughs.actions.lists import grant
from boroughs.actions.strategies import close_strategy
from boroughs.rows import acting_as
from tests.boroughs.pages import address, signed_in
from tests.factories import World, make_closure
from tests.sheets.workbooks import read_back


def test_a_member_on_the_list_takes_the_closed_plan_away_and_nobody_but_the_monitoring_officer_knows(
    world: World,
) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        closure = make_closure(here.borough, by=here.coordinator)
        close_strategy(strategy=here.strategy, closure=closure, by=here.coordinator)
    url = address("sheets:plan-download", here.borough, here.plan.pk)
    assert signed_in(here.member).post(url).status_code == 403
    with acting_as(here.lead.pk):
        grant(closure=closure, person=here.member, reason="Scrutinises it", by=here.lead)
    answer = signed_in(here.member).post(url)
    assert "action words of thurrock" in str(read_back(answer.content))
    with acting_as(here.lead.pk):
        assert not Event.objects.filter(deed="sheet.downloaded").exists()
    with acting_as(here.monitoring.pk):
        assert Event.objects.get(deed="sheet.downloaded").facts == {"kind": "plan", "closed": 1}


def test_a_member_takes_away_closed_figures_of_their_list_and_no_open_ones(world: World) -> None:
    here = world.here
    answer = signed_in(here.member).post(address("sheets:figure-workbook", here.borough))
    said = str(read_back(answer.content))
    assert "closed figure words of thurrock" in said
    assert "'figure words of thurrock'" not in said
    assert signed_in(here.observer).post(
        address("sheets:figure-workbook", here.borough)
    ).status_code == 403  # fmt: skip
