"""A form survives a session that has ended: what was typed waits behind the sign-in page.

A form that wants it prints `{% keep_typed %}`, a signed note of who is typing. When the post arrives and nobody
is signed in, or the page's token has been renewed since, the text is kept for that person and the browser is sent through sign-in back to
the page, where `typed_before(request)` hands it over. A forged post has no note, so nothing of it is kept.
It is kept sealed, by a key of this person and this page: the page may be a closed record's.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import resolve_url

from .models import TypedText
from .sealing import CannotUnseal, seal, unseal

NOTE = "typed_by"
KEY = "typed"
LONGEST = 200_000  # characters
LONGEST_PATH = 300  # the length of its column
SECRETS = ("code", "credential", "password", "oldpassword", "password1", "password2")
NEVER_KEPT = ("csrfmiddlewaretoken", NOTE, *SECRETS)
SALT = "accounts.typed"
NOTE_LASTS = dt.timedelta(days=7)  # how long a page may stand open
UNTYPED = (*NEVER_KEPT, "seen", "then", "to")  # of the page itself and of its buttons
PART = re.compile(r"_(?:day|month|year)$")
ROW = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def note_for(user_pk: int) -> str:
    """The signed note that says who is typing."""
    return signing.dumps(user_pk, salt=SALT)


def keep(request: HttpRequest) -> str | None:
    """Keep a refused post; the address to come back to, or None when the post carries no valid note."""
    try:
        user_pk = signing.loads(request.POST.get(NOTE, ""), salt=SALT, max_age=NOTE_LASTS)
    except signing.BadSignature:
        return None
    data = request.POST.copy()
    for name in NEVER_KEPT:
        data.pop(name, None)
    body = data.urlencode()
    if len(body) > LONGEST or len(request.path) > LONGEST_PATH:
        return None
    sealed = seal(body, _purpose(user_pk, request.path))
    kept = TypedText.objects.create(user_id=user_pk, path=request.path, body=sealed)
    return f"{request.path}?{urlencode({KEY: kept.pk})}"


def typed_before(request: HttpRequest) -> dict[str, Any] | None:
    """What this person typed on this page before they had to sign in again, for a form's `initial`."""
    data = data_typed_before(request)
    return data.dict() if data else None


def data_typed_before(request: HttpRequest) -> QueryDict | None:
    """The same with every value of a name, for checkboxes."""
    try:
        pk = UUID(request.GET.get(KEY, ""))
    except ValueError:
        return None
    kept = TypedText.objects.filter(pk=pk, user=request.user.pk, path=request.path).first()
    try:
        return QueryDict(unseal(kept.body, _purpose(kept.user_id, kept.path))) if kept else None
    except CannotUnseal:  # the master key is another since
        return None


def _purpose(user_pk: int, path: str) -> str:
    return f"typed by {user_pk} on {path}"


def words_of(data: QueryDict, labels: Mapping[str, str]) -> list[tuple[str, str]]:
    """What stands in a posted form, question by question, for a page that cannot show the form again.

    Without tokens and secrets, and without the keys of rows, which nobody typed. A question is called by its label, or by the
    name of its field where no form is at hand.
    """
    found: dict[str, str] = {}
    for name, values in data.lists():
        field = PART.sub("", name)
        said = [value.strip() for value in values if not ROW.fullmatch(value.strip())]
        words = "\n".join(filter(None, said))
        if name not in UNTYPED and words:
            label = labels.get(field) or ROW.sub("", field).strip("_").replace("_", " ")
            label = label[:1].upper() + label[1:]
            between = " " if field != name else "\n"
            found[label] = f"{found[label]}{between}{words}" if label in found else words
    return list(found.items())


def typed_into(form: Form, request: HttpRequest) -> None:
    """The same, put into a form whose answers have several parts, such as a date."""
    if typed := data_typed_before(request):
        for name, field in form.fields.items():
            form.initial[name] = field.widget.value_from_datadict(typed, {}, name)


class KeepTyped:
    """Stands before LoginRequiredMiddleware and looks only at posts that nobody signed in makes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if request.method != "POST" or request.user.is_authenticated:
            return None
        if not getattr(view, "login_required", True) or NOTE not in request.POST:
            return None
        back = keep(request)
        return (
            HttpResponseRedirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': back})}")
            if back
            else None
        )
