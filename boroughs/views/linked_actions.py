"""The actions of delivery plans that are done for what a review asks for."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from boroughs.access import BoroughRequest, borough_view
from boroughs.actions.linked_actions import link_plan_actions, unlink_plan_action
from boroughs.forms import PlanFilterForm, done, filled
from boroughs.forms.linked_actions import LinkedActionsForm
from boroughs.linked_access import links_of, offered, open_plans
from boroughs.plan_page import chosen
from boroughs.roles import Perm
from boroughs.views.recommendations import recommendation_or_404


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def linked_actions(request: BoroughRequest, review: UUID, pk: UUID) -> HttpResponse:
    """What is linked, and what else can be, all of it or what is asked for; to add an action to a plan there is the plan's
    own page."""
    found = recommendation_or_404(request, review, pk)
    links, plans = list(links_of(request, found)), open_plans(request)
    rows = offered(plans, links)
    actions = [action for _, its in rows for action in its]
    asked = PlanFilterForm(request.GET, actions=actions, priority_word="Priority")
    shown = [(plan, chosen(its, asked.chosen, timezone.localdate())) for plan, its in rows]
    form = filled(LinkedActionsForm, request, plans=shown)
    if request.method == "POST" and done(
        form,
        lambda: link_plan_actions(recommendation=found, actions=form.chosen, by=request.user),
    ):
        several = len(form.chosen) > 1
        messages.success(request, f"The action{'s were' if several else ' was'} linked.")
        return redirect(request.get_full_path())
    context = {
        "form": form,
        "asked": asked,
        "shown": len(form.rows),
        "total": len(actions),
        "recommendation": found,
        "review": found.review,
        "links": links,
        "plans": plans,
    }
    return render(request, "boroughs/linked_actions.html", context)


@borough_view(Perm.KEEP_RECORD, "POST")
def action_unlink(request: BoroughRequest, review: UUID, pk: UUID, link: UUID) -> HttpResponse:
    """A button beside the action, which stays in its plan."""
    found = recommendation_or_404(request, review, pk)
    its_link = get_object_or_404(links_of(request, found), pk=link)
    its_link.recommendation = found
    unlink_plan_action(link=its_link, by=request.user)
    messages.success(request, "The action was unlinked. It stays in its plan.")
    return redirect("boroughs:linked-actions", request.borough.slug, found.review_id, found.pk)
