"""A past self-assessment comes in from a workbook: nothing is guessed, and what is ambiguous is asked for or refused."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pytest

from boroughs.actions.purges import erase
from boroughs.policies import Refused
from boroughs.roles import Role
from boroughs.rows import acting_as
from sheets import jobs
from sheets.actions.imports import explain_words
from sheets.models import SheetImport
from tests.boroughs.pages import address, says, signed_in
from tests.factories import Place, World, give_role, level, make_purge, version
from tests.sheets.workbooks import (
    applied,
    counts,
    matched,
    newest,
    previewed,
    rows_of,
    send,
    undone,
    work,
    xlsx,
)
from toolkit.actions.assessments import open_assessment, rate
from toolkit.models import Assessment, Rating

HEADS = ["No", "Benchmark", "RAG", "Comments"]
EARLIER = dt.date(2016, 1, 1), dt.date(2016, 12, 31)
LATER = dt.date(2019, 8, 1), dt.date(2019, 8, 31)


def open_round(place: Place, key: str = "la-2018", assessor: str = "self") -> Assessment:
    first, last = LATER
    with acting_as(place.coordinator.pk):
        return open_assessment(
            borough=place.borough,
            version=version(key),
            starts_on=first,
            ends_on=last,
            assessor=assessor,
            by=place.coordinator,
        )


def said(place: Place, found: Assessment) -> dict[int, tuple[str, str]]:
    with acting_as(place.coordinator.pk):
        return {row.benchmark.number: (row.word, row.comment) for row in found.ratings.in_order()}


def uploaded(place: Place, rows: list[Any], found: Assessment) -> SheetImport:
    data = xlsx([HEADS, *rows])
    answer = send(place, data, kind="ratings", assessment=str(found.pk))
    assert answer.status_code == 302, says(answer)
    return newest(place)


def explain(place: Place, sheet: SheetImport, meanings: Mapping[str, str]) -> Any:
    """The page of the words, posted with an answer to each."""
    url = address("sheets:sheet-words", place.borough, sheet.pk)
    browser = signed_in(place.coordinator)
    form = browser.get(url).context["form"]
    answers = {name: meanings[word] for name, word in form.words.items() if word in meanings}
    return browser.post(url, answers)


def look(
    place: Place, rows: list[Any], found: Assessment, meanings: Mapping[str, str] | None = None
) -> SheetImport:
    sheet = uploaded(place, rows, found)
    answer = matched(place, sheet)
    if meanings is not None:
        assert answer["Location"].endswith("/words/")
        answer = explain(place, sheet, meanings)
    assert answer.status_code == 302, says(answer)
    return work(place, sheet)


def reasons(place: Place, sheet: SheetImport) -> list[list[str]]:
    return [row.reasons for row in rows_of(place, sheet).values()]


def test_a_past_self_assessment_comes_in_and_is_undone(world: World) -> None:
    here = world.here
    found = open_round(here)
    rows = [
        [1, "Local Risk Assessment", "Green", "Agreed"],
        ["2.", "Multi Agency Partnership Board", "amber", None],
        [None, "7. Training programme", "Red", "No plan"],
        [8, "Venue Hire", None, None],
        [9, "Community Engagement", None, "Nothing was found"],
    ]
    sheet = look(here, rows, found)
    assert counts(here, sheet) == {"add": 4, "same": 1}
    sheet = applied(here, sheet)
    assert sheet.state == "applied", sheet.failure
    words = said(here, found)
    assert words[1] == ("Green", "Agreed")
    assert words[2] == ("Amber", "")
    assert words[7] == ("Red", "No plan")
    assert words[8] == ("Not rated", "")
    assert words[9] == ("Not rated", "Nothing was found")
    page = signed_in(here.coordinator).get(sheet.get_absolute_url())
    assert "To the round" in says(page)
    sheet = undone(here, sheet)
    assert sheet.state == "undone", sheet.failure
    assert set(said(here, found).values()) == {("Not rated", "")}
    with acting_as(here.coordinator.pk):
        assert set(found.ratings.values_list("judged", flat=True)) == {""}


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


def test_ratings_made_before_are_shown_with_who_made_them(world: World) -> None:
    here = world.here
    found = open_round(here)
    rows = [[7, "Training programme", "Green", "From the workbook"]]
    with acting_as(here.coordinator.pk):
        rating = found.ratings.get(benchmark__key="training")
        rate(rating=rating, level=level("red"), comment="By hand", seen=1, by=here.coordinator)
    [row] = rows_of(here, look(here, rows, found)).values()
    assert row.verdict == "change"
    assert row.changes == [
        ["Rating", "Red", "Green"],
        ["Comment", "By hand", "From the workbook"],
    ]
    assert row.warnings[0].startswith(f"this was said by {here.coordinator} on ")


def test_a_rating_made_between_looking_and_writing_is_not_written_over(world: World) -> None:
    here = world.here
    found = open_round(here)
    rows = [
        [7, "Training programme", "Green", None],
        [8, "Venue hire", "Green", None],
    ]
    sheet = look(here, rows, found)
    with acting_as(here.coordinator.pk):
        rating = found.ratings.get(benchmark__key="training")
        rate(rating=rating, level=level("red"), comment="By hand", seen=1, by=here.coordinator)
    sheet = applied(here, sheet)
    assert sheet.state == "previewed"
    assert sheet.failure.startswith("The record has changed since these rows were checked")
    assert said(here, found)[7] == ("Red", "By hand")
    assert said(here, found)[8] == ("Not rated", "")
    assert applied(here, sheet).state == "applied"
    assert said(here, found)[7] == ("Green", "")


def test_a_round_that_was_closed_meanwhile_takes_nothing(world: World) -> None:
    here = world.here
    found = open_round(here)
    sheet = look(here, [[7, "Training programme", "Green", None]], found)
    with acting_as(here.coordinator.pk):
        open_assessment(
            borough=here.borough,
            version=version("la-2018"),
            starts_on=dt.date(2019, 9, 1),
            ends_on=dt.date(2019, 9, 30),
            assessor="self",
            by=here.coordinator,
        )
    sheet = applied(here, sheet)
    assert "is closed: September 2019 was opened after it" in sheet.failure
    assert said(here, found)[7] == ("Not rated", "")


def test_what_was_rated_again_since_is_not_undone(world: World) -> None:
    here = world.here
    found = open_round(here)
    sheet = applied(here, look(here, [[7, "Training programme", "Green", None]], found))
    with acting_as(here.coordinator.pk):
        rating = found.ratings.in_order().get(benchmark__key="training")
        rate(rating=rating, level=level("red"), seen=rating.version, by=here.coordinator)
    sheet = undone(here, sheet)
    assert "was rated again since" in sheet.failure
    assert said(here, found)[7] == ("Red", "")


def test_no_change_is_said_of_the_words_of_the_period_before_alone(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        found = open_assessment(
            borough=here.borough,
            version=version("la-2018"),
            starts_on=LATER[0],
            ends_on=LATER[1],
            assessor=here.assessment.assessor,
            by=here.coordinator,
        )
    head = [*HEADS, "How it was judged", "Still true on"]
    day = dt.date(2019, 8, 20)
    rows = [
        head,
        [7, "Training programme", "Red", "present words of thurrock", "No change, still true", day],
        [8, "Venue hire", "Red", None, "No change, still true", day],
        [10, "Communications", "Amber", None, "No change, still true", day],
        [9, "Community engagement", "Red", None, "Not looked at yet", None],
        [1, "Local risk assessment", None, None, "Judged afresh", None],
        [2, "Multi-agency partnership board", "Red", None, None, day],
        [3, "Prevent partnership action plan", "Red", None, "No change, still true", None],
    ]
    sheet = previewed(here, xlsx(rows), kind="ratings", assessment=str(found.pk))
    refused = reasons(here, sheet)
    assert refused[0] == []
    assert refused[1][0].startswith("How it was judged: It was not rated in July 2019.")
    assert refused[2] == [
        "How it was judged: “No change, still true” repeats what was said in July 2019, and this row says something else."
    ]
    assert refused[3][0].startswith("How it was judged: This row says something of the benchmark")
    assert refused[4][0].startswith("How it was judged: Nothing is said of the benchmark")
    assert refused[5] == ["Still true on: A day stands here without “No change, still true”."]
    assert refused[6][0].startswith("How it was judged: “No change, still true” needs the day")
    applied(here, sheet, leave_out=True)
    with acting_as(here.coordinator.pk):
        rating = found.ratings.get(benchmark__key="training")
    assert (rating.judged, rating.true_on) == (Rating.Judged.UNCHANGED, day)


def test_opening_a_past_period_leads_to_its_workbook(world: World) -> None:
    here = world.here
    given = {"version": "la-2018", "assessor": "self", "assessor_name": "", "then": "workbook"}
    given |= {"starts_on": EARLIER[0].isoformat(), "ends_on": EARLIER[1].isoformat()}
    browser = signed_in(here.coordinator)
    answer = browser.post(address("toolkit:assessment-open", here.borough), given)
    with acting_as(here.coordinator.pk):
        opened = Assessment.objects.get(borough=here.borough, assessor="self")
    assert answer["Location"].endswith(f"/sheets/add/?kind=ratings&assessment={opened.pk}")
    page = browser.get(answer["Location"]).content.decode()
    assert f'<option value="{opened.pk}" selected>' in page


@pytest.mark.parametrize("role", [Role.LEAD, Role.MEMBER])
def test_who_does_not_rate_brings_no_ratings_in(world: World, role: Role) -> None:
    here = world.here
    found = open_round(here)
    url = address("sheets:sheet-add", here.borough)
    given = {"kind": "ratings", "assessment": str(found.pk), "sheet": ""}
    answer = signed_in(here.people[role]).post(url, given)
    assert answer.status_code == (200 if role == Role.LEAD else 403)
    with acting_as(here.coordinator.pk):
        assert not SheetImport.objects.filter(kind="ratings").exists()


def test_who_rates_no_longer_writes_no_ratings_though_a_lead_keeps_the_record(
    world: World,
) -> None:
    here = world.here
    found = open_round(here)
    sheet = look(here, [[7, "Training programme", "Green", None]], found)
    url = address("sheets:sheet-apply", here.borough, sheet.pk)
    assert signed_in(here.coordinator).post(url).status_code == 302
    with acting_as(here.lead.pk):
        give_role(here.coordinator, here.borough, Role.LEAD, by=here.lead)
    assert jobs.claim(sheet.pk) is None
    with acting_as(here.lead.pk):
        sheet.refresh_from_db()
        assert "may no longer keep the record" in sheet.failure
        assert found.ratings.get(benchmark__key="training").level is None


def test_a_round_of_another_borough_takes_no_import(world: World) -> None:
    found = open_round(world.there)
    answer = send(world.here, xlsx([HEADS]), kind="ratings", assessment=str(found.pk))
    assert answer.status_code == 200
    assert "from the list" in says(answer)


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


def test_five_thousand_rows_about_one_benchmark_are_judged_and_one_counts(world: World) -> None:
    here = world.here
    found = open_round(here)
    rows = [[7, "Training programme", "Green", None]] * 4999
    assert counts(here, look(here, rows, found)) == {"add": 1, "refuse": 4998}


@pytest.mark.parametrize("kind", ["rating", "assessment"])
def test_what_is_erased_of_a_rating_is_erased_of_the_row_that_brought_it(
    world: World, kind: str
) -> None:
    here = world.here
    found = open_round(here)
    rows = [[7, "Training programme", "Green", "Said by mistake"], [None, "Knitting", None, "Too"]]
    sheet = applied(here, look(here, rows, found), leave_out=True)
    with acting_as(here.coordinator.pk):
        record = found.ratings.get(benchmark__key="training") if kind == "rating" else found
        request = make_purge(here, record, kind=kind)
    with acting_as(here.lead.pk):
        erase(request=request, by=here.lead)
    with acting_as(here.coordinator.pk):
        cells = {row.number: row.cells for row in sheet.rows.all()}
    assert cells[2] == []
    assert (cells[3] == []) == (kind == "assessment")
