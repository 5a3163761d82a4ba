"""The demonstration's reviews: retold from their reports, and marked where they are invented."""

import json
from typing import Any

import pytest

from boroughs.models import Recommendation, Review
from portal.demonstration import boroughs
from portal.demonstration.reviews import SHIPPED

ROWS: list[dict[str, Any]] = json.loads(SHIPPED.read_text(encoding="utf-8"))["reviews"]
MEETINGS = {
    (row["gss"], committee["name"], meeting["date"])
    for row in boroughs()["boroughs"]
    for committee in row["committees"]
    for meeting in committee["meetings"]
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


def test_the_peer_review_is_as_it_was_published() -> None:
    peer = next(row for row in ROWS if row["kind"] == "peer")
    assert (peer["starts_on"], peer["ends_on"]) == ("2018-11-20", "2018-11-23")
    assert (peer["reviewer_count"], peer["documents"], peer["interviewees"]) == (7, 65, 47)
