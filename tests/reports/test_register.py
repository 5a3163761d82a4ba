"""The public register: published reports for everybody, a notice for withdrawn ones, nothing of what was taken down."""

import xml.etree.ElementTree as ET
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from boroughs.actions.purges import erase
from boroughs.policies import Refused
from boroughs.rows import acting_as
from papers.actions.papers import close_paper
from reports.actions.issues import (
    issue_report,
    publish_issue,
    take_down_issue,
    turn_register,
    withdraw_issue,
)
from reports.actions.reports import approve_report, reopen_report
from reports.actions.sections import add_appendix
from reports.models import Issue, RenderedFile, Rendering
from tests.boroughs.pages import says, signed_in
from tests.factories import Place, World, make_purge

from .writing import approve

CASE: dict[str, Any] = {
    "classification": "exempt",
    "reason": "It names a grant.",
    "paragraphs": {"england-3": "A grant sum."},
    "public_line": "Not for publication.",
}
ATOM = "{http://www.w3.org/2005/Atom}"


def address(name: str, place: Place, issue: Issue | None = None) -> str:
    rest = [issue.pk] if issue else []
    return reverse(f"register:{name}", args=[place.borough.slug, *rest])


def pages(place: Place) -> dict[str, str]:
    named = {name: address(name, place, place.issue) for name in ("register-issue", "register-pdf")}
    return named | {name: address(name, place) for name in ("register", "register-feed")}


def withdrawn(place: Place, because: str = "A table was wrong.") -> None:
    with acting_as(place.democratic.pk):
        withdraw_issue(issue=place.issue, because=because, by=place.democratic)


def corrected(place: Place) -> Issue:
    """A second version, issued and published."""
    with acting_as(place.coordinator.pk):
        reopen_report(report=place.report, by=place.coordinator)
    with acting_as(place.lead.pk):
        approve_report(report=place.report, by=place.lead)
    with acting_as(place.democratic.pk):
        said = {"kind": "corrected", "note": "The table of training."}
        issue = issue_report(report=place.report, by=place.democratic, **said)
        publish_issue(issue=issue, by=place.democratic)
    return issue


def test_a_stranger_reads_what_was_published(client: Client, world: World) -> None:
    here = world.here
    listed = client.get(address("register", here))
    assert "Prevent in" in says(listed)
    paper = client.get(address("register-issue", here, here.issue))
    assert "summary words of thurrock" in says(paper)
    pdf = client.get(address("register-pdf", here, here.issue))
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF")
    assert here.borough.full_name in says(client.get(reverse("register:register-index")))


def test_a_stranger_finds_nothing_of_a_report_that_is_not_published(
    client: Client, world: World
) -> None:
    here = world.here
    with acting_as(here.democratic.pk):
        Issue.objects.filter(pk=here.issue.pk).update(published_at=None, published_by=None)
    assert "No report has been published yet." in says(client.get(address("register", here)))
    for name in ("register-issue", "register-pdf"):
        assert client.get(address(name, here, here.issue)).status_code == 404


def test_pages_of_a_borough_that_turned_them_off_are_not_there(
    client: Client, world: World
) -> None:
    here = world.here
    with acting_as(here.lead.pk):
        turn_register(borough=here.borough, on=False, by=here.lead)
    for page in pages(here).values():
        assert client.get(page).status_code == 404, page
    assert here.borough.full_name not in says(client.get(reverse("register:register-index")))


def test_an_issue_of_another_council_is_not_on_this_ones_register(
    client: Client, world: World
) -> None:
    for name in ("register-issue", "register-pdf"):
        foreign = reverse(f"register:{name}", args=["barnet", world.here.issue.pk])
        assert client.get(foreign).status_code == 404


def test_what_was_withdrawn_leaves_a_notice_and_no_words(client: Client, world: World) -> None:
    here = world.here
    withdrawn(here)
    notice = client.get(address("register-issue", here, here.issue))
    assert notice.status_code == 410
    assert "A table was wrong." in notice.content.decode()
    assert "summary words" not in notice.content.decode()
    assert client.get(address("register-pdf", here, here.issue)).status_code == 404
    assert "withdrawn" in says(client.get(address("register", here)))


def test_what_was_taken_down_is_nowhere(client: Client, world: World) -> None:
    here = world.here
    with acting_as(here.democratic.pk):
        take_down_issue(issue=here.issue, because="A name stood in it.", by=here.democratic)
    found = {name: client.get(page) for name, page in pages(here).items()}
    assert (found["register-issue"].status_code, found["register-pdf"].status_code) == (404, 404)
    for name in ("register", "register-feed"):
        assert "Prevent in" not in found[name].content.decode().replace(here.borough.full_name, "")
    with acting_as(here.democratic.pk):
        assert not RenderedFile.objects.filter(rendering__issue=here.issue).exists()
        assert set(here.issue.renderings.values_list("state", flat=True)) == {"failed"}
        assert Issue.objects.get(pk=here.issue.pk).snapshot == {}


