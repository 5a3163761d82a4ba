"""A word of its own in everything that is closed or not out yet; then every page, feed, file and letter, as everybody.

Whoever should not hear a word goes through all that links lead to, and to every address of it besides; whoever should, finds
it there, so that the crawl is one that can fail.
"""

import datetime as dt
import io
import re
import zipfile
from collections import deque
from collections.abc import Collection, Iterator
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

import pikepdf
import pytest
from django.conf import settings
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User
from boroughs.actions.committees import give_seat
from boroughs.actions.figures import close_figures
from boroughs.actions.risks import close_risk
from boroughs.periods import financial
from boroughs.roles import Role
from boroughs.rows import acting_as
from papers.models import Paper
from reports.actions.batches import start_batch
from reports.actions.clearing import Asked, ask_to_clear, return_section
from reports.actions.comments import add_comment
from reports.actions.issues import publish_issue
from reports.actions.reports import make_report, reopen_report
from reports.actions.sections import add_appendix
from reports.actions.waivers import waive
from reports.checks import checked
from reports.issue_mail import mail_readers
from reports.models import Issue, Report, ReportText
from reports.rendering import pdf_of
from reports.word import document_of
from tests.boroughs.pages import signed_in
from tests.factories import (
    Place,
    World,
    give_role,
    make_closed_review,
    make_closed_strategy,
    make_figures,
    make_paper,
    make_ready,
    make_risk,
    make_user,
    put_under,
    tiny_pdf,
)
from tests.hearing import said_in, words_in
from tests.reports.writing import issue_first, save_front, save_section
from tests.routes import BOROUGH_ROUTES, PUBLIC, address, public_address
from tests.test_access import ask
from toolkit.actions.evidence import add_evidence

NUMBER = 7654321
MOST = 2500  # answers a person
# Each stands in one thing alone
CLOSED = {
    "section": "viverrasection",
    "title": "viverratitle",
    "file": "viverrafile",
    "appendix": "viverrabody",
    "property": "viverraproperty",
    "paper": "viverrapaper",
    "evidence": "viverraevidence",
    "risk": "viverrarisk",
    "review": "viverrareview",
    "strategy": "viverrastrategy",
    "figure": "7,654,321",
    "reason": "viverrareason",
}
NOT_OUT = {
    "comment": "viverracomment",
    "clearance": "viverraclearance",
    "draft": "viverradraft",
    "waiver": "viverrawaiver",
}
WORDS = CLOSED | NOT_OUT
ON_ITS_LIST = {"section", "title", "file", "appendix"}
BY_NOBODY = {"property"}  # a reader's copy of a closed file leaves its properties behind
LINK = re.compile(r'(?:href="|src="|action="|<id>)([^"<]+)')
LEFT_OUT = re.compile(r"/(?:static|account|barnet)/")  # the neighbours’ own pages are their own


def exempt(reason: str = "It tells") -> dict[str, Any]:
    return {"classification": "exempt", "reason": reason}


def sow(place: Place) -> Issue:
    """An issued and published report with closed parts, its next version being written, and closed records beside it."""
    by, report = place.coordinator, place.drafting
    with acting_as(by.pk):
        _records(place)
        words = f"Ermine {CLOSED['section']} may be told."
        closed = ReportText.objects.filter(report=report, key="financial")
        closed.update(body=words, closure=place.closure)
        add_appendix(report=report, paper=_appendix(place), by=by)
    save_front(place, report, meeting=place.meeting)
    with acting_as(place.lead.pk):
        reasons = {one.field: f"It stays: {NOT_OUT['waiver']}" for one in checked(report).waivable}
        assert waive(report=report, reasons=reasons, by=place.lead)
    issue = issue_first(place, report)
    with acting_as(place.democratic.pk):
        publish_issue(issue=issue, by=place.democratic)
        assert mail_readers(issue)
        rendering = issue.renderings.get()
    make_ready(rendering, pdf_of(issue.snapshot).data)
    _go_on(place, report)
    return issue


