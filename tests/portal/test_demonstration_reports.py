"""The demonstration's five reports: issued and published in their councils' shapes, with nothing closed in public."""

import io
import json
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from pdfminer.high_level import extract_text

from accounts.models import User
from boroughs.models import Borough
from boroughs.policies import Refused
from boroughs.rows import acting_as
from portal.demonstration import papers, reports
from portal.demonstration.papers import person
from reports import house_styles
from reports.actions.restricted import hand_out_pack
from reports.models import HouseStyle, Issue, Report
from reports.places import LISTS, front_keys, places_of
from reports.rendering import pdf_of
from reports.snapshot import without_head
from tests.boroughs.pages import says
from tests.factories import make_ready
from tests.reports.golden import pages_unlike, reviewed, words_printed

Data = dict[str, Any]
ROWS = {f"{row['house_style']}-{row['meeting'][:4]}": row for row in reports.shipped()}
CLOSED = {key: row for key, row in ROWS.items() if key not in ("barnet-2022", "thurrock-2019")}
STYLES = {style["key"]: style for style in house_styles.load()}
LOOKED_AT = {
    "thurrock-2019": (1, 4, 5)
}  # the front sheet and the ratings; of the others the front sheet
every_report = pytest.mark.parametrize("key", ROWS)
every_closed_one = pytest.mark.parametrize("key", CLOSED)


def borough_of(key: str) -> Borough:
    return Borough.objects.get(gss_code=ROWS[key]["borough"])


def issue_of(key: str) -> Issue:
    """For the democratic services officer, who issued it."""
    borough = borough_of(key)
    with acting_as(person(borough, "democratic").pk):
        rows = Issue.objects.select_related("report", "borough")
        return rows.get(report__borough=borough, report__title=ROWS[key]["title"], report__meeting__date=ROWS[key]["meeting"])  # fmt: skip


@lru_cache
def _printed(snapshot: str) -> bytes:
    return pdf_of(json.loads(snapshot)).data


def printed(key: str) -> bytes:
    """Its paper, without the head of the trail, which is another each time the demonstration is loaded."""
    return _printed(json.dumps(without_head(issue_of(key).snapshot), sort_keys=True))


def plain(data: bytes) -> str:
    return " ".join(str(extract_text(io.BytesIO(data))).split())


def secrets_of(key: str) -> list[str]:
    """What its closed sections and appendices say."""
    row = ROWS[key]
    closed = [p for p in papers.shipped() if p["title"] in row["appendices"] and "closing" in p]
    lines = [line for paper in closed for page in paper["pages"] for line in page[1:]]
    return [*lines, *(row["texts"][place] for place in row.get("closed", {}))]


def test_each_of_the_five_shapes_is_there() -> None:
    assert list(ROWS) == [
        "thurrock-2019",
        "barking-and-dagenham-2017",
        "barnet-2017",
        "barnet-2022",
        "hammersmith-and-fulham-2019",
    ]


@every_report
def test_a_report_says_all_that_its_style_asks_for(key: str) -> None:
    row = ROWS[key]
    style = HouseStyle(definition=STYLES[row["house_style"]])
    asked = {place.key for place in places_of(style)} - set(LISTS)
    assert {*row["texts"], *row.get("not_needed", [])} - set(LISTS) == asked
    assert set(row["front"]) == set(front_keys(style))
    assert row["author"]
    assert row["recommendations"]["items"]


@every_report
def test_a_report_names_nobody_and_gives_no_way_to_reach_them(key: str) -> None:
    text = json.dumps(ROWS[key], ensure_ascii=False)
    assert not re.search(r"\w@\w", text)
    assert not re.search(r"\b0\d{2,4}[ \d]{6,}", text)
    assert not re.search(r"\b(Mr|Mrs|Ms|Dr|Cllr|Councillor)\b\.? [A-Z]", text)


@every_report
def test_a_report_is_approved_issued_and_read_by_a_stranger(
    key: str, demonstration: None, client: Client
) -> None:
    issue = issue_of(key)
    assert issue.report.state == Report.State.ISSUED
    assert issue.is_public
    address = reverse("register:register-issue", args=[issue.borough.slug, issue.pk])
    page = says(client.get(address))
    assert ROWS[key]["title"] in page
    assert ROWS[key]["recommendations"]["items"][0].split(",")[0] in page


