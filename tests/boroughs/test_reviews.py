"""Reviews, what they ask for, the answers, reporting back; and that nothing of a closed one shows."""

import datetime as dt

import pytest
from django.utils import timezone

from boroughs.actions.committees import add_committee, add_meeting
from boroughs.actions.reviews import add_recommendation
from boroughs.models import Recommendation, RecommendationAction, Review
from boroughs.rows import acting_as
from tests.boroughs.pages import address, deeds, problems, says, signed_in
from tests.boroughs.test_committees import date
from tests.factories import World, make_review

from .reviewing import PEER, answer, now, of, on, reviews

TODAY = timezone.localdate()


# -- Reviews -------------------------------------------------------------------------------------------
def test_a_coordinator_records_a_peer_review_and_its_recommendations(world: World) -> None:
    client = signed_in(world.here.coordinator)
    response = client.post(address("boroughs:review-add", world.here.borough), PEER)
    assert response.status_code == 302
    page = says(client.get(response["Location"]))
    assert "20 November 2018 to 23 November 2018" in page
    assert "7: Prevent leads of other councils" in page
    assert "Documents read Over 65" in page
    assert "People interviewed 47" in page
    assert "Overall judgement Generally excellent" in page
    assert deeds(world.here)[-1] == "review.added"
    review = next(r for r in reviews(world.here) if r.kind == "peer")
    add = address("boroughs:recommendation-add", world.here.borough, review.pk)
    assert 'value="1"' in client.get(add).content.decode()
    said = {"number": "1", "text": "Work more closely with members.", "importance": "High", "then": "another"}  # fmt: skip
    assert client.post(add, said)["Location"] == add
    assert 'value="2"' in client.get(add).content.decode()
    page = says(client.get(of(review, "show")))
    assert "1 in all: 1 waiting for a response, 0 settled" in page
    assert "Work more closely with members. Importance: High" in page
    assert deeds(world.here)[-1] == "recommendation.added"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (date("ends_on", "2018-11-19"), "A review ends after it began. Enter 20 November 2018"),
        ({"kind": "scrutiny"}, "Choose the meeting at which the committee asked"),
        ({"documents": "-3"}, "Documents read"),
        ({"documents": "6.5"}, "Documents read"),
        ({"documents": ""}, "Enter the number that this is said of, or choose “Exactly”"),
        ({"reviewer_count": "1000000000000"}, "How many reviewers"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence_and_nothing_is_written(
    world: World, wrong: dict[str, str], sentence: str
) -> None:
    add = address("boroughs:review-add", world.here.borough)
    said = problems(signed_in(world.here.coordinator).post(add, PEER | wrong))
    assert len(said) == 1
    assert said[0].startswith(sentence)
    assert len(reviews(world.here)) == 1


def test_days_out_of_order_are_said_with_whatever_else_is_wrong(world: World) -> None:
    wrong = PEER | date("ends_on", "2018-11-19") | {"reviewer_count": "-7"}
    add = address("boroughs:review-add", world.here.borough)
    assert problems(signed_in(world.here.coordinator).post(add, wrong)) == [
        "A review ends after it began. Enter 20 November 2018 or a later day.",
        "How many reviewers must be 0 or more",
    ]


def test_scrutiny_is_kept_under_its_meeting_and_nothing_else_is(world: World) -> None:
    client = signed_in(world.here.lead)
    add = address("boroughs:review-add", world.here.borough)
    meeting = {"meeting": str(world.here.meeting.pk)}
    assert problems(client.post(add, PEER | meeting)) == [
        "Only a committee asks at a meeting. Choose none, or the kind “Scrutiny”."
    ]
    scrutiny = PEER | meeting | {"kind": "scrutiny", **date("ends_on", "")}
    assert problems(client.post(add, scrutiny))[0].startswith("The meeting was on 4 July 2019.")
    theirs = {"meeting": str(world.there.meeting.pk)}
    assert len(problems(client.post(add, scrutiny | theirs))) == 1
    assert client.post(add, scrutiny | date("starts_on", "2019-07-04")).status_code == 302


def test_the_second_of_two_editors_sees_both_texts(world: World) -> None:
    first, second = signed_in(world.here.coordinator), signed_in(world.here.lead)
    change = of(world.here.scrutiny, "change")
    scrutiny = PEER | {
        "kind": "scrutiny",
        "meeting": str(world.here.meeting.pk),
        **date("starts_on", "2019-07-04"),
        **date("ends_on", ""),
        "seen": "1",
    }
    assert first.post(change, scrutiny | {"findings": "Said first."}).status_code == 302
    clash = second.post(change, scrutiny | {"findings": "Said second."})
    assert clash.status_code == 409
    page = clash.content.decode()
    assert "Said first." in page
    assert "Said second." in page
    assert 'name="seen" value="2"' in page
    assert second.post(change, scrutiny | {"findings": "Both.", "seen": "2"}).status_code == 302
    assert reviews(world.here)[0].findings == "Both."
    assert deeds(world.here)[-2:] == ["review.changed", "review.changed"]


def test_the_list_counts_and_filters(world: World) -> None:
    with acting_as(world.here.coordinator.pk):
        peer = make_review(world.here.borough, by=world.here.coordinator)
        add_recommendation(
            review=peer, number="1", text="Do", due=dt.date(2019, 1, 1), by=world.here.coordinator
        )
    listing = address("boroughs:review-list", world.here.borough)
    client = signed_in(world.here.lead)
    page = says(client.get(listing))
    assert "One recommendation waits for a response; 2 are overdue." in page
    assert "1 of 1 waits for a response" in page
    assert "1 answered, 1 still to do or to report" in page

    def found(**chosen: str) -> set[str]:
        text = says(client.get(listing, chosen))
        return {t for t in ("Peer review of Thurrock", "Requests to Thurrock") if t in text}

    assert found(kind="peer") == {"Peer review of Thurrock"}
    assert found(state="waiting") == {"Peer review of Thurrock"}
    assert found(state="overdue") == {"Peer review of Thurrock", "Requests to Thurrock"}
    assert found(state="settled") == set()
    assert "No review is like this" in says(client.get(listing, {"state": "settled"}))
    assert found(state="no such") == {"Peer review of Thurrock", "Requests to Thurrock"}


# -- Answers ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (answer("partly"), "Say why it is not accepted, or not wholly"),
        (answer("not_accepted"), "Say why it is not accepted, or not wholly"),
        (answer("not_accepted", "Too dear", **date("done_on", "2019-09-03")), "What is not"),
        (answer("", "Because"), "Select whether it is accepted"),
        (answer("accepted", **date("responded_on", "")), "Enter the day of the answer"),
        (answer("accepted", **date("responded_on", "2019-07-03")), "This was asked on 4 July 2019"),
        (answer("accepted", **date("responded_on", "2099-01-01")), "That day is still to come"),
        (answer("accepted", **date("done_on", "2099-01-01")), "That day is still to come"),
        (answer("accepted", **date("done_on", "2019-01-01")), "This was asked on 4 July 2019"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_and_the_old_one_stands(
    world: World, given: dict[str, str], sentence: str
) -> None:
    said = problems(signed_in(world.here.coordinator).post(on(world.here, "answer"), given))
    assert len(said) == 1
    assert said[0].startswith(sentence)
    assert (now(world.here).response, now(world.here).version) == ("accepted", 2)


def test_answers_are_given_one_at_a_time_and_the_next_follows(world: World) -> None:
    with acting_as(world.here.coordinator.pk):
        other = add_recommendation(
            review=world.here.scrutiny,
            number="2",
            text="Say how many were trained.",
            report_to=world.here.committee,
            by=world.here.coordinator,
        )
    client = signed_in(world.here.coordinator)
    response = client.post(
        on(world.here, "answer"), answer("partly", "The first half.", then="next")
    )
    following = address(
        "boroughs:recommendation-answer", world.here.borough, world.here.scrutiny.pk, other.pk
    )
    assert response["Location"] == following
    assert now(world.here).state[0] == "Partly accepted, not done yet"
    assert deeds(world.here)[-1] == "recommendation.answered"
    last = client.post(following, answer("accepted", seen="1", then="next"))
    assert last["Location"] == of(world.here.scrutiny, "show")


def test_an_answer_can_be_taken_back(world: World) -> None:
    client = signed_in(world.here.coordinator)
    assert client.post(on(world.here, "answer"), answer("")).status_code == 302
    row = now(world.here)
    assert (row.response, row.responded_on, row.state[0]) == ("", None, "Waiting for a response")


def test_two_who_answer_at_once(world: World) -> None:
    client = signed_in(world.here.coordinator)
    assert client.post(on(world.here, "answer"), answer("partly", "First.")).status_code == 302
    clash = signed_in(world.here.lead).post(on(world.here, "answer"), answer("accepted", "Second."))
    assert clash.status_code == 409
    assert "First." in clash.content.decode()
    assert "Second." in clash.content.decode()
    assert now(world.here).response_text == "First."


# -- Reporting back ----------------------------------------------------------------------------------------
def test_a_request_stays_open_until_it_is_reported_back(world: World) -> None:
    client = signed_in(world.here.coordinator)
    done = answer("accepted", "Yes.", **date("done_on", "2019-10-01"))
    assert client.post(on(world.here, "answer"), done).status_code == 302
    assert now(world.here).state[0] == "Done, to be reported back"
    assert not now(world.here).is_settled
    report = {"reported_at": str(world.here.meeting.pk), "reported_note": "Told.", "seen": "3"}
    assert client.post(on(world.here, "report"), report).status_code == 302
    row = now(world.here)
    assert (row.state[0], row.is_settled, row.is_late) == ("Reported back", True, False)
    assert deeds(world.here)[-1] == "recommendation.reported"
    page = says(client.get(of(world.here.scrutiny, "show")))
    assert "0 waiting for a response, 1 settled" in page
    assert "Reported: Told." in page


def test_what_was_reported_stays_as_it_was_until_that_is_taken_back(world: World) -> None:
    client = signed_in(world.here.coordinator)
    report = {"reported_at": str(world.here.meeting.pk), "seen": "2"}
    client.post(on(world.here, "report"), report)
    refused = problems(client.post(on(world.here, "answer"), answer("partly", "No.", seen="3")))
    assert refused[0].startswith("This was reported back at the meeting of Scrutiny Committee")
    assert "stays as it was reported" in says(client.get(on(world.here, "answer")))
    assert (
        client.post(on(world.here, "report"), {"reported_at": "", "seen": "3"}).status_code == 302
    )
    again = client.post(on(world.here, "answer"), answer("partly", "No.", seen="4"))
    assert again.status_code == 302


def test_reporting_back_is_to_the_committee_that_waits_at_a_meeting_that_was_held(
    world: World,
) -> None:
    here = world.here
    with acting_as(here.lead.pk):
        board = add_committee(
            borough=here.borough,
            name="Prevent Forum",
            kind="partnership_board",
            regime="none",
            by=here.lead,
        )
        wrong = [
            add_meeting(committee=board, date=dt.date(2019, 8, 1), by=here.lead),
            add_meeting(committee=here.committee, date=TODAY + dt.timedelta(days=9), by=here.lead),
            add_meeting(committee=here.committee, date=dt.date(2019, 1, 7), by=here.lead),
        ]
    client = signed_in(here.coordinator)
    for meeting in (*wrong, world.there.meeting):
        said = {"reported_at": str(meeting.pk), "seen": "2"}
        assert len(problems(client.post(on(here, "report"), said))) == 1
    assert now(here).reported_at is None


def test_what_was_reported_is_not_lost_without_a_meeting(world: World) -> None:
    client = signed_in(world.here.coordinator)
    words = "The committee was told of both sessions."
    page = client.post(
        on(world.here, "report"), {"reported_at": "", "reported_note": words, "seen": "2"}
    )
    assert problems(page) == [
        "Choose the meeting at which this was reported, or empty “What was reported”"
    ]
    assert words in says(page)
    told = {"reported_at": str(world.here.meeting.pk), "reported_note": words}
    assert client.post(on(world.here, "report"), {**told, "seen": "2"}).status_code == 302
    taken_back = {"reported_at": "", "reported_note": words, "seen": "3"}
    assert client.post(on(world.here, "report"), taken_back).status_code == 302
    assert now(world.here).reported_note == ""


def test_what_has_no_answer_is_not_reported_back(world: World) -> None:
    client = signed_in(world.here.coordinator)
    client.post(on(world.here, "answer"), answer(""))
    report = {"reported_at": str(world.here.meeting.pk), "seen": "3"}
    said = problems(client.post(on(world.here, "report"), report))
    assert said == ["This has no answer yet. Answer it first."]


def test_a_request_needs_a_committee_to_report_to_and_a_number_of_its_own(world: World) -> None:
    client = signed_in(world.here.coordinator)
    add = address("boroughs:recommendation-add", world.here.borough, world.here.scrutiny.pk)
    good = {"number": "2", "text": "More.", "report_to": str(world.here.committee.pk)}
    for wrong, sentence in (
        ({"report_to": ""}, "A committee’s request stays open until it is reported back."),
        ({"number": "1"}, "This review has a recommendation 1."),
        (date("due", "2019-07-01"), "This was asked on 4 July 2019."),
        (date("report_by", "2019-07-01"), "This was asked on 4 July 2019."),
        ({"text": ""}, "Enter what is asked for"),
    ):
        said = problems(client.post(add, good | wrong))
        assert len(said) == 1
        assert said[0].startswith(sentence)
    assert client.post(add, good).status_code == 302


def test_a_recommendation_without_a_committee_is_settled_when_done_or_turned_down(
    world: World,
) -> None:
    row = Recommendation(review=Review(kind="peer"), response="accepted")
    assert (row.state[0], row.is_settled) == ("Accepted, not done yet", False)
    row.done_on = dt.date(2019, 1, 1)
    assert (row.state[0], row.is_settled) == ("Done", True)
    row = Recommendation(
        review=Review(kind="peer"), response="not_accepted", due=dt.date(2019, 1, 1)
    )
    assert (row.state[0], row.is_settled, row.is_late) == ("Not accepted", True, False)


# -- Actions of their own -------------------------------------------------------------------------------------
def test_actions_are_added_and_done(world: World) -> None:
    client = signed_in(world.here.coordinator)
    keys = world.here.scrutiny.pk, world.here.recommendation.pk
    add = address("boroughs:step-add", world.here.borough, *keys)
    said = {
        "text": "Train every member.",
        "owner_post": "Prevent Manager",
        "organisation": "Council",
        **date("due", "2019-12-01"),
    }
    assert client.post(add, said).status_code == 302
    page = says(client.get(of(world.here.scrutiny, "show")))
    assert "Train every member. (Prevent Manager, Council). Overdue, due 1 December 2019" in page
    with acting_as(world.here.lead.pk):
        step = RecommendationAction.objects.get(text="Train every member.")
    change = address("boroughs:step-change", world.here.borough, *keys, step.pk)
    late = said | {"seen": "1", **date("done_on", "2099-01-01")}
    assert problems(client.post(change, late))[0].startswith("That day is still to come")
    done = said | {"seen": "1", **date("done_on", "2020-01-06")}
    assert client.post(change, done).status_code == 302
    assert "Done on 6 January 2020" in says(client.get(of(world.here.scrutiny, "show")))
    assert deeds(world.here)[-2:] == ["recommendation.step-added", "recommendation.step-changed"]
