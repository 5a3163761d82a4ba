"""Asking to read a closed record, the answer, and what waits for whom."""

from smtplib import SMTPException
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import User
from boroughs.actions.lists import ask
from boroughs.models import AccessRequest
from boroughs.roles import Role
from boroughs.rows import acting_as
from tests.boroughs.closing import on, on_the_list
from tests.boroughs.pages import address, deeds, problems, says, signed_in
from tests.factories import Place, World, make_closure


# -- Asking ----------------------------------------------------------------------------------------------------
def asked_by_member(place: Place) -> AccessRequest:
    with acting_as(place.member.pk):
        return ask(closure=place.asked, reason="Item 9", by=place.member)


def test_a_member_asks_and_the_leads_get_a_link_and_nothing_else(world: World) -> None:
    here = world.here
    client, page = signed_in(here.member), on(here, "request-ask", closure=here.asked)
    told = on(here, "closure-show", closure=here.asked)
    assert "Ask to read it" in says(client.get(told))
    assert problems(client.post(page, {})) == ["Enter why you need to read it"]
    mail.outbox.clear()
    assert client.post(page, {"reason": "For item 9"}).status_code == 302
    shown = says(client.get(told))
    assert "For item 9" in shown
    assert "Ask to read it" not in shown
    assert [letter.to for letter in mail.outbox] == [[here.lead.email]]
    letter = mail.outbox[0]
    assert "/thurrock/closures/requests/" in letter.body
    for words in ("Second appendix", "item 9", "Member"):
        assert words not in f"{letter.subject} {letter.body}"
    again = client.post(page, {"reason": "Once more"})
    assert "You have asked for this record" in says(again)
    assert deeds(here).count("closure.asked") == 2  # with the world's own


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"answer": "granted", "reason": "Your committee decides on it"}, "Granted"),
        ({"answer": "refused", "reason": "Not on the committee"}, "Refused"),
    ],
)
def test_a_lead_answers_and_the_asker_reads_why(
    world: World, data: dict[str, str], said: str
) -> None:
    here = world.here
    request = asked_by_member(here)
    client = signed_in(here.lead)
    page = address("boroughs:request-answer", here.borough, request.pk)
    assert "Item 9" in says(client.get(page))
    assert problems(client.post(page, {})) == ["Select answer", "Enter reason for the answer"]
    mail.outbox.clear()
    assert client.post(page, data).status_code == 302
    assert ("Member of Thurrock" in on_the_list(here, here.asked)) == (said == "Granted")
    told = says(signed_in(here.member).get(on(here, "closure-show", closure=here.asked)))
    assert said in told
    assert data["reason"] in told
    letter = mail.outbox[0]
    assert letter.to == [here.member.email]
    for words in (said, "Second appendix", data["reason"]):
        assert words not in f"{letter.subject} {letter.body}"
    again = says(client.post(page, data))
    assert "has been answered already" in again
    assert deeds(here).count("closure.answered") == 1
    assert said in says(client.get(address("boroughs:request-list", here.borough)))


def test_a_refusal_has_no_last_day(world: World) -> None:
    request = asked_by_member(world.here)
    page = address("boroughs:request-answer", world.here.borough, request.pk)
    data = {"answer": "refused", "reason": "x", "until": "2030-01-01"}
    assert problems(signed_in(world.here.lead).post(page, data)) == [
        "Only a grant ends on a day. Take the day away, or grant it"
    ]


def test_mail_that_cannot_be_sent_is_said_and_undoes_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise SMTPException

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    here = world.here
    page = on(here, "request-ask", closure=here.asked)
    client = signed_in(here.member)
    answer = client.post(page, {"reason": "For item 9"})
    assert "the e-mail about it could not be sent" in says(client.get(answer["Location"]))
    with acting_as(here.member.pk):
        request = AccessRequest.objects.get(asked_by=here.member)
    client = signed_in(here.lead)
    page = address("boroughs:request-answer", here.borough, request.pk)
    answer = client.post(page, {"answer": "refused", "reason": "No"})
    assert "the e-mail about it could not be sent" in says(client.get(answer["Location"]))


def test_nobody_answers_their_own_request_and_others_do_not_see_it(world: World) -> None:
    here = world.here
    with acting_as(here.lead.pk):
        request = ask(closure=here.asked, reason="For myself", by=here.lead)
    page = address("boroughs:request-answer", here.borough, request.pk)
    answer = signed_in(here.lead).post(page, {"answer": "granted", "reason": "x"})
    assert "Nobody answers their own request" in says(answer)
    assert "Lead of Thurrock" not in on_the_list(here, here.asked)
    shown = says(signed_in(here.member).get(on(here, "closure-show", closure=here.asked)))
    assert "For myself" not in shown


def test_only_members_are_offered_to_ask(world: World) -> None:
    told = on(world.here, "closure-show", closure=world.here.asked)
    for role in (Role.OBSERVER, Role.CONTRIBUTOR, Role.DEMOCRATIC):
        assert "Ask to read it" not in says(signed_in(world.here.people[role]).get(told))


# -- What waits -----------------------------------------------------------------------------------------------
def front(user: User, place: Place) -> str:
    return says(signed_in(user).get(f"/{place.borough.slug}/"))


def test_the_front_page_says_what_waits_to_those_who_can_do_it(world: World) -> None:
    here = world.here
    asked_by_member(here)
    with acting_as(here.coordinator.pk):
        for _ in range(2):
            make_closure(here.borough, by=here.coordinator, review_on=timezone.localdate())
    requests, reviews = "Requests to read a closed record 2", "Closures due for review 2"
    assert requests in front(here.lead, here)
    assert reviews in front(here.lead, here)
    assert reviews in front(here.coordinator, here)
    assert reviews in front(here.monitoring, here)
    for role in (Role.MEMBER, Role.DEMOCRATIC, Role.OBSERVER, Role.CLEARING):
        shown = front(here.people[role], here)
        assert "due for review" not in shown
        assert "read a closed record" not in shown
    assert requests not in front(here.coordinator, here)


def test_navigation_leads_there_who_reads_papers_or_stands_on_a_list(world: World) -> None:
    here = world.here
    readers = {
        Role.COORDINATOR,
        Role.LEAD,
        Role.DEMOCRATIC,
        Role.MONITORING,
        Role.MEMBER,
    }
    for role, person in here.people.items():
        shown = front(person, here) + says(signed_in(person).get("/thurrock/council/"))
        assert ("Closed records" in shown) == (role in readers), role
