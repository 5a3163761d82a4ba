"""Bodies, their meetings, what is owed to them, partners, and what was done."""

from django.db.models import Value

from boroughs.access import BoroughRequest
from boroughs.models import BoardMember, Committee, DutyRound, Meeting, meetings_of
from boroughs.roles import Perm
from boroughs.searching import Kind, Rows, Source, offer

from .words import day_of, said

BOARDS = Kind("boards", "Boards and committees")
MEETINGS = Kind("meetings", "Meetings")
ACTIVITIES = Kind("activities", "Activities and projects")
DUTIES = Kind("duties", "Reporting duties")
ORGANISATIONS = Kind("organisations", "Organisations")


def without_boards(request: BoroughRequest) -> Rows:
    """Every committee; boards by their own page, where the visitor may open it."""
    committees: Rows = request.borough.committees.all()
    if Perm.READ_RECORD in request.granted:
        return committees.exclude(kind=Committee.Kind.BOARD)
    return committees


def meetings(request: BoroughRequest) -> Rows:
    """Why one was not held stands on its board's page."""
    found = meetings_of(request.borough)
    if Perm.READ_RECORD in request.granted:
        return found.exclude(outcome=Meeting.Outcome.NOT_HELD)
    return found


MEETING = said("committee__name", Value(", "), day_of("date"))
offer(
    Source(
        BOARDS,
        Perm.READ_RECORD,
        lambda request: request.borough.committees.boards(),
        "boroughs:board-show",
        title="name",
        texts=("terms", "chair_post"),
    ),
    Source(
        BOARDS,
        Perm.READ_RECORD,
        lambda request: BoardMember.objects.filter(board__borough=request.borough),
        "boroughs:board-show",
        title="organisation",
        texts=("post",),
        where=said(Value("On "), "board__name"),
        parts=("board",),
    ),
    Source(
        BOARDS,
        Perm.ENTER,
        without_boards,
        "boroughs:committee-show",
        title="name",
        texts=("remit",),
    ),
    Source(
        MEETINGS,
        Perm.ENTER,
        meetings,
        "boroughs:committee-show",
        title=MEETING,
        parts=("committee",),
    ),
    Source(
        MEETINGS,
        Perm.READ_RECORD,
        lambda request: meetings_of(request.borough).filter(outcome=Meeting.Outcome.NOT_HELD),
        "boroughs:board-show",
        title=MEETING,
        texts=("not_held_because",),
        where=Value("Not held"),
        parts=("committee",),
    ),
    Source(
        DUTIES,
        Perm.READ_RECORD,
        lambda request: request.borough.duties.all(),
        "boroughs:duty-show",
        title="title",
        texts=("told", "owner_post"),
        where=said(Value("Next due on "), day_of("next_due")),
    ),
    Source(
        DUTIES,
        Perm.READ_RECORD,
        lambda request: DutyRound.objects.filter(duty__borough=request.borough),
        "boroughs:duty-show",
        title="duty__title",
        texts=("note",),
        where=said(Value("Due on "), day_of("due")),
        parts=("duty",),
        by_title=False,
    ),
    Source(
        ORGANISATIONS,
        Perm.READ_PLAN,
        lambda request: request.borough.organisations.all(),
        "boroughs:organisation-list",
        title="name",
        parts=(),
    ),
)
offer(
    Source(
        ACTIVITIES,
        Perm.READ_RECORD,
        lambda request: request.borough.activities.all(),
        "boroughs:activity-show",
        title="title",
        texts=("about", "result", "cancelled_because", "organisation__name"),
        where=day_of("starts_on"),
    )
)
