"""What a sheet of figures says: its columns, and the words for how a number is meant."""

import re

from sheets.columns import Column

MEANT = {
    "exactly": "exactly",
    "exact": "exactly",
    "over": "over",
    "more than": "over",
    "about": "about",
    "around": "about",
    "approximately": "about",
    "withheld": "withheld",
    "suppressed": "withheld",
    "not known": "unknown",
    "unknown": "unknown",
    "not recorded": "unknown",
}
OFFERED = "Exactly, Over, About, Withheld or Not known"
WITH_NUMBER = re.compile(r"(over|more than|about|around|approximately|~|>)\s*([\d,. ]+)")
SIGNS = {"~": "about", ">": "over"}
COLUMNS = (
    Column("topic", "Subject (not read back)", read=False, width=24),
    Column(
        "indicator",
        "Indicator",
        ("measure", "figure name", "kpi", "what is counted"),
        width=40,
    ),
    Column("whole", "Stands under (not read back)", read=False, width=30),
    Column("period", "Period", ("year", "financial year", "quarter"), width=18),
    Column("starts_on", "From", ("first day", "start", "period start", "start date"), width=14),
    Column("ends_on", "To", ("last day", "end", "period end", "end date"), width=14),
    Column("qualifier", "Meant as", ("qualifier", "meaning"), width=14),
    Column(
        "number",
        "Figure",
        ("number", "value", "count", "total", "actual", "result"),
        width=12,
    ),
    Column("unit", "Unit (not read back)", read=False, width=14),
    Column("target", "Target", width=12),
    Column("baseline", "Baseline", width=12),
    Column("note", "Note", ("notes", "comment", "comments", "reason"), width=40),
    Column("difference", "Why its parts do not add up", ("why the figures differ",), width=30),
    Column("source", "Source", ("evidence", "where from"), width=30),
    Column("closed", "Closed (not read back)", read=False, width=12),
    Column("reference", "Reference (leave as it is)", ("portal reference",), width=40),
)
SAID = ("qualifier", "number", "target", "baseline", "note", "difference", "source")
LABELS = {column.key: column.heading for column in COLUMNS}
