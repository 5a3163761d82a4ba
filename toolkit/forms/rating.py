"""What a coordinator says of one benchmark."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms

from boroughs.prose_field import ProseField
from govuk.forms import Radios
from toolkit.models import Level, Rating
from toolkit.policies import why_not_this_rating

LONGEST = 4000  # characters
NOT_RATED = ""


class RatingForm(forms.Form):
    level = forms.ChoiceField(label="Rating", required=False, widget=Radios())
    comment = ProseField(
        label="Comment",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Why this rating. The committee reads it: do not name or describe anyone who was referred.",
    )
    actions = ProseField(
        label="Actions",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    standing = forms.ChoiceField(
        label="How this benchmark is met",
        required=False,
        choices=[
            ("", "By the council itself, rated as usual"),
            (Rating.Standing.THROUGH_PARTNER.value, "Through a partner"),
            (Rating.Standing.NOT_APPLICABLE.value, "It does not apply here"),
        ],
        widget=Radios(),
    )
    reason = ProseField(
        label="Reason, if it is met through a partner, does not apply or is not rated",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, levels: Iterable[Level], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.levels = {level.key: level for level in levels}
        level = cast("forms.ChoiceField", self.fields["level"])
        level.choices = [*((k, v.label) for k, v in self.levels.items()), (NOT_RATED, "Not rated")]
        level.widget.hints = {key: lev.meaning for key, lev in self.levels.items()}

    @classmethod
    def said_in(cls, rating: Rating) -> dict[str, Any]:
        """What the rating says now, as the form's initial values."""
        return {
            "level": rating.level.key if rating.level else NOT_RATED,
            "standing": rating.standing,
            "reason": rating.reason,
            "comment": rating.comment,
            "actions": rating.actions,
            "seen": rating.version,
        }

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        level = self.levels.get(said.get("level", ""))
        why = why_not_this_rating(level, said.get("standing", ""), said.get("reason", ""))
        if why and not self.errors:
            self.add_error("reason" if said.get("standing") and not level else "level", why)
        return {**said, "level": level}
