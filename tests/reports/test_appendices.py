"""The papers behind a report: in their order, each once, and a closed one never by its title."""

import pytest
from bs4 import BeautifulSoup

from boroughs.rows import acting_as
from papers.models import Paper
from reports.actions.sections import add_appendix, move_appendix, remove_appendix
from reports.models import Report, ReportAppendix
from reports.policies import Refused
from reports.rendering import html_of
from reports.snapshot import snapshot_of
from tests.boroughs.pages import problems, says, signed_in
from tests.factories import Place, World

from .writing import now, page

TABLE = "table words of thurrock"  # the open one of the world's two


def rows(place: Place) -> list[tuple[int, str]]:
    with acting_as(place.coordinator.pk):
        found = place.drafting.appendices.select_related("paper")
        return [(row.place, row.paper.title if row.paper else row.title) for row in found]


def add(place: Place, title: str) -> ReportAppendix:
    with acting_as(place.coordinator.pk):
        return add_appendix(report=place.drafting, title=title, by=place.coordinator)


def listed(place: Place) -> str:
    return page("appendix-list", place.drafting)


def test_they_stand_in_the_order_they_were_added_and_can_be_moved(world: World) -> None:
    place = world.here
    titles = [TABLE, place.closed_paper.title]
    assert rows(place) == [(1, titles[0]), (2, titles[1])]
    third = add(place, "Kept in the archive")
    client = signed_in(place.coordinator)
    client.post(page("appendix-move", place.drafting, third.pk), {"to": "up"})
    assert rows(place) == [(1, titles[0]), (2, "Kept in the archive"), (3, titles[1])]
    client.post(page("appendix-move", place.drafting, place.appendix.pk), {"to": "down"})
    assert rows(place) == [(1, "Kept in the archive"), (2, titles[0]), (3, titles[1])]


def test_the_first_goes_no_further_up_and_the_last_no_further_down(world: World) -> None:
    place, before = world.here, rows(world.here)
    with acting_as(place.coordinator.pk):
        first, last = place.drafting.appendices.all()
        move_appendix(appendix=first, up=True, by=place.coordinator)
        move_appendix(appendix=last, up=False, by=place.coordinator)
    assert rows(place) == before


def test_those_after_one_that_is_taken_out_move_up_and_the_paper_stays(world: World) -> None:
    place = world.here
    add(place, "Kept in the archive")
    client = signed_in(place.coordinator)
    shown = client.post(page("appendix-remove", place.drafting, place.appendix.pk), follow=True)
    assert "The appendix was taken out." in says(shown)
    assert rows(place) == [(1, place.closed_paper.title), (2, "Kept in the archive")]
    with acting_as(place.coordinator.pk):
        assert Paper.objects.filter(title=TABLE).exists()


def test_a_paper_is_an_appendix_once(world: World) -> None:
    place = world.here
    with acting_as(place.coordinator.pk), pytest.raises(Refused, match="appendix of the report"):
        add_appendix(report=place.drafting, paper=place.closed_paper, by=place.coordinator)
    said = {"paper": str(place.closed_paper.pk)}
    response = signed_in(place.coordinator).post(listed(place), said)
    assert problems(response) == ["This paper is an appendix of the report already."]
    assert len(rows(place)) == 2


@pytest.mark.parametrize("both", [True, False])
def test_it_is_a_paper_or_a_title_and_not_both(world: World, both: bool) -> None:
    said = {"paper": str(world.here.paper.pk), "title": "Both"} if both else {}
    response = signed_in(world.here.coordinator).post(listed(world.here), said)
    assert len(problems(response)) == 1
    assert len(rows(world.here)) == 2


def test_a_neighbours_paper_cannot_be_chosen(world: World) -> None:
    said = {"paper": str(world.there.paper.pk)}
    assert problems(signed_in(world.here.coordinator).post(listed(world.here), said))


def test_a_closed_paper_is_printed_by_its_public_line_whoever_makes_it(world: World) -> None:
    place = world.here
    with acting_as(place.coordinator.pk):
        closed_paper = Paper.objects.get(pk=place.closed_paper.pk)  # the maker may read it
        snapshot = snapshot_of(now(place, place.drafting))
    assert closed_paper.title not in str(snapshot)
    paper = BeautifulSoup(html_of(snapshot), "html5lib").get_text(" ")
    for words in (f"Appendix 1: {TABLE}", f"Appendix 2: {place.closure.public_line}"):
        assert words in " ".join(paper.split()), words


def test_nobody_who_is_not_on_its_list_reads_a_closed_papers_title(world: World) -> None:
    place = world.here
    with acting_as(place.lead.pk):
        snapshot = snapshot_of(Report.objects.get(pk=place.drafting.pk))
    assert place.closed_paper.title not in str(snapshot)
    for person in (place.lead, place.democratic):
        shown = signed_in(person).get(page("report-draft", place.drafting)).content.decode()
        assert place.closed_paper.title not in shown


def test_appendices_of_what_was_issued_stay_as_they_were(world: World) -> None:
    place = world.here
    with acting_as(place.coordinator.pk):
        row = place.report.appendices.all()[0]
        for deed in (
            lambda: add_appendix(report=place.report, title="Late", by=place.coordinator),
            lambda: remove_appendix(appendix=row, by=place.coordinator),
            lambda: move_appendix(appendix=row, up=False, by=place.coordinator),
        ):
            with pytest.raises(Refused, match="was issued"):
                deed()
        assert place.report.appendices.count() == 2
    refused = signed_in(place.coordinator).post(
        page("appendix-remove", place.report, row.pk), follow=True
    )
    assert "This report was issued." in says(refused)
