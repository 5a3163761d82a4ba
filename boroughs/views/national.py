"""The national context beside the borough's own record."""

from django.http import HttpResponse
from django.shortcuts import render

from boroughs.access import BoroughRequest, borough_view
from boroughs.national import by_kind
from boroughs.roles import Perm


@borough_view(Perm.READ_RECORD, "GET", "HEAD")
def context_show(request: BoroughRequest) -> HttpResponse:
    funding = request.borough.funding_statuses.order_by("-year")
    return render(request, "boroughs/context_show.html", {"kinds": by_kind(), "funding": funding})
