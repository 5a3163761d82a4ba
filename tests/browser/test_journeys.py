"""The journeys people make, each from the sign-in page to its end, in a real browser."""

import re
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from pdfminer.high_level import extract_text
from playwright.sync_api import Page, expect

from boroughs.roles import Role
from boroughs.rows import acting_as
from tests.browser.conftest import Visitor, Worker
from tests.browser.driving import heading, press_on, sign_in, tab_to, type_over
from tests.factories import PASSWORD, World, give_role, make_user
from tests.second_factor import recovery_code
from tests.visits import link_in_the_last_email, role_visits

pytestmark = pytest.mark.browser
COMMENT = "Sessions for every team are booked and half of them are held."
NEW_PASSWORD = "four words nobody guesses"


def text_of_the_download(page: Page, folder: Path) -> str:
    """Press the page's download button; the text of the PDF that comes, one space between words."""
    with page.expect_download() as coming:
        page.get_by_role("button", name="Download the PDF").click()
    file = folder / "report.pdf"
    coming.value.save_as(file)
    assert file.read_bytes().startswith(b"%PDF-1.7")
    return re.sub(r"\s+", " ", extract_text(file))


def check_that_it_says_amber(text: str) -> None:
    assert COMMENT in text
    assert "1 green, 1 amber, 8 not rated" in text
    assert "Amber No change: was Amber" in text
    assert len(re.findall(r"\bRed\b", text)) == 1  # in the key, which says what each rating means


def approve_and_issue(portal: World, visitor: Visitor, *, scripts: bool = True) -> None:
    """By the lead and democratic services, until the PDF of the second version is ready."""
    title = portal.here.report.title
    lead = visitor(portal.here.lead, scripts=scripts)
    lead.get_by_role("link", name="Reports", exact=True).click()
    lead.get_by_role("link", name=title).click()
    lead.get_by_role("button", name="Approve for democratic services").click()
    expect(lead.get_by_role("alert")).to_contain_text("Approved")
    officer = visitor(portal.here.democratic, scripts=scripts)
    officer.get_by_role("link", name="Reports", exact=True).click()
    officer.get_by_role("link", name=title).click()
    officer.get_by_role("button", name="Issue the report").click()
    officer.get_by_label("Corrected version").check()
    officer.get_by_label("What is different").fill("Training is amber")
    officer.get_by_role("button", name="Issue the report").click()
    expect(officer.get_by_role("alert")).to_contain_text("Issued")
    if officer.get_by_role("link", name="PDF: ").count():
        officer.get_by_role("link", name="PDF: ").click()
        expect(officer.locator("h1")).to_have_text("The report is ready", timeout=60_000)


def check_the_neighbour_finds_nothing(page: Page, site: str, world: World) -> None:
    addresses = [visit.path for role in Role for visit in role_visits(world.here, role)]
    answers = {path: page.request.get(f"{site}{path}").status for path in set(addresses)}
    assert set(answers.values()) == {404}, answers
    page.goto(f"{site}/thurrock/")
    assert heading(page) == "Page not found"


