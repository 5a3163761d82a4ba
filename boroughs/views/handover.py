"""The page on which a person's duties are handed over: what moves, what does not, and to whom."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from boroughs.access import BoroughRequest, borough_view, people_of
from boroughs.actions.handover import hand_over
from boroughs.forms import HandoverForm, done, filled
from boroughs.handover import pieces_of, stays_of, successors_of
from boroughs.roles import Perm

from .people import back_to_people


@borough_view(Perm.MANAGE_PEOPLE, "GET", "HEAD", "POST")
def person_handover(request: BoroughRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(people_of(request.borough), pk=pk)
    pieces = pieces_of(person, request.borough)
    people = successors_of(person, request.borough, by=request.user)
    initial = {"keys": [piece.key for piece in pieces]}
    form = filled(HandoverForm, request, initial, pieces=pieces, people=people)
    if request.method == "POST" and done(
        form,
        lambda: hand_over(
            person=person, borough=request.borough, by=request.user, **form.cleaned_data
        ),
    ):
        successor = form.cleaned_data["successor"]
        messages.success(request, f"What you chose was handed from {person} to {successor}.")
        return back_to_people(request, person)
    stays = stays_of(person, request.borough, request.granted)
    context = {"form": form, "person": person, "stays": stays}
    return render(request, "boroughs/person_handover.html", context)