def _records(place: Place) -> None:
    by, here = place.coordinator, place.borough
    secret = make_paper(
        here, by=by, title=f"Ermine {CLOSED['paper']}", closing=exempt(CLOSED["reason"])
    )
    rating = place.assessment.ratings.get(benchmark__key="communications")
    note, day = f"As {CLOSED['evidence']} says", dt.date(2019, 7, 1)
    add_evidence(rating=rating, kind="paper", thing=secret, note=note, dated=day, by=by)
    close_risk(risk=make_risk(here, by=by, title=f"Ermine {CLOSED['risk']}"), by=by, **exempt())
    make_closed_review(here, by=by, title=f"Ermine {CLOSED['review']}")
    make_closed_strategy(here, by=by, title=f"Ermine {CLOSED['strategy']}")
    figures = make_figures(here, {"panels-held": NUMBER}, by=by, period=financial("year", 2018))
    close_figures(value=figures["panels-held"], by=by, **exempt())


def _appendix(place: Place) -> Paper:
    """Closed by the place's closure, on whose list its coordinator and its member stand."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(tiny_pdf(f"Body {CLOSED['appendix']}"))) as pdf:
        pdf.docinfo["/Subject"] = CLOSED["property"]
        pdf.save(out)
    title, name = f"Ermine {CLOSED['title']}", f"{CLOSED['file']}.pdf"
    by, data = place.coordinator, out.getvalue()
    paper = make_paper(place.borough, by=by, title=title, name=name, data=data)
    put_under(paper, place.closure)
    return paper


def _go_on(place: Place, report: Report) -> None:
    """The next version, not out yet: its words, its PDF, what colleagues say of it, and a batch with it."""
    by = place.coordinator
    with acting_as(by.pk):
        reopen_report(report=report, by=by)
        add_comment(report=report, key="legal", body=f"Ermine {NOT_OUT['comment']}", by=by)
        start_batch(reports=[report], by=by)
    save_section(place, report, "executive-summary", f"Ermine {NOT_OUT['draft']}.")
    with acting_as(by.pk):
        draft = make_report(report=report, by=by)
        [asked] = ask_to_clear(report=report, asked=[Asked("equality", place.clearing, "x")], by=by)
    make_ready(draft, pdf_of(draft.snapshot).data)
    with acting_as(place.clearing.pk):
        return_section(
            clearance=asked, comment=f"Not so: {NOT_OUT['clearance']}", by=place.clearing
        )


# -- The crawl -------------------------------------------------------------------------------------------------
def seeds(place: Place, issue: Issue) -> Iterator[str]:
    """Every address of the borough and the register, with the sown report's keys, whoever asks; then searches."""
    with acting_as(place.democratic.pk):
        public = issue.renderings.get()
    with acting_as(place.coordinator.pk):
        draft = issue.report.renderings.filter(issue=None).first()
        secret = place.borough.papers.filter(title__contains=CLOSED["title"]).get()
    assert draft
    instead = {
        str(place.report.pk): str(issue.report_id),
        str(place.issue.pk): str(issue.pk),
        str(place.paper.pk): str(secret.pk),
    }
    for name in BOROUGH_ROUTES:
        url = address(name, place)
        yield url
        for old, new in instead.items():
            url = url.replace(old, new)
        yield from (url.replace(str(place.rendering.pk), str(one.pk)) for one in (public, draft))
    for name in (one for one in PUBLIC if one.startswith("register:")):
        url = public_address(name, place)
        yield url
        yield url.replace(str(place.issue.pk), str(issue.pk))
        yield from (f"{url[:-2]}{n}/" for n in (2, 3) if name.endswith("appendix"))
    search = reverse("portal:search", args=[place.borough.slug])
    yield f"{search}?q=ermine"  # which stands beside the words; a page says what was searched for


def heard(
    world: World, issue: Issue, person: User | None, until: Collection[str] = WORDS
) -> tuple[set[str], int]:
    """Which things somebody hears of, on all pages that there are for them; and how many answers that were.

    Whoever hears of all that they should has not to be taken to every page there is.
    """
    client = signed_in(person) if person else Client()
    pack = reverse("reports:issue-restricted", args=["thurrock", issue.report_id, issue.number])
    found = things_in(ask(client, "post", pack))
    waiting, asked = deque(dict.fromkeys(seeds(world.here, issue))), set[str]()
    while waiting and not found >= set(until):
        url = waiting.popleft()
        if url in asked:
            continue
        asked.add(url)
        answer = ask(client, "get", url)
        assert answer.status_code < 500, (person, url)
        found |= things_in(answer)
        waiting += links_in(answer, url)
        assert len(asked) < MOST, "more pages than the crawl may ask for"
    return found, len(asked)