def test_from_a_red_rating_to_the_members_pdf_by_keyboard(
    portal: World, site: str, visitor: Visitor, worker: Worker, tmp_path: Path
) -> None:
    page = visitor()
    page.goto(f"{site}/")
    type_over(page, page.get_by_label("E-mail address"), portal.here.coordinator.email)
    type_over(page, page.get_by_label("Password", exact=True), PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/second-factor/step/")
    code = recovery_code(portal.here.coordinator.email)
    type_over(page, page.get_by_label("Code", exact=True), code)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site}/thurrock/")
    press_on(page, page.locator(".benchmark-strip a[href$='/training/']"))

    page.wait_for_url("**/training/")
    tab_to(page, page.get_by_label("Red"))
    page.keyboard.press("ArrowUp")
    expect(page.get_by_label("Amber")).to_be_checked()
    type_over(page, page.get_by_label("Comment"), COMMENT)
    press_on(page, page.get_by_role("button", name="Save", exact=True))
    expect(page.get_by_role("alert")).to_contain_text("7. Training programme saved")
    expect(page.locator("tr", has_text="Training programme")).to_contain_text("Amber")

    press_on(page, page.get_by_role("link", name="Reports", exact=True))
    press_on(page, page.get_by_role("link", name=portal.here.report.title))
    press_on(page, page.get_by_role("button", name="Begin a new version"))
    expect(page.get_by_role("alert")).to_contain_text("You can write in it again")
    with worker.busy():
        press_on(page, page.get_by_role("button", name="Make a PDF of the draft"))
        expect(page.locator("h1")).to_have_text("The report is being made")
        expect(page.locator("[aria-current=step]")).to_contain_text("Waiting for its turn")
    expect(page.locator("h1")).to_have_text("The report is ready", timeout=60_000)
    check_that_it_says_amber(text_of_the_download(page, tmp_path))

    approve_and_issue(portal, visitor)
    member = visitor(portal.here.member)
    member.get_by_role("link", name=portal.here.report.title).click()
    expect(member.locator("h1")).to_have_text(portal.here.report.title)
    expect(member.locator("main")).to_contain_text(COMMENT)
    check_that_it_says_amber(text_of_the_download(member, tmp_path))
    check_the_neighbour_finds_nothing(visitor(portal.there.lead), site, portal)


def test_from_a_red_rating_to_the_members_pdf_without_scripts(
    portal: World, visitor: Visitor, worker: Worker, tmp_path: Path
) -> None:
    page = visitor(portal.here.coordinator, scripts=False)
    page.get_by_role("button", name="Open this assessment").click()
    page.get_by_role("link", name="Change Training programme").click()
    page.get_by_label("Amber").check()
    page.get_by_label("Comment").fill(COMMENT)
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("link", name="Reports", exact=True).click()
    page.get_by_role("link", name=portal.here.report.title).click()
    page.get_by_role("button", name="Begin a new version").click()
    with worker.busy():
        page.get_by_role("button", name="Make a PDF of the draft").click()
        assert heading(page) == "The report is being made"
    expect(page.locator("h1")).to_have_text("The report is ready", timeout=60_000)

    approve_and_issue(portal, visitor, scripts=False)
    member = visitor(portal.here.member, scripts=False)
    member.get_by_role("link", name="Reports", exact=True).click()
    member.get_by_role("link", name=portal.here.report.title).click()
    check_that_it_says_amber(text_of_the_download(member, tmp_path))


def test_the_second_of_two_editors_sees_both_texts_and_chooses(
    portal: World, site: str, visitor: Visitor
) -> None:
    lead = portal.here.lead
    with acting_as(lead.pk):
        other = give_role(make_user("Olu Other"), portal.here.borough, Role.COORDINATOR, by=lead)
    path = f"/thurrock/assessments/{portal.here.assessment.pk}/training/"
    first, second = visitor(portal.here.coordinator), visitor(other)
    for page, text in ((first, "Words of the first."), (second, "Words of the second.")):
        page.goto(f"{site}{path}")
        page.get_by_label("Comment").fill(text)
    first.get_by_role("button", name="Save", exact=True).click()
    expect(first.get_by_role("alert")).to_contain_text("saved")

    second.get_by_role("button", name="Save", exact=True).click()
    conflict = second.locator(".conflict")
    expect(conflict).to_contain_text(f"{portal.here.coordinator} changed this benchmark")
    expect(conflict).to_contain_text("Words of the first.")
    expect(second.get_by_label("Comment")).to_have_value("Words of the second.")

    second.get_by_label("Comment").fill("Words of the first. Words of the second.")
    second.get_by_role("button", name="Save", exact=True).click()
    expect(second.locator("tr", has_text="Training programme")).to_contain_text("first. Words of")
    second.goto(f"{site}{path}history/")
    expect(second.locator(".history__entry")).to_have_count(4)


