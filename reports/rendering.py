"""A report's frozen snapshot to HTML: for print and for the web page, from the same blocks.

Pure: the snapshot is all there is, no database row is read.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.template.defaultfilters import urlize
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from reports import exclusion, pdf
from reports.beneath import Part, in_words, parts_of
from reports.front import Front, author_of, front_of
from reports.house_styles import COLOUR, WRITTEN
from reports.implications import is_said, pointer_to, written
from reports.implications import parts_of as parts_in
from reports.narrative import Block, inline, tidy
from reports.numbering import OWN_NUMBERS, Numbers
from reports.pdf_progress import Told
from reports.references import References, refers, targets_of

Snapshot = dict[str, Any]

COLOUR_OF_NO_COUNCIL = "#1d3c5c"
# of papers that were frozen before styles had one
LOOK_BEFORE = {
    "colour": "",
    "face": "sans",
    "text": "standard",
    "headings": "bold",
    "heading_colour": "colour",
    "frame": "box",
}
STAMP_WORDS = 10  # two lines at the head of a page
TALL = 700  # characters in a narrow column: about half a page
TONES = ("green", "amber", "red", "blue", "grey")
PATTERNS = ("plain", "dots", "stripes", "cross", "lines", "grid")


@dataclass(frozen=True)
class Badge:
    label: str
    tone: str
    pattern: str = ""


@dataclass(frozen=True)
class Row:
    """One benchmark; what was left blank is an empty string, never a word standing for nothing."""

    number: str
    title: str
    badge: Badge
    before: str
    reason: str
    actions: str
    comment: str

    @property
    def is_tall(self) -> bool:
        """Too long to be kept on one page with its heading row."""
        return max(len(self.actions), len(self.reason) + len(self.comment)) > TALL


@dataclass(frozen=True)
class Meaning:
    """What a rating means."""

    badge: Badge
    text: str


@dataclass(frozen=True)
class Benchmarks:
    caption: str
    words: dict[str, str]
    rows: list[Row]
    key_title: str
    key: list[Meaning]
    beneath: list[Part]


@dataclass(frozen=True)
class Item:
    number: str
    html: SafeString


@dataclass(frozen=True)
class Section:
    key: str
    kind: str
    number: str
    heading: str
    anchor: str
    blocks: list[Block]
    lead: str
    items: list[Item]
    benchmarks: Benchmarks | None


@dataclass(frozen=True)
class Paper:
    """All that the templates draw, every choice already made."""

    language: str
    title: str
    date: str
    borough: str
    colour: str
    illustrative: str
    made_from: str
    trail: str
    words: dict[str, str]
    front: Front
    sections: list[Section]
    author: list[str]
    author_heading: str
    author_place: str
    contents_heading: str
    lists: str
    look: dict[str, str]

    @property
    def running_stamp(self) -> str:
        """What is invented in it, as short as the head of a page: the front sheet says it whole."""
        return Truncator(self.illustrative).words(STAMP_WORDS)


def html_of(snapshot: Snapshot, *, contents: bool = False) -> str:
    """The whole print document; `contents` adds the page of contents that a long paper has."""
    return render_to_string(
        "print/report.html", {"paper": paper_of(snapshot), "contents": contents}
    )


def web_of(snapshot: Snapshot, *, title: str = "h1") -> SafeString:
    """The paper as a piece of a web page, its title being the page's one h1; on a page with a title of its own, a `p`."""
    context = {"paper": paper_of(snapshot), "contents": False, "title": title}
    return render_to_string("reports/_paper.html", context)


def section_of(snapshot: Snapshot, place: str) -> SafeString:
    """The section in which a place stands, numbered as in the whole paper; nothing where it is empty."""
    paper = paper_of(snapshot)
    holds = {
        part["key"]: section["key"]
        for section in snapshot["style"]["sections"]
        for part in (section, *section.get("parts", ()))
    }
    wanted = {holds.get(place, place), place.replace("-", "_")}
    return format_html_join(
        "",
        "{}",
        (
            (render_to_string("reports/_section.html", {"section": one, "words": paper.words}),)
            for one in paper.sections
            if wanted & {one.key, one.kind}
        ),
    )


def pdf_of(snapshot: Snapshot, told: Told = lambda _stage, _page: None) -> pdf.Pdf:
    """The finished PDF, a long one with its contents; raises pdf.CannotRender. `told` hears the stage and the page."""
    return pdf.render(
        html_of(snapshot),
        longer=html_of(snapshot, contents=True),
        from_pages=snapshot["style"]["contents"]["from_pages"],
        told=told,
    )


