"""Text that becomes public: a warning beside the field and after saving where it may identify a person."""

from collections.abc import Callable, Iterable, Mapping
from typing import cast

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join

from boroughs.prose import Hint, identifiers
from govuk.forms import CleanText, Notice

HEADING = "this may identify a person"
ADVICE = "The portal holds no casework. Check before this becomes public."
LINK = '<a class="govuk-notification-banner__link" href="{}#{}">{}</a>'
MOST = 8  # passages shown beside one field


WhyNot = Callable[[str], str | None]
REFUSING: list[WhyNot] = []


def refuse_text(why_not: WhyNot) -> None:
    """A higher floor's rule for every text that becomes public, such as that it can be printed."""
    if why_not not in REFUSING:
        REFUSING.append(why_not)


class ProseField(CleanText):
    """`CleanText` that shows beside the field what may identify a person, and never refuses that.

    It refuses what can never be published: the rules of `refuse_text`.
    """

    def validate(self, value: str) -> None:
        super().validate(value)
        if why := next((why for why_not in REFUSING if (why := why_not(value))), None):
            raise ValidationError(why, code="unpublishable")

    also: Callable[[str], list[Notice]] | None = None  # what a page knows besides

    def notices(self, text: str) -> list[Notice]:
        return people_in(text) + (self.also(text) if self.also else [])


def people_in(text: str) -> list[Notice]:
    """What to warn of in a text: nothing, or one notice with each passage."""
    hints = identifiers(text)
    if not hints:
        return []
    found = [f"{hint.kind.value}: “{hint.passage}”" for hint in hints[:MOST]]
    if len(hints) > MOST:
        found.append(f"and {len(hints) - MOST} more")
    return [Notice(HEADING, found, ADVICE)]


def warn_after_saving(request: HttpRequest, form: forms.Form, page: str) -> None:
    """Say which fields need another look and link back to them on `page`, the form's address.

    The passages themselves are shown beside the fields only: a message waits in the session.
    """
    texts = {
        form[name]: str(form.cleaned_data.get(name) or "")
        for name, field in form.fields.items()
        if isinstance(field, ProseField)
    }
    _warn_of_people(request, texts, page)
    _warn_of_the_rest(request, texts, page)


def _warn_of_the_rest(
    request: HttpRequest, texts: Mapping[forms.BoundField, str], page: str
) -> None:
    links = [
        (page, field.auto_id, field.label)
        for field, text in texts.items()
        if (also := cast("ProseField", field.field).also) and also(text)
    ]
    if links:
        named = format_html_join("; ", LINK, links)
        messages.warning(
            request, format_html("Words here also stand in a closed record: {}.", named)
        )


def _warn_of_people(request: HttpRequest, texts: Mapping[forms.BoundField, str], page: str) -> None:
    found = [
        (page, field.auto_id, field.label, _kinds(hints))
        for field, text in texts.items()
        if (hints := identifiers(text))
    ]
    if found:
        links = format_html_join("; ", f"{LINK} ({{}})", found)
        messages.warning(request, format_html("This may identify a person: {}. {}", links, ADVICE))


def _kinds(hints: Iterable[Hint]) -> str:
    return ", ".join(dict.fromkeys(hint.kind.value for hint in hints))