def things_in(answer: HttpResponse) -> set[str]:
    said = words_in(answer)
    return {thing for thing, word in WORDS.items() if word in said}


def links_in(answer: HttpResponse, url: str) -> Iterator[str]:
    """Where a page or a feed leads within the portal, by whatever element; each list as it opens."""
    leads_to = [answer["Location"]] if "Location" in answer else []
    if answer.get("Content-Type", "").startswith(("text/html", "application/atom")):
        leads_to += map(unescape, LINK.findall(answer.content.decode()))
    for link in leads_to:
        parts = urlsplit(urljoin(f"http://testserver{url}", link))
        own = parts.netloc in ("testserver", urlsplit(settings.SITE_URL).netloc)
        if own and parts.scheme.startswith("http") and not LEFT_OUT.match(parts.path):
            yield parts.path


@pytest.fixture
def sown(world: World) -> Issue:
    return sow(world.here)


def unlisted_member(place: Place) -> User:
    """Who sits on the same committee and stands on no list."""
    person = make_user("Una Unlisted", email="unlisted@thurrock.example.org")
    with acting_as(place.lead.pk):
        give_role(person, place.borough, Role.MEMBER, by=place.lead)
        give_seat(
            committee=place.committee, person=person, since=dt.date(2019, 5, 1), by=place.lead
        )
    return person


def test_a_word_of_what_is_closed_or_not_out_is_heard_where_it_belongs_and_nowhere_else(
    world: World, sown: Issue
) -> None:
    here, there = world.here, world.there
    unlisted = unlisted_member(here)
    others = [None, here.observer, unlisted, there.coordinator, there.member, world.stranger]
    for person in others:
        found, pages = heard(world, sown, person)
        assert found == set(), person
        assert pages > 100, person
    found, _ = heard(world, sown, here.member)
    assert found == ON_ITS_LIST
    theirs = set(WORDS) - BY_NOBODY
    found, _ = heard(world, sown, here.coordinator, until=theirs)
    assert found == theirs
    letters = " ".join(f"{m.subject} {m.body} {m.extra_headers}" for m in mail.outbox).lower()
    assert "is there to read" in letters
    assert [thing for thing, word in WORDS.items() if word in letters] == []


def test_what_was_frozen_and_printed_for_everybody_holds_no_such_word(
    world: World, sown: Issue
) -> None:
    with acting_as(world.here.democratic.pk):
        rendering = sown.renderings.get()
        pdf = said_in(bytes(rendering.file.pdf))
    for said in (str(sown.snapshot), pdf, said_in(document_of(sown.snapshot))):
        assert "the duty." in said.lower()  # of an open section
        assert [thing for thing, word in WORDS.items() if word in said.lower()] == []


# -- The instrument --------------------------------------------------------------------------------------------
def test_a_word_is_heard_wherever_it_hides_in_a_file() -> None:
    pdf = pikepdf.open(io.BytesIO(tiny_pdf("printed words")))
    with pdf.open_metadata() as metadata:
        metadata["dc:description"] = "metadata words"
    pdf.docinfo["/Keywords"] = "property words"
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("bookmark ŵ words", 0))
    tag = pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.Figure, Alt="alternative words", ActualText="actual words")  # fmt: skip
    root = pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot, K=pikepdf.Array([tag]))
    pdf.Root.StructTreeRoot = pdf.make_indirect(root)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("docProps/core.xml", "<dc:title>zipped words</dc:title>")
    file = pikepdf.AttachedFileSpec(pdf, archive.getvalue(), filename="attached words.zip")  # type: ignore[call-arg]  # the others have defaults
    pdf.attachments["attached words.zip"] = file
    out = io.BytesIO()
    pdf.save(out, compress_streams=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    said = said_in(out.getvalue())
    for kind in ("printed", "property", "metadata", "bookmark ŵ", "alternative", "actual", "attached", "zipped"):  # fmt: skip
        assert f"{kind} words" in said, kind
    answer = HttpResponse(
        b"body", headers={"Content-Disposition": "name words", "ETag": '"e words"'}
    )
    assert "name words" in words_in(answer)
    assert "e words" in words_in(answer)
