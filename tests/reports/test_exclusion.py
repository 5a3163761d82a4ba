"""What the paper says on excluding the public: a resolution for what is exempt, the law's own word for what is confidential."""

from typing import Any

import pytest

from reports.exclusion import HEADING, sentences
from reports.rendering import web_of

from . import snapshots

EXEMPT = {
    "classification": "exempt",
    "ground": "",
    "paragraphs": ["england-3", "england-7"],
    "public_line": "Not for publication.",
    "closure": "1",
}
CONFIDENTIAL = {
    **EXEMPT,
    "classification": "confidential",
    "ground": "government",
    "paragraphs": [],
}


def closed(
    regime: str = "act_1972", *, section: Any = None, appendix: Any = None
) -> dict[str, Any]:
    snapshot = snapshots.short()
    snapshot["report"]["regime"] = regime
    snapshot["closed"] = {"financial": section} if section else {}
    snapshot["appendices"] = [
        {"label": "Appendix 1", "title": "A table", "closed": None},
        {"label": "Appendix 2", "title": "", "closed": appendix},
    ]
    return snapshot


def test_nothing_is_said_where_nothing_is_closed() -> None:
    assert sentences(closed()) == []
    assert HEADING not in web_of(closed())


def test_what_is_exempt_needs_a_resolution_that_cites_its_paragraphs() -> None:
    [said] = sentences(closed(appendix=EXEMPT))
    assert "section 100A(4)" in said
    assert "paragraphs 3 and 7 of Part 1 of Schedule 12A" in said
    assert "while Appendix 2 is considered" in said
    assert "public interest" in said


def test_what_is_confidential_needs_none_and_no_public_interest() -> None:
    [said] = sentences(closed(appendix=CONFIDENTIAL))
    assert "section 100A(2)" in said
    assert "No resolution is needed." in said
    assert "government department" in said
    assert "public interest" not in said


def test_the_same_description_is_resolved_once_for_all_that_it_covers() -> None:
    [said] = sentences(closed(section=EXEMPT, appendix=EXEMPT))
    assert "and Appendix 2 are considered" in said
    assert "the section “" in said


def test_exempt_and_confidential_are_never_said_together() -> None:
    exempt, confidential = sentences(closed(section=EXEMPT, appendix=CONFIDENTIAL))
    assert exempt.startswith("It is to be resolved")
    assert "confidential" not in exempt
    assert "No resolution is needed." in confidential


@pytest.mark.parametrize(
    ("regime", "law"),
    [
        ("regs_2012", "regulation 4(2)(b)"),
        ("wales_2001", "executives in Wales"),
        ("none", "its own choice"),
        ("", "its own choice"),
    ],
)
def test_each_body_is_bound_by_its_own_law(regime: str, law: str) -> None:
    [said] = sentences(closed(regime, appendix=EXEMPT))
    assert law in said
    assert "100A" not in said


def test_an_executive_excludes_for_confidential_information_by_the_regulations() -> None:
    [said] = sentences(closed("regs_2012", appendix=CONFIDENTIAL))
    assert "regulation 4(2)(a)" in said


def test_exempt_without_a_paragraph_claims_none() -> None:
    [said] = sentences(closed(appendix={**EXEMPT, "paragraphs": []}))
    assert "not recorded" in said
    assert "resolved" not in said


def test_the_paper_prints_it_after_everything_else() -> None:
    page = web_of(closed(appendix=EXEMPT))
    assert page.index("Appendix 2:") < page.index(HEADING)
    assert "Not for publication." in page
