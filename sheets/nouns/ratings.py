"""The ratings of a past self-assessment, benchmark by benchmark, into a round that is open."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any, Self, cast

from django.utils import timezone

from accounts.models import User
from boroughs.policies import Refused, day
from sheets.cells import Wrong, as_choice, as_day_of, as_text
from sheets.meanings import meaning_of
from sheets.models import SheetImport, SheetRow
from sheets.reading import Cell
from toolkit.actions.assessments import SAID, rate, say_unchanged
from toolkit.forms import RatingForm, UnchangedForm
from toolkit.models import Assessment, Rating
from toolkit.policies import (
    ChangedMeanwhile,
    why_not_rate,
    why_not_this_rating,
    why_not_unchanged,
)

from .base import MEANWHILE, Judged, Line, Reader, RowByRow, Written, in_sentence
from .benchmark_names import BenchmarkNames, as_number_of, key
from .rating_columns import (
    JUDGED,
    JUDGED_OFFERED,
    NOT_RATED,
    RATINGS,
    STANDINGS,
    STANDINGS_OFFERED,
)
from .reviews import kept, word

LABELS = {column.key: column.heading for column in RATINGS}
KEPT = (*SAID, "judged", "true_on")
UNCHANGED = Rating.Judged.UNCHANGED
LABELLED = {"standing": dict(Rating.Standing.choices), "judged": dict(Rating.Judged.choices)}


class RatingsSheet(RowByRow):
    columns = RATINGS
    sheet_names = ("Ratings", "Self-assessment", "Self assessment")
    labels = LABELLED

    def __init__(
        self, assessment: Assessment, by: User, words: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(assessment.borough, by)
        self.assessment, self.words = assessment, words or {}
        self.levels = list(assessment.version.scale.levels.all())
        self.names = BenchmarkNames(assessment.version)
        self.ratings = {row.benchmark_id: row for row in assessment.ratings.in_order()}
        self.before = _before(assessment)

    @classmethod
    def of_sheet(cls, sheet: SheetImport, by: User) -> Self:
        assessment = cast("Assessment", sheet.assessment)
        return cls(assessment, by, sheet.words)

    def why_not(self) -> str | None:
        return why_not_rate(self.assessment)

    # -- Reading -------------------------------------------------------------------------------------------
    def readers(self) -> Mapping[str, Reader]:
        asked = RatingForm.base_fields
        return {
            "number": as_number_of,
            "title": as_text,
            "level": lambda cell: meaning_of(cell, self.levels, self.words),
            **{name: word(asked[name]) for name in ("comment", "actions", "reason")},
            "standing": lambda cell: as_choice(cell, STANDINGS, STANDINGS_OFFERED),
            "judged": _as_judged,
            "true_on": as_day_of(UnchangedForm.base_fields["on"]),
            "toolkit": as_text,
        }

    def title_of(self, said: Mapping[str, Any]) -> str:
        number = f"{said['number']}. " if said.get("number") else ""
        return number + super().title_of(said)

    # -- Judging -------------------------------------------------------------------------------------------
    def judge_said(self, line: Line, said: dict[str, Any], judged: Judged) -> None:
        try:
            rating = self._found(line, said)
        except Wrong as why:
            judged.refuse(str(why))
            return
        judged.title = str(rating.benchmark)
        values = self._values(rating, said)
        rules = self._rules(rating, values, said)
        if judged.refuse(self.once(rating.benchmark_id, line), *rules).is_refused:
            return
        judged.said, judged.target = values | {"seen": rating.version}, rating.pk
        judged.changes = _changes(rating, values)
        judged.verdict = _verdict(rating, judged.changes)
        if judged.verdict == SheetRow.Verdict.CHANGE:
            judged.warnings.insert(0, _written_over(rating))

    def _found(self, line: Line, said: Mapping[str, Any]) -> Rating:
        """Raises Wrong."""
        version = self.assessment.version
        if said.get("toolkit") and key(said["toolkit"]) not in {key(str(version)), key(version.key)}:  # fmt: skip
            self.names.tally.others.append(f"row {line.number}, “{said['toolkit'][:80]}”")
            raise Wrong(f"The row is of “{said['toolkit'][:80]}”, and this round is by {version}")
        benchmark = self.names.find(line.number, said["title"], said.get("number"))
        return self.ratings[benchmark.pk]

    def _values(self, rating: Rating, said: Mapping[str, Any]) -> dict[str, Any]:
        """What the row says; of what it does not speak, what the record says."""
        values = {name: said.get(name, getattr(rating, name)) for name in SAID}
        if isinstance(values["level"], str):  # a word that stands for “does not apply”
            values |= {"level": None, "standing": values["level"]}
        stated, same = said.get("judged"), all(getattr(rating, k) == values[k] for k in SAID)
        if stated == UNCHANGED:
            return values | {"judged": UNCHANGED, "true_on": said.get("true_on")}
        if same and stated in {None, rating.judged}:
            return values | {"judged": rating.judged, "true_on": rating.true_on}
        return values | {"judged": _derived(values), "true_on": None}

    def _rules(
        self, rating: Rating, values: Mapping[str, Any], said: Mapping[str, Any]
    ) -> list[str | None]:
        stated, level = said.get("judged"), said.get("level")
        why = why_not_this_rating(values["level"], values["standing"], values["reason"])
        rules = [("level", why)]
        if isinstance(level, str) and said.get("standing") not in {None, "", level}:
            rules.append(("standing", "This is something else than what the rating says"))
        if stated == UNCHANGED:
            rules.append(("judged", self._why_not_unchanged(rating, values)))
        elif stated not in {None, values["judged"]}:
            rules.append(("judged", _otherwise(values["judged"])))
        elif said.get("true_on") not in {None, values["true_on"]}:
            rules.append(("true_on", f"A day stands here without “{UNCHANGED.label}”"))
        return [f"{LABELS[name]}: {why}" for name, why in rules if why]

    def _why_not_unchanged(self, rating: Rating, values: Mapping[str, Any]) -> str | None:
        """“No change” is said of the very words of the period before, on a day."""
        if not values["true_on"]:
            return f"“{UNCHANGED.label}” needs the day on which it was"
        if all(getattr(rating, name) == values[name] for name in KEPT):
            return None
        before = self.before.get(rating.benchmark_id)
        today = timezone.localdate()
        if why := why_not_unchanged(self.assessment, before, values["true_on"], today):
            return why
        if any(getattr(before, name) != values[name] for name in SAID):
            period = before.assessment.period if before else ""
            return f"“{UNCHANGED.label}” repeats what was said in {period}, and this row says something else"  # fmt: skip
        return None

    def judge_together(self, judged: Sequence[tuple[int, Judged]]) -> None:
        """Raises Refused when the sheet as a whole is by another version."""
        if why := self.names.why_not_at_all():
            raise Refused(why)

    def details(self, said: Mapping[str, Any]) -> list[list[str]]:
        rated = [] if said["level"] else [[LABELS["level"], "", NOT_RATED]]
        return rated + super().details({name: value for name, value in said.items() if value})

    # -- Writing -------------------------------------------------------------------------------------------
    def write(self, judged: Judged) -> Written:
        said = judged.said
        rating = next(row for row in self.ratings.values() if row.pk == judged.target)
        was = {name: kept(getattr(rating, name)) for name in KEPT}
        was["level"] = rating.level.key if rating.level else ""
        self._say(rating, said, said["seen"])
        return Written(rating.pk, {"was": was, "version": said["seen"] + 1})

    def _say(self, rating: Rating, said: Mapping[str, Any], seen: int) -> None:
        """By the actions of the page. Raises Refused, also when somebody else was quicker."""
        try:
            if said["judged"] == UNCHANGED:
                say_unchanged(rating=rating, on=said["true_on"], seen=seen, by=self.by)
            else:
                rate(rating=rating, **{name: said[name] for name in SAID}, seen=seen, by=self.by)
        except ChangedMeanwhile:
            raise Refused(MEANWHILE) from None

    # -- Undoing -------------------------------------------------------------------------------------------
    def why_not_undo(self, rows: Sequence[SheetRow]) -> str | None:
        if why := self.why_not():
            return why
        now = {row.pk: row for row in self.ratings.values()}
        for row in rows:
            if now[cast("uuid.UUID", row.target)].version != row.before["version"]:
                return f"Row {row.number}, “{row.title}”, was rated again since."
        return None

    def undo(self, rows: Sequence[SheetRow]) -> None:
        now = {row.pk: row for row in self.ratings.values()}
        levels = {level.key: level for level in self.levels}
        for row in reversed(rows):
            was = dict(row.before["was"])
            on = dt.date.fromisoformat(was["true_on"]) if was["true_on"] else None
            was |= {"level": levels.get(was["level"]), "true_on": on}
            rating = now[cast("uuid.UUID", row.target)]
            self._say(rating, was, rating.version)


def _before(assessment: Assessment) -> dict[int, Rating]:
    """What was said in the period before, by benchmark."""
    previous = assessment.previous()
    rows = Rating.objects.filter(assessment=previous).in_order() if previous else []
    return {row.benchmark_id: row for row in rows}


def _as_judged(cell: Cell) -> str | None:
    """None where nothing is said of it: it follows from the row."""
    text = as_text(cell).strip("“”\"' ")
    return as_choice(text, JUDGED, JUDGED_OFFERED) if text else None


def _derived(values: Mapping[str, Any]) -> str:
    looked_at = values["level"] or values["standing"] or values["reason"].strip()
    return str(Rating.Judged.AFRESH if looked_at else Rating.Judged.NOT_YET)


def _otherwise(judged: str) -> str:
    if judged == Rating.Judged.AFRESH:
        return "This row says something of the benchmark, so it was looked at. Empty this cell"
    return "Nothing is said of the benchmark, so it was not judged yet. Empty this cell, or rate it"


def _verdict(rating: Rating, changes: list[list[str]]) -> str:
    if not changes:
        return SheetRow.Verdict.SAME
    said = any(getattr(rating, name) for name in SAID)
    return SheetRow.Verdict.CHANGE if said else SheetRow.Verdict.ADD


def _changes(rating: Rating, values: Mapping[str, Any]) -> list[list[str]]:
    return [
        [LABELS[name], _words(name, getattr(rating, name)), _words(name, values[name])]
        for name in KEPT
        if getattr(rating, name) != values[name]
    ]


def _words(name: str, value: Any) -> str:
    if name == "level":
        return str(value or NOT_RATED)
    return in_sentence(LABELLED[name][value] if name in LABELLED else value)


def _written_over(rating: Rating) -> str:
    on = timezone.localtime(rating.changed_at)
    return f"this was said by {rating.changed_by} on {day(on.date())}, {on:%H:%M}, and would be written over"  # fmt: skip
