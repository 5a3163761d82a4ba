"""The record of a decision in public: by an explicit step, as it was published, and only beside a version that is public itself."""

import xml.etree.ElementTree as ET
from typing import Any

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client
from django.urls import reverse

from boroughs.actions.purges import erase
from boroughs.closed_passages import remember_passages
from boroughs.policies import Refused
from boroughs.roles import Role
from boroughs.rows import acting_as
from reports.actions.decisions import correct_decision
from reports.actions.issues import publish_issue, take_down_issue, turn_register, withdraw_issue
from reports.actions.public_decisions import publish_decision, unpublish_decision
from reports.models import Decision, Issue, PublicDecision
from tests.boroughs.pages import address, deeds, says, signed_in
from tests.factories import Place, World, make_purge

from .deciding import recorded
from .test_register import ATOM, corrected
from .test_register import address as public_address

AMENDED = "decided words of thurrock"


def paper(client: Client, place: Place, issue: Issue | None = None) -> str:
    return says(client.get(public_address("register-issue", place, issue or place.issue)))


def record_at(place: Place) -> str:
    keys = [place.borough.slug, place.issue.pk, place.decision.pk]
    return reverse("register:register-decision", args=keys)


def off_the_register(place: Place) -> None:
    with acting_as(place.democratic.pk):
        unpublish_decision(decision=place.decision, by=place.democratic)


def correct(place: Place, amended: str) -> None:
    with acting_as(place.democratic.pk):
        now = Decision.objects.get(pk=place.decision.pk)
        said: dict[str, Any] = {"decided_on": now.decided_on, "minute": now.minute}
        said |= {"published_on": None, "reasons": "Because.", "alternatives": "", "conflicts": ""}
        correct_decision(
            decision=place.decision,
            outcomes=[("amended", amended)],
            why="Read out wrongly",
            seen=now.version,
            by=place.democratic,
            **said,
        )


def publish(place: Place) -> PublicDecision:
    with acting_as(place.democratic.pk):
        return publish_decision(decision=place.decision, by=place.democratic)


# -- What a stranger reads --------------------------------------------------------------------------------
def test_a_stranger_reads_what_was_decided_beside_the_report(client: Client, world: World) -> None:
    here = world.here
    shown = paper(client, here)
    for words in (
        "Decided on 4 July 2019",
        f"Agreed as amended: Note the ratings. As amended: {AMENDED}",
        "Minute reference 12/2019",
    ):
        assert words in shown
    pdf = client.get(record_at(here))
    assert (pdf["Content-Type"], pdf["Cache-Control"]) == ("application/pdf", "public, no-cache")
    assert pdf.content.startswith(b"%PDF")
    listed = says(client.get(public_address("register", here)))
    assert "Decided on 4 July 2019: agreed as amended." in listed


def test_the_public_record_says_until_when_a_decision_is_subject_to_call_in(
    client: Client, world: World
) -> None:
    here = world.here
    decision = recorded(here)
    with acting_as(here.democratic.pk):
        publish_issue(issue=decision.issue, by=here.democratic)
        shown = publish_decision(decision=decision, by=here.democratic)
    page = paper(client, here, decision.issue)
    assert "Subject to call-in until Wednesday 17 July 2019." in page
    assert "It takes effect on Thursday 18 July 2019 if it is not called in." in page
    assert "Subject to call-in until" in shown.in_short
    assert bytes(shown.pdf).startswith(b"%PDF-1.7")


def test_nothing_is_public_of_a_decision_that_was_recorded_and_not_published(
    client: Client, world: World
) -> None:
    here = world.here
    off_the_register(here)
    for name in ("register", "register-feed"):
        assert "Decided on" not in client.get(public_address(name, here)).content.decode()
    assert AMENDED not in paper(client, here)
    assert client.get(record_at(here)).status_code == 404
    assert deeds(here)[-1] == "decision.unpublished"


def test_a_correction_is_public_once_it_is_published_again(client: Client, world: World) -> None:
    here = world.here
    correct(here, "Ask for a plan.")
    assert AMENDED in paper(client, here)
    assert "Ask for a plan." not in paper(client, here)
    page = says(signed_in(here.democratic).get(here.decision.get_absolute_url()))
    assert "Published, and changed since" in page
    publish(here)
    assert AMENDED not in paper(client, here)
    assert "Ask for a plan." in paper(client, here)
    assert "It was changed on" in paper(client, here)


def test_other_public_versions_lead_to_the_one_that_was_decided_on(
    client: Client, world: World
) -> None:
    here = world.here
    second = corrected(here)
    shown = paper(client, here, second)
    assert "The decision was taken on version 1" in shown
    assert AMENDED in shown
    elsewhere = reverse(
        "register:register-decision", args=["thurrock", second.pk, here.decision.pk]
    )
    assert client.get(elsewhere).status_code == 404


@pytest.mark.parametrize("what", ["withdrawn", "taken down", "off"])
def test_it_goes_with_the_version_it_was_taken_on(client: Client, world: World, what: str) -> None:
    here = world.here
    second = corrected(here)
    with acting_as(here.democratic.pk):
        said: dict[str, Any] = {"because": "A name", "by": here.democratic}
        if what == "withdrawn":
            withdraw_issue(issue=here.issue, **said)
        if what == "taken down":
            take_down_issue(issue=here.issue, **said)
    if what == "off":
        with acting_as(here.lead.pk):
            turn_register(borough=here.borough, on=False, by=here.lead)
    else:
        shown = client.get(public_address("register-issue", here, second))
        assert shown.status_code == 200
        assert AMENDED not in shown.content.decode()
    for at in (record_at(here), *(public_address(n, here) for n in ("register", "register-feed"))):
        assert AMENDED not in client.get(at).content.decode()
    assert client.get(record_at(here)).status_code == 404
    with acting_as(None), transaction.atomic():
        assert not PublicDecision.objects.filter(issue=here.issue).exists()
    with acting_as(here.democratic.pk):
        kept = PublicDecision.objects.filter(decision=here.decision).exists()
    assert kept == (what != "taken down")


