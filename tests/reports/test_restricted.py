"""The restricted pack: closed parts for those on their lists, each copy with its reader's name, and nothing for others."""

from io import BytesIO

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from pdfminer.high_level import extract_text

from accounts.models import User
from audit.models import Event
from boroughs.actions.lists import grant
from boroughs.rows import acting_as
from reports.actions.issues import issue_report
from reports.actions.reports import approve_report, reopen_report
from reports.actions.restricted import restricted_for
from reports.actions.sections import write_section
from reports.models import Issue, ReportText
from reports.pdf_merger import merged
from reports.rendering import pdf_of
from tests.boroughs.pages import says, signed_in
from tests.conftest import second_lock_off
from tests.factories import Place, World, clear, make_ready
from tests.second_factor import enter

SECRET = "closed section of thurrock"


def issued(place: Place) -> Issue:
    """A second version of the place's report, with a section closed since the first, and its PDF."""
    with acting_as(place.coordinator.pk):
        by = place.coordinator
        reopen_report(report=place.report, by=by)
        text = write_section(
            report=place.report, key="financial", body=SECRET, state="done", seen=1, by=by
        )
        ReportText.objects.filter(pk=text.pk).update(closure=place.closure)
    clear(place.report, writer=place.coordinator, officer=place.clearing)
    with acting_as(place.lead.pk):
        approve_report(report=place.report, by=place.lead)
    with acting_as(place.democratic.pk):
        issue = issue_report(
            report=place.report, kind="corrected", note="Finance.", by=place.democratic
        )
        rendering = issue.renderings.get()
    make_ready(rendering, pdf_of(issue.snapshot).data)
    return issue


def address(name: str, issue: Issue) -> str:
    return reverse(f"reports:{name}", args=[issue.borough.slug, issue.report_id, issue.number])


def pack_for(person: User, issue: Issue) -> str:
    client = signed_in(person)
    response = client.post(address("issue-restricted", issue))
    assert response["Content-Type"] == "application/pdf", says(client.get(response["Location"]))
    return " ".join(str(extract_text(BytesIO(response.content))).split())


def test_who_is_on_the_list_gets_the_closed_parts_with_their_name(world: World) -> None:
    here = world.here
    issue = issued(here)
    text = pack_for(here.member, issue)
    for words in (SECRET, "Appendix 2: closed words of thurrock", f"Copy for {here.member}"):
        assert words in text, words
    assert "summary words of thurrock" in text  # the public paper stands before it


def test_the_public_paper_of_the_same_issue_holds_none_of_it(world: World, client: Client) -> None:
    issue = issued(world.here)
    enter(client, world.here.democratic)
    page = client.get(address("issue", issue)).content.decode()
    public = str(extract_text(BytesIO(pdf_of(issue.snapshot).data)))
    for place in (page, public, str(issue.snapshot)):
        assert SECRET not in place
        assert "closed words of thurrock" not in place


def test_who_is_not_on_the_list_gets_nothing_and_is_not_told_that_there_is_something(
    world: World,
) -> None:
    here = world.here
    issue = issued(here)
    client = signed_in(here.democratic)
    assert "Closed parts" not in says(client.get(address("issue", issue)))
    nothing = "Nothing of this report that is closed is open to you."
    page = client.get(address("issue-closed", issue))
    assert nothing in says(page)
    assert "access list" not in says(page)
    assert nothing in says(client.post(address("issue-restricted", issue), follow=True))
    with acting_as(here.monitoring.pk):
        assert not Event.objects.filter(deed="report.closed-read").exists()


def test_the_first_lock_alone_keeps_it_closed(world: World) -> None:
    here = world.here
    issue = issued(here)
    with second_lock_off():
        assert not restricted_for(issue, here.democratic)
        assert restricted_for(issue, here.member)


def test_who_is_put_on_the_list_later_reads_what_was_frozen(world: World) -> None:
    here = world.here
    issue = issued(here)
    with acting_as(here.coordinator.pk):
        reopen_report(report=here.report, by=here.coordinator)
        write_section(
            report=here.report,
            key="financial",
            body="changed since",
            state="done",
            seen=2,
            by=here.coordinator,
        )
    with acting_as(here.lead.pk):
        grant(closure=here.closure, person=here.democratic, reason="Clerk", by=here.lead)
    client = Client()
    enter(client, here.democratic)
    page = client.get(address("issue-closed", issue)).content.decode()
    assert SECRET in page
    assert "changed since" not in page


@pytest.mark.parametrize("way", ["issue-closed", "issue-restricted"])
def test_reading_it_stands_in_the_trail_and_a_members_for_the_monitoring_officer_alone(
    world: World, way: str
) -> None:
    here = world.here
    issue = issued(here)
    client = signed_in(here.member)
    ask = client.get if way == "issue-closed" else client.post
    assert ask(address(way, issue)).status_code == 200
    deed = "report.closed-read" if way == "issue-closed" else "report.restricted-read"
    with acting_as(here.monitoring.pk):
        assert Event.objects.filter(deed=deed, actor_id=here.member.pk).exists()
    with acting_as(here.lead.pk):
        assert not Event.objects.filter(deed=deed).exists()


def test_a_merged_pdf_has_the_pages_asked_for_in_order() -> None:

    def of(*widths: int) -> bytes:
        out = BytesIO()
        with pikepdf.Pdf.new() as pdf:
            for width in widths:
                pdf.add_blank_page(page_size=(width, 100))
            pdf.save(out)
        return out.getvalue()

    whole = merged([(of(100, 200), 0, None), (of(300, 400, 500), 1, 2)])
    with pikepdf.open(BytesIO(whole)) as pdf:
        assert [int(page.mediabox[2]) for page in pdf.pages] == [100, 200, 400]
