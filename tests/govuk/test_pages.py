"""The frame of every page, the gallery, the error pages and the account pages."""

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.http import Http404, HttpRequest
from django.template.loader import get_template, render_to_string
from django.urls import URLPattern

from accounts.urls import urlpatterns as account_urls
from govuk import views
from govuk.build import ROOT

from .markup import is_strict_html5

TEMPLATES = ROOT / "templates"
ERROR_PAGES = ["403.html", "403_csrf.html", "404.html", "405.html", "429.html"]
BARE_PAGES = ["500.html", "503.html"]
HANDLER = re.compile(r"^on[a-z]+$")


def h1_of(html: str) -> str:
    [heading] = BeautifulSoup(html, "html.parser").find_all("h1")
    return " ".join(heading.get_text().split())


def title_of(html: str) -> str:
    title = BeautifulSoup(html, "html.parser").title
    assert title is not None
    return " ".join(title.get_text().split())


def is_a_sound_page(html: str, nonce: str = "n0nce") -> None:
    """Strict HTML5, one h1 that the title begins with, no id twice, nothing that a strict policy would block."""
    is_strict_html5(html)
    soup = BeautifulSoup(html, "html.parser")
    assert title_of(html).removeprefix("Error: ").startswith(h1_of(html))
    ids = [tag["id"] for tag in soup.find_all(id=True)]
    assert len(ids) == len(set(ids)), sorted(name for name in ids if ids.count(name) > 1)
    for tag in soup.find_all(True):
        assert "style" not in tag.attrs
        assert not [name for name in tag.attrs if HANDLER.match(name)]
    for script in soup.find_all("script"):
        assert script.get("src")
    for style in soup.find_all("style"):
        assert style["nonce"] == nonce


@pytest.fixture
def gallery(page: HttpRequest, settings: Any) -> str:
    settings.DEBUG = True
    return views.gallery(page).content.decode()


def test_the_gallery_is_a_sound_page(gallery: str) -> None:
    is_a_sound_page(gallery)


def test_a_refused_form_says_so_in_the_title_and_above_the_content(
    page: HttpRequest, settings: Any
) -> None:
    settings.DEBUG = True
    page.META["QUERY_STRING"] = "errors"
    html = views.gallery(page).content.decode()
    is_a_sound_page(html)
    assert title_of(html).startswith("Error: Gallery – ")
    targets = re.findall(r'<a href="#([\w-]+)">', html)
    assert targets
    soup = BeautifulSoup(html, "html.parser")
    assert not [target for target in targets if not soup.find(id=target)]
    assert html.index("govuk-error-summary") < html.index("<h1")


def test_the_gallery_is_for_development_only(page: HttpRequest, settings: Any) -> None:
    settings.DEBUG = False
    with pytest.raises(Http404):
        views.gallery(page)


def test_every_component_stands_in_the_gallery(gallery: str, page: HttpRequest) -> None:
    source = (TEMPLATES / "govuk" / "gallery.html").read_text() + (
        TEMPLATES / "base.html"
    ).read_text()
    source += "".join(file.read_text() for file in (TEMPLATES / "partials").glob("*.html"))
    parts = {
        "gallery",
        "form",
        "field",
        "label",
        "legend",
        "hint_and_errors",
        "table_cell",
        "panel",
    }
    for file in (TEMPLATES / "govuk").glob("*.html"):
        assert file.stem in parts or f'"govuk/{file.name}"' in source, file.name


def test_a_page_names_the_borough_and_takes_its_colour(page: HttpRequest) -> None:
    borough = SimpleNamespace(name="Thurrock Council", colour="#FFCC00")
    html = render_to_string("404.html", {"borough": borough, "borough_home": "/thurrock/"}, page)
    assert title_of(html) == "Page not found – Thurrock Council – Prevent duty portal"
    assert re.search(
        r'<style nonce="n0nce">:root { --govuk-brand-colour: #[0-9a-f]{6} }</style>', html
    )
    assert (
        '<a href="/thurrock/" class="govuk-service-navigation__link">Thurrock Council</a>' in html
    )
    is_a_sound_page(html)


@pytest.mark.parametrize("colour", ["", None, "red", "#fff", "#ffffff}</style><script>", "#12345g"])
def test_a_colour_that_is_none_writes_no_style(page: HttpRequest, colour: str | None) -> None:
    borough = SimpleNamespace(name="Barnet", colour=colour)
    assert "<style" not in render_to_string("404.html", {"borough": borough}, page)


