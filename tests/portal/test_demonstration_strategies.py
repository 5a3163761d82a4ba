"""The demonstration's strategies: what the reports say of them, and what is marked as invented."""

from typing import Any

from boroughs.models import Action, Borough, Strategy
from boroughs.roles import Role
from boroughs.rows import acting_as
from portal.demonstration.strategies import shipped
from tests.boroughs.pages import says, signed_in


def of(slug: str, role: Role = Role.COORDINATOR) -> Any:
    borough = Borough.objects.get(slug=slug)
    return borough, borough.memberships.get(role=role).user


def test_every_strategy_has_its_source_and_every_plan_says_what_is_invented() -> None:
    for row in shipped():
        assert row["source"].startswith("Report to the ") or row["source"].startswith("Report to C")
        assert row["plan"] is None or row["plan"]["illustrative"]
        for action in (row["plan"] or {"actions": []})["actions"]:
            assert action["priority"] is None or action["priority"] <= len(row["priorities"])


def test_what_the_reports_say_has_its_place(demonstration: None) -> None:
    borough, coordinator = of("barking-and-dagenham")
    with acting_as(coordinator.pk):
        strategy = Strategy.objects.get(borough=borough, starts_on__year__lt=2020)
        assert [p.areas.count() for p in strategy.priorities.all()] == [3, 4, 3, 3]
        assert (str(strategy.adopted_by), strategy.recommendation) == (
            "Cabinet",
            "recommendation (i)",
        )
        assert strategy.links.count() == 5
        assert Action.objects.filter(illustrative=False).count() == 0
        path = f"/{borough.slug}/strategies/{strategy.pk}/"
    page = says(signed_in(coordinator).get(path))
    assert "Nobody was consulted: There was no formal consultation" in page
    assert "Amended under delegated authority by Strategic Director of Service" in page


def test_barnets_strategy_has_six_actions_a_family_and_a_part_that_is_closed(
    demonstration: None,
) -> None:
    borough, coordinator = of("barnet")
    with acting_as(coordinator.pk):
        strategy = borough.strategies.get(title="Prevent Forward Strategy 2017-2020")
        assert (strategy.priorities.count(), strategy.priority_word) == (6, "Action")
        assert strategy.consultations.count() == 4
        assert borough.strategies.count() == 5  # with the invented one of today
        assert borough.strategies.get(replaces=None, state="superseded").title.startswith("Draft")
    _, lead = of("barnet", Role.LEAD)
    page = says(signed_in(lead).get(f"/{borough.slug}/strategies/"))
    assert "the strategy itself" not in page
    assert page.count("Prevent Forward Strategy 2017–2020 (exempt)") == 1
    with acting_as(lead.pk):
        assert borough.strategies.count() == 4
