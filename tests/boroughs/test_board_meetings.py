"""Meetings of boards are planned and held, with attendance by organisation."""

import datetime as dt
from typing import Any

import pytest
from bs4 import BeautifulSoup

from boroughs.actions.boards import add_member, change_board, record_meeting
from boroughs.policies import ChangedMeanwhile
from boroughs.rows import acting_as
from tests.boroughs.boards import came, on, plan
from tests.boroughs.pages import address, deeds, problems, says, seen, signed_in
from tests.boroughs.test_committees import date
from tests.factories import World


# -- Meetings ------------------------------------------------------------------------------------------
def test_attendance_is_ticked_on_one_page(world: World) -> None:
    here, client = world.here, signed_in(world.here.coordinator)
    meeting = plan(here, dt.date(2019, 6, 28))
    record = on(here, "meeting-record", meeting.pk)
    form = BeautifulSoup(client.get(record).content, "html.parser")
    assert len(form.select("input[name=came]")) == 2
    assert not form.select("input[checked]")
    ticks = {"outcome": "held", "came": [str(here.board_member.pk)], "seen": "1"}
    assert client.post(record, ticks).status_code == 302
    assert came(meeting, here) == {"Police of thurrock": True, "Trust of thurrock": False}
    page = says(client.get(on(here, "show")))
    assert "1 of 2" in page
    assert "Absent: Trust of thurrock" in page
    assert deeds(here)[-1] == "meeting.recorded"


def test_only_those_then_on_the_board_are_expected(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        add_member(
            board=here.board, organisation="Later", since=dt.date(2020, 1, 1), by=here.coordinator
        )
    page = says(signed_in(here.coordinator).get(on(here, "meeting-record", here.board_meeting.pk)))
    assert "Later" not in page
    assert "Trust of thurrock (no representative named)" in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"outcome": ""}, "Select what became of the meeting"),
        ({"outcome": "cancelled"}, "what became of the meeting"),
        (
            {"outcome": "held", "came": []},
            "Tick the organisations that came. If none did, the meeting was not held",
        ),
        ({"outcome": "not_held", "came": []}, "Say why the meeting was not held"),
        (
            {"outcome": "held", "not_held_because": "Snow"},
            "A reason is only for a meeting that was not held",
        ),
        (
            {"outcome": "not_held", "not_held_because": "Snow"},
            "Nobody comes to a meeting that was not held",
        ),
        ({"came": ["00000000-0000-0000-0000-000000000000"]}, "came"),
    ],
)
def test_bad_answers_about_a_meeting_get_their_own_sentence(
    world: World, wrong: dict[str, Any], said: str
) -> None:
    here = world.here
    record = on(here, "meeting-record", here.board_meeting.pk)
    right = {"outcome": "held", "came": [str(here.board_member.pk)], "seen": "2"}
    found = problems(signed_in(here.coordinator).post(record, right | wrong))
    assert any(said in problem for problem in found), found
    assert came(here.board_meeting, here)["Police of thurrock"]


def test_a_meeting_to_come_was_not_held_yet_but_may_be_called_off(world: World) -> None:
    here, client = world.here, signed_in(world.here.coordinator)
    record = on(here, "meeting-record", plan(here, dt.date(2090, 1, 4)).pk)
    held = {"outcome": "held", "came": [str(here.board_member.pk)], "seen": "1"}
    assert problems(client.post(record, held)) == [
        "This meeting is on 4 January 2090. Record that it was held on that day or later."
    ]
    off = {"outcome": "not_held", "not_held_because": "Moved to spring", "seen": "1"}
    assert client.post(record, off).status_code == 302
    assert "Not held : Moved to spring" in says(client.get(on(here, "show"))).replace(
        "held:", "held :"
    )


def test_what_was_recorded_belongs_to_its_day(world: World) -> None:
    here = world.here
    change = address("boroughs:meeting-change", here.borough, here.board.pk, here.board_meeting.pk)
    lead = signed_in(here.lead)
    answer = date("date", "2019-03-30") | seen(lead, change)
    assert problems(lead.post(change, answer)) == [
        "This meeting is recorded as held on its day. Take that back before you change the date."
    ]


def test_two_people_record_a_meeting_and_the_second_sees_it(world: World) -> None:
    here = world.here
    record = on(here, "meeting-record", here.board_meeting.pk)
    old = {"outcome": "held", "came": [str(here.board_member.pk)], "seen": "1"}
    answer = signed_in(here.lead).post(record, old)
    assert answer.status_code == 409
    assert "Coordinator of Thurrock changed this while you were writing" in says(answer)
    with acting_as(here.lead.pk), pytest.raises(ChangedMeanwhile):
        record_meeting(meeting=here.board_meeting, outcome="planned", seen=1, by=here.lead)


def test_the_channel_panel_says_that_no_cases_are_kept(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        change_board(board=here.board, is_channel_panel=True, seen=2, by=here.coordinator)
    client = signed_in(here.coordinator)
    record = client.get(on(here, "meeting-record", here.board_meeting.pk))
    assert "Never a case, how many cases there were, or a name." in says(record)
    assert "The portal holds no cases." in says(client.get(on(here, "show")))
    typed = [
        f.get("name")
        for f in BeautifulSoup(record.content, "html.parser").select("main input, main textarea")
    ]
    assert set(typed) <= {
        "csrfmiddlewaretoken",
        "typed_by",
        "outcome",
        "not_held_because",
        "came",
        "seen",
    }


def test_a_meeting_of_another_board_is_not_there(world: World) -> None:
    here = world.here
    assert (
        signed_in(here.coordinator).get(on(here, "meeting-record", here.meeting.pk)).status_code
        == 404
    )
