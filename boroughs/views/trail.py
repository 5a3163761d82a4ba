"""The trail: the borough's for its lead and monitoring officer, the portal's for administrators."""

import csv
import io
import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from audit.models import EventQuerySet
from audit.trail import head_of, last_check
from boroughs.access import (
    BoroughRequest,
    SignedInRequest,
    administrator_view,
    administrators,
    borough_view,
    everybody_ever_of,
)
from boroughs.forms import TrailForm
from boroughs.harmless import harmless
from boroughs.roles import Perm
from boroughs.trail import (
    PER_PAGE,
    Line,
    chosen,
    lines_of,
    mark_of,
    older_than,
    trail_of,
    trail_of_the_portal,
)

MOST_ROWS = 20_000
HEADINGS = (
    "Place in the chain",
    "When",
    "Who",
    "What",
    "Outcome",
    "From where",
    "Deed",
    "On what",
    "Facts",
    "Hash",
)


@borough_view(Perm.READ_TRAIL, "GET", "HEAD")
def trail_list(request: BoroughRequest) -> HttpResponse:
    form = TrailForm(data=request.GET, people=everybody_ever_of(request.borough))
    context = listed(request, form, trail_of(request.borough, request.granted))
    context["lines"] = lines_of(context["events"], request.borough, request.granted)
    context["head"], context["check"] = head_of(request.borough.pk), last_check(request.borough.pk)
    return render(request, "boroughs/trail_list.html", context)


@borough_view(Perm.READ_TRAIL, "GET", "HEAD")
def trail_download(request: BoroughRequest) -> HttpResponse:
    form = TrailForm(data=request.GET, people=everybody_ever_of(request.borough))
    back = reverse("boroughs:trail-list", args=[request.borough.slug])
    events = trail_of(request.borough, request.granted)
    return downloaded(request, form, events, back, f"trail-{request.borough.slug}.csv")


@administrator_view("GET", "HEAD")
def portal_trail_list(request: SignedInRequest) -> HttpResponse:
    form = TrailForm(data=request.GET, people=administrators())
    context = listed(request, form, trail_of_the_portal())
    context["lines"] = lines_of(context["events"])
    context["head"], context["check"] = head_of(None), last_check(None)
    return render(request, "boroughs/portal_trail_list.html", context)


@administrator_view("GET", "HEAD")
def portal_trail_download(request: SignedInRequest) -> HttpResponse:
    form = TrailForm(data=request.GET, people=administrators())
    back = reverse("administration:trail-list")
    return downloaded(request, form, trail_of_the_portal(), back, "trail-portal.csv")


# -- A page of it ---------------------------------------------------------------------------------------
def listed(request: HttpRequest, form: TrailForm, events: EventQuerySet) -> dict[str, Any]:
    """A page of what the form asks for, without counting the whole; nothing while a date cannot be read."""
    wanted = chosen(events, form.cleaned_data) if form.is_valid() else events.none()
    mark = request.GET.get("before", "")
    rows = list(older_than(wanted, mark)[: PER_PAGE + 1])
    query = filters_of(request)
    return {
        "form": form,
        "events": rows[:PER_PAGE],
        "older": with_mark(query, mark_of(rows[PER_PAGE - 1])) if len(rows) > PER_PAGE else "",
        "newest": f"?{query.urlencode()}" if mark else "",
        "filters": query.urlencode(),
        "filtered": any(query.values()),
    }


def filters_of(request: HttpRequest) -> QueryDict:
    """The query string as the form knows it, without the place in the list."""
    query = request.GET.copy()
    query.pop("before", None)
    return query


def with_mark(query: QueryDict, mark: str) -> str:
    further = query.copy()
    further["before"] = mark
    return f"?{further.urlencode()}"


# -- The download -----------------------------------------------------------------------------------------
def downloaded(
    request: HttpRequest, form: TrailForm, events: EventQuerySet, back: str, name: str
) -> HttpResponse:
    """The filtered events as CSV, whole or not at all; built here, since a stream would be read without its reader."""
    again = HttpResponseRedirect(f"{back}?{filters_of(request).urlencode()}")
    if not form.is_valid():
        return again
    rows = list(chosen(events, form.cleaned_data)[: MOST_ROWS + 1])
    if len(rows) > MOST_ROWS:
        said = f"More than {MOST_ROWS:,} events are too many for one download. Choose fewer days."
        messages.error(request, said)
        return again
    return HttpResponse(
        as_csv(lines_of(rows)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def as_csv(lines: list[Line]) -> str:
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(HEADINGS)
    writer.writerows([harmless(cell) for cell in cells(line)] for line in lines)
    return "\ufeff" + file.getvalue()  # the mark by which a spreadsheet knows UTF-8


def cells(line: Line) -> list[str]:
    event = line.event
    return [
        str(line.place or ""),
        timezone.localtime(event.at).isoformat(sep=" ", timespec="seconds"),
        line.who,
        line.said,
        event.get_outcome_display(),
        event.origin,
        event.deed,
        event.subject,
        json.dumps(event.facts, sort_keys=True),
        line.hash,
    ]
