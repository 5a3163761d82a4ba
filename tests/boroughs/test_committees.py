"""Committees, their meetings and seats: who keeps them, and the rules in words."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from boroughs.actions.committees import add_committee, add_meeting
from boroughs.models import Committee, Meeting, Seat
from boroughs.roles import Role
from boroughs.rows import acting_as
from tests.boroughs.pages import address, deeds, problems, says, seen, signed_in
from tests.factories import Place, World, give_role, make_borough, make_user

Keys = Callable[[Place], tuple[Any, ...]]
SCRUTINY = {
    "name": "Overview Committee",
    "kind": "overview_scrutiny",
    "regime": "act_1972",
    "remit": "Community safety.\nAnd more.",
}


def date(name: str, day: str) -> dict[str, str]:
    """A date as the form's three fields post it; "" leaves them empty."""
    year, month, number = day.split("-") if day else ("", "", "")
    return {f"{name}_day": number, f"{name}_month": month, f"{name}_year": year}


def on(place: Place, name: str, *more: object) -> str:
    """A page of the place's committee."""
    return address(f"boroughs:{name}", place.borough, place.committee.pk, *more)


def meetings(place: Place) -> list[str]:
    with acting_as(place.lead.pk):
        return [str(m.date) for m in Meeting.objects.filter(committee=place.committee)]


def seats(place: Place) -> list[Seat]:
    with acting_as(place.lead.pk):
        return list(Seat.objects.filter(committee=place.committee).select_related("person"))


def committees(place: Place) -> list[Committee]:
    with acting_as(place.lead.pk):
        return list(Committee.objects.filter(borough=place.borough))


@pytest.mark.parametrize("role", list(Role))
def test_everybody_of_the_borough_sees_committees_and_meetings(world: World, role: Role) -> None:
    client = signed_in(world.here.people[role])
    assert "Scrutiny Committee" in says(
        client.get(address("boroughs:committee-list", world.here.borough))
    )
    page = says(client.get(on(world.here, "committee-show")))
    assert "Thursday 4 July 2019" in page
    sees_people = role in {Role.LEAD, Role.COORDINATOR, Role.DEMOCRATIC, Role.MONITORING}
    named = "Member of Thurrock" in page.replace("Signed in as Member of Thurrock", "")
    assert named == sees_people
    assert ("Who sits on it" in page) == sees_people


def test_full_council_one_who_decides_alone_and_a_task_group_are_bodies_too(world: World) -> None:
    """Strategies are adopted by each of them, and a Welsh cabinet meets under regulations of its own."""
    client, add = signed_in(world.here.lead), address("boroughs:committee-add", world.here.borough)
    for kind, regime in (
        ("council", "act_1972"),
        ("one_person", "regs_2012"),
        ("task_group", "none"),
        ("cabinet", "wales_2001"),
    ):
        said = SCRUTINY | {"name": f"Body {kind}", "kind": kind, "regime": regime}
        assert client.post(add, said).status_code == 302
    assert {body.kind for body in committees(world.here)} >= {"council", "one_person", "task_group"}


def test_an_empty_list_says_what_to_do_next(world: World) -> None:
    with acting_as(world.administrator.pk):
        fresh = make_borough(by=world.administrator)
        lead = give_role(make_user(), fresh, Role.LEAD, by=world.administrator)
    page = says(signed_in(lead).get(address("boroughs:committee-list", fresh)))
    assert "Add the one that receives your next report" in page


def test_democratic_services_add_a_committee(world: World) -> None:
    client = signed_in(world.here.democratic)
    response = client.post(address("boroughs:committee-add", world.here.borough), SCRUTINY)
    assert response.status_code == 302
    added = next(c for c in committees(world.here) if c.name == "Overview Committee")
    assert (added.kind, added.regime, added.remit) == (
        "overview_scrutiny",
        "act_1972",
        "Community safety.\nAnd more.",
    )
    assert deeds(world.here)[-1] == "committee.added"
    assert "Overview Committee was added." in says(client.get(response["Location"]))


def test_a_partnership_board_has_no_statutory_regime(world: World) -> None:
    add = address("boroughs:committee-add", world.here.borough)
    client = signed_in(world.here.lead)
    response = client.post(add, SCRUTINY | {"kind": "partnership_board"})
    assert problems(response)[0].startswith("A partnership board is not a council committee")
    assert "Community safety." in response.content.decode()
    board = SCRUTINY | {"kind": "partnership_board", "regime": "none"}
    assert client.post(add, board).status_code == 302


