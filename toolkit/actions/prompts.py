"""Wording the questions in the borough's own way, and answering them."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.trail import record
from boroughs.models import Borough
from boroughs.policies import ChangedMeanwhile
from toolkit.catalogue import OWN_PROMPT
from toolkit.models import (
    Assessment,
    Benchmark,
    LocalPrompt,
    PromptAnswer,
    PromptSheet,
    Rating,
)
from toolkit.policies import Refused, why_not_rate
from toolkit.prompts import Sheet, Wording, asked, sheet_of, wordings_of


@transaction.atomic
def word_prompts(
    *,
    borough: Borough,
    benchmark: Benchmark,
    texts: Mapping[str, str],
    new: str = "",
    seen: int,
    by: User,
) -> None:
    """The borough's wording of each question by its key; an empty text drops the question. `new` is one of its own.

    `seen` is the version of the sheet that the person had before them. Raises ChangedMeanwhile when it is not the newest.
    """
    sheet = _held(borough, benchmark)
    if sheet.version != seen:
        raise ChangedMeanwhile(sheet)
    known = {word.key: word for word in sheet.words}
    changed = [
        (known[key], text)
        for key, text in texts.items()
        if key in known and text != known[key].text
    ]
    for word, text in changed:
        _word(borough, benchmark, word, text)
    if new:
        key = _free(known)
        LocalPrompt.objects.create(borough=borough, benchmark=benchmark, key=key, text=new)
    if changed or new:
        _worded(borough, benchmark, sheet, by)
        _record("prompts.worded", borough, benchmark, by)


def _word(borough: Borough, benchmark: Benchmark, word: Wording, text: str) -> None:
    base = word.base or word.shipped
    if text == word.shipped or not (text or base):
        LocalPrompt.objects.filter(borough=borough, benchmark=benchmark, key=word.key).delete()
    else:
        said = {"text": text, "base": base}
        LocalPrompt.objects.update_or_create(
            borough=borough, benchmark=benchmark, key=word.key, defaults=said
        )


@transaction.atomic
def settle_wording(
    *, borough: Borough, benchmark: Benchmark, key: str, take: bool, by: User
) -> None:
    """The shipped wording has changed: take it, or leave it and keep the borough's. Raises Refused where it has not."""
    sheet = _held(borough, benchmark)
    word = next((each for each in sheet.words if each.key == key), None)
    if word is None or not word.has_moved:
        raise Refused("The shipped wording of this question has not changed.")
    rows = LocalPrompt.objects.filter(borough=borough, benchmark=benchmark, key=key)
    if take or not (word.shipped or word.text):
        rows.delete()
    else:
        rows.update(base=word.shipped)
    _worded(borough, benchmark, sheet, by)
    _record("prompts.settled", borough, benchmark, by, taken=take)


def _held(borough: Borough, benchmark: Benchmark) -> Sheet:
    """The questions, which nobody else words until this is done."""
    Borough.objects.select_for_update(no_key=True).get(pk=borough.pk)
    return sheet_of(borough, benchmark)


def _worded(borough: Borough, benchmark: Benchmark, sheet: Sheet, by: User) -> None:
    said = {"version": sheet.version + 1, "changed_by": by, "changed_at": timezone.now()}
    PromptSheet.objects.update_or_create(borough=borough, benchmark=benchmark, defaults=said)


@transaction.atomic
def answer_prompts(
    *, rating: Rating, answers: Mapping[str, str], seen: Mapping[str, str], by: User
) -> int:
    """Keep the answers that differ from what the person had before them; says how many. An empty answer takes one back.

    Raises Refused once the ratings are submitted, and where somebody else answered the same question meanwhile.
    """
    held = Assessment.objects.select_for_update(no_key=True, of=("self",))
    assessment = held.select_related("version", "borough").get(pk=rating.assessment_id)
    if why := why_not_rate(assessment):
        raise Refused(why)
    rows = PromptAnswer.objects.filter(rating=rating)
    words = wordings_of(assessment.borough, rating.benchmark)
    changed = 0
    for question in asked(words, rows.values("key", "asked", "answer")):
        given = answers.get(question.key, question.answer)
        if given in (question.answer, seen.get(question.key, "")):
            continue
        if seen.get(question.key, "") != question.answer:
            raise Refused(f"Somebody else answered “{question.text}” meanwhile: look again.")
        _keep(rating, question.key, question.text, given, by)
        changed += 1
    if changed:
        _record("prompts.answered", assessment.borough, rating.benchmark, by, answers=changed)
    return changed


def _keep(rating: Rating, key: str, text: str, given: str, by: User) -> None:
    rows = PromptAnswer.objects.filter(rating=rating, key=key)
    if not given:
        rows.delete()
        return
    said = {"asked": text, "answer": given, "answered_by": by, "answered_at": timezone.now()}
    rows.update_or_create(rating=rating, key=key, defaults=said)


def _free(known: Mapping[str, object]) -> str:
    number = 1
    while f"{OWN_PROMPT}{number}" in known:
        number += 1
    return f"{OWN_PROMPT}{number}"


def _record(deed: str, borough: Borough, benchmark: Benchmark, by: User, **facts: Any) -> None:
    record(deed, by=by, borough_id=borough.pk, subject=borough, benchmark=benchmark.key, **facts)
