"""The second factor in a real browser: an app by its key, and a passkey by an authenticator that the browser plays."""

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from accounts.models import User
from tests.browser.conftest import Visitor
from tests.browser.driving import heading
from tests.factories import PASSWORD, World
from tests.second_factor import code

pytestmark = pytest.mark.browser


def by_name(site: str) -> str:
    """Passkeys belong to names, not to numbers."""
    return site.replace("127.0.0.1", "localhost")


def with_authenticator(page: Page) -> None:
    """The browser's own pretended device, which always says yes."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def sign_in(page: Page, site: str, user: User) -> None:
    page.goto(f"{site}/account/sign-in/")
    page.get_by_label("E-mail address").fill(user.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()


def confirm_password(page: Page) -> None:
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()


def test_a_passkey_is_added_and_signs_in(portal: World, site: str, visitor: Visitor) -> None:
    assert settings.INSECURE_LOCAL_HTTP
    named, person, page = by_name(site), portal.here.lead, visitor()
    with_authenticator(page)
    sign_in(page, named, person)
    page.goto(f"{named}/account/second-factor/passkeys/add/")
    confirm_password(page)
    expect(page.get_by_role("alert")).to_be_hidden()
    page.get_by_label("Name of the passkey").fill("Work laptop")
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.locator("h1")).to_have_text("Your recovery codes")
    page.goto(f"{named}/account/second-factor/")
    expect(page.locator("main")).to_contain_text("Work laptop")
    page.context.clear_cookies()
    sign_in(page, named, person)
    assert heading(page) == "Show your second factor"
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.locator("h1")).to_contain_text("Thurrock")


@pytest.mark.parametrize("scripts", [True, False])
def test_an_app_is_set_up_with_and_without_scripts(
    portal: World, site: str, visitor: Visitor, scripts: bool
) -> None:
    page = visitor(portal.here.lead, scripts=scripts)
    page.goto(f"{site}/account/second-factor/app/add/")
    confirm_password(page)
    secret = page.locator(".second-factor__key").inner_text()
    page.get_by_label("Six-digit code").fill(code(secret))
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("h1")).to_have_text("Your recovery codes")
    page.get_by_role("button", name="I have kept them").click()
    expect(page.locator("main")).to_contain_text("Set up on")
