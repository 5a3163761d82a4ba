"""Moving an open round to another version of the toolkit."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from boroughs.access import BoroughRequest, borough_view
from boroughs.filling import done, filled
from boroughs.roles import Perm
from toolkit.actions.moving import move_assessment
from toolkit.forms import MoveForm
from toolkit.moving import Move, move_of, versions_to_move_to
from toolkit.policies import why_not_move


@borough_view(Perm.RATE, "GET", "HEAD", "POST")
def assessment_move(request: BoroughRequest, pk: UUID) -> HttpResponse:
    """What would go over is shown first; the button does it."""
    rows = request.borough.assessments.select_related("borough", "version__scale", "moved_to")
    found = get_object_or_404(rows, pk=pk)
    versions = list(versions_to_move_to(found))
    key = request.POST.get("to") or request.GET.get("to")
    wanted = [each for each in versions if each.key == key] if key else versions
    chosen = wanted[0] if len(wanted) == 1 else None
    move = move_of(found, chosen) if chosen else None
    form = filled(MoveForm, request, {"to": move.version.key, "seen": move.seen} if move else {})
    if request.method == "POST" and move:
        moved = partial(move_assessment, assessment=found, version=move.version, by=request.user)
        if done(form, lambda: moved(seen=form.cleaned_data["seen"])):
            messages.success(request, f"{found.period} goes on by {move.version}.")
            return _onwards(request, pk)
        form = _again(form, move)
    context = {
        "assessment": found,
        "versions": versions,
        "move": move,
        "form": form,
        "why_not": why_not_move(found),
    }
    return render(request, "toolkit/assessment_move.html", context)


def _again(form: MoveForm, move: Move) -> MoveForm:
    """What is wrong, over the ratings as they are now."""
    again = MoveForm(data={"to": move.version.key, "seen": move.seen})
    again.full_clean()
    for why in form.non_field_errors() or ["Look at what goes over, then press the button again."]:
        again.add_error(None, why)
    return again


def _onwards(request: BoroughRequest, pk: UUID) -> HttpResponse:
    moved = request.borough.assessments.get(pk=pk)
    return redirect("toolkit:assessment", request.borough.slug, moved.moved_to_id)