def test_a_superseded_version_stays_readable_and_leads_to_the_newer_one(
    client: Client, world: World
) -> None:
    here = world.here
    second = corrected(here)
    first = client.get(address("register-issue", here, here.issue))
    assert "The table of training." in says(first)
    assert str(second.pk) in first.content.decode()
    assert "summary words of thurrock" in says(client.get(address("register-issue", here, second)))


def test_open_appendices_are_downloaded_as_they_went_out_and_closed_ones_are_not_there(
    client: Client, world: World
) -> None:
    here = world.here
    paper = client.get(address("register-issue", here, here.issue))
    assert "Appendix 1: table words of thurrock" in says(paper)
    assert "closed words of thurrock" not in paper.content.decode()
    files = [
        client.get(reverse("register:register-appendix", args=["thurrock", here.issue.pk, place]))
        for place in (1, 2, 3)
    ]
    assert [file.status_code for file in files] == [200, 404, 404]
    assert files[0].content.startswith(b"%PDF")
    assert "attachment" in files[0]["Content-Disposition"]


def test_an_appendix_that_is_closed_after_it_was_published_is_no_longer_there(
    client: Client, world: World
) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        paper = here.issue.appendices.get(place=1).version.paper
        close_paper(paper=paper, by=here.coordinator, **CASE)
    gone = reverse("register:register-appendix", args=["thurrock", here.issue.pk, 1])
    assert client.get(gone).status_code == 404


def test_a_report_with_something_hidden_in_an_appendix_is_not_published(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        reopen_report(report=here.report, by=here.coordinator)
        add_appendix(report=here.report, paper=here.paper, by=here.coordinator)
    approve(here, here.report)  # the checks find it, and it may be issued to those inside
    with acting_as(here.democratic.pk):
        said = {"kind": "corrected", "note": "One more appendix."}
        issue = issue_report(report=here.report, by=here.democratic, **said)
        with pytest.raises(Refused, match="appendix 3 holds something"):
            publish_issue(issue=issue, by=here.democratic)


def test_what_was_issued_with_a_paper_goes_when_the_paper_is_erased(
    client: Client, world: World
) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        paper = here.issue.appendices.get(place=1).version.paper
        request = make_purge(here, paper, kind="paper")
    with acting_as(here.lead.pk):
        erase(request=request, by=here.lead)
    assert client.get(address("register-issue", here, here.issue)).status_code == 404
    with acting_as(here.democratic.pk):
        assert Issue.objects.get(pk=here.issue.pk).snapshot == {}
    with acting_as(here.coordinator.pk):
        assert here.report.appendices.count() == 1


def test_the_feed_names_each_version_once_and_says_what_was_withdrawn(
    client: Client, world: World
) -> None:
    here = world.here
    corrected(here)
    withdrawn(here)
    feed = ET.fromstring(client.get(address("register-feed", here)).content)  # noqa: S314  # our own
    entries = feed.findall(f"{ATOM}entry")
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(entries) == 2
    titles = [entry.findtext(f"{ATOM}title") or "" for entry in entries]
    assert [title.endswith("(withdrawn)") for title in titles] == [False, True]


def test_caches_ask_each_time_and_hear_at_once_what_changed(client: Client, world: World) -> None:
    here = world.here
    page = address("register-issue", here, here.issue)
    first = client.get(page)
    assert first["Cache-Control"] == "public, no-cache"
    again: dict[str, Any] = {"headers": {"If-None-Match": first["ETag"]}}
    assert client.get(page, **again).status_code == 304
    withdrawn(here)
    assert client.get(page, **again).status_code == 410


def test_who_is_signed_in_sees_the_same_as_a_stranger(client: Client, world: World) -> None:
    here = world.here
    for name, page in pages(here).items():
        stranger, lead = client.get(page), signed_in(here.lead).get(page)
        assert stranger.content == lead.content, name
        assert "Set-Cookie" not in stranger, name


@pytest.mark.parametrize("state", ["unpublished", "off"])
def test_the_second_lock_shows_nobody_what_is_not_public(world: World, state: str) -> None:
    here = world.here
    if state == "off":
        with acting_as(here.lead.pk):
            turn_register(borough=here.borough, on=False, by=here.lead)
    else:
        with acting_as(here.democratic.pk):
            Issue.objects.filter(pk=here.issue.pk).update(published_at=None, published_by=None)
    with acting_as(None), transaction.atomic():
        assert not Issue.objects.filter(borough=here.borough).exists()
        assert not Rendering.objects.filter(issue=here.issue).exists()
        assert not RenderedFile.objects.filter(rendering__issue=here.issue).exists()


def test_drafts_are_behind_the_second_lock_also_of_what_is_public(world: World) -> None:
    with acting_as(None), transaction.atomic():
        assert not Rendering.objects.filter(issue=None).exists()
        assert Rendering.objects.filter(issue=world.here.issue).exists()
