"""Reports of councils whose styles do not ship fit by data alone: let in, kept as a borough's own, printed."""

import io
from functools import lru_cache
from typing import Any

import html5lib
import page
import pytest
from pdfminer.high_level import extract_text

from boroughs.rows import acting_as
from reports import rendering
from reports.actions.own_styles import change_style
from reports.house_styles import Style, why_not_a_style
from reports.house_styles.editing import PIECES, fields_of, in_rows
from reports.models import HouseStyle
from reports.sample import sample_of
from tests.factories import World

from .other_councils import COUNCILS, style_of

every_council = pytest.mark.parametrize("council", COUNCILS)


@lru_cache
def printed(council: str) -> bytes:
    return rendering.pdf_of(sample(council)).data


def sample(council: str) -> dict[str, Any]:
    style = style_of(council)
    return sample_of(HouseStyle(definition=style, title=style["title"]))


@every_council
def test_the_rule_of_styles_lets_it_in(council: str) -> None:
    assert why_not_a_style(style_of(council)) == []


@every_council
def test_the_front_sheet_comes_through_the_editor_as_it_was(council: str) -> None:
    style = style_of(council)
    rows = [(field["band"], field["key"]) for field in style["front"]]
    again = in_rows(fields_of(style))
    assert [(field["band"], field["key"]) for field in again] == rows


@every_council
def test_a_sample_is_html_without_a_fault_and_prints(council: str) -> None:
    html5lib.HTMLParser(strict=True).parseFragment(rendering.web_of(sample(council)))
    text = extract_text(io.BytesIO(printed(council)))
    for section in style_of(council)["sections"]:
        assert section["heading"] in " ".join(text.split()), section["heading"]


@pytest.mark.parametrize("profile", ["ua1", "pdfa-3a"])
@every_council
def test_a_validator_finds_nothing_wrong_with_its_pdf(council: str, profile: str) -> None:
    result = page.validate_pdf_bytes(printed(council), profile=profile)
    assert [(each.rule_id, each.message) for each in result.failures] == []


def front_of(council: str) -> dict[str, list[str]]:
    front = rendering.paper_of(sample(council)).front
    bands = {"head": front.head, "table": front.table, "foot": front.foot}
    return {
        name: [f"{field.label}|{field.value}" for row in rows for field in row]
        for name, rows in bands.items()
    }


def test_bracknells_front_sheet_names_the_body_and_the_director_and_no_status() -> None:
    front = front_of("bracknell")
    assert front["head"][0] == "To:|Name of the committee"
    assert front["table"] == front["foot"] == []
    assert rendering.paper_of(sample("bracknell")).author_place == "end"


def test_brightons_front_sheet_has_its_contact_in_the_table_and_its_release_below() -> None:
    front = front_of("brighton")
    assert front["head"][-1] == "Subject:|Sample: Committee report, for general release"
    assert front["table"][-1].startswith("Contact officer:|Post")
    words = "For general release, but for Appendix 2: paragraph 3 of Schedule 12A"
    assert front["foot"][0].startswith(f"|{words}")
    web = rendering.web_of(sample("brighton"))
    assert '<p class="front__line front__line--over">Subject:</p>' in web
    assert "Finance and law officers consulted: post, 29 February 2024" in web


def test_maidstones_implications_are_a_table_with_a_column_for_who_signed_off() -> None:
    web = rendering.web_of(sample("maidstone"))
    page = html5lib.parseFragment(web, namespaceHTMLElements=False)
    tables = [table for table in page.iter("table") if table.get("class") == "implications"]
    heads = [cell.text for cell in tables[0].iter("th") if cell.get("scope") == "col"]
    assert heads == ["Issue", "Implications", "Sign-off"]
    rows = [cell.text for cell in tables[0].iter("th") if cell.get("scope") == "row"]
    assert rows == ["Financial", "Legal", "Equalities", "Crime and disorder"]


def test_a_part_a_is_named_so() -> None:
    snapshot = {**sample("parts"), "closed": {}, "appendices": []}
    front = rendering.paper_of(snapshot).front
    values = [field.value for row in front.table for field in row if field.kind == "status"]
    assert values[0].splitlines()[0] == "Part A: open to the public"


@every_council
def test_a_borough_keeps_it_as_its_own(world: World, council: str) -> None:
    here, style = world.here, style_of(council)
    with acting_as(here.lead.pk):
        for path, names in PIECES.items():
            value: Style = {name: style[name] for name in names}
            seen = HouseStyle.objects.get(pk=here.style.pk).version
            change_style(style=here.style, path=path, value=value, seen=seen, by=here.lead)
        assert HouseStyle.objects.get(pk=here.style.pk).title == style["title"]
