"""The pages of closed records: each shows of a closure what its visitor may know."""

from typing import Any
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from boroughs.actions.borough import change_settings
from boroughs.actions.closures import release
from boroughs.actions.lists import grant, grant_seats, revoke
from boroughs.closure_access import in_state
from boroughs.closure_policies import missing_from
from boroughs.roles import Role
from boroughs.rows import acting_as
from tests.boroughs.closing import (
    CHANGE,
    KEEPERS,
    LINE,
    LISTED,
    WHY,
    closure_of,
    on,
    silent,
    status,
)
from tests.boroughs.pages import address, deeds, problems, says, signed_in
from tests.boroughs.reading import run_out
from tests.factories import Place, World, give_role, make_borough, make_closure, make_user


# -- Who sees what -------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", list(Role))
def test_the_case_is_for_the_list_and_its_keepers_the_line_for_everybody(
    world: World, role: Role
) -> None:
    page = says(signed_in(world.here.people[role]).get(on(world.here, "closure-show")))
    assert LINE in page
    for words in WHY:
        assert (words in page) == (role in KEEPERS | LISTED), words
    assert ("Reads it on Monday" in page) == (role in KEEPERS | LISTED)
    assert ("Put on it" in page) == (role in KEEPERS)
    assert ("Only the people on its access list" in page) == (role not in KEEPERS | LISTED)


@pytest.mark.parametrize("role", list(Role))
def test_without_a_public_line_it_is_not_there_for_others(world: World, role: Role) -> None:
    closure = silent(world.here)
    knows = role in KEEPERS | {Role.COORDINATOR}
    client = signed_in(world.here.people[role])
    found = client.get(on(world.here, "closure-show", closure=closure))
    nothing = client.get(address("boroughs:closure-show", world.here.borough, uuid4()))
    assert nothing.status_code == 404
    assert found.status_code == (200 if knows else 404)
    listed = says(client.get(address("boroughs:closure-list", world.here.borough)))
    assert ("No public line" in listed) == knows


@pytest.mark.parametrize("name", ["closure-change", "closure-release", "request-ask"])
def test_forbidden_and_missing_look_the_same(world: World, name: str) -> None:
    closure = silent(world.here)
    for person in (world.here.democratic, world.here.member, world.here.observer):
        client = signed_in(person)
        found = client.get(on(world.here, name, closure=closure))
        nothing = client.get(address(f"boroughs:{name}", world.here.borough, uuid4()))
        assert found.status_code == nothing.status_code
        assert found.status_code in {403, 404}
        assert says(found) == says(nothing)


def test_a_seat_opens_the_case_while_it_lasts(world: World) -> None:
    here = world.here
    page = on(here, "closure-show", closure=here.asked)
    assert "interest words" not in says(signed_in(here.member).get(page))
    with acting_as(here.lead.pk):
        grant_seats(closure=here.asked, committee=here.committee, reason="Item 9", by=here.lead)
    assert "interest words" in says(signed_in(here.member).get(page))
    assert "The seats of Scrutiny Committee" in says(signed_in(here.lead).get(page))


def test_access_that_ran_out_opens_nothing_and_is_said_to_have_run_out(world: World) -> None:
    here = world.here
    with acting_as(here.lead.pk):
        run_out(world, here.closure, here.member)
    assert "interest words" not in says(signed_in(here.member).get(on(here, "closure-show")))
    assert "Has run out" in says(signed_in(here.lead).get(on(here, "closure-show")))


def test_the_marking_stands_at_the_top_and_at_the_bottom(world: World) -> None:
    here = world.here
    with acting_as(here.lead.pk):
        change_settings(
            borough=here.borough,
            full_name="Thurrock Council",
            colour="",
            clear_days="calendar",
            marking="official",
            contact="",
            seen=here.borough.version,
            by=here.lead,
        )
    with acting_as(here.coordinator.pk):
        marked = make_closure(here.borough, by=here.coordinator, marking="official-sensitive")
    page = signed_in(here.lead).get(on(here, "closure-show", closure=marked))
    assert says(page).count("Protective marking: OFFICIAL-SENSITIVE") == 2
    told = signed_in(here.observer).get(on(here, "closure-show", closure=marked))
    assert "SENSITIVE" not in says(told)
    assert "Protective marking:" not in says(signed_in(here.lead).get(on(here, "closure-show")))


