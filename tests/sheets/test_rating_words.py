"""Words and benchmarks of a workbook that the round does not know are asked for or refused, and none is guessed."""

import pytest

from boroughs.policies import Refused
from boroughs.rows import acting_as
from sheets.actions.imports import explain_words
from tests.boroughs.pages import address, says, signed_in
from tests.factories import World, version
from tests.sheets.rating_rows import explain, look, open_round, reasons, said, uploaded
from tests.sheets.workbooks import (
    applied,
    matched,
    newest,
    send,
    work,
    xlsx,
)


def test_words_of_other_scales_are_asked_for_and_none_is_guessed(world: World) -> None:
    here = world.here
    found = open_round(here)
    rows = [
        [1, "Local risk assessment", "Amber/Green", None],
        [2, "Multi-agency partnership board", "G", None],
        [3, "Prevent partnership action plan", "Partially met", None],
        [4, "Referral process", "g", None],
        [5, "Channel panel", "tbc", None],
        [6, "Prevent problem-solving process", "N/A", None],
        [7, "Training programme", "", None],
    ]
    sheet = uploaded(here, rows, found)
    assert matched(here, sheet)["Location"].endswith("/words/")
    url = address("sheets:sheet-words", here.borough, sheet.pk)
    page = signed_in(here.coordinator).get(url)
    assert "“G” (in 2 rows)" in says(page)
    assert not any("checked" in line for line in page.content.decode().splitlines())
    answer = explain(here, sheet, {"amber/green": "level:amber"})
    assert answer.status_code == 200
    assert "Select what “G” stands for" in says(answer)
    meanings = {
        "amber/green": "level:amber",
        "g": "level:green",
        "partially met": "blank",
        "tbc": "refuse",
        "n/a": "not_applicable",
    }
    assert explain(here, sheet, meanings).status_code == 302
    sheet = work(here, sheet)
    assert reasons(here, sheet)[4:6] == [
        ["Rating (C6): “tbc” is none of Green, Amber, Red, and it is not said what it stands for."],
        ["Rating: Give the reason why this benchmark is not rated as usual."],
    ]
    sheet = applied(here, sheet, leave_out=True)
    assert [said(here, found)[number][0] for number in range(1, 8)] == [
        "Amber",
        "Green",
        "Not rated",
        "Green",
        "Not rated",
        "Not rated",
        "Not rated",
    ]


def test_a_column_of_other_words_is_not_taken_for_ratings(world: World) -> None:
    here = world.here
    found = open_round(here)
    rows = [[n, f"Title {n}", f"This happened {n} times", None] for n in range(1, 15)]
    answer = matched(here, uploaded(here, rows, found))
    assert answer.status_code == 200
    assert "The column holds 14 different words" in says(answer)


def test_what_is_no_benchmark_of_the_round_is_refused_at_its_row(world: World) -> None:
    here = world.here
    found = open_round(here)
    rows = [
        [1, "Local risk assessment", "Green", None],
        [3, "Prevent partnership action plan", "Green", None],
        [4, "Referral process", "Green", None],
        [6, "Prevent problem-solving process", "Green", None],
        [None, "Reducing permissive environments", "Red", None],
        [None, "Knitting", "Red", None],
        [1, "Local risk assessment", "Red", None],
        ["1.1", "Training programme", "Red", None],
        [2, "7. Training programme", "Red", None],
        [9, "Venue hire", "Red", None],
        [5, None, "Red", None],
    ]
    sheet = look(here, rows, found)
    refused = reasons(here, sheet)
    assert refused[:4] == [[], [], [], []]
    assert refused[4] == [
        "“7. Reducing permissive environments” is a benchmark of the toolkit of 2024, and this round is by the toolkit of 2018."
    ]
    assert refused[5][0].startswith("There is no benchmark “Knitting” in the toolkit of 2018, but")
    assert refused[6] == ["Row 2 is about the same. Leave one of the two out."]
    assert refused[7][0].startswith("Number (A9): “1.1” is not the number of a benchmark.")
    assert refused[8][0].startswith("The title says number 7, and the cell of the number 2.")
    assert refused[9] == [
        "“Venue hire” is number 8 in the toolkit of 2018, and this row says 9. Correct the number or the title."
    ]
    assert refused[10] == ["Benchmark: nothing is said. Enter its title as the toolkit has it."]
    assert said(here, found)[1] == ("Not rated", "")


