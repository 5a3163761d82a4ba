"""The papers that belong to a record, on the record's own page."""

from typing import Any
from uuid import UUID

from django import template

from boroughs.beside import shown_beside
from boroughs.roles import Perm

register = template.Library()


@register.inclusion_tag("boroughs/_beside.html", takes_context=True)
def papers_of(context: dict[str, Any], kind: str, record: UUID, name: str) -> dict[str, Any]:
    """`name` is what such a paper is called, such as “Terms of reference”."""
    granted = context["granted"]
    return {
        "borough": context["borough"],
        "lines": shown_beside(context["request"], kind, [record])[record],
        "kind": kind,
        "record": record,
        "name": name,
        "may_link": {Perm.KEEP_RECORD, Perm.READ_PAPERS} <= granted,
    }
