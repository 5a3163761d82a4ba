"""What a meeting decided on a report: recorded once, corrected with its history, followed up; and what it asked for is tracked."""

import datetime as dt
from typing import Any

import pytest

from boroughs.actions.committees import change_committee
from boroughs.actions.reviews import remove_recommendation
from boroughs.models import Recommendation, Review
from boroughs.policies import Refused
from boroughs.roles import Role
from boroughs.rows import acting_as
from reports.actions.decisions import correct_decision, follow_decision, record_decision
from reports.models import Decision, DecisionEdition
from tests.boroughs.pages import address, deeds, problems, says, seen, signed_in
from tests.boroughs.test_committees import date
from tests.factories import World
from tests.reports.deciding import recorded, second_report, shown, typed


def test_a_decision_is_recorded_for_each_recommendation(world: World) -> None:
    decision = recorded(world.here)
    page_ = shown(world.here, decision)
    for said in (
        "Record of decision: Prevent budget",
        "1. Noted Note the ratings.",
        "2. Agreed as amended Ask for a plan by March. As amended: Ask for a plan by April.",
        "3. Deferred Agree the budget.",
        "Reasons for the decision The grant ends.",
        "Alternatives considered and rejected To do nothing.",
        "Subject to call-in until Wednesday 17 July 2019. It takes effect on Thursday 18 July 2019",
    ):
        assert said in page_
    assert deeds(world.here)[-1] == "decision.recorded"


@pytest.mark.parametrize("role", list(Role))
def test_who_reads_the_report_reads_its_decision_and_democratic_services_alone_record(
    world: World, role: Role
) -> None:
    here = world.here
    reads = role in {Role.COORDINATOR, Role.LEAD, Role.DEMOCRATIC, Role.MEMBER}
    client = signed_in(here.people[role])
    got = client.get(address("reports:decision-show", here.borough, here.decision.pk))
    assert (got.status_code == 200) == reads
    for name in ("decision-correct", "decision-follow", "decision-step-add"):
        got = client.get(address(f"reports:{name}", here.borough, here.decision.pk))
        assert (got.status_code == 200) == (role == Role.DEMOCRATIC)


def test_the_rows_refuse_everybody_else(world: World) -> None:
    here = world.here
    for role in set(Role) - {Role.DEMOCRATIC}:
        with acting_as(here.people[role].pk):
            rows = Decision.objects.filter(pk=here.decision.pk)
            assert rows.update(reasons="x") == 0, role
    with acting_as(here.democratic.pk):
        editions = DecisionEdition.objects.filter(decision=here.decision)
        assert editions.count() == 1
        assert editions.update(why="x") == 0
        assert Decision.objects.filter(pk=here.decision.pk).update(reasons="y") == 1


def test_what_the_body_asks_for_becomes_recommendations_of_its_review(world: World) -> None:
    here = world.here
    decision = recorded(
        here, date("report_by", "2019-12-31"), requests="A plan.\n\n More figures. "
    )
    with acting_as(here.coordinator.pk):
        asked = Recommendation.objects.filter(decided__decision=decision).order_by("number")
        assert [(one.number, one.text, str(one.report_by)) for one in asked] == [
            ("1", "A plan.", "2019-12-31"),
            ("2", "More figures.", "2019-12-31"),
        ]
        review = asked[0].review
        assert (review.kind, review.meeting_id) == (Review.Kind.SCRUTINY, decision.meeting_id)
        assert {one.report_to_id for one in asked} == {here.cabinet.pk}
    page_ = shown(here, decision, Role.COORDINATOR)
    assert "Request 1 : A plan. To be reported back by 31 December 2019." in page_
    client = signed_in(here.coordinator)
    its_review = client.get(address("boroughs:review-show", here.borough, review.pk))
    assert "More figures." in says(its_review)


