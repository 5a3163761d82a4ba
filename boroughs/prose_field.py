"""Text that becomes public: a warning beside the field and after saving where it may identify a person."""

from collections.abc import Callable, Iterable

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join

from boroughs.prose import Hint, identifiers
from govuk.forms import CleanText, Notice

HEADING = "this may identify a person"
ADVICE = "The portal holds no casework. Check before this becomes public."
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

    def notices(self, text: str) -> list[Notice]:
        return people_in(text)


def people_in(text: str) -> list[Notice]:
    """What to warn of in a text: nothing, or one notice with each passage."""
    hints = identifiers(text)
    if not hints:
        return []
    found = [f"{hint.kind.value}: “{hint.passage}”" for hint in hints[:MOST]]
    if len(hints) > MOST:
        found.append(f"and {len(hints) - MOST} more")
    return [Notice(HEADING, found, ADVICE)]


def warn_of_people(request: HttpRequest, form: forms.Form, page: str) -> None:
    """After saving: say which fields may identify a person and link back to them on `page`, the form's address.

    The passages themselves are shown beside the fields only: a message waits in the session.
    """
    found = [
        (page, form[name].auto_id, form[name].label, _kinds(hints))
        for name, field in form.fields.items()
        if isinstance(field, ProseField)
        and (hints := identifiers(str(form.cleaned_data.get(name) or "")))
    ]
    if found:
        links = format_html_join(
            "; ", '<a class="govuk-notification-banner__link" href="{}#{}">{}</a> ({})', found
        )
        messages.warning(request, format_html("This may identify a person: {}. {}", links, ADVICE))


def _kinds(hints: Iterable[Hint]) -> str:
    return ", ".join(dict.fromkeys(hint.kind.value for hint in hints))
