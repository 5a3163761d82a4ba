"""Sending sections to be cleared, verifying and returning them; comments."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from accounts.models import User
from boroughs.prose_field import ProseField
from govuk.forms import CleanText, DateField
from reports.actions.clearing import Asked
from reports.clearing import post_for
from reports.models import Clearance
from reports.places import Place

POST = Clearance._meta.get_field("post").max_length
PRINTED = Clearance._meta.get_field("printed_name").max_length
COMMENT = 2000


def with_post(officer: User) -> str:
    return f"{officer.name}, {officer.post}" if officer.post else str(officer.name)


class SendForm(forms.Form):
    """For each section a person and what they clear it for; one day for all."""

    due_on = DateField(label="Due on", required=False, help_text="They are reminded on that day.")

    def __init__(
        self, *args: Any, places: Sequence[Place], officers: QuerySet[User], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.places = places
        people = [("", "Nobody now"), *((each.pk, with_post(each)) for each in officers)]
        due_on = self.fields.pop("due_on")
        for place in places:
            who = forms.ModelChoiceField(officers, label=place.name, required=False)
            who.choices = people  # asked once for all
            self.fields[f"who-{place.key}"] = who
            self.fields[f"post-{place.key}"] = CleanText(
                label=f"{place.heading}: what it is cleared for",
                max_length=POST,
                required=False,
                initial=post_for(place) or place.heading[:POST],
            )
        self.fields["due_on"] = due_on

    def clean(self) -> None:
        said = self.cleaned_data
        chosen = [place for place in self.places if said.get(f"who-{place.key}")]
        for place in chosen:
            if not said.get(f"post-{place.key}") and f"post-{place.key}" not in self.errors:
                self.add_error(
                    f"post-{place.key}", f"Enter what {place.heading} is cleared for, such as Legal"
                )
        if not chosen and self.places and not self.errors:
            self.add_error(f"who-{self.places[0].key}", "Choose whom to send a section to")

    def asked(self) -> Iterator[Asked]:
        said = self.cleaned_data
        for place in self.places:
            if who := said[f"who-{place.key}"]:
                yield Asked(place.key, who, said[f"post-{place.key}"])


class VerifyForm(forms.Form):
    name = CleanText(label="Your name", help_text="As it is printed.", max_length=PRINTED)
    post = CleanText(label="Your post", help_text="As it is printed.", max_length=PRINTED)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class ReturnForm(forms.Form):
    comment = ProseField(
        label="What has to change",
        help_text="Whoever writes the report reads it. It is never printed.",
        max_length=COMMENT,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class CommentForm(forms.Form):
    body = ProseField(
        label="Your comment",
        help_text="For colleagues who write or clear this report. It is never printed.",
        max_length=COMMENT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