def test_a_committee_needs_a_name_a_kind_and_a_law(world: World) -> None:
    add = address("boroughs:committee-add", world.here.borough)
    client = signed_in(world.here.lead)
    assert problems(client.post(add, {})) == [
        "Enter name",
        "Select kind",
        "Select law on access to its papers",
    ]
    assert problems(client.post(add, SCRUTINY | {"name": "x" * 151})) == [
        "Name must be 150 characters or fewer"
    ]


def test_two_committees_do_not_share_a_name(world: World) -> None:
    add = address("boroughs:committee-add", world.here.borough)
    client = signed_in(world.here.lead)
    assert problems(client.post(add, SCRUTINY | {"name": "scrutiny committee"})) == [
        "Thurrock has a committee of this name. Use its full name, or change that one."
    ]
    client.post(add, SCRUTINY)
    change = on(world.here, "committee-change")
    assert problems(client.post(change, SCRUTINY | seen(client, change)))[0].startswith(
        "Thurrock has a committee"
    )


def test_a_committee_is_changed_and_may_keep_its_name(world: World) -> None:
    client = signed_in(world.here.democratic)
    change = on(world.here, "committee-change")
    assert 'value="Scrutiny Committee"' in client.get(change).content.decode()
    response = client.post(change, SCRUTINY | {"name": "Scrutiny Committee"} | seen(client, change))
    assert response.status_code == 302
    assert committees(world.here)[-1].remit == "Community safety.\nAnd more."
    assert deeds(world.here)[-1] == "committee.changed"


def test_a_committee_ends_takes_no_more_meetings_and_can_be_said_to_sit_after_all(
    world: World,
) -> None:
    client = signed_in(world.here.democratic)
    end = on(world.here, "committee-end")
    assert client.post(end, date("ended_on", "2020-05-01") | seen(client, end)).status_code == 302
    assert committees(world.here)[-1].ended_on == dt.date(2020, 5, 1)
    assert deeds(world.here)[-1] == "committee.ended"
    assert "ended on 1 May 2020" in says(
        client.get(address("boroughs:committee-list", world.here.borough))
    )
    late = client.post(on(world.here, "meeting-add"), date("date", "2020-05-02"))
    assert problems(late) == ["The committee ended on 1 May 2020."]
    assert client.post(end, date("ended_on", "") | seen(client, end)).status_code == 302
    assert committees(world.here)[-1].ended_on is None


def test_democratic_services_add_a_meeting(world: World) -> None:
    client = signed_in(world.here.democratic)
    response = client.post(
        on(world.here, "meeting-add"),
        date("date", "2026-12-10") | date("agenda_published_on", "2026-12-02"),
    )
    assert response.status_code == 302
    assert meetings(world.here) == ["2026-12-10", "2019-07-04"]
    assert deeds(world.here)[-1] == "meeting.added"
    page = says(client.get(response["Location"]))
    assert "Thursday 10 December 2026 2 December 2026" in page
    assert "10 December 2026" in says(
        client.get(address("boroughs:committee-list", world.here.borough))
    )


def test_an_agenda_is_published_before_the_meeting(world: World) -> None:
    late = date("date", "2026-12-10") | date("agenda_published_on", "2026-12-11")
    response = signed_in(world.here.lead).post(on(world.here, "meeting-add"), late)
    assert problems(response) == [
        "An agenda is published before the meeting. Enter a day no later than 10 December 2026"
    ]
    assert 'value="11"' in response.content.decode()
    assert meetings(world.here) == ["2019-07-04"]


def test_a_committee_meets_once_a_day(world: World) -> None:
    client = signed_in(world.here.lead)
    again = client.post(on(world.here, "meeting-add"), date("date", "2019-07-04"))
    expected = "The committee has a meeting on this day. Change that one, or choose another day."
    assert problems(again) == [expected]
    client.post(on(world.here, "meeting-add"), date("date", "2019-07-05"))
    change = on(world.here, "meeting-change", world.here.meeting.pk)
    assert problems(client.post(change, date("date", "2019-07-05") | seen(client, change))) == [
        expected
    ]


