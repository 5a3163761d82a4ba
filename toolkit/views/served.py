"""The benchmarks that an action of a delivery plan serves."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from boroughs.access import BoroughRequest, borough_view
from boroughs.models import actions_of
from boroughs.plan_policies import why_not_write_action
from boroughs.roles import Perm
from toolkit.actions.served import serve
from toolkit.forms import ServedForm
from toolkit.policies import Refused


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def action_serves(request: BoroughRequest, plan: UUID, pk: UUID) -> HttpResponse:
    actions = actions_of(request.borough, request.user).select_related("plan__strategy")
    action = get_object_or_404(actions, plan=plan, pk=pk)
    form = ServedForm(request.POST if request.method == "POST" else None)
    form.offer(set(action.serves.values_list("benchmark", flat=True)))
    if request.method == "POST" and form.is_valid():
        try:
            serve(action=action, benchmarks=form.chosen, by=request.user)
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "The benchmarks it serves were saved.")
            return redirect("boroughs:action-show", request.borough.slug, plan, pk)
    context = {"form": form, "action": action, "why_not": why_not_write_action(action)}
    return render(request, "toolkit/action_serves.html", context)
