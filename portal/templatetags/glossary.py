"""{% terms %} our own fixed words {% endterms %} links the field's terms to the glossary; {% term "exempt" "What exempt means" %} one."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from portal.glossary import address, by_key, with_links

register = template.Library()
SEEN = "glossary terms linked"


class Terms(template.Node):
    def __init__(self, nodelist: template.NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        """Each term once a page, however many blocks it has."""
        page: Any = context.render_context
        seen: set[str] = page.setdefault(SEEN, set())
        # What the nodes rendered is escaped already; links are added by format_html
        return SafeString(with_links(self.nodelist.render(context), seen))  # nosec


@register.tag
def terms(parser: Any, token: Any) -> Terms:
    nodelist = parser.parse(("endterms",))
    parser.delete_first_token()
    return Terms(nodelist)


@register.simple_tag
def term(key: str, text: str = "") -> SafeString:
    """A link to one term. Raises KeyError for a key that is none, so that a test sees it."""
    found = by_key()[key]
    return format_html('<a class="govuk-link" href="{}">{}</a>', address(found), text or found.term)
