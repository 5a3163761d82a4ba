"""Whether a file is a PDF that this portal issued. Asks for rows of every borough: for the owner of the tables alone."""

import hashlib
from dataclasses import dataclass
from enum import IntEnum

from audit.models import Event

from .made_with import differences
from .models import Rendering
from .pdf import CannotRender, Pdf
from .rendering import pdf_of

UNKNOWN = "Unknown. The portal has issued no such file: not this one to the byte, or its borough has left with its record."
ERASED = "The portal issued this file on {on}, and it was erased or taken down since: nothing is left to compare it with."
GENUINE = "Genuine. {issued}. Printed again from its snapshot it is the same to the byte."
OTHERWISE = "Known, but printed otherwise now. {issued}. Printed again from its snapshot it is another file: {why}."
NOT_PRINTED = (
    "Known, but not printed again. {issued}. It could not be printed from its snapshot: {why}"
)
SAME_PROGRAMS = "every program is the one it was made with, so look at the snapshot"


class Found(IntEnum):
    """The exit code of `manage.py verify_report`; 1 and 2 are the command’s own."""

    GENUINE = 0
    OTHERWISE = 3
    UNKNOWN = 4
    ERASED = 5


@dataclass(frozen=True)
class Verdict:
    found: Found
    sentence: str


def verdict_on(data: bytes) -> Verdict:
    digest = hashlib.sha256(data).hexdigest()
    made = Rendering.objects.ready().select_related("report__borough").filter(sha256=digest)
    for rendering in made[:1]:
        return _printed_again(rendering, data)
    trail = Event.objects.filter(deed="report.rendered", facts__sha256=digest)
    for event in trail[:1]:
        return Verdict(Found.ERASED, ERASED.format(on=f"{event.at:%-d %B %Y}"))
    return Verdict(Found.UNKNOWN, UNKNOWN)


def _printed_again(rendering: Rendering, data: bytes) -> Verdict:
    borough = rendering.report.borough.full_name
    issued = f"{borough} had it made on {rendering.finished_at:%-d %B %Y at %H:%M} UTC: “{rendering.report}”"
    try:
        again = pdf_of(rendering.snapshot)
    except CannotRender as refusal:
        said = NOT_PRINTED.format(issued=issued, why=refusal.reason)
        return Verdict(Found.OTHERWISE, said)
    if again.data == data:
        return Verdict(Found.GENUINE, GENUINE.format(issued=issued))
    why = _why_another(rendering, again)
    return Verdict(Found.OTHERWISE, OTHERWISE.format(issued=issued, why=why))


def _why_another(rendering: Rendering, again: Pdf) -> str:
    if not rendering.made_with:
        return "it was made before the portal kept what it was made with"
    return "; ".join(differences(rendering.made_with, again.made_with)) or SAME_PROGRAMS
