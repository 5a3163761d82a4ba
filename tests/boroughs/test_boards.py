"""Boards, their members, and what is worked out of both."""

import datetime as dt
from itertools import pairwise
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, transaction

from boroughs.actions.boards import add_board, record_meeting
from boroughs.actions.committees import change_committee
from boroughs.cadence import financial_years, last_twelve_months
from boroughs.governance_chart import HEIGHT, chart, tree
from boroughs.models import Committee, Meeting
from boroughs.policies import Refused
from boroughs.roles import Role
from boroughs.rows import acting_as
from tests.boroughs.boards import BOARD, TODAY, fresh, on, plan
from tests.boroughs.pages import address, deeds, problems, says, signed_in
from tests.boroughs.test_committees import date
from tests.factories import Place, World


# -- Boards -----------------------------------------------------------------------------------------
def test_a_coordinator_enters_a_board_with_its_members_from_a_report(world: World) -> None:
    """Thurrock 2019: its board, a chair's post, quarterly, and one trust that has yet to name somebody."""
    here, client = world.here, signed_in(world.here.coordinator)
    answer = client.post(
        address("boroughs:board-add", here.borough),
        BOARD | {"name": "Strategic Prevent Board", "reports_to": str(here.board.pk)},
    )
    assert answer.status_code == 302
    page = says(client.get(answer["Location"]))
    assert "Assistant Director of Housing" in page
    assert "Quarterly" in page
    assert "Leads Prevent." in page
    added = answer["Location"].split("/")[-2]
    member = {"organisation": "NHS foundation trust", "post": "", "unnamed": "on"}
    client.post(address("boroughs:board-member-add", here.borough, added), member)
    page = says(client.get(answer["Location"]))
    assert "NHS foundation trust has yet to name a representative" in page
    assert "1 organisation has yet to name" in says(
        client.get(address("boroughs:board-list", here.borough))
    )
    assert deeds(here)[-2:] == ["committee.added", "board.member-added"]


@pytest.mark.parametrize("role", [r for r in Role if r not in {Role.LEAD, Role.COORDINATOR}])
def test_nobody_else_keeps_boards(world: World, role: Role) -> None:
    client = signed_in(world.here.people[role])
    for name in ("change", "member-add", "meeting-add"):
        assert client.post(on(world.here, name), BOARD).status_code == 403
    assert fresh(world.here).chair_post == "Director of thurrock"


def test_reporting_lines_do_not_lead_round(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        below = add_board(
            borough=here.borough, name="Task Group", reports_to=here.board, by=here.coordinator
        )
        lowest = add_board(
            borough=here.borough, name="Sub-group", reports_to=below, by=here.coordinator
        )
    client = signed_in(here.coordinator)
    assert problems(client.post(on(here, "change"), BOARD | {"reports_to": str(below.pk)})) == [
        "The Task Group reports to this board. Choose a body above both."
    ]
    assert problems(client.post(on(here, "change"), BOARD | {"reports_to": str(lowest.pk)})) == [
        "The Sub-group reports to this board through the Task Group. Choose a body above both."
    ]
    assert fresh(here).reports_to == here.committee
    with (
        acting_as(here.coordinator.pk),
        pytest.raises(IntegrityError, match="never round in a circle"),
        transaction.atomic(),
    ):
        Committee.objects.filter(pk=here.board.pk).update(reports_to=lowest)


def test_no_board_reports_to_a_neighbours(world: World) -> None:
    here, there = world.here, world.there
    client = signed_in(here.coordinator)
    answer = client.post(on(here, "change"), BOARD | {"reports_to": str(there.board.pk)})
    assert len(problems(answer)) == 1
    with (
        acting_as(here.coordinator.pk),
        pytest.raises(IntegrityError, match="of its borough"),
        transaction.atomic(),
    ):
        Committee.objects.filter(pk=here.board.pk).update(reports_to=there.committee)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"meetings_a_year": "0"}, "at least once a year"),
        ({"meetings_a_year": "-4"}, "at least once a year"),
        ({"meetings_a_year": "4.5"}, "must be a whole number"),
        ({"meetings_a_year": "often"}, "must be a whole number"),
        ({"meetings_a_year": "53"}, "52 or fewer"),
        ({"chair_post": "x" * 151}, "150 characters or fewer"),
    ],
)
def test_bad_answers_about_a_board_get_their_own_sentence(
    world: World, wrong: dict[str, str], said: str
) -> None:
    client = signed_in(world.here.coordinator)
    [problem] = problems(client.post(on(world.here, "change"), BOARD | wrong))
    assert said in problem
    assert fresh(world.here).version == 2


