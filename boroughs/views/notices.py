"""The notices an executive gives, and how its decisions are called in."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from boroughs.access import BoroughRequest, borough_view
from boroughs.actions.notices import add_notice, change_notice, set_call_in
from boroughs.closed_passages import look_for_closed_passages
from boroughs.editing import Edit, warn
from boroughs.forms import done, filled
from boroughs.forms.notices import CallInForm, NoticeChangeForm, NoticeForm
from boroughs.models import Committee, Notice
from boroughs.notice_policies import why_not_notice
from boroughs.roles import Perm


def to_notices(committee: Committee) -> HttpResponse:
    return redirect("boroughs:committee-notices", committee.borough.slug, committee.pk)


@borough_view(Perm.ENTER, "GET", "HEAD")
def committee_notices(request: BoroughRequest, pk: UUID) -> HttpResponse:
    """Notices are public: everybody of the borough sees them."""
    committee = get_object_or_404(request.borough.committees, pk=pk)
    context = {
        "committee": committee,
        "notices": committee.notices.select_related("meeting"),
        "why_not": why_not_notice(committee),
        "may_manage": Perm.MANAGE_MEETINGS in request.granted,
    }
    return render(request, "boroughs/committee_notices.html", context)


@borough_view(Perm.MANAGE_MEETINGS, "GET", "HEAD", "POST")
def committee_notice_add(request: BoroughRequest, pk: UUID) -> HttpResponse:
    committee = get_object_or_404(request.borough.committees, pk=pk)
    form = filled(
        NoticeForm, request, {"meeting": request.GET.get("meeting", "")}, committee=committee
    )
    added: list[Notice] = []
    if request.method == "POST" and done(
        form,
        lambda: added.append(add_notice(committee=committee, by=request.user, **form.cleaned_data)),
    ):
        messages.success(request, "The notice was added.")
        page = f"{request.path.removesuffix('add/')}{added[0].pk}/change/"
        warn(request, form, page)
        return to_notices(committee)
    look_for_closed_passages(form, request.borough, request.user)
    context = {"form": form, "committee": committee, "why_not": why_not_notice(committee)}
    return render(request, "boroughs/committee_notice_add.html", context)


@borough_view(Perm.MANAGE_MEETINGS, "GET", "HEAD", "POST")
def committee_notice_change(request: BoroughRequest, committee: UUID, pk: UUID) -> HttpResponse:
    body = get_object_or_404(request.borough.committees, pk=committee)
    notice = get_object_or_404(body.notices.select_related("committee"), pk=pk)
    edit = Edit(request, NoticeChangeForm, notice, committee=body)
    if edit.saved(lambda **said: change_notice(notice=notice, **said)):
        messages.success(request, "The notice was changed.")
        warn(request, edit.form, request.path)
        return to_notices(body)
    return edit.page("boroughs/committee_notice_change.html", committee=body)


@borough_view(Perm.MANAGE_MEETINGS, "GET", "HEAD", "POST")
def committee_call_in(request: BoroughRequest) -> HttpResponse:
    """The rule of today, those before it, and a new one."""
    rules = request.borough.call_in_rules.select_related("set_by")
    now = rules.in_force(timezone.localdate())
    form = filled(CallInForm, request, CallInForm.said_in(now))
    if request.method == "POST" and done(
        form, lambda: set_call_in(borough=request.borough, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, "The rule on call-in was set.")
        return redirect("boroughs:committee-call-in", request.borough.slug)
    context = {"form": form, "now": now, "rules": rules}
    return render(request, "boroughs/committee_call_in.html", context)
