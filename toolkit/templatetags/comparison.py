"""The cells of the comparison: there are thousands on a page and few that differ, so each is rendered once."""

from collections.abc import Iterable
from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from toolkit.across import Cell

register = template.Library()


@register.simple_tag
def compared(cells: Iterable[Cell]) -> SafeString:
    return format_html_join("", "{}", ((_rendered(cell),) for cell in cells))


@lru_cache(maxsize=512)
def _rendered(cell: Cell) -> SafeString:
    return render_to_string("toolkit/_compared.html", {"cell": cell})
