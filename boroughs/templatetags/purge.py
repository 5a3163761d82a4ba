"""What was erased of a record, and the way to ask for it, on the record's own page."""

from typing import Any
from uuid import UUID

from django import template

from boroughs.purging import KINDS, tombstones
from boroughs.roles import Perm

register = template.Library()


@register.inclusion_tag("boroughs/_erasures.html", takes_context=True)
def erasures(context: dict[str, Any], kind: str, record: UUID) -> dict[str, Any]:
    """For a page whose reader may see the record."""
    borough, granted = context["borough"], context["granted"]
    return {
        "borough": borough,
        "may_ask": Perm.ASK_TO_ERASE in granted and _can_be_asked(context, kind, record),
        "kind": kind,
        "record": record,
        "tombstones": tombstones(borough, record),
    }


def _can_be_asked(context: dict[str, Any], kind: str, record: UUID) -> bool:
    """Who does not read the record may be on the list of one closed page of it, and has none on which to ask."""
    granted = context["granted"]
    if Perm.READ_RECORD in granted:
        return True
    user = context["request"].user
    return KINDS[kind].find(context["borough"], user, granted, record) is not None
