"""Whether a file is a PDF that this portal made, and what became of it since.

Asks for rows of every borough: for the owner of the tables alone. A file that is known is known by its digest: nothing that
a file says of itself makes it genuine.
"""

import hashlib
import re
from dataclasses import dataclass
from enum import IntEnum

from accounts.models import User
from audit.models import Event, Link
from boroughs.models import Borough
from boroughs.policies import day

from . import decision_paper
from .made_with import differences
from .models import Decision, Issue, Rendering
from .pdf import CannotRender, Pdf
from .rendering import pdf_of

UNKNOWN = "Unknown. The portal has made no such file: not this one to the byte, or its borough has left with its record."
ERASED = "The portal made this file on {on}, and it was erased or taken down since: nothing is left to compare it with."
TAKEN_DOWN = "Taken down. The portal made this file on {on} as version {number} of a report of {borough}. It was taken down on {gone}, and nothing is left to compare it with."
GENUINE = "Genuine. {issued}. Printed again from its snapshot it is the same to the byte."
OTHERWISE = "Known, but printed otherwise now. {issued}. Printed again from its snapshot it is another file: {why}."
NOT_PRINTED = (
    "Known, but not printed again. {issued}. It could not be printed from its snapshot: {why}"
)
PUBLISHED = "Genuine. It is the record of the decision of {on} on “{report}” of {borough}, as the public pages show it."
PACK = "Genuine, and not for the public. {issued}. It was handed to {reader} on {on}, with their name on each closed page. Such a copy is kept nowhere, so its digest alone was compared."
DECISION = "Genuine. It is the record of the decision of {on} on “{report}” of {borough}, to the byte as it stands."
OTHER_DECISION = "Not as the record stands. The file says that it is the record of the decision of {on} on “{report}” of {borough}, and that prints another file now: {why}."
ALTERED = "Changed, or saved anew by another program. The file has the mark of a report made by this portal for {borough}, and no file with these bytes was made here."
ELSEWHERE = "Of another portal. The file has the mark of a report made by a portal like this, and the mark is not of this one, or its borough has left with its record."
SAME_PROGRAMS = "every program is the one it was made with, so look at the snapshot"
MARK = re.compile(r"(?<!\d)(\d{1,18}):((?:[0-9a-f]{16}\s+){3}[0-9a-f]{16})(?![0-9a-f])")
SPACES = re.compile(r"[\s\u00ad-]+")


class Found(IntEnum):
    """The exit code of `manage.py verify_report`; 1 and 2 are the command’s own."""

    GENUINE = 0
    OTHERWISE = 3
    UNKNOWN = 4
    ERASED = 5
    DRAFT = 6
    SUPERSEDED = 7
    WITHDRAWN = 8
    ALTERED = 9
    ELSEWHERE = 10


@dataclass(frozen=True)
class Verdict:
    found: Found
    sentence: str


def verdict_on(data: bytes, text: str = "") -> Verdict:
    """`text` is what the file's pages say, for a file whose bytes are not known."""
    digest = hashlib.sha256(data).hexdigest()
    return (
        _rendered(digest, data)
        or _handed_out(digest)
        or _gone(digest)
        or _record_of_decision(data, text)
        or _marked(text)
        or Verdict(Found.UNKNOWN, UNKNOWN)
    )


# -- Reports ------------------------------------------------------------------------------------------
def _rendered(digest: str, data: bytes) -> Verdict | None:
    made = (
        Rendering.objects.ready().filter(sha256=digest).select_related("report__borough", "issue")
    )
    rendering = made.order_by("issue").first()  # what was issued goes before the same as a draft
    return _printed_again(rendering, data) if rendering else None


def _printed_again(rendering: Rendering, data: bytes) -> Verdict:
    found, standing = _standing(rendering.issue)
    borough = rendering.report.borough.full_name
    made = f"{borough} had it made on {rendering.finished_at:%-d %B %Y at %H:%M} UTC: “{rendering.report}”"
    issued = f"{made}, {standing}"
    try:
        again = pdf_of(rendering.snapshot)
    except CannotRender as refusal:
        said = NOT_PRINTED.format(issued=issued, why=refusal.reason)
        return Verdict(Found.OTHERWISE, said)
    if again.data == data:
        return Verdict(found, GENUINE.format(issued=issued))
    why = _why_another(rendering, again)
    return Verdict(Found.OTHERWISE, OTHERWISE.format(issued=issued, why=why))


