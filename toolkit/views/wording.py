"""What the words of a scale mean in the borough."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from boroughs.access import BoroughRequest, borough_view
from boroughs.editing import Edit
from boroughs.prose_field import warn_after_saving
from boroughs.roles import Perm
from toolkit.actions.wording import word_levels
from toolkit.forms import LevelsForm
from toolkit.models import Scale
from toolkit.wording import words_by_scale, words_of


@borough_view(Perm.READ_RECORD)
def scale_list(request: BoroughRequest) -> HttpResponse:
    """What each level means here, and everything it ever meant."""
    context = {
        "scales": words_by_scale(request.borough),
        "may_word": Perm.MANAGE_SETTINGS in request.granted,
    }
    return render(request, "toolkit/scale_list.html", context)


@borough_view(Perm.MANAGE_SETTINGS, "GET", "HEAD", "POST")
def scale_change(request: BoroughRequest, scale: str) -> HttpResponse:
    words = words_of(request.borough, get_object_or_404(Scale, key=scale))
    edit = Edit(request, LevelsForm, words, words=words)
    if edit.saved(
        lambda seen, by, **_: word_levels(
            borough=request.borough, scale=words.scale, texts=edit.form.texts, seen=seen, by=by
        )
    ):
        messages.success(request, f"What the words of “{words.scale}” mean was saved.")
        warn_after_saving(request, edit.form, request.path)
        return redirect("toolkit:scale-list", request.borough.slug)
    return edit.page("toolkit/scale_change.html", scale=words.scale)
