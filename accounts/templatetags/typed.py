"""`{% keep_typed %}` inside a form: its text survives a session that has ended."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.typed import NOTE, note_for

register = template.Library()


@register.simple_tag(takes_context=True)
def keep_typed(context: template.Context) -> SafeString:
    return format_html(
        '<input type="hidden" name="{}" value="{}">', NOTE, note_for(context["request"].user.pk)
    )