def _standing(issue: Issue | None) -> tuple[Found, str]:
    """What became of it since."""
    if issue is None:
        return Found.DRAFT, "a draft that was never issued as it is"
    number = f"version {issue.number}"
    if issue.withdrawn_at:
        return Found.WITHDRAWN, f"{number}, withdrawn from the public pages on {day(issue.withdrawn_at.date())}"  # fmt: skip
    newer = Issue.objects.standing().filter(report=issue.report_id, number__gt=issue.number)
    if newest := newer.order_by("-number").first():
        return Found.SUPERSEDED, f"{number}, replaced by version {newest.number} on {day(newest.issued_at.date())}"  # fmt: skip
    return Found.GENUINE, number if issue.published_at else f"{number}, issued and not published"


def _why_another(rendering: Rendering, again: Pdf) -> str:
    if not rendering.made_with:
        return "it was made before the portal kept what it was made with"
    return "; ".join(differences(rendering.made_with, again.made_with)) or SAME_PROGRAMS


# -- What the trail alone knows -----------------------------------------------------------------------
def _handed_out(digest: str) -> Verdict | None:
    """A restricted pack, which is kept nowhere."""
    event = Event.objects.filter(deed="report.restricted-read", facts__sha256=digest).first()
    if event is None:
        return None
    issue = _issue_of(event)
    if issue is None or issue.taken_down_at:
        return _taken_down(event, issue)
    reader = User.objects.filter(pk=event.actor_id or 0).first()
    found, standing = _standing(issue)
    issued = (
        f"It is the restricted pack of “{issue.report}” of {issue.borough.full_name}, {standing}"
    )
    said = PACK.format(issued=issued, reader=reader or "somebody since deleted", on=f"{event.at:%-d %B %Y at %H:%M} UTC")  # fmt: skip
    return Verdict(found, said)


def _gone(digest: str) -> Verdict | None:
    event = Event.objects.filter(deed="report.rendered", facts__sha256=digest).first()
    return _taken_down(event, _issue_of(event)) if event else None


def _issue_of(event: Event) -> Issue | None:
    kind, _, key = event.subject.partition(":")
    rows = Issue.objects.select_related("report__borough", "borough")
    if kind == "reports.issue":
        return rows.filter(pk=key).first()
    return rows.filter(renderings__pk=key).first() if kind == "reports.rendering" else None


def _taken_down(event: Event, issue: Issue | None) -> Verdict:
    on = day(event.at.date())
    if issue is None or issue.taken_down_at is None:
        return Verdict(Found.ERASED, ERASED.format(on=on))
    gone = day(issue.taken_down_at.date())
    borough = issue.borough.full_name
    said = TAKEN_DOWN.format(on=on, number=issue.number, borough=borough, gone=gone)
    return Verdict(Found.ERASED, said)


# -- What the file says of itself -----------------------------------------------------------------------
def _record_of_decision(data: bytes, text: str) -> Verdict | None:
    """Such a record is kept nowhere and made anew each time: every decision that the file may be of is printed."""
    rows = Decision.objects.select_related("report__borough", "meeting__committee", "rule", "issue")
    if published := rows.filter(public__pdf=data).first():
        return Verdict(Found.GENUINE, PUBLISHED.format(**_named(published)))
    said = SPACES.sub("", text)
    if SPACES.sub("", decision_paper.TITLE) not in said:
        return None
    named = [one for one in rows if SPACES.sub("", decision_paper.title_of(one)) in said]
    printed = {one: _decision(one) for one in named}
    for decision, again in printed.items():
        if again == data:
            return Verdict(Found.GENUINE, DECISION.format(**_named(decision)))
    for decision in named:
        why = "the file was changed, or other programs print it"
        if last := decision.editions.order_by("-at").first():
            why = f"the record was corrected last on {day(last.at.date())}, or the file was changed"
        return Verdict(Found.OTHERWISE, OTHER_DECISION.format(**_named(decision), why=why))
    return None


def _decision(decision: Decision) -> bytes:
    try:
        return decision_paper.pdf_of(decision_paper.record_of(decision)).data
    except CannotRender:
        return b""


def _named(decision: Decision) -> dict[str, str]:
    report = decision.report
    on = day(decision.decided_on)
    return {"on": on, "report": report.title, "borough": report.borough.full_name}


def _marked(text: str) -> Verdict | None:
    """By the head of the trail that every report prints."""
    marks = [(int(seq), "".join(groups.split())) for seq, groups in MARK.findall(text)]
    for seq, digest in marks:
        link = Link.objects.filter(seq=seq, hash=digest).select_related("event").first()
        if link:
            borough = Borough.objects.filter(pk=link.event.borough_id or 0).first()
            name = borough.full_name if borough else "a borough that has left"
            return Verdict(Found.ALTERED, ALTERED.format(borough=name))
    return Verdict(Found.ELSEWHERE, ELSEWHERE) if marks else None
