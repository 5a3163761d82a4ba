"""What was erased of a record, and the way to ask for it, on the record's own page."""

from typing import Any
from uuid import UUID

from django import template

from boroughs.purging import tombstones

register = template.Library()


@register.inclusion_tag("boroughs/_erasures.html", takes_context=True)
def erasures(context: dict[str, Any], kind: str, record: UUID) -> dict[str, Any]:
    """For a page whose reader may see the record."""
    borough = context["borough"]
    return {
        "borough": borough,
        "granted": context["granted"],
        "kind": kind,
        "record": record,
        "tombstones": tombstones(borough, record),
    }
