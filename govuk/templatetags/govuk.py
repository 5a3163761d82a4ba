"""Tags and filters for what an include cannot say."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.core.paginator import Page

from govuk.colours import readable

register = template.Library()
register.filter("readable_colour", readable)


@register.simple_tag
def at(items: Sequence[Any] | None, place: int) -> Any:
    """The item at a place of a list, or an empty text."""
    return items[place] if items and place < len(items) else ""


@register.simple_tag
def links(*parts: str) -> list[dict[str, str]]:
    """Pairs of text and address as a list of links; a link without an address is left out."""
    pairs = zip(parts[::2], parts[1::2], strict=True)
    return [{"text": text, "href": href} for text, href in pairs if href]


@register.filter
def page_numbers(page: Page[Any]) -> Iterable[int | str]:
    """The numbers to show, with an ellipsis where a long list is cut."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


@register.filter
def words(cell: Any) -> Any:
    """What a table's cell says, whether it is a plain value or a mapping with `text`."""
    said = cell.get("text") if isinstance(cell, dict) else cell
    return "" if said is None else said
