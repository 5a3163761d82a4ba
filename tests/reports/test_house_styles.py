"""House styles are data, and data that is wrong says so in a sentence."""

import copy
from typing import Any

import pytest

from reports.house_styles import Style, load, why_not_a_style


def style(key: str = "thurrock") -> Style:
    return copy.deepcopy({each["key"]: each for each in load()}[key])


def test_five_styles_ship_and_nothing_is_wrong_with_them() -> None:
    names = ["barking-and-dagenham", "barnet", "hammersmith-and-fulham", "plain", "thurrock"]
    assert [each["key"] for each in load()] == names
    assert [why_not_a_style(each) for each in load()] == [[]] * 5


def broken(change: Any) -> list[str]:
    found = style()
    change(found)
    return why_not_a_style(found)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda s: s.pop("wording"), "The style has no wording."),
        (lambda s: s.update(key="Two Words"), "The style’s key “Two Words” is not lower-case words joined by hyphens."),
        (lambda s: s["front"].pop(3), "The front sheet must have the report’s title exactly once."),
        (lambda s: s["front"][4].update(row=9), "The front sheet’s fields are not in the order of their rows."),
        (lambda s: s["front"][6].update(row=1), "Row 1 of the front sheet’s table has more than two fields."),
        (lambda s: s["front"][0].update(band="side"), "The front sheet field “date” has the band “side”; it must be one of head, table, foot."),
        (lambda s: s["front"][4].update(label=""), "The front sheet field “wards” stands in the table and has no label."),
        (lambda s: s["front"][1].update(key="date"), "The front sheet field “date” stands there more than once."),
        (lambda s: s["front"][5].pop("choices"), "The front sheet field “key_decision” must have choices when its kind is choice, and only then."),
        (lambda s: s["front"][5].update(choices=["Yes", "Yes"]), "The front sheet field “key_decision” needs two choices or more, each once."),
        (lambda s: s["front"][4].update(choices=["All"]), "The front sheet field “wards” must have choices when its kind is choice, and only then."),
        (lambda s: s["sections"][7].update(layout="poster"), "The section “implications” has the layout “poster”; it must be one of headings, run_in, table."),
        (lambda s: s["sections"][7]["parts"][0].update(clears="money"), "The section “financial” has the clears “money”; it must be one of legal, financial, equality, risk, it, children, health, crime, property, environment, parenting, staffing, procurement, policy."),
        (lambda s: s["sections"][7]["parts"][0].update(required="yes"), "The section “financial” must say true or false for required."),
        (lambda s: s["labels"].update(exempt=" "), "The label for exempt is empty."),
        (lambda s: s["labels"].update(exempt="{why}"), "The label for exempt names {why}, which is not known."),
        (lambda s: s["sign_off"].update(place="beside"), "The sign-off has the place “beside”; it must be one of above, below, numbered."),
        (lambda s: s["sign_off"].update(names=False), "A sign-off line has {name} in it, but names are not printed."),
        (lambda s: s["sign_off"].update(line="{name!r}"), "The sign-off line has more in the brackets than the name name."),
        (lambda s: s["sign_off"].update(line="By {name"), "The sign-off line has a curly bracket that opens or closes nothing."),
        (lambda s: s["look"].update(colour="red"), "The colour “red” is not # and six digits or letters a to f."),
        (lambda s: s["look"].update(colour="#ffee88"), "The colour “#ffee88” is too light for headings on white paper."),
        (lambda s: s["look"].update(frame="gold"), "The look has the frame “gold”; it must be one of box, lines."),
        (lambda s: s["front"].append({**s["front"][-1], "key": "again"}), "The front sheet says more than once whether the report is open."),
        (lambda s: s["numbering"].update(lists="runes"), "Numbering has the lists “runes”; it must be one of digits, letters, roman."),
        (lambda s: s["numbering"].update(subheadings=1), "Numbering of subheadings must be true or false."),
        (lambda s: s["sections"].pop(1), "There is no section for the recommendations."),
        (lambda s: s["sections"][3].update(kind="benchmarks"), "There is more than one section of the kind benchmarks."),
        (lambda s: s["sections"][3].update(key="financial"), "The section “financial” stands there more than once."),
        (lambda s: s["sections"][3].update(heading=" "), "The section “issues” has no heading."),
        (lambda s: s["sections"][3].update(kind="poem"), "The section “issues” has the kind “poem”; it must be one of narrative, benchmarks, recommendations, implications, background_papers, appendices."),
        (lambda s: s["sections"][3].update(parts=[]), "The section “issues” must have parts when its kind is implications, and only then."),
        (lambda s: s["numbering"].update(headings=False), "Paragraphs cannot be numbered when headings are not."),
        (lambda s: s["author"].update(place="middle"), "The author block has the place “middle”; it must be one of front, table, end."),
        (lambda s: s["contents"].update(from_pages="8"), "Contents must begin from a number of pages, two or more."),
        (lambda s: s["benchmarks"].update(lead="{secret}"), "The benchmarks’ lead names {secret}, which is not known."),
        (lambda s: s["wording"].update(better="{x.__class__}"), "The wording for “better” names {x.__class__}, which is not known."),
        (lambda s: s["wording"].update(reason=""), "The wording has nothing for “reason”."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_a_sentence(change: Any, reason: str) -> None:
    assert reason in broken(change)


@pytest.mark.parametrize("nonsense", [None, [], "x", {"key": 1}])
def test_what_is_no_style_at_all_is_refused(nonsense: object) -> None:
    assert why_not_a_style(nonsense)


def test_a_part_of_the_wrong_kind_is_refused() -> None:
    assert broken(lambda s: s.update(front="x"))
    assert broken(lambda s: s["sections"][0].pop("heading"))


def test_the_cabinet_style_has_cleared_what_its_report_signs() -> None:
    """Of the implications of the report that it follows, the law’s alone are signed; the financial ones are closed."""
    sections = style("barking-and-dagenham")["sections"]
    parts = [part for section in sections for part in (section, *section.get("parts", ()))]
    assert [part["key"] for part in parts if part.get("clears")] == ["financial", "legal"]