def test_two_people_change_a_board_and_nothing_is_lost(world: World) -> None:
    here = world.here
    lead, coordinator = signed_in(here.lead), signed_in(here.coordinator)
    assert (
        lead.post(on(here, "change"), BOARD | {"terms": "What the lead wrote"}).status_code == 302
    )
    second = coordinator.post(on(here, "change"), BOARD | {"terms": "What I wrote"})
    assert second.status_code == 409
    page = says(second)
    assert "What the lead wrote" in page
    assert "What I wrote" in second.content.decode()
    assert fresh(here).terms == "What the lead wrote"
    again = coordinator.post(on(here, "change"), BOARD | {"terms": "What I wrote", "seen": "3"})
    assert again.status_code == 302
    assert fresh(here).terms == "What I wrote"


def test_a_board_with_members_stays_a_board(world: World) -> None:
    here = world.here
    with acting_as(here.lead.pk), pytest.raises(Refused, match="stays one"):
        change_committee(
            committee=here.board,
            name="x",
            kind="cabinet",
            regime="none",
            remit="",
            seen=here.board.version,
            by=here.lead,
        )


# -- Members -------------------------------------------------------------------------------------------
def test_a_gap_closes_when_the_post_is_named(world: World) -> None:
    here, client = world.here, signed_in(world.here.coordinator)
    with acting_as(here.coordinator.pk):
        gap = here.board.members.get(post="")
    named = {"organisation": gap.organisation, "post": "Safeguarding Lead", "seen": gap.version}
    change = on(here, "member-change", gap.pk)
    assert client.post(change, named | date("since", "2019-01-01")).status_code == 302
    page = says(client.get(on(here, "show")))
    assert "Safeguarding Lead" in page
    assert "yet to name" not in page


def test_a_post_has_one_place_and_a_place_ends_after_it_began(world: World) -> None:
    here, client = world.here, signed_in(world.here.coordinator)
    same = {
        "organisation": "police of THURROCK",
        "post": "Inspector",
        **date("since", "2019-02-01"),
    }
    assert problems(client.post(on(here, "member-add"), same)) == [
        "police of THURROCK, Inspector has a place on this board. Change that one instead."
    ]
    backwards = same | {"post": "Sergeant"} | date("until", "2019-01-31")
    assert problems(client.post(on(here, "member-add"), backwards)) == [
        "A place ends after it began. Enter 1 February 2019 or a later day"
    ]
    assert problems(client.post(on(here, "member-add"), {})) == ["Enter organisation"]


def test_a_place_whose_post_and_first_day_are_not_known_is_no_gap_and_is_expected(
    world: World,
) -> None:
    """Barnet 2022 names who sits on its panel, and neither their posts nor since when."""
    here, client = world.here, signed_in(world.here.coordinator)
    client.post(on(here, "member-add"), {"organisation": "Probation"})
    page = says(client.get(on(here, "show")))
    assert "Probation Not recorded" in page
    assert "Probation has yet to name" not in page
    assert "Probation" in says(client.get(on(here, "meeting-record", here.board_meeting.pk)))
    both = {"organisation": "Youth justice", "post": "Head of Service", "unnamed": "on"}
    assert problems(client.post(on(here, "member-add"), both)) == [
        "A representative is named. Delete the post, or clear this"
    ]


# -- What is worked out ------------------------------------------------------------------------------------
def meetings(*said: tuple[str, str]) -> list[Meeting]:
    return [Meeting(date=dt.date.fromisoformat(day), outcome=outcome) for day, outcome in said]


QUARTERS = ("2025-12-09", "2026-03-10", "2026-06-09", "2026-09-08")


@pytest.mark.parametrize(
    ("outcomes", "word", "said"),
    [
        (("held", "held", "held", "held"), "Kept", "4 of 4 due held"),
        (("held", "held", "not_held", "held"), "Missed", "3 of 4 due held"),
        (("held", "held", "planned", "held"), "Not known", "3 of 4 due held"),
    ],
)
def test_a_cadence_is_kept_or_missed(outcomes: tuple[str, ...], word: str, said: str) -> None:
    rows = [("2024-01-09", "held"), *zip(QUARTERS, outcomes, strict=True)]
    rhythm = last_twelve_months(4, meetings(*rows), TODAY)
    assert (rhythm.word, rhythm.said) == (word, said)