def test_requests_join_the_review_of_the_meeting_and_take_the_next_numbers(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        before = Review.objects.filter(meeting=here.meeting, closure=None).count()
        numbers = set(
            Recommendation.objects.filter(review__meeting=here.meeting).values_list(
                "number", flat=True
            )
        )
        assert before == 1
    decision = recorded(here, cabinet=False, requests="A third.")
    with acting_as(here.coordinator.pk):
        assert Review.objects.filter(meeting=here.meeting, closure=None).count() == 1
        new = Recommendation.objects.get(decided__decision=decision)
        assert new.number not in numbers
        remove_recommendation(recommendation=new, by=here.coordinator)
    assert "A third." not in shown(here, decision)


def test_nothing_is_kept_when_a_request_cannot_be(world: World) -> None:
    """A day to report back before the meeting: neither the decision nor a review stands afterwards."""
    here = world.here
    report = second_report(here, cabinet=True)
    client = signed_in(here.democratic)
    said = typed(requests="A plan.", **date("report_by", "2019-07-01"))
    found = problems(client.post(address("reports:decision-record", here.borough, report.pk), said))
    assert "This was asked on 10 July 2019" in found[0]
    with acting_as(here.coordinator.pk):
        assert not Decision.objects.filter(report=report).exists()
        assert not Review.objects.filter(meeting__committee=here.cabinet).exists()


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"outcome_1": ""}, "Select what became of recommendation 1"),
        ({"outcome_1": "amended"}, "Enter the recommendation as it was amended."),
        ({"outcome_2": "agreed"}, "Words of an amendment are entered. Choose “Agreed as amended”, or delete them."),
        ({"urgent": "on"}, "Say why it is urgent, and who agreed."),
        ({"urgent_because": "Grant"}, "Tick that it is exempt from call-in, or leave this empty."),
        (date("decided_on", "2019-07-09"), "The meeting was on 10 July 2019. Enter that day or a later one."),
        (date("decided_on", "2099-07-09"), "That day is still to come."),
        (date("published_on", "2019-07-09"), "It was decided on 10 July 2019. Enter that day or a later one."),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused(world: World, said: dict[str, str], problem: str) -> None:
    here = world.here
    report = second_report(here, cabinet=True)
    client = signed_in(here.democratic)
    path = address("reports:decision-record", here.borough, report.pk)
    assert problems(client.post(path, typed(**said))) == [problem]


def test_a_report_is_decided_once_at_a_meeting_that_has_come(world: World) -> None:
    here = world.here
    said: dict[str, Any] = {"decided_on": dt.date(2019, 7, 4), "published_on": None, "reasons": ""}
    with acting_as(here.democratic.pk), pytest.raises(Refused, match="recorded already"):
        record_decision(report=here.report, outcomes=[("noted", "")], by=here.democratic, **said)
    page_ = says(
        signed_in(here.democratic).get(
            address("reports:decision-record", here.borough, here.report.pk)
        )
    )
    assert "The decision of this meeting is recorded already." in page_
    report = second_report(here, cabinet=True)
    with (
        acting_as(here.democratic.pk),
        pytest.raises(Refused, match="Another version was issued meanwhile"),
    ):
        record_decision(report=report, outcomes=[("noted", "")], by=here.democratic, **said)


# -- Call-in ---------------------------------------------------------------------------------------
def test_an_urgent_decision_takes_effect_at_once(world: World) -> None:
    decision = recorded(world.here, urgent="on", urgent_because="The chair of scrutiny agreed.")
    page_ = shown(world.here, decision)
    assert (
        "It is urgent and cannot be called in: it took effect on Wednesday 10 July 2019." in page_
    )
    assert "Why it is exempt from call-in The chair of scrutiny agreed." in page_


def test_a_committees_decision_cannot_be_called_in(world: World) -> None:
    here = world.here
    assert "call-in" not in shown(here, here.decision).lower()
    with acting_as(here.democratic.pk):
        decision = Decision.objects.select_related("meeting", "report").get(pk=here.decision.pk)
        assert decision.rule is None
        with pytest.raises(Refused, match="Only decisions of the executive"):
            follow_decision(
                decision=decision,
                minute="",
                published_on=None,
                called_in_on=dt.date(2019, 7, 5),
                called_in_by="",
                result="",
                result_on=None,
                seen=decision.version,
                by=here.democratic,
            )


