"""A style's definition changed piece by piece: fields, sections and parts move, come and go."""

from typing import Any

import pytest

from reports.house_styles import why_not_a_style
from reports.house_styles.editing import free_key, moved, piece_of, with_piece, without

from .test_house_styles import style as shipped


# -- The rule, piece by piece -----------------------------------------------------------------------
def fields(style: Any, band: str) -> list[tuple[str, int]]:
    return [(field["key"], field["row"]) for field in style["front"] if field["band"] == band]


def test_a_field_that_moves_changes_places_and_the_rows_stay() -> None:
    style = moved(shipped(), "front/report_of", "up")
    assert fields(style, "table")[:3] == [("wards", 1), ("report_of", 1), ("key_decision", 2)]
    assert moved(style, "front/wards", "up") == style
    assert moved(style, "front/accountable_director", "down") == style
    assert why_not_a_style(style) == []


def test_a_field_that_goes_leaves_its_neighbour_the_row() -> None:
    style = without(shipped(), "front/wards")
    assert fields(style, "table")[0] == ("key_decision", 1)
    assert why_not_a_style(style) == []


def test_a_field_may_stand_beside_the_one_before_it_but_three_are_too_many() -> None:
    value = piece_of(shipped(), "front/report_of")
    assert value
    style = with_piece(shipped(), "front/report_of", {**value, "beside": True})
    assert why_not_a_style(style) == ["Row 1 of the front sheet’s table has more than two fields."]


def test_a_section_keeps_its_parts_when_its_own_words_change() -> None:
    value = piece_of(shipped(), "sections/implications")
    assert value
    assert "parts" not in value
    style = with_piece(shipped(), "sections/implications", {**value, "heading": "What follows"})
    section = style["sections"][7]
    assert section["heading"] == "What follows"
    assert [part["key"] for part in section["parts"]] == ["financial", "legal", "equality", "other"]


def test_sections_and_parts_move_among_their_like() -> None:
    style = moved(moved(shipped(), "sections/legal", "up"), "sections/issues", "down")
    assert [section["key"] for section in style["sections"]][3:5] == ["reasons", "issues"]
    assert [part["key"] for part in style["sections"][7]["parts"]][:2] == ["legal", "financial"]


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("Ward members consulted", "ward-members-consulted"),
        ("Strategaeth Dŵr", "strategaeth-dwr"),
        ("2012 Regulations", "field-2012-regulations"),
        ("Wards", "wards-2"),
        ("Add", "add-2"),
        ("Frontline", "field-frontline"),
        ("—", "field"),
    ],
)
def test_a_key_is_made_of_words_and_is_like_no_other(words: str, key: str) -> None:
    assert free_key(words, ["wards"], least="field") == key
