"""The questions that help to judge a benchmark: the borough's wording of them, and their answers."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from boroughs.access import BoroughRequest, borough_view
from boroughs.editing import Edit
from boroughs.filling import done, filled
from boroughs.roles import Perm
from toolkit.actions.prompts import answer_prompts, settle_wording, word_prompts
from toolkit.forms import AnswersForm, WordingForm
from toolkit.looking import look_at
from toolkit.models import Benchmark, benchmark_of
from toolkit.policies import Refused
from toolkit.prompts import sheet_of


@borough_view(Perm.RATE, "GET", "HEAD", "POST")
def prompt_answer(request: BoroughRequest, pk: UUID, benchmark: str) -> HttpResponse:
    found = look_at(request.borough, pk, benchmark, request.user)
    if found is None:
        raise Http404
    form = filled(AnswersForm, request, questions=found.prompts)
    if request.method == "POST" and done(
        form, lambda: answer_prompts(rating=found.now, **form.said, by=request.user)
    ):
        messages.success(request, "The answers were saved. The rating is yours to choose.")
        return redirect("toolkit:rating", request.borough.slug, pk, benchmark)
    context = {"form": form, "rating": found.now, "assessment": found.assessment}
    return render(request, "toolkit/prompt_answer.html", {**context, "why_not": found.why_not_rate})


@borough_view(Perm.RATE, "GET", "HEAD", "POST")
def prompt_local(request: BoroughRequest, version: str, benchmark: str) -> HttpResponse:
    found = benchmark_of(version, benchmark)
    if request.method == "POST" and ("take" in request.POST or "leave" in request.POST):
        return _settle(request, found)
    sheet = sheet_of(request.borough, found)
    edit = Edit(request, WordingForm, sheet)
    if edit.saved(
        lambda seen, by, **_: word_prompts(
            borough=request.borough, benchmark=found, **edit.form.said, seen=seen, by=by
        )
    ):
        messages.success(request, "The questions were saved.")
        return redirect(request.path)
    moved = [word for word in sheet.words if word.has_moved]
    return edit.page("toolkit/prompt_local.html", benchmark=found, moved=moved)


def _settle(request: BoroughRequest, benchmark: Benchmark) -> HttpResponse:
    take = "take" in request.POST
    key = request.POST["take" if take else "leave"]
    try:
        settle_wording(
            borough=request.borough, benchmark=benchmark, key=key, take=take, by=request.user
        )
    except Refused as why:
        messages.error(request, str(why))
    else:
        said = "The shipped wording is taken." if take else "Your wording stays."
        messages.success(request, said)
    return redirect(request.path)