def test_a_body_that_changed_its_kind_keeps_what_was_recorded(world: World) -> None:
    here = world.here
    decision = recorded(here)
    with acting_as(here.lead.pk):
        change_committee(
            committee=here.cabinet,
            name="Policy Committee",
            kind="committee",
            regime="act_1972",
            remit="",
            seen=here.cabinet.version,
            by=here.lead,
        )
    assert "Subject to call-in until Wednesday 17 July 2019." in shown(here, decision)


def test_it_is_called_in_within_its_days_and_has_a_result(world: World) -> None:
    here = world.here
    decision, client = recorded(here), signed_in(here.democratic)
    follow = address("reports:decision-follow", here.borough, decision.pk)
    late = {"minute": "13", "called_in_by": "Three members", "result": ""}
    late |= date("called_in_on", "2019-07-18") | date("result_on", "")
    late |= date("published_on", "2019-07-12") | seen(client, follow)
    assert problems(client.post(follow, late)) == ["The last day for call-in was 17 July 2019."]
    assert client.post(follow, late | date("called_in_on", "2019-07-16")).status_code == 302
    page_ = shown(here, decision)
    assert "Called in On 16 July 2019 by Three members" in page_
    assert "Not known yet. The decision has not taken effect." in page_
    said = late | date("called_in_on", "2019-07-16") | seen(client, follow)
    assert problems(client.post(follow, said | {"result": "stands"})) == [
        "Enter both what came of it and the day on which that was known, or neither."
    ]
    said |= {"result": "stands"} | date("result_on", "2019-07-24") | seen(client, follow)
    assert client.post(follow, said).status_code == 302
    page_ = shown(here, decision)
    assert "It stands, and took effect on 24 July 2019." in page_
    assert "Decision published on 12 July 2019" in page_


# -- Corrections -------------------------------------------------------------------------------------
def test_a_correction_says_who_when_why_and_what_it_was(world: World) -> None:
    here = world.here
    decision, client = recorded(here), signed_in(here.democratic)
    correct = address("reports:decision-correct", here.borough, decision.pk)
    said = typed(outcome_3="not_agreed", requests="") | seen(client, correct)
    assert problems(client.post(correct, said)) == ["Enter why it is corrected"]
    said |= {"why": "The minutes were corrected"}
    assert client.post(correct, said).status_code == 302
    assert client.post(correct, said | {"minute": "99"}).status_code == 409
    page_ = shown(here, decision, Role.LEAD)
    assert "3. Not agreed Agree the budget." in page_
    assert "Recommendation 3: was Deferred → , is now Not agreed" in page_
    assert "The minutes were corrected" in page_
    assert "by Democratic of Thurrock" in page_
    assert deeds(here)[-1] == "decision.corrected"


def test_of_two_editors_neither_loses_anything(world: World) -> None:
    here = world.here
    with acting_as(here.democratic.pk):
        decision = here.decision
        before = decision.editions.count()
    client = signed_in(here.democratic)
    correct = address("reports:decision-correct", here.borough, decision.pk)
    stale = {"outcome_1": "noted", "amended_1": "", "why": "y", "seen": "1", "requests": ""}
    stale |= date("decided_on", "2019-07-04") | {"reasons": "mine"}
    again = client.post(correct, stale)
    assert again.status_code == 409
    assert "reason words of thurrock" in says(again)
    with acting_as(here.democratic.pk):
        assert decision.editions.count() == before


def test_a_correction_moves_no_call_in_out_of_its_days(world: World) -> None:
    here = world.here
    decision = recorded(here)
    with acting_as(here.democratic.pk):
        follow_decision(
            decision=decision,
            minute="",
            published_on=None,
            called_in_on=dt.date(2019, 7, 11),
            called_in_by="",
            result="",
            result_on=None,
            seen=1,
            by=here.democratic,
        )
        with pytest.raises(Refused, match="It was decided on 12 July 2019"):
            correct_decision(
                decision=decision,
                outcomes=[("agreed", "")] * 3,
                decided_on=dt.date(2019, 7, 12),
                why="x",
                seen=2,
                by=here.democratic,
            )
