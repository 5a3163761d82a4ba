"""What sheets of activities say: columns, and the words for choices."""

from boroughs.models import Activity
from sheets.columns import Column


def _words(choices: list[tuple[str, str]], **also: str) -> dict[str, str]:
    named = {str(label).casefold().replace("-", " "): value for value, label in choices}
    return {**named, **{value: value for value, _ in choices}, **also}


def _offered(choices: list[tuple[str, str]]) -> str:
    *first, last = [str(label) for _, label in choices]
    return f"{', '.join(first)} or {last}"


KINDS = _words(Activity.Kind.choices, workshop="session", briefing="training", event="engagement")
KINDS_OFFERED = _offered(Activity.Kind.choices)
AUDIENCES = _words(Activity.Audience.choices, schools="education", councillors="members")
AUDIENCES_OFFERED = _offered(Activity.Audience.choices)
STATES = _words(
    Activity.State.choices, done="delivered", complete="delivered", completed="delivered"
)
STATES_OFFERED = _offered(Activity.State.choices)
ACTIVITIES = (
    Column("kind", "Kind", ("type", "type of activity"), needed=True, width=24, about=f"Enter {KINDS_OFFERED}."),
    Column("title", "Short name", ("activity", "title", "name", "project"), needed=True, width=44, about="Enter the activity’s name."),
    Column("audiences", "Audience", ("for whom", "target group", "audiences"), needed=True, width=36, about=f"Enter {AUDIENCES_OFFERED}; several with a semicolon between them."),
    Column("starts_on", "First day", ("date", "start date", "from", "starts"), needed=True, width=14, about="Enter its first day."),
    Column("ends_on", "Last day", ("end date", "to", "ends"), width=14),
    Column("state", "State", ("status",), width=14),
    Column("cancelled_because", "Why it was cancelled", ("reason for cancelling",), width=30),
    Column("about", "What it is about", ("description", "details"), width=50),
    Column("result", "Result in words", ("result", "outcome"), width=50),
    Column("counts", "Result in numbers", ("numbers", "attendance", "output"), width=30, about="Enter the number first: 120 professionals."),
    Column("organisation", "Delivered by", ("organisation", "agency", "partner"), width=26),
    Column("source", "Source", ("evidence",), width=30),
    Column("illustrative", "Illustrative (not read back)", read=False, width=20),
    Column("reference", "Reference (leave as it is)", ("portal reference",), width=38),
)  # fmt: skip