def test_what_is_missing_is_said_in_words(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        empty = make_closure(here.borough, by=here.coordinator, paragraphs={})
    page = says(signed_in(here.lead).get(on(here, "closure-show", closure=empty)))
    assert "Exempt, but no paragraph of Schedule 12A is given." in page
    assert "Incomplete" not in says(signed_in(here.lead).get(on(here, "closure-show")))


def test_a_public_line_is_text_and_not_markup(world: World) -> None:
    here, line = world.here, "<script>alert(1)</script>{{ 7|add:7 }}"
    with acting_as(here.coordinator.pk):
        planted = make_closure(
            here.borough, by=here.coordinator, public_line=line, paragraphs={"england-1": line}
        )
    for person in (here.lead, here.member, here.coordinator):
        for name in ("closure-show", "closure-list"):
            page = (
                on(here, name, closure=planted)
                if name == "closure-show"
                else address("boroughs:closure-list", here.borough)
            )
            answer = signed_in(person).get(page)
            assert b"<script>alert" not in answer.content
            assert line in says(answer)


# -- The list of all ------------------------------------------------------------------------------------
def listed(user: User, place: Place, query: str = "") -> str:
    page = address("boroughs:closure-list", place.borough)
    return says(signed_in(user).get(f"{page}{query}"))


def test_who_keeps_lists_sees_every_closure_with_its_numbers(world: World) -> None:
    page = listed(world.here.lead, world.here)
    assert f"{LINE} Exempt: paragraph 3" in page
    assert "Second appendix of Thurrock" in page
    assert "1 1 request waits" in page
    assert "by Coordinator of Thurrock" in page


def test_others_see_their_own_and_the_public_lines(world: World) -> None:
    page = listed(world.here.member, world.here)
    own, _, rest = page.partition("Closed to you")
    assert f"{LINE} Exempt: paragraph 3" in own
    assert "Second appendix of Thurrock" in rest
    assert "request wait" not in page
    assert "Exempt" not in listed(world.here.observer, world.here)


def test_the_list_is_filtered_by_state(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        make_closure(
            here.borough,
            by=here.coordinator,
            public_line="Due one",
            review_on=timezone.localdate(),
        )
        make_closure(here.borough, by=here.coordinator, public_line="Half said", paragraphs={})
        gone = make_closure(here.borough, by=here.coordinator, public_line="Out now")
        release(closure=gone, reason="Over", by=here.coordinator)
    lines = ("Due one", "Half said", "Out now", LINE)
    found = {
        state: [line for line in lines if line in listed(here.lead, here, f"?state={state}")]
        for state in ("review", "incomplete", "released", "nonsense")
    }
    assert found == {
        "review": ["Due one"],
        "incomplete": ["Half said"],
        "released": ["Out now"],
        "nonsense": list(lines),
    }
    page = listed(here.lead, here)
    assert page.index("Half said") < page.index("Out now")
    assert "Released on" in page


def test_incomplete_is_what_the_policy_says(world: World) -> None:
    with acting_as(world.here.lead.pk):
        found = in_state(world.here.borough.closures.all(), "incomplete")
        assert all(missing_from(closure.case) for closure in found)


def test_the_list_goes_on_on_another_page_and_asks_no_more_for_many(world: World) -> None:
    here = world.here
    client, page = signed_in(here.lead), address("boroughs:closure-list", here.borough)
    client.get(page)
    with CaptureQueriesContext(connection) as few:
        client.get(page)
    with acting_as(here.coordinator.pk):
        for number in range(22):
            make_closure(here.borough, by=here.coordinator, public_line=f"Appendix {number}.")
    with CaptureQueriesContext(connection) as many:
        first = client.get(page)
    assert len(many) == len(few)
    assert "Appendix 21." in says(first)
    assert LINE not in says(first)
    assert LINE in says(client.get(f"{page}?page=2"))
    assert "Appendix 1." in says(signed_in(here.observer).get(f"{page}?told=2"))


def test_an_empty_borough_says_what_to_do(world: World) -> None:
    with acting_as(world.administrator.pk):
        fresh = make_borough(by=world.administrator)
        lead = give_role(make_user(), fresh, Role.LEAD, by=world.administrator)
        member = give_role(make_user(), fresh, Role.MEMBER, by=world.administrator)
    page = address("boroughs:closure-list", fresh)
    assert "A record is closed where it is kept" in says(signed_in(lead).get(page))
    assert "no closed record that you may know of" in says(signed_in(member).get(page))
    assert "No request waits" in says(signed_in(lead).get(address("boroughs:request-list", fresh)))


# -- Changing and releasing -------------------------------------------------------------------------------
def test_a_change_is_saved_with_its_reason(world: World) -> None:
    here = world.here
    client = signed_in(here.coordinator)
    shown = client.get(on(here, "closure-change")).content.decode()
    assert "paragraph words of thurrock" in shown
    assert LINE in shown
    answer = client.post(on(here, "closure-change"), CHANGE)
    assert answer.status_code == 302, problems(answer)
    page = says(client.get(answer["Location"]))
    for words in ("Appendix B", "It names people", "Better advice", "1 January 2031"):
        assert words in page
    assert "paragraph words of thurrock" not in page
    assert deeds(here)[-1] == "closure.changed"


def test_the_second_of_two_editors_sees_both_texts_and_may_save_theirs(world: World) -> None:
    here = world.here
    with acting_as(here.lead.pk):
        grant(closure=here.closure, person=here.democratic, reason="x", by=here.lead)
    first, second = signed_in(here.coordinator), signed_in(here.democratic)
    page = on(here, "closure-change")
    second.get(page)
    assert first.post(page, CHANGE).status_code == 302
    mine = CHANGE | {"interest_reason": "My own words", "public_line": "Mine"}
    answer = second.post(page, mine)
    assert answer.status_code == 409
    said = says(answer)
    assert "Coordinator of Thurrock changed this closure while you were writing" in said
    assert "Nobody gains by it" in said
    assert "My own words" in said
    assert closure_of(here).public_line == "Appendix B, not for publication"
    assert second.post(page, mine | {"seen": "2"}).status_code == 302
    assert closure_of(here).public_line == "Mine"


@pytest.mark.parametrize("name", ["closure-change", "closure-release"])
def test_who_is_not_on_the_list_is_told_why_not_and_changes_nothing(
    world: World, name: str
) -> None:
    for person in (world.here.lead, world.here.democratic):
        client = signed_in(person)
        for answer in (
            client.get(on(world.here, name)),
            client.post(on(world.here, name), CHANGE),
        ):
            assert "You are not on the access list of this record" in says(answer)
            assert b"interest words" not in answer.content
    closure = closure_of(world.here)
    assert (closure.public_line, closure.released_at, closure.case.version) == (LINE, None, 1)


def test_access_that_is_taken_away_while_the_page_is_open_saves_nothing(world: World) -> None:
    here, page = world.here, on(world.here, "closure-change")
    client = signed_in(here.coordinator)
    assert client.get(page).status_code == 200
    with acting_as(here.lead.pk):
        revoke(closure=here.closure, person=here.coordinator, reason="x", by=here.lead)
    answer = client.post(page, CHANGE)
    assert "You are not on the access list" in says(answer)
    assert b"interest words" not in answer.content
    assert closure_of(here, here.lead).public_line == LINE


@pytest.mark.parametrize(
    ("planted", "problem"),
    [
        ({"paragraphs": ["wales-12"]}, "Select paragraphs that describe it from the list"),
        ({"paragraphs": ["england-99"]}, "Select paragraphs that describe it from the list"),
        ({"classification": "secret"}, "Select why is it closed from the list"),
        ({"ground": "court"}, "Exempt information has no ground of section 100A(3)."),
        ({"reason": ""}, "Enter reason for the change"),
        ({"reason": "x" * 100_000}, "Reason for the change must be 2,000 characters or fewer"),
        ({"seen": "x"}, "Something on this page was out of date"),
    ],
)
def test_what_is_planted_is_refused_in_words_and_the_rest_stays(
    world: World, planted: dict[str, Any], problem: str
) -> None:
    answer = signed_in(world.here.coordinator).post(
        on(world.here, "closure-change"), CHANGE | planted
    )
    assert problems(answer)[0].startswith(problem)
    assert "It names people" in answer.content.decode()
    assert closure_of(world.here).public_line == LINE


def test_a_release_opens_the_record_and_says_by_whom(world: World) -> None:
    here = world.here
    client, page = signed_in(here.coordinator), on(here, "closure-release")
    assert problems(client.post(page, {})) == ["Enter reason"]
    assert client.post(page, {"reason": "The talks are over"}).status_code == 302
    for person in (here.lead, here.observer, here.coordinator):
        said = says(signed_in(person).get(on(here, "closure-show")))
        assert "Released on" in said
        assert "by Coordinator of Thurrock" in said
    again = client.post(page, {"reason": "Again"})
    assert "has been released already" in says(again)
    assert deeds(here).count("closure.released") == 1
    assert "has been released already" in says(client.get(on(here, "closure-change")))


# -- Neighbours -------------------------------------------------------------------------------------------------
def test_the_neighbours_closure_is_not_found_under_my_own_borough(world: World) -> None:
    theirs = world.there
    for person, names in (
        (world.here.lead, ("closure-show", "closure-change", "closure-release", "list-grant")),
        (world.here.monitoring, ("closure-show", "emergency-give")),
        (world.here.member, ("closure-show", "request-ask")),
    ):
        client = signed_in(person)
        for name in names:
            page = address(f"boroughs:{name}", world.here.borough, theirs.closure.pk)
            assert client.get(page).status_code == 404
            assert client.post(page, CHANGE).status_code in {404, 405}
    lead = signed_in(world.here.lead)
    for name, key in (
        ("list-revoke", theirs.member.pk),
        ("list-revoke-seats", theirs.committee.pk),
    ):
        assert lead.get(on(world.here, name, key)).status_code == 404
    answer_page = address("boroughs:request-answer", world.here.borough, theirs.access_request.pk)
    assert lead.post(answer_page, {"answer": "granted", "reason": "x"}).status_code == 404


# -- What is behind it -------------------------------------------------------------------------------------------
def test_the_page_leads_to_the_papers_it_closes_for_those_who_read_them(world: World) -> None:
    here = world.here
    page = signed_in(here.member).get(on(here, "closure-show"))
    link = BeautifulSoup(page.content, "html.parser").find("a", string="Papers closed by it")
    assert link is not None
    shown = says(signed_in(here.member).get(str(link["href"])))
    assert "closed words of thurrock" in shown
    assert "paper words of thurrock" not in shown
    told = says(signed_in(here.lead).get(on(here, "closure-show")))
    assert "What is closed by it" not in told
    planted = f"/thurrock/papers/?closure={world.there.closure.pk}"
    assert "There is no paper you may read that is closed by it" in says(
        signed_in(here.member).get(planted)
    )
    assert says(signed_in(here.lead).get("/thurrock/papers/?closure=x"))


def test_the_door_alone_keeps_the_case_from_others(world: World) -> None:
    """With row security out: what the pages ask for is little enough by itself."""
    here, hidden = world.here, silent(world.here)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.lock2', 'off', true)")
    for role in set(Role) - KEEPERS - {Role.COORDINATOR}:
        client = signed_in(here.people[role])
        assert client.get(on(here, "closure-show", closure=hidden)).status_code == 404
        told = says(client.get(on(here, "closure-show", closure=here.asked)))
        everything = says(client.get(address("boroughs:closure-list", here.borough)))
        assert "Second appendix of Thurrock" in told
        assert "No public line" not in everything
        for words in (*WHY, "asking words of thurrock"):
            assert (words in told) == (role == Role.OBSERVER and words.startswith("asking")), role
    theirs = address("boroughs:closure-show", here.borough, world.there.closure.pk)
    assert status(here.lead, theirs) == 404
