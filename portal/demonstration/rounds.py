"""Rounds of ratings: what Barnet's report of July 2022 says of benchmarks, and the rounds of an authority that does not exist.

The invented one, Tansymere, has people in every role: a round under way, those before it signed off, evidence, peers who judged
the same quarter, and a statement about its Channel panel.
"""

import datetime as dt
import hashlib
import io
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import timezone

from accounts.actions import create_user
from accounts.models import User
from boroughs import periods
from boroughs.actions.borough import open_borough
from boroughs.actions.committees import add_committee, add_meeting, give_seat
from boroughs.actions.figures import record_figures
from boroughs.actions.people import set_roles
from boroughs.figure_policies import Entry
from boroughs.models import Borough, Committee, Meeting
from boroughs.roles import Role
from boroughs.rows import acting_as
from papers.actions.papers import add_paper
from papers.inspection import Inspected
from papers.uploads import Incoming
from reports.actions.reports import make_report, start_report
from reports.places import LEAD
from toolkit.actions.assessments import open_assessment, rate, say_unchanged
from toolkit.actions.evidence import add_evidence, name_posts
from toolkit.actions.round import sign_off, submit
from toolkit.actions.versions import adopt_version
from toolkit.models import Assessment, Rating, ToolkitVersion

from . import FOLDER
from .papers import pdf
from .reports import write

Data = dict[str, Any]


def shipped() -> Data:
    data: Data = json.loads((FOLDER / "rounds.json").read_text(encoding="utf-8"))
    return data


def load(administrator: User) -> None:
    data = shipped()
    _barnet(data["barnet"])
    Invented(data["invented"], administrator).load()