def test_the_feed_says_what_was_decided_and_when_that_became_public(
    client: Client, world: World
) -> None:
    here = world.here

    def entry() -> tuple[str, str]:
        feed = ET.fromstring(client.get(public_address("register-feed", here)).content)  # noqa: S314  # our own
        [found] = feed.findall(f"{ATOM}entry")
        return found.findtext(f"{ATOM}summary") or "", found.findtext(f"{ATOM}updated") or ""

    said, before = entry()
    assert said == "Decided on 4 July 2019: agreed as amended."
    correct(here, "Ask for a plan.")
    with acting_as(here.democratic.pk):
        shown = publish_decision(decision=here.decision, by=here.democratic)
    said, after = entry()
    assert after.startswith(f"{shown.changed_at:%Y-%m-%dT%H:%M:%S}")
    assert after >= before


def test_caches_ask_each_time_and_who_is_signed_in_sees_the_same(
    client: Client, world: World
) -> None:
    here = world.here
    page = public_address("register-issue", here, here.issue)
    first = client.get(page)
    again: dict[str, Any] = {"headers": {"If-None-Match": first["ETag"]}}
    assert client.get(page, **again).status_code == 304
    assert signed_in(here.democratic).get(page).content == first.content
    off_the_register(here)
    assert client.get(page, **again).status_code == 200


# -- What may be published ----------------------------------------------------------------------------------
def refused(place: Place, decision: Decision | None = None) -> str:
    with acting_as(place.democratic.pk), pytest.raises(Refused) as why:
        publish_decision(decision=decision or place.decision, by=place.democratic)
    return str(why.value)


def test_a_decision_on_a_version_that_is_not_public_is_not_published(world: World) -> None:
    here = world.here
    assert "is not on the public pages" in refused(here, recorded(here))
    with acting_as(here.democratic.pk):
        withdraw_issue(issue=here.issue, because="A name", by=here.democratic)
    assert "is not on the public pages" in refused(here)


def test_what_was_closed_after_it_was_recorded_is_not_published(world: World) -> None:
    here = world.here
    words = "The grant of the programme is cut by a third from next April on, and two posts end with it in June."
    correct(here, words)
    with acting_as(here.coordinator.pk):
        remember_passages(closure=here.closure, source="a paper", text=words)
    assert "also stand in a closed record" in refused(here)


def test_recommendations_that_are_closed_keep_the_decision_closed(world: World) -> None:
    here = world.here
    off_the_register(here)
    with acting_as(here.democratic.pk):
        issue = Issue.objects.get(pk=here.issue.pk)
        closed = {**issue.snapshot, "closed": {"recommendations": {"public_line": "Closed."}}}
        Issue.objects.filter(pk=issue.pk).update(snapshot=closed)
    assert "The recommendations of this report are closed" in refused(here)


def test_what_is_public_already_is_not_published_again(world: World) -> None:
    assert refused(world.here) == "The public pages show this record as it stands."


@pytest.mark.parametrize("how", ["nobody", "a reader", "of what is not public"])
def test_the_database_lets_nobody_else_put_a_record_in_public(world: World, how: str) -> None:
    here = world.here
    with acting_as(here.democratic.pk):
        row = PublicDecision.objects.get(decision=here.decision)
        PublicDecision.objects.filter(pk=row.pk).delete()
        if how == "of what is not public":
            withdraw_issue(issue=here.issue, because="A name", by=here.democratic)
    who = {"nobody": None, "a reader": here.member.pk, "of what is not public": here.democratic.pk}
    with (
        acting_as(who[how]),
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
    ):
        row.save(force_insert=True)


def test_erasing_a_decision_erases_what_was_published_of_it(client: Client, world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        request = make_purge(here, here.decision, kind="decision")
    with acting_as(here.lead.pk):
        erase(request=request, by=here.lead)
    assert client.get(record_at(here)).status_code == 404
    assert AMENDED not in paper(client, here)


# -- The pages of democratic services ------------------------------------------------------------------------
def test_democratic_services_see_what_becomes_public_before_they_publish(world: World) -> None:
    here, client = world.here, signed_in(world.here.democratic)
    off_the_register(here)
    page = address("reports:decision-publish", here.borough, here.decision.pk)
    assert page in client.get(here.decision.get_absolute_url()).content.decode()
    shown = says(client.get(page))
    assert AMENDED in shown
    assert "1 part of this report is closed." in shown
    answer = client.post(page)
    assert answer["Location"] == here.decision.get_absolute_url()
    assert deeds(here)[-1] == "decision.published"
    off = address("reports:decision-unpublish", here.borough, here.decision.pk)
    assert off in client.get(here.decision.get_absolute_url()).content.decode()
    client.post(off)
    assert "This record is not on the public pages." in says(client.get(off))
    assert deeds(here)[-1] == "decision.unpublished"


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.LEAD, Role.MEMBER])
def test_who_does_not_publish_is_offered_nothing(world: World, role: Role) -> None:
    here = world.here
    client = signed_in(here.people[role])
    assert "publish/" not in client.get(here.decision.get_absolute_url()).content.decode()
    page = address("reports:decision-publish", here.borough, here.decision.pk)
    assert client.get(page).status_code == 403
