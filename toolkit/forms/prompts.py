"""The borough's wording of the questions, and their answers."""

from collections.abc import Iterable
from typing import Any

from django import forms

from govuk.forms import CleanText, Radios
from toolkit.models import PromptAnswer
from toolkit.prompts import Asked, Sheet, Wording

LONGEST = 300


class WordingForm(forms.Form):
    """A text for each question, and room for one more. What the questions are comes with what they say now."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, data: Any = None, *, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        words: list[Wording] = initial["words"]
        if self.is_bound:  # a question that somebody added meanwhile stays as it is
            said = {f"text_{word.key}": word.text for word in words}
            self.data = said | dict(self.data.items())
        self.keys = {f"text_{word.key}": word.key for word in words}
        for number, word in enumerate(words, 1):
            self.fields[f"text_{word.key}"] = CleanText(
                label=f"Question {number}",
                required=False,
                max_length=LONGEST,
                widget=forms.Textarea(attrs={"rows": 2}),
                help_text=f"As it ships: {word.shipped}" if word.shipped else "The borough’s own",
            )
        self.fields["new"] = CleanText(
            label="One more question",
            required=False,
            max_length=LONGEST,
            widget=forms.Textarea(attrs={"rows": 2}),
        )

    @classmethod
    def said_in(cls, sheet: Sheet) -> dict[str, Any]:
        texts = {f"text_{word.key}": word.text for word in sheet.words}
        return {**texts, "words": sheet.words, "seen": sheet.version}

    @property
    def said(self) -> dict[str, Any]:
        def told(name: str) -> str:
            return " ".join(self.cleaned_data[name].split())

        return {
            "texts": {key: told(name) for name, key in self.keys.items()},
            "new": told("new"),
        }


class AnswersForm(forms.Form):
    """An answer to each question; `seen` is what the page showed."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=5000)

    def __init__(self, *args: Any, questions: Iterable[Asked], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.keys = {f"answer_{each.key}": each.key for each in questions}
        for each in questions:
            self.fields[f"answer_{each.key}"] = forms.ChoiceField(
                label=each.text,
                choices=[*PromptAnswer.Answer.choices, ("", "Not answered")],
                required=False,
                initial=each.answer,
                widget=Radios(),
            )
        self.initial["seen"] = " ".join(f"{each.key}={each.answer}" for each in questions)

    @property
    def said(self) -> dict[str, dict[str, str]]:
        given = self.cleaned_data
        seen = (pair.partition("=") for pair in given["seen"].split())
        return {
            "answers": {key: given[name] for name, key in self.keys.items()},
            "seen": {key: answer for key, _, answer in seen},
        }
