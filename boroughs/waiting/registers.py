"""Entries of the registers whose day of review has passed, and assessments that are still to be done."""

from typing import Any

from django.db.models import Q

from boroughs.models import ImpactAssessment
from boroughs.roles import Perm

from .shape import Reader, Rows, Sort, When, arm, fan

POLICY = Sort(
    "policy-review", "Policies due for review", "boroughs:policy-change", when=When.REVIEW
)
RECEIVED = Sort(
    "received-review",
    "Profiles and risk assessments to look at again",
    "boroughs:received-change",
    when=When.REVIEW,
)
IMPACT = Sort(
    "impact-review", "Impact assessments due for review", "boroughs:impact-change", when=When.REVIEW
)
NEEDED = Sort("impact-needed", "Impact assessments to be done", "boroughs:impact-change")
SORTS = (POLICY, RECEIVED, IMPACT, NEEDED)


def arms(reader: Reader, most: int) -> list[Rows]:
    """What is no longer in use waits for nobody."""
    if Perm.KEEP_RECORD not in reader.granted:
        return []
    borough, today = reader.borough, reader.today
    said: dict[str, Any] = {"title": "title", "due": "next_review", "most": most}
    needed = Q(state=ImpactAssessment.State.NEEDED)
    return [
        arm(POLICY, borough.policies.overdue(today), **said),
        arm(RECEIVED, borough.received.overdue(today), **said),
        fan(
            borough.impact_assessments.in_use(),
            (NEEDED, needed, "next_review"),
            (IMPACT, Q(next_review__lt=today), "next_review"),
            title="title",
            most=most,
        ),
    ]