def paper_of(snapshot: Snapshot) -> Paper:
    style, report, borough = snapshot["style"], snapshot["report"], snapshot["borough"]
    look = LOOK_BEFORE | style.get("look", {})
    given_colour = look["colour"] or borough.get("colour") or ""
    return Paper(
        language="en-GB" if report["language"] == "en" else report["language"],
        title=tidy(report["title"]),
        date=report["date"],
        borough=tidy(borough["name"]),
        colour=given_colour if COLOUR.fullmatch(given_colour) else COLOUR_OF_NO_COUNCIL,
        illustrative=tidy(snapshot["illustrative"]),
        made_from=tidy(report["made_from"]),
        trail=_trail(snapshot.get("trail")),
        words=style["wording"],
        front=front_of(snapshot),
        sections=sections_of(snapshot),
        author=author_of(snapshot),
        author_heading=style["author"]["heading"],
        author_place=style["author"]["place"],
        contents_heading=style["contents"]["heading"],
        lists=style["numbering"].get("lists", "digits"),
        look=look,
    )


def _trail(head: dict[str, Any] | None) -> str:
    """The trail's head as `verify_trail --head` takes it, in groups that a narrow page can break."""
    if not head:
        return ""
    digest = head["hash"]
    groups = " ".join(digest[start : start + 16] for start in range(0, len(digest), 16))
    return f"{head['seq']}:{groups}"


def counted(snapshot: Snapshot) -> str:
    """The ratings in one breath: “5 green, 4 amber, 1 red”, then what has no level."""
    assessment, words = snapshot["assessment"], snapshot["style"]["wording"]
    if not assessment:
        return ""
    parts = [(each["count"], each["label"]) for each in assessment["counts"] if each["count"]]
    without = [
        each["standing"] or words["not_rated"]
        for each in assessment["ratings"]
        if not each["level"]
    ]
    parts += [(without.count(label), label) for label in dict.fromkeys(without)]
    return ", ".join(f"{count} {label[:1].lower()}{label[1:]}" for count, label in parts)


def sections_of(snapshot: Snapshot) -> list[Section]:
    """Drawn once, and once more where the text refers to a place, whose number is known only then."""
    drawn = _sections({**snapshot, "references": References()})
    if not any(refers(text) for text in snapshot["texts"].values()):
        return drawn
    known = targets_of(drawn, snapshot["style"]["sections"])
    return _sections({**snapshot, "references": References(known)})


def _sections(snapshot: Snapshot) -> list[Section]:
    style, number, found = snapshot["style"], 0, []
    for definition in style["sections"]:
        counts = definition["numbered"] and style["numbering"]["headings"]
        if not _has_content(definition, snapshot):
            continue
        number += counts
        found.append(_section(definition, str(number) if counts else "", snapshot))
    return found + _exclusion(snapshot)


def _exclusion(snapshot: Snapshot) -> list[Section]:
    """Why the public leaves for a while, after everything else; nothing where nothing is closed."""
    said = exclusion.sentences(snapshot)
    if not said:
        return []
    blocks = [Block("paragraph", inline(sentence)) for sentence in said]
    heading = snapshot["style"]["wording"].get("exclusion", exclusion.HEADING)
    return [Section("exclusion", "exclusion", "", heading, "exclusion", blocks, "", [], None)]


def _has_content(definition: Snapshot, snapshot: Snapshot) -> bool:
    # A narrative section keeps its place only when something was written; lists say “None.”
    match definition["kind"]:
        case "narrative":
            return is_said(definition["key"], snapshot)
        case "benchmarks":
            return bool(snapshot["assessment"]) or is_said(definition["key"], snapshot)
        case "implications":
            return any(is_said(each["key"], snapshot) for each in definition["parts"])
    return True


def _section(definition: Snapshot, number: str, snapshot: Snapshot) -> Section:
    kind, anchor = definition["kind"], f"section-{definition['key']}"
    numbering = snapshot["style"]["numbering"]
    counted_by = number if numbering["paragraphs"] else ""
    # a paper frozen before styles said so has numbered subheadings
    numbers = Numbers(counted_by, subheadings=numbering.get("subheadings", True))
    return Section(
        key=definition["key"],
        kind=kind,
        number=number,
        heading=definition["heading"],
        anchor=anchor,
        blocks=_blocks(definition, numbers, anchor, snapshot),
        lead=tidy(snapshot["recommendations"]["lead"]) if kind == "recommendations" else "",
        items=_items(kind, numbers, snapshot),
        benchmarks=_benchmarks(snapshot, numbers, anchor)
        if kind == "benchmarks" and snapshot["assessment"]
        else None,
    )


def _blocks(definition: Snapshot, numbers: Numbers, anchor: str, snapshot: Snapshot) -> list[Block]:
    if definition["kind"] == "implications":
        return parts_in(definition, numbers, snapshot, anchor=anchor)
    if definition["kind"] not in WRITTEN:
        return []
    found = written(definition, numbers, snapshot, anchor=anchor)
    if definition["kind"] == "benchmarks" and snapshot["assessment"]:
        found.append(Block("paragraph", inline(_benchmark_lead(snapshot)), numbers.paragraph()))
    return found


