"""Issuing a report, one issue of it, and what becomes of it in public."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.models import User
from boroughs.access import BoroughRequest, borough_view, reads_as_member
from boroughs.clear_days import Deadline, papers_due_for
from boroughs.filling import done, filled
from boroughs.policies import Refused
from boroughs.roles import Perm
from reports.access import issue_before, issue_or_404, issues_for, report_or_404
from reports.actions.issues import (
    issue_report,
    publish_issue,
    take_down_issue,
    turn_register,
    withdraw_issue,
)
from reports.actions.restricted import hand_out_pack, note_closed_read, restricted_for
from reports.checks import checked
from reports.forms import BecauseForm, IssueForm, RegisterForm, TakeDownForm
from reports.issue_mail import mail_readers
from reports.models import Issue, Report
from reports.policies import (
    why_not_issue,
    why_not_publish,
    why_not_take_down,
    why_not_withdraw,
)
from reports.questions import questions_of
from reports.rendering import web_of
from reports.restricted import sections_of
from reports.since import what_changed

from .rendering import pdf_download

ISSUED = "Issued. It is frozen as it stands, and its PDF is being made."
NOT_MAILED = (
    "The e-mails to the committee’s members could not be sent. Tell them that the report is there."
)


@borough_view(Perm.ISSUE, "GET", "HEAD", "POST")
def report_issue(request: BoroughRequest, pk: UUID) -> HttpResponse:
    report = report_or_404(request, pk)
    if report.state == Report.State.ISSUED:
        return redirect(report)
    later = report.issues.exists()
    due = None if later else _due(report)
    late = due is not None and due.is_met(timezone.localdate()) is False
    proposed = {} if later else {"kind": Issue.Kind.LATE if late else Issue.Kind.FIRST}
    form = filled(IssueForm, request, proposed, later=later)
    if request.method == "POST" and form.is_valid():
        try:
            issue = issue_report(report=report, by=request.user, **form.cleaned_data)
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, ISSUED)
            if not mail_readers(issue):
                messages.warning(request, NOT_MAILED)
            return redirect("reports:issue", request.borough.slug, report.pk, issue.number)
    why_not = why_not_issue(report, checked(report))
    context = {"report": report, "form": form, "due": due, "why_not": why_not}
    return render(request, "reports/report_issue.html", context)


def _due(report: Report) -> Deadline | None:
    """When its papers must be out, until the meeting is over."""
    meeting = report.meeting
    return papers_due_for(meeting) if meeting and meeting.date >= timezone.localdate() else None


@borough_view(Perm.READ_REPORTS)
def issue(request: BoroughRequest, pk: UUID, number: int) -> HttpResponse:
    """The paper as it was issued."""
    found = issue_or_404(request, pk, number)
    standing = list(issues_for(request, found.report).standing())
    context = {
        "issue": found,
        "report": found.report,
        "paper": web_of(found.snapshot) if found.snapshot else "",
        "rendering": found.renderings.first(),
        "newest": next(iter(standing), None),
        "others": [one for one in standing if one != found],
        "restricted": restricted_for(found, request.user),
        "changed": _changed(request, found, standing),
        "questions": questions_of(found.snapshot) if found.snapshot else [],
        "issuing": Perm.ISSUE in request.granted,
        "why_not_publish": why_not_publish(found),
        "why_not_withdraw": why_not_withdraw(found),
        "why_not_take_down": why_not_take_down(found),
    }
    return render(request, "reports/issue.html", context)


def _changed(request: BoroughRequest, found: Issue, standing: list[Issue]) -> list[str]:
    """Against the issue before it: of the same report, or the newest of the report it was begun from."""
    before = issue_before(request, found, standing)
    if before is None or not found.snapshot:
        return []
    return what_changed(before.snapshot, found.snapshot)


@borough_view(Perm.ISSUE, "GET", "HEAD", "POST")
def issue_publish(request: BoroughRequest, pk: UUID, number: int) -> HttpResponse:
    found = issue_or_404(request, pk, number)
    if request.method == "POST":
        try:
            publish_issue(issue=found, by=request.user)
            messages.success(request, "Published. Everybody can read it on the public pages.")
        except Refused as why:
            messages.error(request, str(why))
    return redirect(found)


@borough_view(Perm.ISSUE, "GET", "HEAD", "POST")
def issue_withdraw(request: BoroughRequest, pk: UUID, number: int) -> HttpResponse:
    found = issue_or_404(request, pk, number)
    shown = "It is shown on the public pages in place of the report."
    form = filled(BecauseForm, request, shown=shown)
    if request.method == "POST" and done(
        form, lambda: withdraw_issue(issue=found, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, "Withdrawn. A notice stands in its place.")
        return redirect(found)
    context = {"issue": found, "form": form, "why_not": why_not_withdraw(found)}
    return render(request, "reports/issue_withdraw.html", context)


@borough_view(Perm.ISSUE, "GET", "HEAD", "POST")
def issue_take_down(request: BoroughRequest, pk: UUID, number: int) -> HttpResponse:
    found = issue_or_404(request, pk, number)
    others = found.report.issues.standing().exclude(pk=found.pk)
    shown = "For the trail and for democratic services."
    form = filled(TakeDownForm, request, others=others, shown=shown)
    if request.method == "POST" and done(form, lambda: _take_down(form, found, request.user)):
        messages.success(
            request, "Taken down: the paper, its PDF and its place in the feed are gone."
        )
        return redirect("reports:report", request.borough.slug, found.report_id)
    context = {"issue": found, "form": form, "why_not": why_not_take_down(found)}
    return render(request, "reports/issue_take_down.html", context)


def _take_down(form: TakeDownForm, found: Issue, by: User) -> None:
    because = form.cleaned_data["because"]
    take_down_issue(issue=found, because=because, also=form.also_these, by=by)


@borough_view(Perm.READ_REPORTS)
def issue_closed(request: BoroughRequest, pk: UUID, number: int) -> HttpResponse:
    """The closed sections on the screen, and where the closed appendices are; that they were read stands in the trail.

    Whoever is on no list gets the same page of every version, whether something of it is closed or not.
    """
    found = issue_or_404(request, pk, number)
    restricted = restricted_for(found, request.user)
    if restricted:
        note_closed_read(issue=found, by=request.user, as_member=reads_as_member(request))
    context = {
        "issue": found,
        "restricted": restricted,
        "sections": sections_of(found, restricted.texts) if restricted else [],
    }
    return render(request, "reports/issue_closed.html", context)


@borough_view(Perm.READ_REPORTS, "GET", "HEAD", "POST")
def issue_restricted(request: BoroughRequest, pk: UUID, number: int) -> HttpResponse:
    """Asked for by a button, so that looking writes nothing: each copy stands in the trail."""
    found = issue_or_404(request, pk, number)
    if request.method != "POST":
        return redirect(found)
    try:
        data = hand_out_pack(issue=found, by=request.user, as_member=reads_as_member(request))
    except Refused as why:
        messages.error(request, str(why))
        return redirect(found)
    return pdf_download(data, f"closed-{request.borough.slug}-{found.issued_at:%Y-%m-%d}.pdf")


@borough_view(Perm.MANAGE_SETTINGS, "GET", "HEAD", "POST")
def register_settings(request: BoroughRequest) -> HttpResponse:
    is_on = hasattr(request.borough, "public_register")
    form = filled(RegisterForm, request, {"on": "yes" if is_on else "no"})
    if request.method == "POST" and form.is_valid():
        on = form.cleaned_data["on"] == "yes"
        turn_register(borough=request.borough, on=on, by=request.user)
        messages.success(request, "Saved.")
        return redirect("reports:register-settings", request.borough.slug)
    return render(request, "reports/register_settings.html", {"form": form, "is_on": is_on})
