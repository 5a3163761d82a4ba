"""What a sheet of a round's ratings says: columns, and the words for choices."""

from sheets.columns import Column
from toolkit.models import Rating

NOT_RATED = "Not rated"
STANDINGS = {str(label).casefold(): value for value, label in Rating.Standing.choices}
STANDINGS_OFFERED = "Rated, Not applicable or Met through a partner"
JUDGED = {str(label).casefold(): value for value, label in Rating.Judged.choices}
JUDGED_OFFERED = "Judged afresh, “No change, still true” or Not looked at yet"
RATINGS = (
    Column("number", "Number", ("no", "ref", "benchmark number", "benchmark no"), width=9),
    Column("title", "Benchmark", ("benchmark title", "title", "criterion", "section", "standard", "area of control"), needed=True, width=36, about="Enter its title as the toolkit has it."),
    Column("level", "Rating", ("rag", "rag rating", "rag status", "self assessment", "score", "extent met", "level"), width=14),
    Column("comment", "Comment", ("comments", "commentary", "rationale", "narrative", "current position"), width=60),
    Column("actions", "Actions", ("action", "next steps", "further action", "actions required"), width=44),
    Column("standing", "How it is met", width=18),
    Column("reason", "Reason", ("reason for no rating",), width=40),
    Column("judged", "How it was judged", width=22),
    Column("true_on", "Still true on", width=14),
    Column("toolkit", "Toolkit", ("version", "toolkit version"), width=30),
    Column("period", "Period (not read back)", read=False, width=24),
    Column("by", "Said by (not read back)", read=False, width=24),
    Column("on", "Said on (not read back)", read=False, width=14),
    Column("post", "Who answers for it (not read back)", read=False, width=30),
    Column("evidence", "Evidence (not read back)", read=False, width=60),
)  # fmt: skip
