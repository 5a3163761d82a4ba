"""The context: what was so nationally, what the borough adds to it, and its funding status."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from boroughs.access import BoroughRequest, borough_view
from boroughs.actions.context import add_fact, change_fact
from boroughs.closed_passages import look_for_closed_passages
from boroughs.editing import Edit, warn
from boroughs.forms import done, filled
from boroughs.forms.context import FactChangeForm, FactForm
from boroughs.models import ContextFact
from boroughs.national import by_kind
from boroughs.roles import Perm


@borough_view(Perm.READ_RECORD, "GET", "HEAD")
def context_show(request: BoroughRequest) -> HttpResponse:
    context = {
        "kinds": by_kind(request.borough),
        "funding": request.borough.funding_statuses.order_by("-year"),
        "may_keep": Perm.KEEP_RECORD in request.granted,
    }
    return render(request, "boroughs/context_show.html", context)


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def context_add(request: BoroughRequest) -> HttpResponse:
    form = filled(FactForm, request)
    added: list[ContextFact] = []

    def add() -> None:
        added.append(add_fact(borough=request.borough, by=request.user, **form.cleaned_data))

    if request.method == "POST" and done(form, add):
        messages.success(request, f"{added[0]} was added to the context.")
        change = reverse("boroughs:context-change", args=[request.borough.slug, added[0].pk])
        warn(request, form, change)
        return redirect(added[0])
    look_for_closed_passages(form, request.borough, request.user)
    return render(request, "boroughs/context_add.html", {"form": form})


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def context_change(request: BoroughRequest, pk: UUID) -> HttpResponse:
    facts = request.borough.context_facts.select_related("changed_by")
    fact = get_object_or_404(facts, pk=pk)
    fact.borough = request.borough
    edit = Edit(request, FactChangeForm, fact)
    if edit.saved(lambda **said: change_fact(fact=fact, **said)):
        messages.success(request, f"{fact} was changed.")
        warn(request, edit.form, request.path)
        return redirect(fact)
    return edit.page("boroughs/context_change.html", fact=fact)
