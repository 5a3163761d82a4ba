"""Two people at one page: the second sees both texts, and nothing typed is lost."""

from collections.abc import Callable
from typing import Any

from django import forms

from boroughs.forms import done
from boroughs.policies import ChangedMeanwhile


def saved(form: forms.Form, deed: Callable[[], object]) -> tuple[bool, Any]:
    """Whether it was done, and what somebody else saved meanwhile; the next save counts as an answer to that."""
    try:
        return done(form, deed), None
    except ChangedMeanwhile as changed:
        data = form.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        data[form.add_prefix("seen")] = str(changed.now.version)
        form.data = data
        return False, changed.now


def said_by(form: forms.Form, theirs: Any) -> list[tuple[str, str]]:
    """What the other person saved, beside the labels of the form's visible fields, where it differs from what is typed."""
    if theirs is None:
        return []
    rows = []
    for name, field in form.fields.items():
        if isinstance(field.widget, forms.HiddenInput) or not hasattr(theirs, name):
            continue
        now = getattr(theirs, name)
        if now != form.cleaned_data.get(name):
            choices = dict(getattr(field, "choices", None) or {}) if isinstance(now, str) else {}
            rows.append((str(field.label), str(choices.get(now, now) or "")))
    return rows
