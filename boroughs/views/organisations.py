"""The partners that own actions, and which of them a contributor reports for."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from boroughs.access import BoroughRequest, borough_view, people_of
from boroughs.actions.plans import add_organisation, change_organisation, set_organisation
from boroughs.editing import Edit
from boroughs.forms import (
    OrganisationChangeForm,
    OrganisationForm,
    PersonOrganisationForm,
    done,
    filled,
)
from boroughs.roles import Perm, Role


@borough_view(Perm.READ_PLAN, "GET", "HEAD")
def organisation_list(request: BoroughRequest) -> HttpResponse:
    context = {
        "organisations": request.borough.organisations.all(),
        "may_keep": Perm.KEEP_RECORD in request.granted,
    }
    return render(request, "boroughs/organisation_list.html", context)


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def organisation_add(request: BoroughRequest) -> HttpResponse:
    form = filled(OrganisationForm, request)
    if request.method == "POST" and done(
        form,
        lambda: add_organisation(borough=request.borough, by=request.user, **form.cleaned_data),
    ):
        messages.success(request, f"{form.cleaned_data['name']} was added.")
        return redirect("boroughs:organisation-list", request.borough.slug)
    return render(request, "boroughs/organisation_add.html", {"form": form})


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def organisation_change(request: BoroughRequest, pk: UUID) -> HttpResponse:
    organisation = get_object_or_404(request.borough.organisations, pk=pk)
    organisation.borough = request.borough
    edit = Edit(request, OrganisationChangeForm, organisation)
    if edit.saved(lambda **said: change_organisation(organisation=organisation, **said)):
        messages.success(request, f"{organisation} was changed.")
        return redirect("boroughs:organisation-list", request.borough.slug)
    return edit.page("boroughs/organisation_change.html", organisation=organisation)


@borough_view(Perm.MANAGE_PEOPLE, "GET", "HEAD", "POST")
def person_organisation(request: BoroughRequest, pk: int) -> HttpResponse:
    """The lead says on whose actions a contributor reports."""
    person = get_object_or_404(people_of(request.borough), pk=pk)
    held = person.memberships.live().filter(borough=request.borough, role=Role.CONTRIBUTOR).first()
    form = filled(
        PersonOrganisationForm,
        request,
        {"organisation": held.organisation_id if held else None},
        borough=request.borough,
    )
    if request.method == "POST" and done(
        form,
        lambda: set_organisation(
            person=person, borough=request.borough, by=request.user, **form.cleaned_data
        ),
    ):
        said = form.cleaned_data["organisation"] or "no organisation"
        messages.success(request, f"{person} reports for {said}.")
        return redirect("boroughs:person-roles", request.borough.slug, person.pk)
    why_not = None if held else f"{person} is not a contributor. Give them that role first."
    context = {"form": form, "person": person, "why_not": why_not}
    return render(request, "boroughs/person_organisation.html", context)
