"""What a sheet of actions says: its columns, and the words for a state."""

from boroughs.models import Action
from sheets.columns import Column

STATES = {
    **{label.casefold(): value for value, label in Action.State.choices},
    "done": "complete",
    "completed": "complete",
    "finished": "complete",
    "open": "not_started",
    "to do": "not_started",
    "planned": "not_started",
    "started": "in_progress",
    "ongoing": "in_progress",
    "on going": "in_progress",
    "underway": "in_progress",
    "on track": "in_progress",
    "cancelled": "stopped",
    "abandoned": "stopped",
}
OFFERED = "Not started, In progress, Complete or Stopped"
COLUMNS = (
    Column("priority", "Priority", ("strategic priority", "objective", "aim", "theme"), width=30),
    Column("area", "Area of focus", ("area", "focus area", "workstream", "focus"), width=30),
    Column(
        "title",
        "Action",
        (
            "what is to be done",
            "what we will do",
            "we will",
            "task",
            "activity",
            "actions",
            "deliverable",
            "description",
        ),
        needed=True,
        width=50,
        about="Enter what is to be done.",
    ),
    Column(
        "owner_post",
        "Owner",
        ("lead", "lead officer", "responsible", "responsible officer", "who", "action owner"),
        width=24,
    ),
    Column("organisation", "Organisation", ("agency", "partner", "lead agency"), width=24),
    Column(
        "partners", "Together with", ("partners", "supporting partners", "supported by"), width=24
    ),
    Column(
        "due_on",
        "Due",
        ("due date", "deadline", "by when", "when", "target date", "due on", "completion date"),
        width=14,
    ),
    Column(
        "timing", "When, in the plan’s words", ("timescale", "timescales", "frequency"), width=20
    ),
    Column(
        "resources", "Resources", ("resource", "cost", "budget", "resource implications"), width=24
    ),
    Column(
        "success_measure",
        "How its success is measured",
        ("success measure", "measure", "measure of success", "kpi", "outcome", "success criteria"),
        width=40,
    ),
    Column("state", "State", ("status", "progress status"), width=14),
    Column("stopped_reason", "Why it was stopped", ("reason stopped",), width=24),
    Column("serves", "Benchmarks it serves", ("benchmark", "benchmarks"), width=30),
    Column(
        "note",
        "New progress note",
        ("progress", "progress note", "update", "latest update", "progress update", "comments"),
        width=30,
    ),
    Column("note_on", "Date of the note", ("date of update", "update date"), width=14),
    Column("latest", "Latest progress (not read back)", read=False, width=40),
    Column("reference", "Reference (leave as it is)", ("portal reference",), width=38),
)
PLAIN = ("partners", "timing", "resources", "success_measure")
TEXTS = ("title", "owner_post", *PLAIN)
KEPT = (*TEXTS, "priority", "area", "organisation", "due_on")
LABELS = {column.key: column.heading for column in COLUMNS}
