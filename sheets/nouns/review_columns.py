"""What sheets of reviews and of their recommendations say: columns, and the words for choices."""

from boroughs.models import Qualifier, Recommendation, Review
from sheets.columns import Column

KINDS = {
    **{str(label).casefold().replace("-", " "): value for value, label in Review.Kind.choices},
    **{value: value for value in Review.Kind.values},
    "internal audit": "audit",
    "letter": "assurance",
    "lessons learned": "lessons",
    "task group": "task_group",
}
KINDS_OFFERED = "Self-review, Peer review, Internal audit, Inspection, Assurance letter, Adviser, Lessons, Evaluation, Task group, Scrutiny or Other"  # fmt: skip
EXACT = {str(label).casefold(): value for value, label in Qualifier.choices}
EXACT_OFFERED = "Exactly, Over or About"
ANSWERS = {
    **{str(label).casefold(): value for value, label in Recommendation.Response.choices},
    "agreed": "accepted",
    "yes": "accepted",
    "partially accepted": "partly",
    "partly": "partly",
    "rejected": "not_accepted",
    "no": "not_accepted",
}
ANSWERS_OFFERED = "Accepted, Partly accepted, Not accepted or Not answered yet"
REVIEWS = (
    Column("kind", "Kind", ("type", "kind of review"), needed=True, width=24, about=f"Enter {KINDS_OFFERED}."),
    Column("title", "Title", ("review", "name"), needed=True, width=44, about="Enter the review’s title."),
    Column("starts_on", "First day", ("from", "date", "start date", "starts"), needed=True, width=14, about="Enter the day on which it began."),
    Column("ends_on", "Last day", ("to", "end date", "ends"), width=14),
    Column("meeting", "Meeting at which the committee asked", ("meeting", "committee"), width=40),
    Column("reviewers", "Who reviewed", ("reviewers", "reviewed by"), width=36),
    Column("reviewer_count", "How many reviewers", ("number of reviewers",), width=12),
    Column("documents", "Documents read", ("documents", "number of documents"), width=12),
    Column("documents_exactness", "The number of documents is", width=16),
    Column("interviewees", "People interviewed", ("interviewees", "interviews"), width=12),
    Column("interviewees_exactness", "The number of people interviewed is", width=16),
    Column("judgement", "Overall judgement", ("judgement", "opinion", "overall opinion", "assurance level"), width=30),
    Column("findings", "Findings", ("what was found", "summary"), width=60),
    Column("source", "Source", ("evidence",), width=30),
    Column("closed", "Closed (not read back)", read=False, width=12),
    Column("reference", "Reference (leave as it is)", ("portal reference",), width=38),
)  # fmt: skip
RECOMMENDATIONS = (
    Column("review", "Review", ("title of the review", "report", "from"), needed=True, width=40, about="Enter the title of the review that it is of."),
    Column("number", "Number", ("no", "ref", "recommendation number"), needed=True, width=10, about="Enter its number."),
    Column("text", "What is asked for", ("recommendation", "request", "action"), needed=True, width=60, about="Enter what is asked for."),
    Column("importance", "How important", ("importance", "priority", "rating"), width=14),
    Column("owner_post", "Who answers", ("owner", "lead", "responsible"), width=26),
    Column("due", "To be done by", ("due", "due date", "deadline", "by when"), width=14),
    Column("report_to", "Reported back to", ("report to", "committee"), width=30),
    Column("report_by", "Reported back by", ("report by",), width=14),
    Column("response", "Answer", ("response", "decision", "status"), width=18),
    Column("response_text", "What is answered", ("response text", "comment", "comments", "management response"), width=50),
    Column("responded_on", "Day of the answer", ("response date", "date of response"), width=14),
    Column("done_on", "Done on", ("completed on", "date completed", "completion date"), width=14),
    Column("reported", "Reported back at (not read back)", read=False, width=36),
    Column("linked", "Actions in delivery plans (not read back)", read=False, width=60),
    Column("closed", "Closed (not read back)", read=False, width=12),
    Column("reference", "Reference (leave as it is)", ("portal reference",), width=38),
)  # fmt: skip
