"""The checks before issue: what must be put right in a report, and what may be left as it is for a reason.

Each is a small function of the sheet; none changes anything. `CHECKS` is their order on the page.
"""

from collections.abc import Iterable

from reports.models import Report

from . import closing, notices, whole, wording
from .finding import Found
from .sheet import Check, Sheet
from .standing import Checked, Waived

__all__ = ["CHECKS", "TITLES", "Check", "Checked", "Found", "Sheet", "Waived", "checked", "checks_of"]  # fmt: skip

CHECKS: list[Check] = [
    whole.untitled,
    whole.without_meeting,
    notices.without_notice,
    notices.late,
    whole.without_recommendations,
    whole.required_missing,
    whole.still_draft,
    whole.uncleared,
    whole.not_started,
    whole.carried,
    whole.unrated,
    closing.without_public_line,
    closing.without_ground,
    closing.not_weighed,
    closing.confused_on_the_front,
    closing.confused_in_lines,
    closing.overlapping,
    whole.papers_untitled,
    closing.not_merged,
    closing.hiding,
    wording.past_after_the_report,
    wording.identifying,
    wording.figures_otherwise,
    wording.small_figures,
    wording.leading_nowhere,
    wording.counted_twice,
    wording.unknown_blocks,
    wording.not_drawn,
]
# What is in order where a check finds nothing, by the key of what it finds
TITLES = {
    "title": "It has a title",
    "meeting": "It goes to a meeting",
    "notice": "The notices that an executive owes were given",
    "late": "Its papers are out in time",
    "recommendations": "It recommends something",
    "required": "Every section that the house style needs has text",
    "draft": "No section is a draft",
    "clearance": "Every section that has to be cleared was verified, and not changed since",
    "not-started": "Every section is written or not needed",
    "carried": "Nothing is left from the last report unread",
    "unrated": "Every benchmark in the table has a rating",
    "public-line": "What is closed has its public line",
    "ground": "What is closed has its reason in law",
    "interest": "The public interest was weighed",
    "confused": "Exempt, confidential and public are not confused",
    "overlap": "No passage of a closed record stands in it",
    "closed-paper": "The background papers name nothing closed",
    "paper-title": "Every background paper has a title",
    "merge": "Every appendix can stand in the pack",
    "hidden": "The files of its appendices hold nothing unseen",
    "past": "No day after the report is told of as past",
    "person": "Nothing in it is likely to identify a person",
    "figures": "The figures are suppressed as in public",
    "small-number": "No small number of referred people is written out",
    "reference": "Every reference leads somewhere",
    "counted": "No paragraph is numbered by hand",
    "block": "Every block asked for is known",
    "characters": "Every character can be printed",
}


def checks_of(report: Report) -> list[Found]:
    """Everything found, in the order of the checks; each thing once."""
    sheet = Sheet.of(report)
    found: Iterable[Found] = (one for check in CHECKS for one in check(sheet))
    return list({one.field: one for one in found}.values())


def checked(report: Report) -> Checked:
    """What is found, beside the waivers that stand."""
    return Checked.of(checks_of(report), report.waivers.standing().select_related("by"))