def test_signing_out_is_a_form_with_a_token(page: HttpRequest) -> None:
    html = render_to_string("404.html", {}, page)
    form = BeautifulSoup(html, "html.parser").select_one("header form[method=post]")
    assert form is not None
    assert form.select_one("input[name=csrfmiddlewaretoken]")
    assert "coordinator@thurrock.example.org" in html


def test_flash_messages_are_banners_with_ids_of_their_own(page: HttpRequest) -> None:
    messages = [
        SimpleNamespace(level_tag=level, __str__=lambda self: "x")
        for level in ("success", "error", "info")
    ]
    html = render_to_string("partials/messages.html", {"messages": messages})
    assert [html.count(f'id="message-{number}"') for number in (1, 2, 3)] == [1, 1, 1]
    assert "There is a problem" in html


@pytest.mark.parametrize("name", ERROR_PAGES)
def test_an_error_page_is_a_sound_page(page: HttpRequest, name: str) -> None:
    is_a_sound_page(render_to_string(name, {}, page))


def test_a_refusal_says_why_and_whom_to_ask(page: HttpRequest) -> None:
    html = render_to_string(
        "403.html", {"reason": "Only a lead signs off.", "ask": "Ask the lead of Thurrock."}, page
    )
    assert "Only a lead signs off." in html
    assert "Ask the lead of Thurrock." in html


@pytest.mark.parametrize("name", BARE_PAGES)
def test_a_page_of_last_resort_needs_no_context_and_no_database(name: str) -> None:
    is_a_sound_page(get_template(name).render())


class Unreachable:
    """A visitor whom only the database could name, while the database is down."""

    def __getattr__(self, name: str) -> object:
        raise ConnectionError("the database is down")


@pytest.mark.parametrize("name", BARE_PAGES)
def test_a_page_of_last_resort_asks_nothing_about_the_visitor(page: HttpRequest, name: str) -> None:
    page.user = Unreachable()  # type: ignore[assignment]
    is_a_sound_page(render_to_string(name, {}, page))


def account_templates() -> list[str]:
    """The templates that allauth's account views can answer with; those of the second factor are views of ours."""
    names = set()
    own = [route for route in account_urls if isinstance(route, URLPattern)]
    for view in (route.callback.view_class for route in own):  # type: ignore[attr-defined]  # allauth's are classes
        names.add(getattr(view, "template_name_signup_closed", None) or view.template_name)
    return sorted(names)


@pytest.mark.parametrize("name", account_templates())
def test_every_account_page_is_ours_and_sound(page: HttpRequest, name: str) -> None:
    template = get_template(name)
    assert Path(template.template.origin.name).is_relative_to(TEMPLATES)  # type: ignore[attr-defined]
    html = template.render({"form": forms.Form(), "action_url": "/x/"}, page)
    is_a_sound_page(html)
    for form in BeautifulSoup(html, "html.parser").select("form[method=post]"):
        assert form.select_one("input[name=csrfmiddlewaretoken]")


def test_a_stale_reset_link_says_what_to_do(page: HttpRequest) -> None:
    html = render_to_string("account/password_reset_from_key.html", {"token_fail": True}, page)
    is_a_sound_page(html)
    assert h1_of(html) == "This link does not work any more"


MAILS = [
    "password_reset_key",
    "password_changed",
    "password_reset",
    "password_set",
    "unknown_account",
]


@pytest.mark.parametrize("name", MAILS)
def test_an_account_message_is_ours_and_plain(name: str) -> None:
    subject = render_to_string(f"account/email/{name}_subject.txt", {}).strip()
    assert subject
    assert "\n" not in subject
    address = "http://127.0.0.1:8000/account/password/reset/2-abc/"
    text = render_to_string(
        f"account/email/{name}_message.txt",
        {"password_reset_url": address, "email": "o'neil@example.org"},
    )
    origin = get_template(f"account/email/{name}_message.txt").template.origin.name  # type: ignore[attr-defined]
    assert Path(origin).is_relative_to(TEMPLATES)
    assert "example.com" not in text
    assert "&#x27;" not in text
    assert (address in text) == (name == "password_reset_key")
