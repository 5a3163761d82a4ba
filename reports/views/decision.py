"""What a meeting decided on a report: recording, correcting and following it up, and the record as a page and as PDF."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify

from boroughs.access import BoroughRequest, borough_view
from boroughs.closed_passages import look_for_closed_passages
from boroughs.editing import Edit, warn
from boroughs.filling import done, filled
from boroughs.linked_access import strategies_read
from boroughs.roles import Perm
from reports.access import reports_for
from reports.actions.decisions import (
    add_step,
    change_step,
    correct_decision,
    follow_decision,
    follow_step,
    record_decision,
)
from reports.decided import (
    actions_for,
    decisions_for,
    history_of,
    put_to_the_meeting,
    recommendations_in,
    requests_of,
    rule_for,
    steps_of,
)
from reports.decision_paper import as_json, pdf_of, record_of
from reports.decision_policies import why_not_decide
from reports.forms.decision import (
    DecisionCorrectForm,
    DecisionFollowForm,
    DecisionForm,
    DecisionStepChangeForm,
    DecisionStepFollowForm,
    DecisionStepForm,
)
from reports.models import Decision
from reports.pdf import CannotRender


def decision_or_404(request: BoroughRequest, pk: UUID) -> Decision:
    rows = decisions_for(request).select_related("issue", "public").defer("public__pdf")
    found = get_object_or_404(rows, pk=pk)
    found.report.borough = request.borough
    return found


@borough_view(Perm.DECIDE, "GET", "HEAD", "POST")
def decision_record(request: BoroughRequest, pk: UUID) -> HttpResponse:
    """The form, or why nothing can be recorded now."""
    rows = reports_for(request).select_related("meeting__committee__borough", "borough")
    report = get_object_or_404(rows, pk=pk)
    made: list[Decision] = []
    meeting, why_not = report.meeting, why_not_decide(report)
    form = filled(
        DecisionForm,
        request,
        {"decided_on": meeting.date if meeting else None},
        recommendations=recommendations_in(put_to_the_meeting(report)),
        can_be_called_in=bool(meeting and rule_for(meeting)),
    )
    if request.method == "POST" and done(
        form,
        lambda: made.append(record_decision(report=report, by=request.user, **form.said)),
    ):
        messages.success(request, "The decision was recorded.")
        made[0].report = report
        warn(request, form, f"{made[0].get_absolute_url()}correct/")
        return redirect(made[0])
    look_for_closed_passages(form, request.borough, request.user)
    context = {"form": form, "report": report, "why_not": why_not}
    return render(request, "reports/decision_record.html", context)


@borough_view(Perm.READ_REPORTS, "GET", "HEAD")
def decision_show(request: BoroughRequest, pk: UUID) -> HttpResponse:
    decision = decision_or_404(request, pk)
    public, record = getattr(decision, "public", None), record_of(decision)
    if public:
        public.stale = public.said != as_json(record)
    context = {
        "decision": decision,
        "record": record,
        "public": public,
        "may_publish": Perm.ISSUE in request.granted,
        "requests": requests_of(request, decision),
        "steps": steps_of(request, decision),
        "history": history_of(decision),
        "may_decide": Perm.DECIDE in request.granted,
        "may_follow": Perm.KEEP_RECORD in request.granted,
    }
    return render(request, "reports/decision_show.html", context)


@borough_view(Perm.DECIDE, "GET", "HEAD", "POST")
def decision_correct(request: BoroughRequest, pk: UUID) -> HttpResponse:
    decision = decision_or_404(request, pk)
    edit = Edit(
        request,
        DecisionCorrectForm,
        decision,
        recommendations=[item.text for item in decision.items.all()],
        can_be_called_in=decision.rule is not None,
    )

    def correct(**_said: Any) -> None:
        correct_decision(decision=decision, by=request.user, **edit.form.said)

    if edit.saved(correct):
        messages.success(
            request, "The record was corrected. What it said before is kept beside it."
        )
        warn(request, edit.form, request.path)
        return redirect(decision)
    return edit.page("reports/decision_correct.html", decision=decision)


@borough_view(Perm.DECIDE, "GET", "HEAD", "POST")
def decision_follow(request: BoroughRequest, pk: UUID) -> HttpResponse:
    decision = decision_or_404(request, pk)
    can_be = decision.rule is not None and not decision.urgent
    edit = Edit(request, DecisionFollowForm, decision, can_be_called_in=can_be)
    if edit.saved(lambda **said: follow_decision(decision=decision, **said)):
        messages.success(request, "Saved.")
        return redirect(decision)
    return edit.page("reports/decision_follow.html", decision=decision)


@borough_view(Perm.READ_REPORTS)
def decision_download(request: BoroughRequest, pk: UUID) -> HttpResponse:
    """The record as PDF, made when it is asked for."""
    decision = decision_or_404(request, pk)
    try:
        printed = pdf_of(record_of(decision))
    except CannotRender as why:
        messages.error(request, why.reason)
        return redirect(decision)
    parts = request.borough.slug, "decision", slugify(decision.report.title)[:60]
    name = f"{'-'.join(parts)}-{decision.decided_on:%Y-%m-%d}.pdf"
    return HttpResponse(
        printed.data,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-Security-Policy": "sandbox",
            "X-Content-Type-Options": "nosniff",
        },
    )


# -- What is to be done --------------------------------------------------------------------------------
@borough_view(Perm.DECIDE, "GET", "HEAD", "POST")
def decision_step_add(request: BoroughRequest, pk: UUID) -> HttpResponse:
    decision = decision_or_404(request, pk)
    form = filled(DecisionStepForm, request)
    if request.method == "POST" and done(
        form, lambda: add_step(decision=decision, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, "The action was added.")
        warn(request, form, decision.get_absolute_url())
        return redirect(decision)
    look_for_closed_passages(form, request.borough, request.user)
    context = {"form": form, "decision": decision}
    return render(request, "reports/decision_step_add.html", context)


@borough_view(Perm.DECIDE, "GET", "HEAD", "POST")
def decision_step_change(request: BoroughRequest, pk: UUID, step: UUID) -> HttpResponse:
    decision = decision_or_404(request, pk)
    found = get_object_or_404(decision.steps, pk=step)
    found.decision = decision
    edit = Edit(request, DecisionStepChangeForm, found)
    if edit.saved(lambda **said: change_step(step=found, **said)):
        messages.success(request, "The action was changed.")
        warn(request, edit.form, request.path)
        return redirect(decision)
    return edit.page("reports/decision_step_change.html", decision=decision)


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def decision_step_follow(request: BoroughRequest, pk: UUID, step: UUID) -> HttpResponse:
    """By whoever keeps the plan: which action stands for it, and when it was done."""
    decision = decision_or_404(request, pk)
    found = get_object_or_404(decision.steps, pk=step)
    found.decision = decision
    edit = Edit(
        request, DecisionStepFollowForm, found, actions=actions_for(strategies_read(request))
    )
    if edit.saved(lambda **said: follow_step(step=found, **said)):
        messages.success(request, "Saved.")
        return redirect(decision)
    return edit.page("reports/decision_step_follow.html", decision=decision, step=found)
