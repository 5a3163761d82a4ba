"""Our markup against GOV.UK Frontend's own examples: the same elements, classes and words, whatever the spacing."""

import json
import re
from typing import Any

import html5lib
from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from govuk.build import NODE

COMPONENTS = NODE / "node_modules" / "govuk-frontend" / "dist" / "govuk" / "components"
# Ours on purpose: a size on every label, a tone's colours, the state said to assistive technology
OURS = re.compile(
    r"^(govuk-label--s|govuk-fieldset__legend--s|govuk-tag--\w+|tone|tone--\w+|govuk-table__caption--m)$"
)
IGNORED = {"aria-invalid"}


def example(component: str, name: str) -> tuple[dict[str, Any], str]:
    """The options and the HTML of one example of GOV.UK Frontend."""
    fixtures = json.loads((COMPONENTS / component / "fixtures.json").read_text())["fixtures"]
    found = next(fixture for fixture in fixtures if fixture["name"] == name)
    return found["options"], found["html"]


def shape(html: str) -> list[Any]:
    """The HTML as nested lists that can be compared."""
    return _children(BeautifulSoup(html, "html.parser"))


def _children(tag: Tag) -> list[Any]:
    shapes: list[Any] = []
    for child in tag.children:
        if isinstance(child, Tag):
            shapes.append([child.name, _attributes(child), _children(child)])
        elif isinstance(child, NavigableString) and (words := " ".join(child.split())):
            shapes.append(words)
    return shapes


def _attributes(tag: Tag) -> dict[str, Any]:
    kept: dict[str, Any] = {name: value for name, value in tag.attrs.items() if name not in IGNORED}
    kept["class"] = sorted(
        name for name in tag.get_attribute_list("class") if name and not OURS.match(name)
    )
    return {name: value for name, value in kept.items() if value != []}


def is_strict_html5(page: str) -> None:
    """Raises html5lib's ParseError on the first fault of the markup."""
    html5lib.HTMLParser(strict=True).parse(page)
