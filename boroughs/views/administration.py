"""Opening boroughs and giving them their first lead; of what a borough keeps nothing shows here."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.second_factor import passed_second_factor, way_to
from boroughs import register
from boroughs.access import SignedInRequest, administrator_view, boroughs_to_administer
from boroughs.actions.borough import open_from_register
from boroughs.actions.people import invite_lead
from boroughs.actions.second_factors import reset_second_factor
from boroughs.forms import FirstLeadForm, LeadForm, SecondFactorEndForm, done, filled
from boroughs.models import Borough
from boroughs.models.borough import Kind
from boroughs.policies import why_not_invite_lead, why_not_open

PER_PAGE = 50


@dataclass(frozen=True)
class Found:
    """An authority as the list of the register shows it."""

    authority: register.Authority
    kind: str
    place: str
    is_open: bool


@administrator_view("GET", "HEAD")
def borough_list(request: SignedInRequest) -> HttpResponse:
    page = Paginator(_known_first(), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "without": boroughs_to_administer(without_lead=True)}
    return render(request, "boroughs/borough_list.html", context)


def _known_first() -> QuerySet[Borough]:
    """The councils of the register, and then what else was opened, such as a demonstration's."""
    codes = [authority.gss for authority in register.authorities()]
    unknown = ExpressionWrapper(~Q(gss_code__in=codes), output_field=BooleanField())
    return boroughs_to_administer().order_by(unknown, "name", "pk")


@administrator_view("GET", "HEAD")
def authority_list(request: SignedInRequest) -> HttpResponse:
    wanted = " ".join(request.GET.get("q", "").split())[:100]
    opened = set(boroughs_to_administer().values_list("gss_code", flat=True))
    rows = found(register.current(timezone.localdate()), wanted, opened)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "boroughs/authority_list.html", {"page": page, "wanted": wanted})


def found(authorities: Iterable[register.Authority], wanted: str, opened: set[str]) -> list[Found]:
    """The authorities whose name holds every word, or whose code begins with the text."""
    words, code = plain(wanted).split(), wanted.upper()
    return [
        Found(a, Kind(a.kind).label, a.region or "Wales", a.gss in opened)
        for a in authorities
        if a.gss.startswith(code) or all(word in plain(f"{a.name} {a.full_name}") for word in words)
    ]


def plain(text: str) -> str:
    """Small letters and digits only, so that “st. helens” finds St Helens."""
    kept = text.casefold().replace("&", " and ").replace("-", " ")
    return "".join(letter for letter in kept if letter.isalnum() or letter == " ")


@administrator_view("GET", "HEAD", "POST")
def borough_open(request: SignedInRequest, gss: str) -> HttpResponse:
    try:
        authority = register.authority(gss)
    except KeyError:
        raise Http404 from None
    form = filled(FirstLeadForm, request, {"full_name": authority.council_name})
    if request.method == "POST" and done(
        form,
        lambda: open_from_register(authority=authority, by=request.user, **form.cleaned_data),
    ):
        lead = form.cleaned_data["email"]
        messages.success(request, f"{authority} is open. {lead} was invited to be its lead.")
        return redirect("administration:borough-list")
    context = {
        "form": form,
        "authority": authority,
        "kind": Kind(authority.kind).label,
        "why_not": why_not_open(authority, timezone.localdate()),
    }
    return render(request, "boroughs/borough_open.html", context)


@administrator_view("GET", "HEAD", "POST")
def lead_invite(request: SignedInRequest, pk: int) -> HttpResponse:
    borough = get_object_or_404(boroughs_to_administer(), pk=pk)
    form = filled(LeadForm, request)
    if request.method == "POST" and done(
        form,
        lambda: invite_lead(
            borough=borough,
            name=form.cleaned_data["lead"],
            post=form.cleaned_data["post"],
            email=form.cleaned_data["email"],
            by=request.user,
        ),
    ):
        messages.success(request, f"{form.cleaned_data['email']} was invited to lead {borough}.")
        return redirect("administration:borough-list")
    context = {"form": form, "council": borough, "why_not": why_not_invite_lead(borough)}
    return render(request, "boroughs/lead_invite.html", context)


@administrator_view("GET", "HEAD", "POST")
def second_factor_end(request: SignedInRequest) -> HttpResponse:
    if not passed_second_factor(request):
        return redirect(way_to(request.path))
    form = filled(SecondFactorEndForm, request)
    if request.method == "POST" and done(
        form, lambda: reset_second_factor(by=request.user, **form.cleaned_data)
    ):
        email = form.cleaned_data["email"]
        messages.success(
            request, f"The second factor of {email} is ended, and so are its sessions."
        )
        return redirect("administration:borough-list")
    return render(request, "boroughs/second_factor_end.html", {"form": form})