@pytest.mark.parametrize("how", ["the portal ended it", "the browser forgot it"])
def test_what_was_typed_is_still_there_after_signing_in_again(
    portal: World, site: str, visitor: Visitor, how: str
) -> None:
    page = visitor(portal.here.coordinator)
    page.goto(f"{site}/thurrock/assessments/{portal.here.assessment.pk}/training/")
    page.get_by_label("Comment").fill("Half an hour of typing.")
    page.get_by_label("Amber").check()
    if how == "the portal ended it":
        Session.objects.all().delete()
    else:
        page.context.clear_cookies()
    page.get_by_role("button", name="Save", exact=True).click()

    assert heading(page) == "Sign in"
    page.get_by_label("E-mail address").fill(portal.here.coordinator.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.get_by_label("Code", exact=True).fill(recovery_code(portal.here.coordinator.email))
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_label("Comment")).to_have_value("Half an hour of typing.")
    expect(page.get_by_label("Amber")).to_be_checked()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("tr", has_text="Training programme")).to_contain_text("Half an hour")


def join(page: Page, site: str, name: str) -> None:
    """Follow the link in the newest e-mail and make an account."""
    page.goto(f"{site}{link_in_the_last_email()}")
    page.get_by_label("Full name").fill(name)
    page.get_by_label("Password", exact=True).fill(NEW_PASSWORD)
    page.get_by_role("main").get_by_role("button").last.click()


def test_a_borough_is_opened_its_lead_invited_and_the_lead_invites_a_coordinator(
    portal: World, site: str, visitor: Visitor
) -> None:
    page = visitor(portal.administrator)
    page.get_by_role("button", name="Open a council from the register").click()
    page.get_by_label("Name or GSS code").fill("westmin")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Open Westminster").click()
    page.get_by_label("Full name of the lead").fill("Lena Lead")
    page.get_by_label("E-mail address of the lead").fill("lead@westminster.example.org")
    page.get_by_role("button", name="Open and invite the lead").click()
    expect(page.get_by_role("alert")).to_contain_text("Westminster is open")

    lead = visitor()
    join(lead, site, "Lena Lead")
    expect(lead.locator("h1")).to_contain_text("Westminster")
    lead.get_by_role("link", name="Go through the checklist").click()
    expect(lead.locator("h1")).to_have_text("Checklist")
    expect(lead.locator("main")).to_contain_text("still to set")
    lead.get_by_role("link", name="People", exact=True).last.click()
    lead.get_by_role("button", name="Invite a person").click()
    lead.get_by_label("Full name").fill("Cora Coordinator")
    lead.get_by_label("E-mail address").fill("coordinator@westminster.example.org")
    lead.get_by_label("Coordinator", exact=True).check()
    lead.get_by_role("button", name="Send the invitation").click()
    expect(lead.get_by_role("alert")).to_contain_text("An invitation was sent")

    coordinator = visitor()
    join(coordinator, site, "Cora Coordinator")
    expect(coordinator.get_by_role("button", name="Open the first period")).to_be_visible()


def test_a_forgotten_password_is_replaced_by_e_mail(
    portal: World, site: str, visitor: Visitor
) -> None:
    member = portal.here.member
    page = visitor()
    page.goto(f"{site}/account/sign-in/")
    page.get_by_role("link", name="I have forgotten my password").click()
    page.get_by_label("E-mail address").fill(member.email)
    page.get_by_role("button", name="Send the link").click()
    expect(page.locator("h1")).to_have_text("Check your e-mail")

    page.goto(f"{site}{link_in_the_last_email()}")
    page.get_by_label("New password", exact=True).fill(NEW_PASSWORD)
    page.get_by_label("New password again").fill(NEW_PASSWORD)
    page.get_by_role("button", name="Save password").click()
    expect(page.locator("h1")).to_have_text("Your password is changed")
    sign_in(visitor(), site, member.email, NEW_PASSWORD, code=lambda: recovery_code(member.email))