def test_a_date_that_does_not_exist_is_explained(world: World) -> None:
    client = signed_in(world.here.lead)
    assert problems(client.post(on(world.here, "meeting-add"), date("date", "2026-02-30"))) == [
        "Date of the meeting must be a real date, like 4 7 2019"
    ]
    assert problems(client.post(on(world.here, "meeting-add"), {"date_day": "4"})) == [
        "Date of the meeting must include a month and year"
    ]


def test_a_meeting_is_changed_and_may_keep_its_day(world: World) -> None:
    client = signed_in(world.here.democratic)
    change = on(world.here, "meeting-change", world.here.meeting.pk)
    assert 'value="2019"' in client.get(change).content.decode()
    same_day = date("date", "2019-07-04") | date("agenda_published_on", "2019-06-26")
    assert client.post(change, same_day | seen(client, change)).status_code == 302
    assert client.post(change, date("date", "2019-07-11") | seen(client, change)).status_code == 302
    assert meetings(world.here) == ["2019-07-11"]
    assert deeds(world.here)[-1] == "meeting.changed"


def test_a_seat_is_given_to_a_committee_member(world: World) -> None:
    client = signed_in(world.here.democratic)
    with acting_as(world.here.lead.pk):
        Seat.objects.all().delete()
    response = client.post(
        on(world.here, "seat-give"),
        {"person": world.here.member.pk, "substitute": "on"} | date("since", "2026-05-20"),
    )
    assert response.status_code == 302
    seat = seats(world.here)[0]
    assert (seat.person, seat.substitute, seat.co_opted) == (world.here.member, True, False)
    assert deeds(world.here)[-1] == "seat.given"
    assert "Member of Thurrock, substitute From 20 May 2026" in says(
        client.get(response["Location"])
    )


def test_somebody_who_is_no_member_sits_only_as_co_opted(world: World) -> None:
    client = signed_in(world.here.democratic)
    give = on(world.here, "seat-give")
    wanted = {"person": world.here.contributor.pk} | date("since", "2026-05-20")
    assert problems(client.post(give, wanted)) == [
        "Contributor of Thurrock is not a committee member. "
        "Give them that role first, or say that they are co-opted."
    ]
    assert client.post(give, wanted | {"co_opted": "on"}).status_code == 302
    assert seats(world.here)[0].co_opted


def test_a_person_has_one_seat_on_a_committee_at_a_time(world: World) -> None:
    client = signed_in(world.here.democratic)
    give = on(world.here, "seat-give")
    wanted = {"person": world.here.member.pk} | date("since", "2026-05-20")
    assert problems(client.post(give, wanted)) == [
        "Member of Thurrock has a seat on this committee. End it first."
    ]
    end = on(world.here, "seat-end", world.here.seat.pk)
    client.post(end, date("until", "2026-05-20") | seen(client, end))
    assert problems(client.post(give, wanted)) == [
        "Member of Thurrock had a seat until 20 May 2026. Let this one begin after that."
    ]
    assert client.post(give, wanted | date("since", "2026-05-21")).status_code == 302


def test_the_neighbours_people_are_not_offered_a_seat(world: World) -> None:
    client = signed_in(world.here.democratic)
    give = on(world.here, "seat-give")
    assert "Barnet" not in says(client.get(give))
    wanted = {"person": world.there.member.pk} | date("since", "2026-05-20")
    assert problems(client.post(give, wanted)) == ["Select person from the list"]


def test_a_seat_ends_after_it_began(world: World) -> None:
    client = signed_in(world.here.democratic)
    end = on(world.here, "seat-end", world.here.seat.pk)
    assert problems(client.post(end, date("until", "2019-04-30") | seen(client, end))) == [
        "A seat ends after it began. Enter 1 May 2019 or a later day"
    ]
    assert client.post(end, date("until", "2026-05-01") | seen(client, end)).status_code == 302
    assert seats(world.here)[0].until == dt.date(2026, 5, 1)
    assert deeds(world.here)[-1] == "seat.ended"
    assert "Who sat on it before" in says(client.get(on(world.here, "committee-show")))