def test_a_workbook_with_the_numbers_of_the_other_version_is_refused_as_a_whole(
    world: World,
) -> None:
    here = world.here
    found = open_round(here)
    rows = [
        [1, "Multi-agency partnership board", "Green", None],
        [2, "Local risk assessment", "Green", None],
        [3, "Prevent partnership action plan", "Green", None],
        [4, "Referral process", "Green", None],
        [5, "Channel panel", "Green", None],
    ]
    sheet = look(here, rows, found)
    assert sheet.state == "uploaded"
    assert sheet.failure.startswith(
        "The titles of this workbook are those of the toolkit of 2018 and its numbers are not: row 2 says 1 for “Multi-agency partnership board”, which is number 2 in the toolkit of 2018 and 1 in the toolkit of 2024."
    )
    page = signed_in(here.coordinator).get(sheet.get_absolute_url())
    assert "its numbers are not" in says(page)
    assert "Write" not in says(page)


@pytest.mark.parametrize(("own", "other"), [("la-2018", "la-2024"), ("la-2024", "la-2018")])
def test_a_workbook_of_the_other_version_is_refused_as_a_whole(
    world: World, own: str, other: str
) -> None:
    here = world.here
    found = open_round(here, own)
    rows = [[row.number, row.title, "Green", None] for row in version(other).benchmarks.all()]
    sheet = look(here, rows, found)
    assert sheet.state == "uploaded"
    assert "Nothing was read." in sheet.failure
    assert {word for word, _ in said(here, found).values()} == {"Not rated"}


def test_an_answer_on_a_page_that_is_out_of_date_is_taken_for_no_other_word(world: World) -> None:
    here = world.here
    found = open_round(here)
    head = ["Benchmark", "RAG", "Self assessment"]
    data = xlsx([head, ["Training programme", "G", "B"]])
    assert send(here, data, kind="ratings", assessment=str(found.pk)).status_code == 302
    sheet = newest(here)
    assert matched(here, sheet)["Location"].endswith("/words/")
    browser = signed_in(here.coordinator)
    url = address("sheets:sheet-words", here.borough, sheet.pk)
    stale = dict.fromkeys(browser.get(url).context["form"].words, "level:green")
    assert matched(here, sheet, level="2")["Location"].endswith("/words/")
    answer = browser.post(url, stale)
    assert answer.status_code == 200
    assert "Select what “B” stands for" in says(answer)
    with acting_as(here.coordinator.pk), pytest.raises(Refused, match="matched again meanwhile"):
        explain_words(sheet=sheet, words={"g": "level:green"}, by=here.coordinator)


def test_hostile_cells_are_words_or_refused(world: World) -> None:
    here = world.here
    found = open_round(here)
    script = "<script>alert(1)</script>"
    rows = [
        [7, "Training programme", script, script],
        [8, "Venue hire", "=1+1", None],
        [9, script, "Green", None],
        [10, "Communications", "x" * 5000, "y" * 5000],
        ["99999999999", "Channel panel", "Green", None],
    ]
    sheet = uploaded(here, rows, found)
    matched(here, sheet)
    url = address("sheets:sheet-words", here.borough, sheet.pk)
    page = signed_in(here.coordinator).get(url).content.decode()
    assert script not in page
    assert "&lt;script&gt;alert(1)" in page
    assert explain(here, sheet, {script: "level:red"}).status_code == 302
    sheet = work(here, sheet)
    refused = reasons(here, sheet)
    assert refused[0] == []
    assert refused[1][0].startswith("Rating (C3): Cell C3 holds a formula.")
    assert refused[2][0].startswith("There is no benchmark “<script>")
    assert "it is not said what it stands for" in refused[3][0]
    assert refused[4][0].startswith("Number (A6): “99999999999” is not the number of a benchmark.")
    shown = signed_in(here.coordinator).get(sheet.get_absolute_url()).content.decode()
    assert script not in shown
    sheet = applied(here, sheet, leave_out=True)
    assert said(here, found)[7] == ("Red", script)
