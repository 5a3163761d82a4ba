"""`{% keep_typed %}` inside a form: its text survives a session that has ended. `{% what_was_typed %}` where the form cannot
be shown again: its text, to be copied."""

from typing import Any

from django import template
from django.forms import Form
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.typed import NOTE, note_for, words_of

register = template.Library()


@register.simple_tag(takes_context=True)
def keep_typed(context: template.Context) -> SafeString:
    return format_html(
        '<input type="hidden" name="{}" value="{}">', NOTE, note_for(context["request"].user.pk)
    )


@register.inclusion_tag("partials/what_was_typed.html", takes_context=True)
def what_was_typed(context: template.Context, form: Form | None = None) -> dict[str, Any]:
    """Nothing before a form is posted."""
    labels = {name: str(field.label or "") for name, field in form.fields.items()} if form else {}
    words = words_of(context["request"].POST, labels)
    return {"rows": [{"key": label, "value": said, "lines": True} for label, said in words]}
