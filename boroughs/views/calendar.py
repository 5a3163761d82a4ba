"""The reporting calendar for a calendar program, at a secret address that its owner can end."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

from boroughs.access import BoroughRequest, borough_view, granted
from boroughs.actions.duties import make_feed, revoke_feed
from boroughs.duties import calendar_file, feed_for, live_feed
from boroughs.models import CalendarFeed, meetings_of
from boroughs.roles import Perm
from boroughs.rows import acting_as, origin_of

MOST, MINUTE = 60, 60  # requests from one address, and seconds


@borough_view(Perm.READ_RECORD, "GET", "HEAD", "POST")
def duty_calendar(request: BoroughRequest) -> HttpResponse:
    """POST makes an address and shows it this once; the former one ends."""
    link = ""
    if request.method == "POST":
        token = make_feed(borough=request.borough, by=request.user)
        link = settings.SITE_URL + reverse("calendar:feed", args=[token])
    context = {"link": link, "feed": live_feed(request.borough, request.user)}
    return render(request, "boroughs/duty_calendar.html", context)


@borough_view(Perm.READ_RECORD, "POST")
def duty_calendar_revoke(request: BoroughRequest) -> HttpResponse:
    revoke_feed(borough=request.borough, by=request.user)
    messages.success(request, "The address has ended. Calendars that use it find nothing there.")
    return redirect("boroughs:duty-calendar", request.borough.slug)


@require_safe
@login_not_required
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Titles and days. 404 whether the address never was, has ended, or its owner may not read the record any more."""
    if _too_many(request):
        return HttpResponse("Too many requests. Try again in a minute.\n", "text/plain", 429)
    found = feed_for(token)
    if found is None or not found.user.is_active or found.borough.ended_at:
        raise Http404
    with acting_as(found.user.pk):
        if Perm.READ_RECORD not in granted(found.user, found.borough):
            raise Http404
        text = _calendar(found)
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["X-Robots-Tag"] = "noindex"
    return response


def _calendar(found: CalendarFeed) -> str:
    today = timezone.localdate()
    duties = found.borough.duties.filter(ended_on=None)
    meetings = meetings_of(found.borough).on_or_after(today).exclude(outcome="not_held")
    return calendar_file(found.borough, duties, meetings, timezone.now())


def _too_many(request: HttpRequest) -> bool:
    key = f"calendar:{origin_of(request)}"
    try:
        cache.add(key, 0, MINUTE)
        return cache.incr(key) > MOST
    except (RedisError, ValueError):  # away, or the minute ended in between
        return False