def _benchmark_lead(snapshot: Snapshot) -> str:
    assessment, wording = snapshot["assessment"], snapshot["style"]["benchmarks"]
    names = {**_names(snapshot), "counts": counted(snapshot)}
    sentences = [wording["lead"].format(**names)]
    if assessment["assessor"]:
        sentences.append(wording["rated_by"].format(**names))
    if signed := assessment.get("signed_off"):
        facts = {"where": signed["where"], "signed_on": in_words(signed["on"])}
        sentences.append(wording["signed_off"].format(**facts))
    if assessment["previous_period"]:
        sentences.append(wording["previous"].format(**names))
    if (judged := assessment.get("judged", {})) and judged["unchanged"]:
        sentences.append(wording["judged"].format(**judged))
    return " ".join(sentences)


def _names(snapshot: Snapshot) -> dict[str, str]:
    assessment, words = snapshot["assessment"], snapshot["style"]["wording"]
    names = {
        name: assessment[name] for name in ("period", "toolkit", "assessor", "previous_period")
    }
    if assessment["previous_illustrative"]:
        names["previous_period"] += f" ({words['illustrative']})"
    return names


def _items(kind: str, numbers: Numbers, snapshot: Snapshot) -> list[Item]:
    if kind == "recommendations":
        return _recommendations(snapshot, numbers)
    if kind == "background_papers":
        return [Item("", _background_paper(each)) for each in snapshot["background_papers"]]
    if kind == "appendices":
        return [Item(tidy(each["label"]), _appendix(each)) for each in snapshot["appendices"]]
    return []


def _appendix(each: Snapshot) -> SafeString:
    """A public line that names the appendix itself does not name it twice."""
    if not (closed := each.get("closed")):
        return inline(each["title"])
    label, line = tidy(each["label"]), tidy(closed["public_line"]).strip()
    named, rest = line[: len(label)], line[len(label) :].lstrip(" :,–—-")
    if named.lower() == label.lower() and rest and not line[len(label)].isalnum():
        closed = closed | {"public_line": rest}
    return pointer_to(closed)


def _recommendations(snapshot: Snapshot, numbers: Numbers) -> list[Item]:
    items = [inline(each) for each in snapshot["recommendations"]["items"]]
    own = OWN_NUMBERS.get(snapshot["style"]["numbering"]["recommendations"])
    return [
        Item(own(place) if own else numbers.paragraph(), html)
        for place, html in enumerate(items, start=1)
    ]


def _background_paper(paper: dict[str, str]) -> SafeString:
    where = tidy(paper["where"]).strip()
    title = inline(paper["title"])
    return format_html("{}<br>{}", title, urlize(where)) if where else title


def _benchmarks(snapshot: Snapshot, numbers: Numbers, anchor: str) -> Benchmarks:
    style, assessment, names = snapshot["style"], snapshot["assessment"], _names(snapshot)
    return Benchmarks(
        caption=tidy(style["benchmarks"]["caption"].format(**names, counts="")),
        words=style["wording"],
        rows=[_row(each, style["wording"]) for each in assessment["ratings"]],
        key_title=tidy(style["wording"].get("key", "")),
        key=_key(assessment["scale"]),
        beneath=parts_of(snapshot, names, numbers, anchor),
    )


def _key(scale: Iterable[Snapshot]) -> list[Meaning]:
    """Best first. A report frozen before meanings were kept prints none."""
    said = ((level, tidy(level.get("meaning", "")).strip()) for level in scale)
    return [Meaning(badge, text) for level, text in said if text and (badge := _badge(level))]


def _row(rating: Snapshot, words: dict[str, str]) -> Row:
    return Row(
        number=rating["number"],
        title=tidy(rating["title"]),
        badge=_badge(rating["level"]) or Badge(rating["standing"] or words["not_rated"], "grey"),
        before=_before(rating, words),
        reason=tidy(rating["reason"]).strip(),
        actions=tidy(rating["actions"]).strip(),
        comment=tidy(rating["comment"]).strip(),
    )


def _before(rating: Snapshot, words: dict[str, str]) -> str:
    """“Improved: was Amber”; nothing where there is no earlier period."""
    previous = rating["previous"]["label"] if rating["previous"] else ""
    if rating["direction"]:
        return words[rating["direction"]].format(previous=previous)
    return words["was"].format(previous=previous) if previous else ""


def _badge(level: dict[str, str] | None) -> Badge | None:
    if level is None:
        return None
    tone = level["tone"] if level["tone"] in TONES else "grey"
    pattern = level.get("pattern", "")
    return Badge(level["label"], tone, pattern if pattern in PATTERNS else "")
