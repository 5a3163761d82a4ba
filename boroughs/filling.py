"""How a view fills a form and has its deed done."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django import forms
from django.http import HttpRequest

from accounts.typed import data_typed_before
from boroughs.policies import Refused

AnyForm = TypeVar("AnyForm", bound=forms.Form)


def filled(
    kind: Callable[..., AnyForm],
    request: HttpRequest,
    initial: Mapping[str, Any] | None = None,
    **rest: Any,
) -> AnyForm:
    """The form with what is posted; before that with what was typed before signing in again, or with `initial`."""
    if request.method == "POST":
        return kind(data=request.POST, initial=initial, **rest)
    form = kind(initial=initial, **rest)
    if typed := data_typed_before(request):
        for name, field in form.fields.items():
            if not isinstance(field.widget, forms.HiddenInput):
                form.initial[name] = field.widget.value_from_datadict(typed, {}, name)
    return form


def done(form: forms.Form, deed: Callable[[], object]) -> bool:
    """Do it when the form is filled in well; the rule that forbids it becomes the form's error."""
    if not form.is_valid():
        return False
    try:
        deed()
    except Refused as why:
        form.add_error(why.field if why.field in form.fields else None, str(why))
        return False
    return True


def version_seen() -> forms.IntegerField:
    return forms.IntegerField(widget=forms.HiddenInput, min_value=1)


def said_in(form: type[forms.Form], row: Any) -> dict[str, Any]:
    """What the row says now, as the form's initial values; `seen` is its version."""
    said = {name: getattr(row, name) for name in form.base_fields if name != "seen"}
    return said | {"seen": row.version}
