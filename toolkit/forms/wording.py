"""What a borough means by the words of a scale."""

from typing import Any

from django import forms

from boroughs.prose_field import ProseField
from toolkit.models import LONGEST_MEANING
from toolkit.wording import Words


class LevelsForm(forms.Form):
    """A text for each level, best first. What is left empty is the shipped meaning."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, words: Words, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.levels = {_field(level.key): level.key for level in words.levels}
        for level in words.levels:
            self.fields[_field(level.key)] = ProseField(
                label=level.label,
                help_text=f"As it ships: {level.meaning}" if level.meaning else "",
                required=False,
                max_length=LONGEST_MEANING,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    @classmethod
    def said_in(cls, words: Words) -> dict[str, Any]:
        own = words.own
        texts = {_field(level.key): own.get(level.pk, "") for level in words.levels}
        return texts | {"seen": words.version}

    @property
    def texts(self) -> dict[str, str]:
        return {key: self.cleaned_data[name] for name, key in self.levels.items()}


def _field(key: str) -> str:
    return f"level_{key}"
