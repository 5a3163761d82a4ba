"""Which of a letter's judgements become recommendations, and under which review."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from boroughs.models import Review
from govuk.forms import Checkboxes, CleanText, DateField
from toolkit.letter import Proposed

STALE = "A judgement was changed, or a recommendation made of it, while you were looking. Look at the list again"


class ReviewField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    def label_from_instance(self, obj: Review) -> str:
        return f"{obj.title}, {obj.starts_on.day} {obj.starts_on:%B %Y}"


class RecommendForm(forms.Form):
    chosen = forms.MultipleChoiceField(
        label="Recommendations to be made",
        widget=Checkboxes(),
        error_messages={
            "required": "Select what becomes a recommendation",
            "invalid_choice": STALE,
        },
    )
    review = ReviewField(
        label="Review to which they belong",
        queryset=None,
        required=False,
        empty_label="A new one, for this letter",
    )
    title = CleanText(label="Title of the letter, if it is a new review", max_length=200, required=False)  # fmt: skip
    letter_on = DateField(
        label="Day of the letter, if it is a new review",
        help_text="For example, 4 7 2019",
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        proposed: Sequence[Proposed],
        reviews: QuerySet[Review],
        **rest: Any,
    ) -> None:
        super().__init__(*args, **rest)
        chosen, review = self.fields["chosen"], self.fields["review"]
        if isinstance(chosen, forms.MultipleChoiceField) and isinstance(review, ReviewField):
            chosen.choices = [(row.key, f"{row.rating.benchmark}: {row.importance}") for row in proposed]  # fmt: skip
            chosen.widget.hints = {row.key: row.text for row in proposed}
            review.queryset = reviews

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("review") or "review" in self.errors:
            return said
        if not said.get("title") and "title" not in self.errors:
            self.add_error("title", "Enter the letter’s title, or choose the review above")
        on = said.get("letter_on")
        if not on and "letter_on" not in self.errors:
            self.add_error("letter_on", "Enter the day of the letter")
        elif on and on > timezone.localdate():
            self.add_error("letter_on", "The day of the letter cannot be in the future")
        return said
