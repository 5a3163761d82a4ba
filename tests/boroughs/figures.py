"""The form of figures as a browser sends it."""

from typing import Any

from bs4 import BeautifulSoup, Tag

from boroughs.periods import financial
from boroughs.rows import acting_as
from tests.boroughs.pages import address, signed_in
from tests.factories import Place

YEAR = financial("year", 2022)


def page(place: Place, topic: str, period: Any = YEAR) -> str:
    return address("boroughs:figure-enter", place.borough, topic, period.code)


def typed(**said: str) -> dict[str, str]:
    """What the form posts: a field and an indicator with two underscores between them."""
    posted = {key.replace("__", "-", 1).replace("_", "-"): value for key, value in said.items()}
    numbers = [key.removeprefix("number-") for key in posted if key.startswith("number-")]
    every = {f"qualifier-{key}": "exactly" for key in numbers} | {f"seen-{k}": "0" for k in numbers}
    return {**every, "source": "Report of July 2022", **posted}


def blank(client: Any, path: str) -> dict[str, str]:
    """Every field of the page as it stands."""
    form = BeautifulSoup(client.get(path).content, "html5lib").select_one("main form[method=post]")
    assert form
    inputs = [e for e in form.select("input[name]") if _counts(e)]
    found = {str(e["name"]): str(e.get("value", "")) for e in inputs}
    found |= {str(e["name"]): e.get_text().strip() for e in form.select("textarea")}
    for select in form.select("select"):
        chosen = select.select_one("option[selected]") or select.select_one("option")
        assert chosen
        found[str(select["name"])] = str(chosen["value"])
    return found


def _counts(field: Tag) -> bool:
    return field.get("type") not in ("radio", "checkbox") or field.has_attr("checked")


def recorded(place: Place, period: Any = YEAR) -> dict[str, str]:
    with acting_as(place.coordinator.pk):
        return {row.indicator: row.word for row in place.borough.figures.about(period)}


def post(place: Place, topic: str, **said: str) -> Any:
    client = signed_in(place.coordinator)
    path = page(place, topic)
    return client.post(path, {**blank(client, path), **typed(**said)})
