"""Every form, filled in badly: the page says so and gives back what was typed."""

from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup, Tag

from boroughs.roles import Role
from tests.factories import World
from tests.test_pages import faults, look
from tests.visits import (
    Visit,
    administrator_visits,
    client_of,
    public_visits,
    role_visits,
    signed_in_visits,
)

KEPT = "Typed with care"
TOO_LONG = "x" * 20_001


def forms_of(visit: Visit) -> list[Tag]:
    """The forms in the middle of the page that ask for something."""
    page = BeautifulSoup(look(visit).content, "html.parser")
    return [
        form
        for form in page.select("main form[method=post]")
        if form.select("input:not([type=hidden]), textarea, select")
    ]


def filled_in_badly(form: Tag) -> tuple[dict[str, str], set[str]]:
    """What to post: everything refused that can be, and the texts that must come back."""
    data: dict[str, str] = {}
    texts = [e for e in form.select("input[type=text], textarea") if not _part_of_a_date(e)]
    for element in form.select("input[type=hidden], input[type=email]"):
        data[str(element["name"])] = str(element.get("value", ""))
    for number, element in enumerate(texts):
        data[str(element["name"])] = f"{KEPT} {number}" if number else f"{KEPT} {TOO_LONG}"
    for element in form.select("select[name]"):
        data[str(element["name"])] = "no such choice"
    for element in form.select("input[type=radio], input[type=checkbox]"):
        data[str(element["name"])] = "no such choice"
    for element in form.select("input[inputmode=numeric]"):
        data[str(element["name"])] = "77"
    return data, {value for name, value in data.items() if value.startswith(KEPT)}


def _part_of_a_date(element: Tag) -> bool:
    return str(element["name"]).endswith(("_day", "_month", "_year"))


def asking(world: World) -> dict[str, tuple[Visit, Tag]]:
    """Each page with a form, by its route, as one of those who may open it."""
    visits = [*administrator_visits(world), *signed_in_visits(world), *public_visits(world)]
    for role in Role:
        visits += role_visits(world.here, role)
    found: dict[str, tuple[Visit, Tag]] = {}
    for visit in visits:
        if visit.status == 200 and visit.name not in found and (forms := forms_of(visit)):
            found[visit.name] = visit, forms[0]
    return found


def test_a_form_filled_in_badly_says_so_and_keeps_what_was_typed(world: World) -> None:
    wrong: dict[str, list[str]] = {}
    pages = asking(world)
    typed = 0
    assert len(pages) >= 25, sorted(pages)
    for name, (visit, form) in pages.items():
        data, texts = filled_in_badly(form)
        typed += len(texts)
        client = client_of(visit)
        client.get(visit.path, follow=True)
        answer = client.post(str(form.get("action") or visit.path), data)
        wrong[name] = [*faults_of_refusal(answer, texts)]
    assert {name: said for name, said in wrong.items() if said} == {}
    assert typed > len(pages)


def faults_of_refusal(answer: Any, texts: set[str]) -> Iterator[str]:
    if answer.status_code != 200:
        yield f"answered {answer.status_code}"
        return
    page = BeautifulSoup(answer.content, "html.parser")
    summary = page.select(".govuk-error-summary__list li")
    if not summary:
        yield "no error summary"
    for link in page.select(".govuk-error-summary__list a"):
        if not page.find(id=str(link["href"]).removeprefix("#")):
            yield f"the summary leads nowhere: {link}"
    if not page.title or not page.title.get_text().startswith("Error: "):
        yield "the title does not say so"
    shown = {str(e.get("value", "")) for e in page.select("input")}
    shown |= {e.get_text().removeprefix("\n") for e in page.select("textarea")}
    yield from (f"lost: {text[:40]}" for text in texts - shown)
    yield from faults(Visit("", ""), answer)