WRITING: list[tuple[str, Keys]] = [
    ("committee-change", lambda p: (p.committee.pk,)),
    ("committee-end", lambda p: (p.committee.pk,)),
    ("meeting-add", lambda p: (p.committee.pk,)),
    ("meeting-change", lambda p: (p.committee.pk, p.meeting.pk)),
    ("seat-give", lambda p: (p.committee.pk,)),
    ("seat-end", lambda p: (p.committee.pk, p.seat.pk)),
]


@pytest.mark.parametrize(("name", "keys"), WRITING)
def test_the_neighbours_committee_is_not_found_under_my_own_borough(
    world: World, name: str, keys: Keys
) -> None:
    theirs = address(f"boroughs:{name}", world.here.borough, *keys(world.there))
    client = signed_in(world.here.lead)
    assert client.get(theirs).status_code == 404
    assert client.post(theirs, SCRUTINY).status_code == 404


@pytest.mark.parametrize("name", ["meeting-change", "seat-end"])
def test_the_neighbours_meeting_or_seat_is_not_found_under_my_own_committee(
    world: World, name: str
) -> None:
    key = world.there.meeting.pk if name == "meeting-change" else world.there.seat.pk
    assert signed_in(world.here.lead).get(on(world.here, name, key)).status_code == 404


def test_a_meeting_is_found_only_under_its_own_committee(world: World) -> None:
    with acting_as(world.here.lead.pk):
        other = add_committee(
            borough=world.here.borough,
            name="Cabinet",
            kind="cabinet",
            regime="regs_2012",
            by=world.here.lead,
        )
    client = signed_in(world.here.lead)
    for name, key in (("meeting-change", world.here.meeting.pk), ("seat-end", world.here.seat.pk)):
        page = address(f"boroughs:{name}", world.here.borough, other.pk, key)
        assert client.get(page).status_code == 404


@pytest.mark.parametrize(("name", "keys"), WRITING)
def test_a_coordinator_keeps_no_committees(world: World, name: str, keys: Keys) -> None:
    page = address(f"boroughs:{name}", world.here.borough, *keys(world.here))
    client = signed_in(world.here.coordinator)
    assert client.get(page).status_code == 403
    assert "democratic services officer" in says(client.post(page, SCRUTINY))


@pytest.mark.parametrize(
    ("name", "field"),
    [("committee-end", "ended_on"), ("meeting-change", "date"), ("seat-end", "until")],
)
def test_a_day_that_somebody_else_saved_meanwhile_is_shown_and_kept(
    world: World, name: str, field: str
) -> None:
    keys = dict(WRITING)[name](world.here)
    path = address(f"boroughs:{name}", world.here.borough, *keys)
    lead, officer = signed_in(world.here.lead), signed_in(world.here.democratic)
    opened = seen(officer, path)
    assert lead.post(path, date(field, "2026-03-05") | seen(lead, path)).status_code == 302
    clash = officer.post(path, date(field, "2026-06-09") | opened)
    assert clash.status_code == 409
    assert f"{world.here.lead} changed this while you were writing" in says(clash)
    assert "5 March 2026" in says(clash)
    found = signed_in(world.here.lead).get(on(world.here, "committee-show"))
    assert "9 June 2026" not in says(found)
    assert "5 March 2026" in says(found)
    over = officer.post(path, date(field, "2026-06-09") | seen(officer, path))
    assert over.status_code == 302


def test_looking_at_the_forms_writes_nothing(world: World) -> None:
    before = deeds(world.here)
    client = signed_in(world.here.lead)
    for name, keys in WRITING:
        page = address(f"boroughs:{name}", world.here.borough, *keys(world.here))
        assert client.get(page).status_code == 200
    assert deeds(world.here) == before


def test_the_list_asks_the_database_no_more_for_many_committees(world: World) -> None:
    client = signed_in(world.here.member)
    page = address("boroughs:committee-list", world.here.borough)
    client.get(page)
    with CaptureQueriesContext(connection) as few:
        client.get(page)
    with acting_as(world.here.lead.pk):
        for number in range(8):
            body = add_committee(
                borough=world.here.borough,
                name=f"Committee {number}",
                kind="committee",
                regime="act_1972",
                by=world.here.lead,
            )
            add_meeting(committee=body, date=dt.date(2030, 1, 1), by=world.here.lead)
    with CaptureQueriesContext(connection) as many:
        client.get(page)
    assert len(many) == len(few)
