"""What live blocks draw: in proportion, inside the drawing, with words for who does not see it."""

import xml.etree.ElementTree as ET
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from reports import rendering
from reports.charts import WIDTH, drawing_of

from . import snapshots
from .printing import elements, opened


def bars(*numbers: float | None, of: float | None = None) -> dict[str, Any]:
    rows = [{"label": f"Year {n}", "said": "x", "number": n, "of": of} for n in numbers]
    return {"kind": "bars", "title": "Training", "rows": rows}


def tree(*depths: int) -> dict[str, Any]:
    rows = [{"label": f"Board {at}", "said": "", "depth": d} for at, d in enumerate(depths)]
    return {"kind": "tree", "title": "Boards", "rows": rows}


def test_bars_are_long_in_proportion_and_what_has_no_number_has_none() -> None:
    drawing = drawing_of(bars(10, None, 20, 0))
    assert [round(rect.width / drawing.rects[-1].width, 1) for rect in drawing.rects] == [0.5, 1]
    assert len([text for text in drawing.texts if text.said == "x"]) == 4


def test_a_bar_out_of_a_whole_is_a_part_of_it() -> None:
    [half] = drawing_of(bars(0.5, of=1)).rects
    [whole] = drawing_of(bars(1, of=1)).rects
    assert abs(half.width * 2 - whole.width) <= 1


def test_boxes_stand_in_by_depth_and_lines_lead_to_those_above() -> None:
    drawing = drawing_of(tree(0, 1, 2, 1, 0))
    lefts = [rect.x for rect in drawing.rects]
    assert lefts[0] == lefts[4] < lefts[1] == lefts[3] < lefts[2]
    assert len(drawing.lines) == 3


@given(st.lists(st.floats(0, 1e9) | st.none(), max_size=8), st.lists(st.integers(0, 30), max_size=8))  # fmt: skip
def test_nothing_is_drawn_outside(numbers: list[float | None], depths: list[int]) -> None:
    for drawing in (drawing_of(bars(*numbers)), drawing_of(tree(*depths))):
        for rect in drawing.rects:
            assert 0 <= rect.x < rect.x + rect.width <= WIDTH
            assert 0 <= rect.y < rect.y + rect.height <= drawing.height
        assert all(0 <= text.y <= drawing.height for text in drawing.texts)


def test_a_drawing_has_no_style_and_says_all_in_its_title() -> None:
    chart = {**bars(3, None), "rows": [{"label": "<b>2019</b>", "said": "Suppressed", "number": None}]}  # fmt: skip
    html = str(render_to_string("reports/_drawing.html", {"drawing": drawing_of(chart)}))
    assert "style" not in html
    svg = ET.fromstring(html[html.index("<svg") :])  # noqa: S314 - our own
    title = svg.find("{http://www.w3.org/2000/svg}title")
    assert title is not None
    assert title.text == "Training. <b>2019</b>: Suppressed."


@pytest.mark.parametrize("words", ["Complete.", "Staff trained. 2016 to 2017: 90; 2017 to 2018: Suppressed", "Who reports to whom."])  # fmt: skip
def test_each_figure_of_the_pdf_says_what_it_shows(words: str) -> None:
    with opened("drawn") as document:
        said = [str(each.Alt) for each in elements(document, "/Figure")]
    assert len(said) == 3
    assert any(each.startswith(words) for each in said)


def test_a_table_of_ratings_is_cards_on_a_phone_and_says_which_column_each_cell_is_of() -> None:
    page = BeautifulSoup(rendering.web_of(snapshots.drawn()), "html5lib")
    table = page.select(".written--full table.benchmarks")[0]
    cells = table.select("tbody tr")[0].select("td")
    assert [cell["data-label"] for cell in cells] == ["July 2019", "January 2019"]
