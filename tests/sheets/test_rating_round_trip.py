"""Whatever a round says: it goes out, comes in and goes out again as the same table, by workbook and by CSV."""

import datetime as dt
import io
from collections.abc import Callable
from itertools import count
from typing import Any

from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from boroughs.rows import acting_as
from sheets import jobs
from sheets.actions.imports import add_sheet, apply_sheet, match_columns
from sheets.nouns.rating_columns import RATINGS
from sheets.rating_downloads import round_download
from sheets.reading import csv_text
from sheets.reading import workbook as workbook_reader
from sheets.writing import Page, Value, as_csv, workbook
from tests.factories import Place, World, version
from toolkit.actions.assessments import open_assessment
from toolkit.forms import RatingForm
from toolkit.models import Assessment

READ = [column for column in RATINGS if column.read]
Row = dict[str, Value]
Table = list[Row]
BY_BENCHMARK = "number", "title", "toolkit"
TRICKY = ["=1+1", "'=1+1", "''-1", "+44", "@SUM(A1)", "-", "'", '"', ",;", "1.0", "007", "31/03/2018", "TRUE", "_x0041_", "a\nb", "#REF!", "Amber/Green", "£ – “”"]  # fmt: skip


def texts(name: str) -> st.SearchStrategy[str]:
    """What the form's field takes, as it takes it."""
    field = RatingForm.base_fields[name]

    def taken(text: str) -> str | None:
        try:
            return str(field.clean(text))
        except ValidationError:  # it cannot be printed
            return None

    letters = st.characters(max_codepoint=0x17F, exclude_categories=["Cc"])
    lines = st.lists(st.text(letters, max_size=20), max_size=3).map("\n".join)
    written = st.sampled_from(TRICKY) | lines
    return written.map(taken).filter(lambda text: text is not None).map(str)


def row(said: tuple[str, str, str, str, str]) -> Row:
    """One row as the portal would say it: what is not rated as usual has its reason, and what does not apply no rating."""
    level, standing, reason, comment, actions = said
    level = "Not rated" if standing == "Not applicable" else level
    reason = reason or ("Because" if standing != "Rated" else "")
    seen = level != "Not rated" or standing != "Rated" or bool(reason)
    judged = "Judged afresh" if seen else "Not looked at yet"
    return {"level": level, "standing": standing, "reason": reason, "comment": comment, "actions": actions, "judged": judged, "true_on": None}  # fmt: skip


ROWS = st.tuples(
    st.sampled_from(["Not rated", "Red", "Amber", "Green"]),
    st.sampled_from(["Rated", "Not applicable", "Met through a partner"]),
    texts("reason"),
    texts("comment"),
    texts("actions"),
).map(row)
TABLES = st.dictionaries(st.integers(1, 10), ROWS, min_size=1, max_size=4)
BLANK = row(("Not rated", "Rated", "", "", ""))


def sent_as_workbook(page: Page) -> Any:
    file = io.BytesIO(workbook([page], title="Ratings", about=[]))
    return workbook_reader.read(file, ["", "Ratings"])


def sent_as_csv(page: Page) -> Any:
    return csv_text.read(io.BytesIO(as_csv(page)), [])


WAYS: list[Callable[[Page], Any]] = [sent_as_workbook, sent_as_csv]


def page_of(table: Table) -> Page:
    heads = [(column.heading, 10) for column in READ]
    return Page("Ratings", heads, [[line[column.key] for column in READ] for line in table])


def whole(said: dict[int, Row]) -> Table:
    """Every benchmark of the version, blank where nothing is said."""
    of = version()
    return [
        {"number": one.number, "title": one.title, "toolkit": str(of), **said.get(one.number, BLANK)}
        for one in of.benchmarks.order_by("number")
    ]  # fmt: skip


class Rounds:
    """New ones by the same assessor, a day each."""

    def __init__(self, place: Place) -> None:
        self.place, self.days = place, count()

    def next(self) -> Assessment:
        on = dt.date(2016, 1, 1) + dt.timedelta(days=next(self.days))
        by, of = self.place.coordinator, self.place.borough
        with acting_as(by.pk):
            return open_assessment(borough=of, version=version(), starts_on=on, ends_on=on, assessor="peer", by=by)  # fmt: skip

    def bring_in(self, page: Page, way: Callable[[Page], Any], found: Assessment) -> dict[str, int]:
        """Through all steps of an import but the upload; how many rows had each verdict."""
        by = self.place.coordinator
        with acting_as(by.pk):
            sheet = add_sheet(
                borough=found.borough, kind="ratings", assessment=found, table=way(page), by=by
            )
            match_columns(sheet=sheet, mapping=sheet.mapping, by=by)
        self._work(sheet)
        with acting_as(by.pk):
            counts: dict[str, int] = sheet.counts()
            assert "refuse" not in counts, [r.reasons for r in sheet.rows.all() if r.reasons]
            if not set(counts) & {"add", "change"}:
                return counts
            apply_sheet(sheet=sheet, by=by)
        self._work(sheet)
        assert sheet.state == "applied", sheet.failure
        return counts

    def _work(self, sheet: Any) -> None:
        held = jobs.claim(sheet.pk)
        assert held is not None
        jobs.run(held)
        with acting_as(self.place.coordinator.pk):
            sheet.refresh_from_db()

    def exported(self, found: Assessment) -> Page:
        by = self.place.coordinator
        with acting_as(by.pk):
            [page] = round_download(found, by).pages
        return page


def table_of(page: Page) -> Table:
    rows = [dict(zip((column.key for column in RATINGS), line, strict=True)) for line in page.rows]
    return [{column.key: line[column.key] for column in READ} for line in rows]


def test_what_comes_in_goes_out_and_what_goes_out_comes_in_as_the_same_table(world: World) -> None:
    rounds = Rounds(world.here)

    @settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
    @given(said=TABLES, ways=st.permutations(WAYS))
    @example(said={n: row(("Green", "Rated", "", TRICKY[n], TRICKY[-n])) for n in range(1, 10)}, ways=WAYS)  # fmt: skip
    @example(said={n: row(("Red", "Rated", "", TRICKY[n], TRICKY[-n])) for n in range(1, 10)}, ways=WAYS[::-1])  # fmt: skip
    @example(said={1: BLANK}, ways=WAYS)
    def tried(said: dict[int, Row], ways: list[Callable[[Page], Any]]) -> None:
        table = whole(said)
        first = rounds.next()
        rounds.bring_in(page_of(table), ways[0], first)
        out = rounds.exported(first)
        assert table_of(out) == table
        assert set(rounds.bring_in(out, ways[1], first)) == {"same"}
        second = rounds.next()
        rounds.bring_in(out, ways[1], second)
        assert table_of(rounds.exported(second)) == table

    tried()
