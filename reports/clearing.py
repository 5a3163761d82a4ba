"""Clearance of a report's sections: who was asked, what stands of it, and what is still missing."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from accounts.models import User
from boroughs.models import Borough, Membership
from boroughs.roles import Role

from .closed import closed_in
from .house_styles import CLEARANCES
from .models import Clearance, Report, ReportText
from .models.clearance import ClearanceQuerySet
from .places import Place, places_of

State = Clearance.State
# How a printed nil return names what a section is cleared for, where that is another word
NIL = {
    "financial": "financial",
    "children": "safeguarding",
    "it": "IT",
    "environment": "environmental",
    "property": "property",
}


def post_for(place: Place) -> str:
    """What the section is usually cleared for; empty where nobody usually clears it."""
    return CLEARANCES.get(place.clears or place.key, "")


def nil_return(place: Place) -> str:
    """The printed answer that there is nothing to say."""
    post = post_for(place)
    about = NIL.get(place.clears or place.key, post.lower())
    return f"There are no {about} implications." if post else "There are no implications."


def clearable(report: Report) -> list[Place]:
    """Sections with words of their own; lists are nobody's to clear."""
    return [place for place in places_of(report.style) if not place.is_list]


def officers_of(borough: Borough) -> QuerySet[User]:
    live = Membership.objects.live().filter(borough=borough, role=Role.CLEARING)
    return User.objects.filter(pk__in=live.values("user"), is_active=True).order_by("name", "pk")


def sent_to(officer: User, borough: Borough) -> ClearanceQuerySet:
    """What the borough sent to this officer, and did not take back."""
    return Clearance.objects.of_officer(officer).filter(report__borough=borough)


# -- What stands ------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Entry:
    """One line of the trail of clearances. A verification stands while the section says what was verified."""

    clearance: Clearance
    stands: bool
    name: str = ""  # of the section
    why: str = ""  # it was returned, to whom may read that

    @property
    def is_void(self) -> bool:
        return self.clearance.state == State.VERIFIED and not self.stands

    @property
    def word(self) -> str:
        return "Verification void" if self.is_void else self.clearance.get_state_display()

    @property
    def tone(self) -> str:
        if self.is_void:
            return "red"
        tones = {State.ASKED: "blue", State.VERIFIED: "green", State.RETURNED: "red"}
        return tones.get(State(self.clearance.state), "grey")

    @property
    def said(self) -> str:
        """A sentence on what was asked and what became of it."""
        row = self.clearance
        if row.state == State.VERIFIED:
            became = f"Verified by {row.printed_name}, {row.printed_post}"
            return f"{became}; the text was changed since" if self.is_void else became
        became = "Returned by" if row.state == State.RETURNED else "With"
        return f"{became} {row.asked_of} ({row.post})"


def standing_of(reports: Iterable[Report]) -> set[UUID]:
    """The verifications whose text is still as it was verified: the one place that says so.

    Asked of the database's own function, which compares the digests also of closed sections.
    """
    with connection.cursor() as cursor:
        keys = [str(report.pk) for report in reports]
        cursor.execute("SELECT s::text FROM reports_verified(%s::uuid[]) s", [keys])
        return {UUID(key) for (key,) in cursor.fetchall()}


def trail_of(report: Report, reader: User | None = None) -> list[Entry]:
    """Everything that was asked of the report and its answers, the newest first; why it was returned as the reader may know."""
    rows = list(report.clearances.with_people())
    standing = standing_of([report]) if rows else set()
    names = {place.key: place.name for place in places_of(report.style)}
    why = _why_returned(report, reader) if reader else {}
    return [
        Entry(row, row.pk in standing, names.get(row.key, row.key), why.get(row.pk, ""))
        for row in rows
    ]


def _why_returned(report: Report, reader: User) -> dict[UUID, str]:
    rows = report.comments.visible_to(reader).filter(returns__isnull=False)
    return dict(rows.values_list("returns", "body"))


def current(trail: Iterable[Entry]) -> dict[str, list[Entry]]:
    """What counts now of each section: what is asked and what stands, and what was returned or is void until it is asked
    again."""
    found = defaultdict(list)
    for entry in trail:
        if entry.clearance.state != State.TAKEN_BACK:
            found[entry.clearance.key].append(entry)
    return {
        key: [one for one in rows if not _asked_again(one, rows)] for key, rows in found.items()
    }


