"""The demonstration's reviews: retold from their reports, and marked where they are invented."""

import json
from typing import Any

import pytest

from accounts.models import User
from boroughs.models import LinkedAction, Recommendation, Review
from boroughs.rows import acting_as
from portal.demonstration import boards, boroughs
from portal.demonstration.reviews import SHIPPED
from tests.boroughs.pages import says, signed_in

ROWS: list[dict[str, Any]] = json.loads(SHIPPED.read_text(encoding="utf-8"))["reviews"]
MEETINGS = {
    (row["gss"], committee["name"], meeting["date"])
    for row in boroughs()["boroughs"]
    for committee in row["committees"]
    for meeting in committee["meetings"]
} | {
    (board["gss"], board["name"], meeting["date"])
    for board in boards.shipped()
    for meeting in board["meetings"]
}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["title"])
def test_a_review_names_its_source_or_says_that_it_is_invented(row: dict[str, Any]) -> None:
    assert row["source"] or row["illustrative"].startswith("Illustrative: ")
    assert row["kind"] in Review.Kind.values
    for asked in row["recommendations"]:
        assert asked["response"] in Recommendation.Response.values
        if day := asked["reported_at"]:
            assert (row["borough"], asked["report_to"], day) in MEETINGS
    if row["meeting"]:
        assert (row["borough"], row["meeting"], row["starts_on"]) in MEETINGS


def test_what_is_invented_says_so_in_each_answer() -> None:
    for row in ROWS:
        if not row["source"]:
            for asked in row["recommendations"]:
                words = [asked["response_text"], asked["reported_note"]]
                words += [step["text"] for step in asked["steps"]]
                assert all(said.startswith("Invented: ") for said in words if said), asked["text"]


@pytest.mark.parametrize(
    "slug", ["thurrock", "barnet", "barking-and-dagenham", "hammersmith-and-fulham"]
)
def test_each_sample_member_sees_what_their_committee_asked_for_and_what_came_of_it(
    demonstration: None, slug: str
) -> None:
    member = User.objects.get(email=f"member@{slug}.example.org")
    page = says(signed_in(member).get(f"/{slug}/asked/"))
    assert "Illustrative: " in page
    assert "Accepted" in page
    assert "0 of 1 action in the delivery plan complete" in page
    lead = User.objects.get(email=f"lead@{slug}.example.org")
    with acting_as(lead.pk):
        [link] = LinkedAction.objects.filter(recommendation__review__borough__slug=slug)
        assert link.recommendation.text in page


def test_the_peer_review_is_as_it_was_published() -> None:
    peer = next(row for row in ROWS if row["kind"] == "peer")
    assert (peer["starts_on"], peer["ends_on"]) == ("2018-11-20", "2018-11-23")
    assert (peer["reviewer_count"], peer["documents"], peer["interviewees"]) == (7, 65, 47)
