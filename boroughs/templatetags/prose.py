"""`{% identifiers text %}`: the warning of a form's field, where a page shows a text without a form."""

from typing import Any

from django import template

from boroughs.prose_field import people_in

register = template.Library()


@register.inclusion_tag("boroughs/identifiers.html")
def identifiers(*texts: str) -> dict[str, Any]:
    return {"notices": people_in("\n\n".join(str(text or "") for text in texts))}
