"""Changing a row that two people may change at once: the second sees both texts and loses nothing."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any, cast

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from boroughs.access import BoroughRequest
from boroughs.closed_passages import look_for_closed_passages
from boroughs.filling import done, filled
from boroughs.policies import ChangedMeanwhile, day
from boroughs.prose_field import warn_after_saving


class Edit:
    """A form of `kind` over a row. `kind.said_in(row)` is what it says now, with its version as `seen`.

    `more` is what stands in the form at first besides that; `rest` goes to the form.
    """

    def __init__(
        self,
        request: BoroughRequest,
        kind: Any,
        row: Any,
        *,
        more: dict[str, Any] | None = None,
        **rest: Any,
    ) -> None:
        self.request, self.kind, self.row, self.rest = request, kind, row, rest
        self.form: Any = filled(kind, request, kind.said_in(row) | (more or {}), **rest)
        self.theirs: Any = None

    def saved(self, deed: Callable[..., object]) -> bool:
        """Whether it was posted, filled in well and done; `deed` takes the form's answers and `by`."""
        if self.request.method != "POST":
            return False
        try:
            return done(self.form, lambda: deed(**self.form.cleaned_data, by=self.request.user))
        except ChangedMeanwhile as changed:
            self._again(changed.now)
            return False

    def _again(self, now: Any) -> None:
        """The same text, ready to be saved over what the other person saved, if that is the choice."""
        data = cast("QueryDict", self.form.data).copy()
        data["seen"] = str(now.version)
        self.theirs = now
        self.form = self.kind(data=data, initial=self.kind.said_in(now), **self.rest)

    def page(self, template: str, *, closed: bool = False, **context: Any) -> HttpResponse:
        """The form; on a closed record's own pages its own words are not warned of."""
        if not closed:
            look_for_closed_passages(self.form, self.request.borough, self.request.user)
        context |= {"form": self.form, "theirs": self.theirs}
        if self.theirs:
            context["their_words"] = list(said_otherwise(self.form))
        return render(self.request, template, context, status=409 if self.theirs else 200)


def warn(request: BoroughRequest, form: forms.Form, page: str, *, closed: bool = False) -> None:
    """After saving: what in the text may identify a person, and on an open record what stands in a closed one."""
    if not closed:
        look_for_closed_passages(form, request.borough, request.user)
    warn_after_saving(request, form, page)


def others_of(request: BoroughRequest) -> str:
    """What else stands in the address beside the page's number, as pagination wants it."""
    query = request.GET.copy()
    query.pop("page", None)
    return f"{query.urlencode()}&" if query else ""


def said_otherwise(form: forms.Form) -> Iterator[tuple[str, str]]:
    """What the other person saved, beside the labels of the questions, where it differs from what is typed."""
    for name in form.changed_data:
        field = form.fields[name]
        if not field.widget.is_hidden and name in form.initial:
            yield str(field.label), _words(field, form.initial[name])


def _words(field: forms.Field, value: Any) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, dt.date):
        return day(value)
    if isinstance(field, forms.ModelChoiceField):
        rows = field.queryset if value else None
        known = rows.filter(pk=getattr(value, "pk", value)).first() if rows is not None else None
        return str(known or value or "")
    if isinstance(field, forms.ChoiceField):
        labels = {str(key): str(label) for key, label in _options(cast("Any", field.choices))}
        chosen = value if isinstance(value, list) else [value]
        return "\n".join(labels.get(str(one), str(one)) for one in chosen)
    return "" if value is None else str(field.prepare_value(value))


def _options(choices: Any) -> Iterator[tuple[Any, Any]]:
    """Each choice with its label, also of those that stand in groups."""
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from _options(label)
        else:
            yield key, label