def quarter(back: int, today: dt.date) -> tuple[dt.date, dt.date]:
    """First and last day of the newest quarter that is over, or of one so many before it."""
    now = today.year * 4 + (today.month - 1) // 3 - 1 - back
    first, after = (dt.date(n // 4, 3 * (n % 4) + 1, 1) for n in (now, now + 1))
    return first, after - dt.timedelta(days=1)


# -- Barnet ---------------------------------------------------------------------------------------------------
def _barnet(data: Data) -> None:
    """The remarks and what they rest on. The report rates nothing, so nothing is rated here."""
    borough = Borough.objects.get(gss_code=data["borough"])
    by, place = _person(borough, "coordinator"), data["meeting"]
    first, last = (dt.date.fromisoformat(data[name]) for name in ("starts_on", "ends_on"))
    with acting_as(by.pk):
        meeting = Meeting.objects.get(
            committee__borough=borough, committee__name=place["committee"], date=place["date"]
        )
        assessment = _open(
            borough, data["toolkit"], (first, last), "self", by, source=data["source"]
        )
        ratings = _ratings(assessment)
        for key, said in data["remarks"].items():
            words = {"comment": said["comment"], "reason": data["reason"]}
            rate(rating=ratings[key], level=None, **words, seen=1, by=by)
            _rest_on(ratings[key], "meeting", meeting, meeting.date, by)
            for indicator in said["figures"]:
                figure = borough.figures.get(indicator=indicator, ends_on=last)
                _rest_on(ratings[key], "figure", figure, last, by)


# -- An authority that does not exist -------------------------------------------------------------------------
class Invented:
    """Its people by role, and the words that are said of it."""

    def __init__(self, data: Data, administrator: User) -> None:
        self.data, self.administrator = data, administrator
        self.people: dict[str, User] = {}

    def load(self) -> None:
        self._open()
        with acting_as(self.people["lead"].pk):
            version = ToolkitVersion.objects.get(key=self.data["toolkit"])
            since = max(self._quarter(2)[0] - dt.timedelta(days=366), version.in_force_from)
            adopt_version(
                borough=self.borough, version=version, since=since, by=self.people["lead"]
            )
        with acting_as(self.people["democratic"].pk):
            self._committees()
        self._rounds()
        self._statement()

    def _quarter(self, back: int) -> tuple[dt.date, dt.date]:
        return quarter(back, timezone.localdate())

    def _open(self) -> None:
        row, by = self.data, self.administrator
        with acting_as(by.pk):
            self.borough = open_borough(
                name=f"{row['name']} (invented)",
                full_name=f"{row['name']} Council (invented)",
                gss_code=row["gss"],
                nation="england",
                **{name: row[name] for name in ("slug", "kind", "region")},
                by=by,
            )
            for role, (name, post) in row["people"].items():
                email = f"{role}@{row['slug']}.example.org"
                password = settings.DEMONSTRATION_PASSWORD
                person = create_user(email=email, name=name, post=post, password=password)
                set_roles(user=person, borough=self.borough, roles={Role(role)}, by=by)
                self.people[role] = person

    def _committees(self) -> None:
        """A board that meets twenty days after each quarter, and a committee on which the member sits."""
        by = self.people["democratic"]
        board = self._committee("board", Committee.Kind.BOARD, Committee.Regime.NONE)
        scrutiny = self._committee("scrutiny", Committee.Kind.SCRUTINY, Committee.Regime.ACT_1972)
        since = self._quarter(2)[0]
        give_seat(committee=scrutiny, person=self.people["member"], since=since, by=by)
        self.meetings = {
            back: add_meeting(committee=board, date=self._after(back, 20), by=by) for back in (2, 1)
        }

    def _committee(self, name: str, kind: str, regime: str) -> Committee:
        by = self.people["democratic"]
        return add_committee(
            borough=self.borough, name=self.data[name], kind=kind, regime=regime, by=by
        )

    def _after(self, back: int, days: int) -> dt.date:
        return min(self._quarter(back)[1] + dt.timedelta(days=days), timezone.localdate())

    def _rounds(self) -> None:
        by = self.people["coordinator"]
        with acting_as(by.pk):
            first = self._rated(2, self.data["quarters"]["2"])
        self._sign(first, 2)
        with acting_as(by.pk):
            second = self._rated(1, self.data["quarters"]["1"])
            self._evidence(_ratings(second))
            name_posts(borough=self.borough, posts=self._posts(second), by=by)
            self._peers()
        self._sign(second, 1)
        with acting_as(by.pk):
            self._report(second)
            self._under_way()

    def _report(self, assessment: Assessment) -> None:
        by, beside = self.people["coordinator"], ["peer"]
        title = f"Prevent duty: self-assessment, {assessment.period}"
        report = start_report(
            borough=self.borough, title=title, assessment=assessment, beside=beside, by=by
        )
        texts = dict(self.data["report"])
        write(report, texts, texts.get(LEAD, ""), by)
        make_report(report=report, by=by)

    def _rated(self, back: int, words: Mapping[str, Any]) -> Assessment:
        assessment = self._begun(self.data["toolkit"], self._quarter(back))
        self._say(assessment, words)
        return assessment

    def _begun(
        self, toolkit: str, days: tuple[dt.date, dt.date], assessor: str = "self", **more: str
    ) -> Assessment:
        by, said = self.people["coordinator"], {"illustrative": self.data["illustrative"], **more}
        return _open(self.borough, toolkit, days, assessor, by, **said)

    def _say(self, assessment: Assessment, words: Mapping[str, Any]) -> None:
        levels = {level.key: level for level in assessment.version.scale.levels.all()}
        ratings = _ratings(assessment)
        for key, (level, *texts) in words.items():
            said = dict(zip(("comment", "actions"), texts, strict=False))
            rating, by = ratings[key], self.people["coordinator"]
            rate(rating=rating, level=levels[level], **said, seen=rating.version, by=by)

    def _sign(self, assessment: Assessment, back: int) -> None:
        lead, meeting = self.people["lead"], self.meetings[back]
        with acting_as(self.people["coordinator"].pk):
            submit(assessment=assessment, by=self.people["coordinator"])
        with acting_as(lead.pk):
            sign_off(assessment=assessment, meeting=meeting, signed_on=meeting.date, by=lead)

    def _evidence(self, ratings: Mapping[str, Rating]) -> None:
        """Of the second quarter: a paper, a meeting, figures and an address on the web."""
        by, rating = self.people["coordinator"], ratings["permissive-environments"]
        last = self._quarter(1)[1]
        for key, said in self.data["figures"].items():
            for figure in self._figures(said, last):
                _rest_on(ratings[key], "figure", figure, last, by)
        meeting = self.meetings[2]
        _rest_on(
            rating, "meeting", meeting, meeting.date, by, note="The board agreed the procedure"
        )
        _rest_on(
            rating, "paper", self._paper(), self._after(2, 30), by, note="The procedure itself"
        )
        _rest_on(rating, "address", self.data["website"], last, by)

    def _figures(self, said: Mapping[str, int], last: dt.date) -> list[Any]:
        by, year = self.people["coordinator"], last.year - (last.month < 4)
        period = periods.financial("quarter", year, (last.month - 4) % 12 // 3 + 1)
        entries = [
            Entry(indicator=key, qualifier="exactly", number=Decimal(n)) for key, n in said.items()
        ]
        invented = self.data["illustrative"]
        record_figures(
            borough=self.borough, period=period, entries=entries, illustrative=invented, by=by
        )
        return list(self.borough.figures.about(period).filter(indicator__in=said))

    def _paper(self) -> Any:
        row = self.data["paper"]
        found = pdf(row["pages"])
        text = " ".join(line for page in row["pages"] for line in page)
        inspected = Inspected("application/pdf", "pdf", len(row["pages"]), (), text)
        digest = hashlib.sha256(found).hexdigest()
        file = Incoming(io.BytesIO(found), row["file"], digest, len(found), inspected)
        by = self.people["coordinator"]
        return add_paper(borough=self.borough, title=row["title"], file=file, by=by)

    def _posts(self, assessment: Assessment) -> dict[Any, str]:
        benchmarks = {each.key: each for each in assessment.version.benchmarks.all()}
        return {benchmarks[key]: post for key, post in self.data["posts"].items()}

    def _peers(self) -> None:
        """They judged the second quarter as well, and not all of it."""
        peers, by = self.data["peers"], self.people["coordinator"]
        days = self._quarter(1)
        judged = self._begun(self.data["toolkit"], days, "peer", assessor_name=peers["name"])
        self._say(judged, peers["says"])
        for rating in judged.ratings.blank():
            rate(rating=rating, level=None, reason=peers["reason"], seen=rating.version, by=by)

    def _under_way(self) -> None:
        """The newest quarter: six of eight looked at, most of them unchanged."""
        by = self.people["coordinator"]
        assessment = self._begun(self.data["toolkit"], self._quarter(0))
        ratings = _ratings(assessment)
        for key in self.data["unchanged_since"]:
            say_unchanged(rating=ratings[key], on=self._quarter(0)[1], seen=1, by=by)
        self._say(assessment, self.data["afresh"])

    def _statement(self) -> None:
        """About the financial year that is over, by the officers who answer for the panel."""
        today, row = timezone.localdate(), self.data["statement"]
        year = today.year - (today.month < 4) - 1
        days = dt.date(year, 4, 1), dt.date(year + 1, 3, 31)
        with acting_as(self.people["coordinator"].pk):
            assessment = self._begun(row["toolkit"], days)
            self._say(assessment, row["says"])
            submit(assessment=assessment, by=self.people["coordinator"])


def _open(
    borough: Borough,
    toolkit: str,
    days: tuple[dt.date, dt.date],
    assessor: str,
    by: User,
    **more: str,
) -> Assessment:
    return open_assessment(
        borough=borough,
        version=ToolkitVersion.objects.select_related("scale").get(key=toolkit),
        starts_on=days[0],
        ends_on=days[1],
        assessor=assessor,
        **more,
        by=by,
    )


def _ratings(assessment: Assessment) -> dict[str, Rating]:
    return {rating.benchmark.key: rating for rating in assessment.ratings.in_order()}


def _rest_on(
    rating: Rating, kind: str, thing: Any, dated: dt.date, by: User, note: str = ""
) -> None:
    add_evidence(rating=rating, kind=kind, thing=thing, dated=dated, note=note, by=by)


def _person(borough: Borough, role: str) -> User:
    return User.objects.get(email=f"{role}@{borough.slug}.example.org")
