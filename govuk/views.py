"""The gallery: every component once, so that it can be looked at and tested."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from . import samples


@login_not_required
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component with sample values; `?errors` shows the form refused. Exists with DEBUG only."""
    if not settings.DEBUG:
        raise Http404
    form = samples.Sample({} if "errors" in request.GET else None, initial=samples.INITIAL)
    page = Paginator(range(200), 10).get_page(7)
    return render(request, "govuk/gallery.html", {"form": form, "page": page, **samples.CONTEXT})
