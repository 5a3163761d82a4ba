"""What the tests of a borough's pages share."""

from typing import Any

from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from accounts.models import User
from audit.models import Event
from boroughs.models import Borough
from boroughs.rows import acting_as
from tests.factories import Place
from tests.second_factor import enter


def signed_in(user: User) -> Client:
    """With a second factor shown; `password_only` is without."""
    return enter(Client(), user)


def password_only(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(name: str, borough: Borough, *args: Any) -> str:
    return reverse(name, args=[borough.slug, *args])


def says(response: Any) -> str:
    """The page's words, one space between them."""
    return " ".join(BeautifulSoup(response.content, "html5lib").get_text(" ").split())


def opens(client: Client, page: str) -> int:
    """How the page answers, or the page of the same borough that it leads on to: a report leads its readers to its issue."""
    answer = client.get(page)
    leads_to = answer.get("Location", "")
    home = page.split("/")[1]
    return opens(client, leads_to) if leads_to.startswith(f"/{home}/") else answer.status_code


def seen(client: Client, path: str) -> dict[str, str]:
    """The version that the page's form carries, as the browser posts it back."""
    hidden = BeautifulSoup(client.get(path).content, "html5lib").select_one("input[name=seen]")
    assert hidden is not None
    return {"seen": str(hidden["value"])}


def problems(response: Any) -> list[str]:
    """The sentences of the error summary; the page itself came back, with what was typed."""
    assert response.status_code == 200
    page = BeautifulSoup(response.content, "html5lib")
    assert page.title is not None
    assert page.title.get_text().startswith("Error: ")
    return [item.get_text(strip=True) for item in page.select(".govuk-error-summary__list li")]


def deeds(place: Place) -> list[str]:
    """What the borough's trail says was done, as its lead reads it."""
    with acting_as(place.lead.pk):
        events = Event.objects.filter(borough_id=place.borough.pk).order_by("at", "pk")
        return list(events.values_list("deed", flat=True))
