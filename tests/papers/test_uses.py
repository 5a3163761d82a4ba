"""What papers belong to: seen beside a record by who may read the paper, and by nobody else."""

import pytest

from boroughs.actions.purges import erase
from boroughs.policies import Refused
from boroughs.rows import acting_as
from papers.actions.uses import link_paper
from papers.models import Paper, PaperUse
from tests.boroughs.pages import address, deeds, problems, says, signed_in
from tests.factories import Place, World, make_closed_strategy, make_paper, make_purge

SHOWN = {
    "strategy": "boroughs:strategy-show",
    "board": "boroughs:board-show",
    "policy": "boroughs:policy-show",
    "impact": "boroughs:impact-show",
}


def page(place: Place, kind: str) -> str:
    return address(SHOWN[kind], place.borough, getattr(place, kind).pk)


def linking(place: Place, kind: str) -> str:
    return address("papers:use-change", place.borough, kind, getattr(place, kind).pk)


@pytest.mark.parametrize("kind", SHOWN)
def test_a_paper_is_linked_found_on_the_page_and_taken_away(world: World, kind: str) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        paper = make_paper(here.borough, title="The document", by=here.coordinator)
    client = signed_in(here.coordinator)
    assert client.post(linking(here, kind), {"paper": str(paper.pk)}).status_code == 302
    assert deeds(here)[-1] == "paper.linked"
    assert "The document" in says(signed_in(here.lead).get(page(here, kind)))
    with acting_as(here.coordinator.pk):
        use = PaperUse.objects.get(paper=paper)
        assert use.kind == kind
    remove = f"{linking(here, kind)}{use.pk}/remove/"
    assert client.post(remove).status_code == 302
    assert deeds(here)[-1] == "paper.unlinked"
    assert "The document" not in says(client.get(page(here, kind)))


def test_the_papers_page_leads_to_what_it_belongs_to(world: World) -> None:
    here = world.here
    shown = address("papers:paper", here.borough, here.paper.pk)
    belongs = f"The strategy document: {here.strategy.title}"
    assert belongs in says(signed_in(here.lead).get(shown))
    assert belongs not in says(signed_in(here.member).get(shown))  # reads papers, and no plans
    with acting_as(here.coordinator.pk):
        strategy = make_closed_strategy(here.borough, by=here.coordinator, title="Hush strategy")
        link_paper(paper=here.paper, kind="strategy", to=strategy, by=here.coordinator)
    assert "Hush" in says(signed_in(here.coordinator).get(shown))
    assert "Hush" not in says(signed_in(here.lead).get(shown))


def test_only_a_paper_that_may_be_read_is_offered(world: World) -> None:
    here = world.here
    offered = says(signed_in(here.lead).get(linking(here, "board")))
    assert "paper words of thurrock" in offered
    assert "closed words" not in offered
    client = signed_in(here.lead)
    wrong = problems(client.post(linking(here, "board"), {"paper": str(here.closed_paper.pk)}))
    assert wrong == ["Select paper."] or wrong[0].startswith("Select")
    theirs = {"paper": str(world.there.paper.pk)}
    assert client.post(linking(here, "board"), theirs).status_code == 200
    assert client.get(linking(here, "board").replace("/board/", "/nonsense/")).status_code == 404
    with acting_as(here.lead.pk), pytest.raises(Refused, match="linked already"):
        link_paper(paper=here.paper, kind="strategy", to=here.strategy, by=here.lead)


def test_a_closed_paper_is_for_its_list_and_others_learn_nothing(world: World) -> None:
    here = world.here
    silent = says(signed_in(here.lead).get(page(here, "strategy")))
    with acting_as(here.coordinator.pk):
        link_paper(paper=here.closed_paper, kind="strategy", to=here.strategy, by=here.coordinator)
    listed = says(signed_in(here.coordinator).get(page(here, "strategy")))
    assert "closed words of thurrock Closed" in listed
    assert says(signed_in(here.lead).get(page(here, "strategy"))) == silent
    assert "paper words of thurrock" in silent
    contributor = says(signed_in(here.contributor).get(page(here, "strategy")))
    assert "paper words" not in contributor  # reads plans, and no papers
    with acting_as(here.lead.pk):
        assert not PaperUse.objects.filter(paper=here.closed_paper).exists()


def test_what_belongs_to_a_closed_strategy_is_for_its_list(world: World) -> None:
    here, by = world.here, world.here.coordinator
    with acting_as(by.pk):
        strategy = make_closed_strategy(here.borough, by=by)
        paper = make_paper(here.borough, title="Open paper", by=by)
        link_paper(paper=paper, kind="strategy", to=strategy, by=by)
    linked = address("papers:use-change", here.borough, "strategy", strategy.pk)
    assert signed_in(here.lead).get(linked).status_code == 404
    with acting_as(here.lead.pk):
        assert Paper.objects.filter(pk=paper.pk).exists()
        assert not PaperUse.objects.filter(paper=paper).exists()


def test_an_erased_paper_goes_with_its_links(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        request = make_purge(here, here.paper, kind="paper")
    with acting_as(here.lead.pk):
        erase(request=request, by=here.lead)
    assert "paper words" not in says(signed_in(here.coordinator).get(page(here, "strategy")))
    with acting_as(here.coordinator.pk):
        assert not PaperUse.objects.filter(pk=here.use.pk).exists()
