"""House styles as other councils would make them: front sheets of Bracknell Forest, Brighton & Hove and Maidstone, and a Part A / Part B.

Only what such a style says otherwise than the plain one; in our own words where no label is quoted.
"""

from typing import Any

from reports.house_styles import Style, load


def field(key: str, label: str, band: str, row: int, kind: str = "line", **more: Any) -> Style:
    said = {"key": key, "label": label, "question": label or key, "hint": ""}
    return {**said, "kind": kind, "band": band, "row": row, **more}


def section(key: str, heading: str, kind: str = "narrative", **more: Any) -> Style:
    said = {"key": key, "heading": heading, "kind": kind, "numbered": True}
    return {**said, "starter": "", "guidance": "", **more}


def part(key: str, heading: str, clears: str = "") -> Style:
    said = {"key": key, "heading": heading, "starter": "", "guidance": ""}
    return {**said, "clears": clears, "required": bool(clears)}


TITLE = field("title", "", "head", 3, "title")
WHO = [
    part("financial", "Financial", "financial"),
    part("legal", "Legal", "legal"),
    part("equality", "Equalities", "equality"),
    part("crime", "Crime and disorder", "crime"),
]
LISTS = [
    section("background-papers", "Background papers", "background_papers"),
    section("appendices", "Appendices", "appendices", numbered=False),
]

BRACKNELL = {
    "title": "Executive, no box for status",
    "front": [
        field("committee", "To:", "head", 1),
        field("date", "", "head", 1, "date"),
        TITLE,
        field("accountable_director", "", "head", 4),
    ],
    "labels": {"part_exempt": "Contains an exempt annexe", "open": "Open"},
    "author": {"place": "end", "heading": "Contact for further information"},
    "sections": [
        section("executive-summary", "Purpose of report"),
        section("advice", "Recommendations", "recommendations", starter="That the Executive:"),
        section("reasons", "Reasons for recommendations"),
        section("options", "Alternative options considered"),
        section("background", "Supporting information", "benchmarks"),
        section("views", "Consultation and other considerations", "implications", parts=WHO),
        *LISTS,
    ],
    "numbering": {"recommendations": "decimal"},
}

BRIGHTON = {
    "title": "Committee report, for general release",
    "front": [
        field("committee", "", "head", 1),
        field("item", "Agenda item", "head", 1),
        {**TITLE, "label": "Subject:"},
        field("date", "Date of meeting:", "table", 1, "date"),
        field("other_meetings", "And of:", "table", 2),
        field("report_of", "Report of:", "table", 3),
        field("wards", "Wards affected:", "table", 4),
        field("status", "", "foot", 1, "status"),
        field("urgency", "Note on urgency:", "foot", 2),
    ],
    "labels": {
        "open": "For general release",
        "part_exempt": "For general release, but for {appendices}: {paragraphs} of Schedule 12A",
        "exempt": "Not for publication: {paragraphs} of Schedule 12A",
    },
    "author": {"place": "table", "heading": "Contact officer:"},
    "sections": [
        section("executive-summary", "Purpose of the report and policy context"),
        section("advice", "Recommendations", "recommendations", starter="That the committee:"),
        section("background", "Context and background", "benchmarks"),
        section("options", "Analysis and consideration of alternative options"),
        section("engagement", "Community engagement and consultation"),
        section("conclusion", "Conclusion"),
        section("effects", "Financial and other implications", "implications", parts=WHO),
        *LISTS,
    ],
    "numbering": {"recommendations": "decimal"},
    "sign_off": {
        "line": "Finance and law officers consulted: {post}, {date}",
        "place": "below",
        "names": False,
    },
}

MAIDSTONE = {
    "title": "Committee report, implications in a table",
    "front": [
        field("committee", "", "head", 1),
        field("date", "", "head", 1, "date"),
        TITLE,
        field("decides", "Final decision-maker", "table", 1),
        field("report_of", "Lead head of service", "table", 2),
        field("lead_officer", "Lead officer and report author", "table", 3),
        field("status", "Classification", "table", 4, "status"),
        field("wards", "Wards affected", "table", 5),
    ],
    "labels": {
        "open": "Public",
        "part_exempt": "Public, with a private appendix",
        "exempt": "Private",
    },
    "author": {"place": "end", "heading": "Report author"},
    "sections": [
        section("executive-summary", "Executive summary", numbered=False),
        section("purpose", "Purpose of report", numbered=False, starter="Discussion"),
        section("advice", "Recommendations", "recommendations", numbered=False),
        section(
            "timetable",
            "Timetable",
            numbered=False,
            starter="| Meeting | Date |\n|---|---|\n| This committee | |",
        ),
        section("background", "Introduction and background", "benchmarks"),
        section("options", "Available options", starter="1. Do nothing."),
        section("preferred", "Preferred option and reasons"),
        section("cross-cutting", "Implications", "implications", layout="table", parts=WHO),
        *LISTS,
    ],
    "numbering": {"recommendations": "plain"},
    "sign_off": {"line": "{post}", "place": "below", "names": False},
    "look": {"frame": "lines", "heading_colour": "black"},
}

PARTS_A_AND_B = {
    "title": "Report in two parts",
    "labels": {"open": "Part A: open to the public", "exempt": "Part B: {paragraphs}"},
    "author": {"place": "front", "heading": "Officer"},
}

COUNCILS: dict[str, dict[str, Any]] = {
    "bracknell": BRACKNELL,
    "brighton": BRIGHTON,
    "maidstone": MAIDSTONE,
    "parts": PARTS_A_AND_B,
}
MERGED = ("labels", "numbering", "sign_off", "look")


def style_of(council: str) -> Style:
    """The plain style with what the council says otherwise."""
    plain: Style = next(style for style in load() if style["key"] == "plain")
    said = COUNCILS[council]
    merged = {name: {**plain[name], **said.get(name, {})} for name in MERGED}
    return {**plain, **said, **merged, "key": f"own-{council}"}
