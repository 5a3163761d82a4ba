"""Changing a borough's own house style: a page for each piece, and beside it what a report would look like."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from boroughs.access import BoroughRequest, borough_view
from boroughs.editing import Edit, warn
from boroughs.policies import Refused
from boroughs.roles import Perm
from reports.actions.own_styles import change_style, move_piece, remove_piece
from reports.forms.own_style import PIECE_FORMS, PieceForm
from reports.forms.style_parts import FieldForm, NewPartForm, NewSectionForm, PartForm, SectionForm
from reports.house_styles import Style
from reports.house_styles.editing import fields_of, piece_of
from reports.models import HouseStyle
from reports.own_styles import StylePiece
from reports.rendering import web_of
from reports.sample import sample_of

from .style import own_style


@borough_view(Perm.MANAGE_SETTINGS)
def style_show(request: BoroughRequest, key: str) -> HttpResponse:
    style = own_style(request, key)
    pieces = [(name, form.about) for name, form in PIECE_FORMS.items()]
    context = {"style": style, "pieces": pieces, "is_chosen": style.choices.exists()}
    return render(request, "reports/style_show.html", context)


@borough_view(Perm.MANAGE_SETTINGS, "GET", "HEAD", "POST")
def style_piece(request: BoroughRequest, key: str, piece: str) -> HttpResponse:
    if piece not in PIECE_FORMS:
        raise Http404
    kind = PIECE_FORMS[piece]
    found = StylePiece(own_style(request, key), piece)
    return _edited(request, found, kind, back="reports:style-show", about=kind.about)


@borough_view(Perm.MANAGE_SETTINGS, "GET", "HEAD", "POST")
def style_front(request: BoroughRequest, key: str) -> HttpResponse:
    style = own_style(request, key)
    if request.method == "POST":
        return _arranged(request, style, "front")
    context: dict[str, Any] = {"style": style, "fields": fields_of(style.definition)}
    context |= _preview(request, style.definition)
    return render(request, "reports/style_front.html", context)


@borough_view(Perm.MANAGE_SETTINGS, "GET", "HEAD", "POST")
def style_sections(request: BoroughRequest, key: str) -> HttpResponse:
    style = own_style(request, key)
    if request.method == "POST":
        return _arranged(request, style, "sections")
    context: dict[str, Any] = {"style": style, "sections": style.definition["sections"]}
    context |= _preview(request, style.definition)
    return render(request, "reports/style_sections.html", context)


@borough_view(Perm.MANAGE_SETTINGS, "GET", "HEAD", "POST")
def style_field_add(request: BoroughRequest, key: str) -> HttpResponse:
    found = StylePiece(own_style(request, key), "front/")
    return _edited(request, found, FieldForm, back="reports:style-front", about="Add a field")


@borough_view(Perm.MANAGE_SETTINGS, "GET", "HEAD", "POST")
def style_field_change(request: BoroughRequest, key: str, field: str) -> HttpResponse:
    found = _piece(request, key, f"front/{field}")
    about = f"Field: {found.value['label'] or found.value['question']}"
    return _edited(request, found, FieldForm, back="reports:style-front", about=about)


@borough_view(Perm.MANAGE_SETTINGS, "GET", "HEAD", "POST")
def style_section_add(request: BoroughRequest, key: str) -> HttpResponse:
    found = StylePiece(own_style(request, key), "sections/")
    about = "Add a section"
    return _edited(request, found, NewSectionForm, back="reports:style-sections", about=about)


@borough_view(Perm.MANAGE_SETTINGS, "GET", "HEAD", "POST")
def style_section_change(request: BoroughRequest, key: str, section: str) -> HttpResponse:
    found = _piece(request, key, f"sections/{section}")
    form: type[PieceForm] = SectionForm if "kind" in found.value else PartForm
    about = f"Section: {found.value['heading']}"
    return _edited(request, found, form, back="reports:style-sections", about=about)


@borough_view(Perm.MANAGE_SETTINGS, "GET", "HEAD", "POST")
def style_part_add(request: BoroughRequest, key: str, section: str) -> HttpResponse:
    within = _piece(request, key, f"sections/{section}")
    if within.value.get("kind") != "implications":
        raise Http404
    found = StylePiece(within.style, "sections/")
    about = f"Add a part to “{within.value['heading']}”"
    back = "reports:style-sections"
    return _edited(request, found, NewPartForm, back=back, about=about, within=section)


def _piece(request: BoroughRequest, key: str, path: str) -> StylePiece:
    style = own_style(request, key)
    if piece_of(style.definition, path) is None:
        raise Http404
    return StylePiece(style, path)


def _edited(
    request: BoroughRequest,
    piece: StylePiece,
    kind: type[PieceForm],
    *,
    back: str,
    about: str,
    **rest: Any,
) -> HttpResponse:
    """The form with its preview; asked for the preview alone, that alone; or saved."""
    style = piece.style
    edit = Edit(request, kind, piece, piece=piece, **rest)
    if "show" in request.POST:
        definition = edit.form.definition if edit.form.is_valid() else None
        if request.POST["show"] == "alone":
            return _alone(request, definition)
        return _page(request, edit, definition, style=style, back=back, about=about)
    if edit.saved(
        lambda seen, by, **_: change_style(
            style=style, path=edit.form.path, value=edit.form.said, seen=seen, by=by
        )
    ):
        became = "Added" if about.startswith("Add ") else f"{about}: saved"
        messages.success(request, f"{became}. Reports that are not issued yet follow.")
        warn(request, edit.form, request.path)
        return redirect(back, request.borough.slug, style.key)
    return _page(request, edit, None, style=style, back=back, about=about)


def _page(
    request: BoroughRequest,
    edit: Edit,
    definition: Style | None,
    *,
    style: HouseStyle,
    **context: Any,
) -> HttpResponse:
    context |= _preview(request, definition or style.definition)
    at = edit.form.piece.value.get("key", "")
    return edit.page("reports/style_piece.html", style=style, at=at, **context)


def _alone(request: BoroughRequest, definition: Style | None) -> HttpResponse:
    """For the script that refreshes the preview; 422 while the form makes no style."""
    if definition is None:
        return HttpResponse(status=422)
    return HttpResponse(_preview(request, definition)["preview"])


def _preview(request: BoroughRequest, definition: Style) -> dict[str, Any]:
    style = HouseStyle(title=definition["title"], definition=definition)
    preview = web_of(sample_of(style, colour=request.borough.colour), title="p")
    return {"preview": preview, "paper_colour": definition["look"]["colour"]}


def _arranged(request: BoroughRequest, style: HouseStyle, kind: str) -> HttpResponse:
    """One of the list's buttons: a piece up, down, or away."""
    for deed in ("up", "down", "remove"):
        if key := request.POST.get(deed):
            path = f"{kind}/{key}"
            try:
                if deed == "remove":
                    remove_piece(style=style, path=path, by=request.user)
                    messages.success(request, "Removed. The style’s history has it still.")
                else:
                    move_piece(style=style, path=path, to=deed, by=request.user)
            except Refused as why:
                messages.error(request, str(why))
    return redirect(request.path)