def _asked_again(one: Entry, rows: list[Entry]) -> bool:
    ended = one.clearance.ended_at
    if one.stands or ended is None:
        return False
    return any(other.clearance.asked_at > ended for other in rows)


def worst(entries: list[Entry]) -> Entry | None:
    """The one that says most of what is left to do: void or returned, then asked, then verified."""
    order = {"red": 0, "blue": 1, "green": 2}
    return min(entries, key=lambda entry: order[entry.tone], default=None)


# -- What is missing --------------------------------------------------------------------------------
def why_not_cleared(report: Report) -> str | None:
    """The sections that still need a clearance the style asks for, that were returned, or whose verification is void."""
    lacking = [f"{place.name} ({why})" for place, why in still_to_clear(report)]
    return f"Still to be cleared: {'; '.join(lacking)}." if lacking else None


def still_to_clear(report: Report) -> list[tuple[Place, str]]:
    """Each with what it lacks: of sections that say something, and of those that the style says must be there."""
    now, written = current(trail_of(report)), _written(report)
    places = [one for one in clearable(report) if one.required or written.get(one.key, False)]
    found = [(place, _lacks(place, now.get(place.key, []))) for place in places]
    return [(place, why) for place, why in found if why]


def _lacks(place: Place, entries: list[Entry]) -> str:
    if any(entry.is_void for entry in entries):
        return "changed since it was verified"
    if any(entry.clearance.state == State.RETURNED for entry in entries):
        return "returned"
    if place.clears and not any(entry.stands for entry in entries):
        return "not verified"
    return ""


def _written(report: Report) -> dict[str, bool]:
    """Which sections say something; closed ones do."""
    said = {text.key: bool(text.body) for text in report.texts.all()}
    return said | {one.key: True for one in closed_in(report) if one.part == "section"}


def sign_offs(report: Report, closed: Collection[str]) -> dict[str, dict[str, str]]:
    """Who verified each section that is not closed, as the paper prints it: the newest verification that stands."""
    return {
        entry.clearance.key: {
            "name": entry.clearance.printed_name,
            "post": entry.clearance.printed_post,
            "at": entry.clearance.ended_at.isoformat() if entry.clearance.ended_at else "",
        }
        for entry in sorted(trail_of(report), key=_ended)
        if entry.stands and entry.clearance.key not in closed
    }


def _ended(entry: Entry) -> str:
    return entry.clearance.ended_at.isoformat() if entry.clearance.ended_at else ""


# -- May it be done ---------------------------------------------------------------------------------
def why_not_send(report: Report) -> str | None:
    """While the report is written; what was approved is taken back first."""
    if report.state in Report.HANDED_OVER:
        return "This report was approved. Take it back to send a section for clearance."
    return None


def why_not_ask(report: Report, key: str, person: User) -> str | None:
    """Of a clearing officer of the borough, whom the section does not wait for already."""
    if why := why_not_send(report):
        return why
    if key not in {place.key for place in clearable(report)}:
        return "The house style of this report has no such section to clear."
    if not officers_of(report.borough).filter(pk=person.pk).exists():
        return f"{person} is not a clearing officer of this council."
    if report.clearances.filter(key=key, asked_of=person, state=State.ASKED).exists():
        return f"{person} was asked to clear this section already."
    return None


def why_not_answer(clearance: Clearance) -> str | None:
    """Once, while the report is written."""
    match clearance.state:
        case State.VERIFIED:
            return "You have verified this section already."
        case State.RETURNED:
            return "You have returned this section."
        case State.TAKEN_BACK:
            return "This section is not with you any more."
    if clearance.report.state in Report.HANDED_OVER:
        return "This report was approved, and nothing is changed in it now."
    return None


def why_not_verify(clearance: Clearance, text: ReportText | None, seen: int) -> str | None:
    """Only what the officer has read, and something must be said."""
    if why := why_not_answer(clearance):
        return why
    if text is None:
        return "You cannot read this section. Nothing was written yet, or it is closed."
    if not text.body:
        return "The section says nothing. Write it, or that there are no implications."
    if text.version != seen:
        return "The text was changed while you looked at it. Read it again before you verify it."
    return None