def test_a_year_of_which_nothing_is_recorded_is_neither_kept_nor_missed() -> None:
    rhythm = last_twelve_months(12, meetings(("2022-02-15", "held")), TODAY)
    assert (rhythm.word, rhythm.tone) == ("Nothing recorded", "grey")


def test_a_young_board_owes_only_its_share_of_the_year() -> None:
    rhythm = last_twelve_months(4, meetings(("2026-06-09", "held"), ("2026-09-08", "held")), TODAY)
    assert (rhythm.since, rhythm.due, rhythm.word) == (dt.date(2026, 6, 9), 1, "Kept")
    assert last_twelve_months(4, meetings(("2026-11-10", "held")), TODAY).word == ""
    assert last_twelve_months(4, [], TODAY).word == ""
    assert last_twelve_months(None, meetings(("2020-01-01", "held")), TODAY).word == ""


def test_a_meeting_of_a_year_ago_is_not_of_these_twelve_months() -> None:
    rows = meetings(("2025-11-21", "held"), ("2025-11-22", "held"), ("2026-11-21", "held"))
    assert last_twelve_months(12, rows, TODAY).held == 2


def test_barnet_held_eleven_panels_in_2021_22() -> None:
    """Of twelve that were due; the running year owes nothing yet."""
    days = [f"2021-{month:02}-15" for month in range(4, 13)] + ["2022-01-15", "2022-02-15"]
    rows = meetings(
        *[(day, "held") for day in days], ("2022-03-15", "not_held"), ("2026-05-01", "held")
    )
    [(now, running), (name, year)] = financial_years(12, rows, TODAY)
    assert (now, running.word, running.said) == ("2026/27", "", "1 held")
    assert (name, year.word, year.said, year.not_held) == (
        "2021/22",
        "Missed",
        "11 of 12 due held",
        1,
    )


def test_the_chart_puts_each_body_under_the_one_it_reports_to() -> None:
    top = Committee(
        name="Community Safety Partnership with a name of many words that needs lines",
        kind="partnership_board",
    )
    first = Committee(name="Prevent Board", kind="partnership_board", reports_to=top)
    second = Committee(name="Channel Panel", kind="partnership_board", reports_to=top)
    third = Committee(name="Delivery Group", kind="partnership_board", reports_to=first)
    alone = Committee(name="Cabinet", kind="cabinet")
    tops = tree([alone, third, second, first, top])
    assert [node.body.name for node in tops] == ["Cabinet", top.name]
    drawn = chart(tops)
    boxes = {box.title: box for box in drawn.boxes}
    assert boxes[top.name].y < boxes["Prevent Board"].y < boxes["Delivery Group"].y
    assert boxes["Prevent Board"].y == boxes["Channel Panel"].y
    assert len(drawn.lines) == 3
    assert len(boxes[top.name].lines) == 3
    spots = sorted((box.y, box.x, box.x + box.width) for box in drawn.boxes)
    for (y, _, end), (next_y, start, _) in pairwise(spots):
        assert next_y > y + HEIGHT or start >= end, "boxes overlap"
    assert all(box.x + box.width <= drawn.width for box in drawn.boxes)


def test_the_drawing_has_a_title_and_a_list_beside_it(world: World) -> None:
    page = signed_in(world.here.coordinator).get(address("boroughs:board-list", world.here.borough))
    soup = BeautifulSoup(page.content, "html.parser")
    drawn = soup.find("svg")
    assert drawn is not None
    assert drawn.find("title")
    assert not drawn.find_all(style=True)
    said = soup.select("main ul ul a")
    assert [link.get_text() for link in said] == ["Prevent Board"]


def test_a_rate_is_worked_out_from_the_meetings_that_were_held(world: World) -> None:
    here = world.here
    for day, present in ((dt.date(2019, 6, 28), True), (dt.date(2019, 9, 27), False)):
        meeting = plan(here, day)
        others = [member.pk for member in _members(here) if member.pk != here.board_member.pk]
        with acting_as(here.coordinator.pk):
            record_meeting(
                meeting=meeting,
                outcome="held",
                came=[here.board_member.pk] if present else others,
                seen=1,
                by=here.coordinator,
            )
    page = says(signed_in(here.coordinator).get(on(here, "show")))
    assert "2 of 3 (67%)" in page
    assert "1 of 3 (33%)" in page


def _members(place: Place) -> list[Any]:
    with acting_as(place.coordinator.pk):
        return list(place.board.members.all())
