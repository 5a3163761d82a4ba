"""Who may do what in a borough: the one table of it. docs/access.md is made from this file."""

from django.db.models import TextChoices


class Perm(TextChoices):
    """What may be done in a borough, as django-guardian object permissions on it."""

    ENTER = "enter_borough", "Open the borough's front page"
    READ_RECORD = "read_record", "Read the open record: assessments, ratings and their history"
    KEEP_RECORD = (
        "keep_record",
        "Keep the record: strategies and plans, figures, reviews, risks, boards and registers",
    )
    READ_PLAN = "read_plan", "Read the open strategies and delivery plans"
    UPDATE_OWN_ACTIONS = "update_own_actions", "Report progress on their own organisation's actions"
    RATE = "rate_benchmarks", "Open assessments and rate benchmarks"
    SIGN_OFF = "sign_off_ratings", "Record the board's sign-off of ratings, and reopen them"
    COMPARE = "compare_boroughs", "Compare signed-off ratings with other boroughs they may compare"
    COMPOSE = "compose_reports", "Write and make committee reports"
    READ_DRAFTS = "read_drafts", "Read committee reports while they are written"
    CLEAR = "clear_reports", "Write and verify the sections sent to them for clearance"
    APPROVE = "approve_reports", "Approve reports and hand them to democratic services"
    ISSUE = "issue_reports", "Issue, publish and withdraw committee reports"
    READ_REPORTS = "read_reports", "Read and download committee reports"
    DECIDE = "record_decisions", "Record decisions"
    SEE_PEOPLE = "see_people", "See who holds which role"
    MANAGE_PEOPLE = "manage_people", "Invite people, change and end their roles"
    MANAGE_MEETINGS = "manage_meetings", "Keep committees, meetings and seats"
    MANAGE_SETTINGS = "manage_settings", "Change the borough's settings"
    READ_PAPERS = "read_papers", "Read and download the borough's open papers"
    KEEP_PAPERS = "keep_papers", "Add papers, close and release them"
    SEE_LISTS = "see_lists", "See why records are closed and who is on their access lists"
    MANAGE_LISTS = "manage_lists", "Put people on access lists and answer requests"
    GIVE_EMERGENCY = "give_emergency", "Give others emergency access to a closed record"
    ASK_FOR_CLOSED = "ask_for_closed", "Ask to read a closed record"
    READ_TRAIL = "read_trail", "Read the trail: who did what, and what was refused"
    READ_READING = "read_reading", "See in the trail what committee members read of closed papers"
    SEE_ERASURES = "see_erasures", "See what was erased and what waits for a second person"
    ASK_TO_ERASE = "ask_to_erase", "Ask for something entered by mistake to be erased"
    ERASE = "erase_with_another", "Erase what somebody else asks to have erased"


class Role(TextChoices):
    """The posts a person may hold in a borough."""

    COORDINATOR = "coordinator", "Coordinator"
    LEAD = "lead", "Lead (accountable officer)"
    CONTRIBUTOR = "contributor", "Contributor (partner agency)"
    CLEARING = "clearing", "Clearing officer"
    DEMOCRATIC = "democratic", "Democratic services officer"
    MONITORING = "monitoring", "Monitoring officer"
    MEMBER = "member", "Committee member"
    OBSERVER = "observer", "Observer"


GRANTS: dict[Role, frozenset[Perm]] = {
    Role.COORDINATOR: frozenset(
        {
            Perm.ENTER,
            Perm.READ_RECORD,
            Perm.KEEP_RECORD,
            Perm.READ_PLAN,
            Perm.RATE,
            Perm.COMPARE,
            Perm.COMPOSE,
            Perm.READ_DRAFTS,
            Perm.READ_REPORTS,
            Perm.SEE_PEOPLE,
            Perm.READ_PAPERS,
            Perm.KEEP_PAPERS,
            Perm.SEE_ERASURES,
            Perm.ASK_TO_ERASE,
        }
    ),
    Role.LEAD: frozenset(
        {
            Perm.ENTER,
            Perm.READ_RECORD,
            Perm.KEEP_RECORD,
            Perm.READ_PLAN,
            Perm.SIGN_OFF,
            Perm.COMPARE,
            Perm.READ_DRAFTS,
            Perm.APPROVE,
            Perm.READ_REPORTS,
            Perm.SEE_PEOPLE,
            Perm.MANAGE_PEOPLE,
            Perm.MANAGE_MEETINGS,
            Perm.MANAGE_SETTINGS,
            Perm.READ_PAPERS,
            Perm.KEEP_PAPERS,
            Perm.SEE_LISTS,
            Perm.MANAGE_LISTS,
            Perm.READ_TRAIL,
            Perm.SEE_ERASURES,
            Perm.ASK_TO_ERASE,
            Perm.ERASE,
        }
    ),
    Role.CONTRIBUTOR: frozenset({Perm.ENTER, Perm.READ_PLAN, Perm.UPDATE_OWN_ACTIONS}),
    Role.CLEARING: frozenset({Perm.ENTER, Perm.CLEAR}),
    Role.DEMOCRATIC: frozenset(
        {
            Perm.ENTER,
            Perm.ISSUE,
            Perm.READ_REPORTS,
            Perm.DECIDE,
            Perm.SEE_PEOPLE,
            Perm.MANAGE_MEETINGS,
            Perm.READ_PAPERS,
            Perm.KEEP_PAPERS,
            Perm.SEE_ERASURES,
            Perm.ASK_TO_ERASE,
        }
    ),
    Role.MONITORING: frozenset(
        {
            Perm.ENTER,
            Perm.SEE_PEOPLE,
            Perm.READ_PAPERS,
            Perm.SEE_LISTS,
            Perm.GIVE_EMERGENCY,
            Perm.READ_TRAIL,
            Perm.READ_READING,
            Perm.SEE_ERASURES,
            Perm.ERASE,
        }
    ),
    Role.MEMBER: frozenset({Perm.ENTER, Perm.READ_REPORTS, Perm.READ_PAPERS, Perm.ASK_FOR_CLOSED}),
    Role.OBSERVER: frozenset({Perm.ENTER, Perm.COMPARE}),
}

ABOUT: dict[Role, str] = {
    Role.COORDINATOR: "Keeps the record, the ratings and papers, and writes the reports.",
    Role.LEAD: "Accountable for the duty. Records the board's sign-off of ratings and approves reports. Manages people, committees, access lists and settings.",
    Role.CONTRIBUTOR: "Reads the delivery plan and reports on its own organisation's actions.",
    Role.CLEARING: "Verifies the legal, financial or other implications of a report sent to them.",
    Role.DEMOCRATIC: "Keeps committees, meetings, notices, seats and papers; issues and publishes reports, and records what was decided.",
    Role.MONITORING: "Sees who has access to what, reads the whole trail, and gives others emergency access to closed records.",
    Role.MEMBER: "Reads committee reports and papers, and may ask for closed ones.",
    Role.OBSERVER: "Compares boroughs whose lead admitted them.",
}


def permissions_of(roles: set[Role]) -> frozenset[Perm]:
    """Everything that holders of these roles together may do."""
    return frozenset(perm for role in roles for perm in GRANTS[role])


def roles_with(perm: Perm) -> list[Role]:
    """The roles that may do it, in the order of the table."""
    return [role for role in Role if perm in GRANTS[role]]
