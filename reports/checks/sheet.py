"""The sheet that the checks read: everything that is known of a report before it goes out, asked once."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from boroughs.clear_days import Deadline, papers_due_for
from boroughs.closed_passages import digest_in
from boroughs.figures import rule_of
from boroughs.models import Meeting
from boroughs.notice_policies import missing_notices
from reports.clearing import still_to_clear
from reports.closed import Closed, closed_in
from reports.last_guard import as_read
from reports.live import named
from reports.models import Report
from reports.places import PAPERS, RECOMMENDATIONS, Place, front_place, places_of
from reports.rendering import Paper, paper_of
from reports.snapshot import snapshot_of

from .beneath_lock import Overlap, Standing, overlaps_of, standing_of
from .finding import Found
from .hidden import hiding_in

SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+")


@dataclass(frozen=True)
class Words:
    """Words that will be printed, and where they come from."""

    text: str
    place: str
    name: str
    href: str
    typed: bool = True  # as a section of this report; else they flow in from the record

    def sentences(self) -> list[str]:
        return [part for part in SENTENCE.split(self.text) if part.strip()]


@dataclass(frozen=True)
class Sheet:
    """One report as the checks see it: what the public paper holds, and of what is closed only that it is there."""

    report: Report
    snapshot: dict[str, Any]
    closed: list[Closed]
    standing: Standing

    @classmethod
    def of(cls, report: Report) -> "Sheet":
        return cls(report, snapshot_of(report), closed_in(report), standing_of(report))

    # -- What it is about -----------------------------------------------------------------------------
    @cached_property
    def places(self) -> list[Place]:
        return places_of(self.report.style)

    @cached_property
    def required(self) -> set[str]:
        """The places that the house style never goes without."""
        sections = self.report.style.definition["sections"]
        every = [part for section in sections for part in (section, *section.get("parts", ()))]
        return {part["key"].replace("_", "-") for part in every if part.get("required")}

    @cached_property
    def day(self) -> date:
        return date.fromisoformat(self.snapshot["report"]["date"])

    @cached_property
    def paper(self) -> Paper:
        return paper_of(self.snapshot)

    @cached_property
    def threshold(self) -> int:
        return rule_of(self.report.borough).threshold

    # -- When it meets --------------------------------------------------------------------------------
    @property
    def is_key_decision(self) -> bool:
        return str(self.snapshot["front"].get("key_decision", "")).strip().lower() == "yes"

    @property
    def coming(self) -> Meeting | None:
        """Its meeting, until that is over."""
        meeting = self.report.meeting
        return meeting if meeting and meeting.date >= timezone.localdate() else None

    def missing_notices(self) -> list[str]:
        if self.coming is None:
            return []
        key, private = self.is_key_decision, bool(self.closed)
        return missing_notices(
            self.coming, key_decision=key, private=private, on=timezone.localdate()
        )

    def missed_deadline(self) -> Deadline | None:
        """The day by which its papers had to be out, where that is over and nothing was issued."""
        if self.coming is None or self.report.issues.exists():
            return None
        due = papers_due_for(self.coming)
        return due if due.is_met(timezone.localdate()) is False else None

    # -- What stands behind it ------------------------------------------------------------------------
    def hiding(self) -> list[tuple[int, str]]:
        """Open appendices in whose newest file something is hidden that nobody has cleared: their places and pages."""
        return hiding_in(self.report)

    # -- Who cleared it -------------------------------------------------------------------------------
    def uncleared(self) -> list[tuple[Place, str]]:
        """Sections that lack a clearance, each with what it lacks."""
        return still_to_clear(self.report)

    # -- Where things are mended ----------------------------------------------------------------------
    def address(self, name: str, *rest: object) -> str:
        return reverse(f"reports:{name}", args=[self.report.borough.slug, self.report.pk, *rest])

    def section(self, key: str) -> str:
        return f"{self.address('section', key)}#id_body"

    def front(self, field: str) -> str:
        return f"{self.address('report-front')}#id_{field}"

    @property
    def appendices(self) -> str:
        return self.address("appendix-list")

    def closure(self, closure: UUID) -> str:
        return reverse("boroughs:closure-show", args=[self.report.borough.slug, closure])

    @property
    def meeting(self) -> str:
        return reverse(
            "reports:meeting-show", args=[self.report.borough.slug, self.report.meeting_id]
        )

    def found(self, key: str, sentence: str, place: str, href: str, *about: object, blocking: bool = False, shared: bool = False) -> Found:  # fmt: skip
        """`about`, with the check and the place, is what the subject is a digest of."""
        said = "\x1f".join([key, place, *map(str, about)])
        number = digest_in(self.report.borough_id)(said)
        return Found(key, sentence, place, href, blocking, format(number % 2**64, "016x"), shared)

    def about(self, words: Words, key: str, sentence: str, *about: object, blocking: bool = False) -> Found:  # fmt: skip
        return self.found(key, sentence, words.place, words.href, *about, blocking=blocking)

    # -- What it says ---------------------------------------------------------------------------------
    @cached_property
    def words(self) -> list[Words]:
        """All that the public paper would print of what somebody wrote."""
        return [words for words in self._words() if words.text.strip()]

    @property
    def typed(self) -> list[Words]:
        return [words for words in self.words if words.typed]

    def _words(self) -> Iterator[Words]:
        yield Words(self.snapshot["report"]["title"], "title", "The title", self.front("title"))
        yield from self._front()
        for place in self.places:
            if text := self._said(place):
                yield Words(text, place.key, f"“{place.name}”", self.section(place.key))
        titles = "\n".join(row["title"] for row in self.snapshot["appendices"])
        yield Words(titles, "appendices", "The list of appendices", self.appendices)
        yield from self._from_the_record()

    def _front(self) -> Iterator[Words]:
        asked = {f["key"]: f["question"] for f in self.report.style.definition["front"]}
        asked["author"] = "Author"
        for key, text in self.snapshot["front"].items():
            if key not in ("title", "date", "committee", "item") and key in asked:
                place = front_place(key)
                name = f"“{asked[key]}” on the front sheet"
                yield Words(text, place, name, self.front(place))

    def _said(self, place: Place) -> str:
        if place.key == RECOMMENDATIONS:
            said = self.snapshot["recommendations"]
            return "\n".join([said["lead"], *said["items"]])
        if place.key == PAPERS:
            return "\n".join(
                f"{row['title']} | {row['where']}" for row in self.snapshot["background_papers"]
            )
        if place.key in {one.key for one in self.closed}:
            return ""
        return str(self.snapshot["texts"].get(place.key, ""))

    def _from_the_record(self) -> Iterator[Words]:
        if self.report.assessment_id:
            rows = self.snapshot["assessment"]["ratings"]
            text = "\n".join(row[name] for row in rows for name in ("reason", "actions", "comment"))
            yield Words(text, "ratings", "The table of ratings", self.assessment, typed=False)
        for key, piece in self.snapshot["live"].items():
            asking = self._asking(key)
            name = f"The block [[{key}]]"
            yield Words("\n".join(_strings(piece)), asking, name, self.section(asking), typed=False)

    def _asking(self, block: str) -> str:
        """The first section that asks for the block."""
        texts: dict[str, str] = self.snapshot["texts"]
        return next((key for key, text in texts.items() if block in named(text)), "")

    @property
    def assessment(self) -> str:
        return reverse(
            "toolkit:assessment", args=[self.report.borough.slug, self.report.assessment_id]
        )

    # -- Beside what is closed ------------------------------------------------------------------------
    def overlaps(self) -> list[Overlap]:
        texts: dict[str, str] = {}
        for words in self.words:
            texts[words.name] = f"{texts.get(words.name, '')}\n{as_read(words.text)}"
        titles = {str(number): line for number, line in self.background()}
        return overlaps_of(self.report, texts, titles)

    def background(self) -> list[tuple[int, str]]:
        """The titles of background papers, each with its place in the list."""
        rows = self.snapshot["background_papers"]
        return [(number, row["title"]) for number, row in enumerate(rows, start=1)]


Check = Callable[[Sheet], Iterable[Found]]


def _strings(piece: Any) -> Iterator[str]:
    """Every string in a live block's data."""
    if isinstance(piece, str):
        yield piece
    elif isinstance(piece, dict):
        for each in piece.values():
            yield from _strings(each)
    elif isinstance(piece, (list, tuple)):
        for each in piece:
            yield from _strings(each)