@every_closed_one
def test_the_public_paper_points_at_what_is_closed_and_says_none_of_it(
    key: str, demonstration: None, client: Client
) -> None:
    issue = issue_of(key)
    address = reverse("register:register-issue", args=[issue.borough.slug, issue.pk])
    public = says(client.get(address)), plain(printed(key)), str(issue.snapshot)
    lines = [
        each["closed"]["public_line"] for each in issue.snapshot["appendices"] if each["closed"]
    ]
    assert len(lines) == 1
    for text in public:
        assert lines[0] in text
        for secret in secrets_of(key):
            assert secret not in text


@every_closed_one
def test_who_is_on_the_list_is_given_the_closed_parts_and_nobody_else_is(
    key: str, demonstration: None
) -> None:
    issue, data = issue_of(key), printed(key)
    with acting_as(person(issue.borough, "democratic").pk):
        rendering = issue.renderings.get()
    make_ready(rendering, data)
    text = plain(pack_for("coordinator", issue))
    for secret in secrets_of(key):
        assert " ".join(secret.split()[:5]) in text
    with pytest.raises(Refused, match="Nothing of this report that is closed is open to you"):
        pack_for("contributor", issue)


def pack_for(role: str, issue: Issue) -> bytes:
    reader: User = person(issue.borough, role)
    with acting_as(reader.pk):
        return hand_out_pack(issue=issue, by=reader, as_member=False)


def test_the_closed_section_prints_where_its_information_is(demonstration: None) -> None:
    said = plain(printed("barking-and-dagenham-2017"))
    assert "The financial information is in Appendix 2, which is confidential" in said
    assert "The public is excluded under regulation 4(2)(a)" in said


def test_the_resolution_names_the_five_paragraphs(demonstration: None) -> None:
    said = plain(printed("barnet-2017"))
    assert "under section 100A(4) of the Local Government Act 1972" in said
    assert "paragraphs 1, 2, 3, 6 and 7 of Part 1 of Schedule 12A" in said


def test_what_the_record_holds_flows_into_the_reports(demonstration: None) -> None:
    live = {key: set(issue_of(key).snapshot["live"]) for key in ROWS}
    assert live == {
        "thurrock-2019": set(),
        "barking-and-dagenham-2017": {"priorities", "consultation"},
        "barnet-2017": {"priorities", "consultation"},
        "barnet-2022": {"figures", "risks"},
        "hammersmith-and-fulham-2019": {"figures", "risks"},
    }
    empty = [piece["lead"] for key in ROWS for piece in issue_of(key).snapshot["live"].values() if not piece["rows"] and not piece["lines"]]  # fmt: skip
    assert empty == [
        "There was no formal consultation of stakeholders or residents. Partner organisations took part through the steering group."
    ]


def test_open_appendices_are_papers_that_a_stranger_downloads(
    demonstration: None, client: Client
) -> None:
    for key, places in {"barking-and-dagenham-2017": [1], "thurrock-2019": [1, 2], "hammersmith-and-fulham-2019": [2]}.items():  # fmt: skip
        issue = issue_of(key)
        for place in places:
            answer = client.get(reverse("register:register-appendix", args=[issue.borough.slug, issue.pk, place]))  # fmt: skip
            copy = answer.getvalue()
            assert "invented text for the demonstration" in plain(copy)


def test_appendices_have_letters_where_the_style_says_so(
    demonstration: None, client: Client
) -> None:
    issue = issue_of("hammersmith-and-fulham-2019")
    address = reverse("register:register-issue", args=[issue.borough.slug, issue.pk])
    page = says(client.get(address))
    assert "Appendix B: Threat and risk reporting structure" in page
    assert "Appendix A has more detail" in page
    assert "Appendix 1" not in page


@every_report
def test_the_words_of_a_report_are_as_they_were_reviewed(key: str, demonstration: None) -> None:
    text = words_printed(printed(key))
    assert text == reviewed(key, text)


@every_report
def test_the_look_of_a_report_is_as_it_was_reviewed(key: str, demonstration: None) -> None:
    assert pages_unlike(key, pages_of(printed(key), LOOKED_AT.get(key, (1,)))) == []


def pages_of(data: bytes, numbers: Sequence[int]) -> bytes:
    """These pages alone."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as paper:
        for number in range(len(paper.pages), 0, -1):
            if number not in numbers:
                del paper.pages[number - 1]
        paper.save(out)
    return out.getvalue()
