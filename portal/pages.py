"""Help, accessibility, privacy, complaints: public pages whose text ships with the portal and may be rewritten here.

The shipped texts stand in `portal/page_texts/`; a row of InfoPage takes the place of one.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.typed import typed_before
from audit.trail import record
from boroughs.access import SignedInRequest, administrator_view
from boroughs.policies import Refused
from govuk.forms import CleanText
from reports.narrative import Block, blocks
from reports.numbering import Numbers

from .models import InfoPage

TITLES = {
    "help": "Help",
    "accessibility": "Accessibility statement",
    "privacy": "Privacy notice",
    "complaints": "Complaints",
}
TEXTS = Path(__file__).parent / "page_texts"
LONGEST = 20_000  # characters
CLASSES = {
    "<ul>": '<ul class="govuk-list govuk-list--bullet">',
    "<ol>": '<ol class="govuk-list govuk-list--number">',
    "<a ": '<a class="govuk-link" ',
    "<table>": '<table class="govuk-table">',
    "<th ": '<th class="govuk-table__header" ',
    "<td>": '<td class="govuk-table__cell">',
    "<blockquote>": '<blockquote class="govuk-inset-text">',
}


class PageForm(forms.Form):
    """`seen` says which text was being rewritten, so that two administrators do not overwrite each other."""

    body = CleanText(
        label="Text",
        help_text="Begin a heading with ##, a list item with -, and write a link as [its text](https://address).",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 25}),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)


@cache
def shipped(key: str) -> str:
    """The text that comes with the portal."""
    return (TEXTS / f"{key}.md").read_text(encoding="utf-8")


def own(key: str) -> InfoPage | None:
    """The installation's own text, when it has one."""
    return InfoPage.objects.select_related("changed_by").filter(key=key).first()


def version_of(page: InfoPage | None) -> str:
    return page.changed_at.isoformat() if page else ""


@transaction.atomic
def write_page(*, key: str, body: str, seen: str, by: User) -> None:
    """Put the installation's own text in place. Raises Refused when somebody else did meanwhile."""
    there = InfoPage.objects.select_for_update().filter(key=key).first()
    if version_of(there) != seen:
        raise Refused(
            "Somebody else changed this page meanwhile. Their text stands below yours: "
            "take over what you want to keep, and save again."
        )
    InfoPage.objects.update_or_create(
        key=key, defaults={"body": body, "changed_by": by, "changed_at": timezone.now()}
    )
    record("page.written", by=by, page=key)


@transaction.atomic
def restore_page(*, key: str, by: User) -> None:
    """Show the shipped text again, also when a later version of the portal improves it."""
    gone, _ = InfoPage.objects.filter(key=key).delete()
    if gone:
        record("page.restored", by=by, page=key)


def styled(block: Block) -> SafeString:
    """A block's HTML, already safe, with the design system's classes."""
    html = str(block.html)
    for plain, dressed in CLASSES.items():
        html = html.replace(plain, dressed)
    # reports.narrative let nothing else through
    return SafeString(html)  # nosec B703


def page(key: str) -> Callable[[HttpRequest], HttpResponse]:
    """The view of one page; anybody may read it."""

    @require_safe
    @login_not_required
    def show(request: HttpRequest) -> HttpResponse:
        there = own(key)
        text = there.body if there else shipped(key)
        pieces = [(block, styled(block)) for block in blocks(text, Numbers(""), anchor=key)]
        may_edit = request.user.is_authenticated and request.user.is_administrator
        context = {
            "key": key,
            "heading": TITLES[key],
            "pieces": pieces,
            "own": there,
            "may_edit": may_edit,
        }
        return render(request, "portal/page.html", context)

    return show


@administrator_view("GET", "HEAD", "POST")
def page_edit(request: SignedInRequest, key: str) -> HttpResponse:
    there = own(key)
    now = {"body": there.body if there else shipped(key), "seen": version_of(there)}
    if request.method == "POST":
        form = PageForm(request.POST)
        if saved(form, key, request.user):
            messages.success(request, f"“{TITLES[key]}” was saved.")
            return redirect(f"portal:{key}")
    else:
        form = PageForm(initial=now | only_body(typed_before(request)))
    theirs = now["body"] if form.non_field_errors() else ""
    context = {"form": form, "key": key, "heading": TITLES[key], "own": there, "theirs": theirs}
    return render(request, "portal/page_edit.html", context)


def only_body(typed: dict[str, str] | None) -> dict[str, str]:
    return {"body": typed.get("body", "")} if typed else {}


def saved(form: PageForm, key: str, by: User) -> bool:
    """Write the page; after a clash the form stands on the newer text, so that saving again is a choice."""
    if not form.is_valid():
        return False
    try:
        write_page(key=key, by=by, **form.cleaned_data)
    except Refused as why:
        form.add_error(None, str(why))
        form.data = {**form.data, "seen": version_of(own(key))}
        return False
    return True


@administrator_view("GET", "HEAD", "POST")
def page_restore(request: SignedInRequest, key: str) -> HttpResponse:
    if request.method == "POST":
        restore_page(key=key, by=request.user)
        messages.success(request, f"“{TITLES[key]}” shows the text that came with the portal.")
        return redirect(f"portal:{key}")
    return render(request, "portal/page_restore.html", {"key": key, "heading": TITLES[key]})
