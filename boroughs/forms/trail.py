"""What a reader of the trail looks for."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from accounts.models import User
from audit.models import Outcome
from boroughs.deeds import Kind
from boroughs.policies import day
from govuk.forms import DateField

from .committees import PersonField

ANY = [("", "All")]


class TrailForm(forms.Form):
    person = PersonField(
        label="Person",
        help_text="Who did it, or whom it was about",
        queryset=None,
        empty_label="All",
        required=False,
    )
    kind = forms.ChoiceField(label="Kind", choices=[*ANY, *Kind.choices], required=False)
    outcome = forms.ChoiceField(label="Outcome", choices=[*ANY, *Outcome.choices], required=False)
    since = DateField(label="From", required=False)
    until = DateField(label="To", required=False)

    def __init__(self, *args: Any, people: QuerySet[User], **rest: Any) -> None:
        super().__init__(*args, **rest)
        person = self.fields["person"]
        if isinstance(person, PersonField):
            person.queryset = people.order_by("name", "pk")

    def clean(self) -> None:
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            self.add_error("until", f"Enter {day(since)} or a later day")
