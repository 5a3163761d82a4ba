"""Who may read what is closed: putting people and seats on a list, taking them off, asking and answering."""

from typing import Any, cast

from django import forms

from boroughs.models import AccessRequest
from govuk.forms import CleanText, DateField, Radios

from .committees import PersonField

LONGEST = 2000  # characters


def ask_why(label: str = "Reason", help_text: str = "") -> CleanText:
    return CleanText(
        label=label,
        help_text=help_text,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def ask_until() -> DateField:
    return DateField(
        label="Until (optional)",
        help_text="The last day on which they can read it. Leave it empty when it is not known. For example, 4 7 2027",
        required=False,
    )


class ReasonForm(forms.Form):
    """Why it is done: to release a record, or to take somebody off its list."""

    reason = ask_why(help_text="Kept with what was done, on the record’s page.")


class PersonToList(forms.Form):
    person = PersonField(
        label="Person",
        queryset=None,
        empty_label="Choose a person",
        error_messages={
            "invalid_choice": "Choose somebody from the list of people. Whoever is missing there was put on the access "
            "list meanwhile, or holds no role that reads closed records"
        },
    )

    def __init__(self, *args: Any, people: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        cast("PersonField", self.fields["person"]).queryset = people


class ListGrantForm(PersonToList):
    until = ask_until()
    reason = ask_why(help_text="Why they need to read it.")


class EmergencyForm(PersonToList):
    hours = forms.IntegerField(
        label="Hours",
        help_text="Between 1 and 168, which is seven days. Access ends by itself.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-3"}),
    )
    reason = ask_why(help_text="What happened, and why it cannot wait for a lead.")


class SeatsGrantForm(forms.Form):
    committee: Any = forms.ModelChoiceField(
        label="Committee",
        help_text="Whoever holds a seat on it can read the record, for as long as they hold the seat.",
        queryset=None,
        empty_label="Choose a committee",
        error_messages={
            "invalid_choice": "Choose a committee from the list. One that is missing there was put on the access list meanwhile"
        },
    )
    until = ask_until()
    reason = ask_why(help_text="Why the committee needs to read it.")

    def __init__(self, *args: Any, committees: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        cast("forms.ModelChoiceField[Any]", self.fields["committee"]).queryset = committees


class AskForm(forms.Form):
    reason = ask_why(
        label="Why you need to read it",
        help_text="For example, the item of the agenda or the matter you scrutinise. Those who keep access lists read it.",
    )


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(
        label="Answer",
        choices=[
            (AccessRequest.Answer.GRANTED.value, "Grant it"),
            (AccessRequest.Answer.REFUSED.value, "Refuse it"),
        ],
        widget=Radios(
            hints={
                AccessRequest.Answer.GRANTED.value: "They are put on the access list at once.",
                AccessRequest.Answer.REFUSED.value: "They read your reason and may ask again.",
            }
        ),
    )
    until = ask_until()
    reason = ask_why(label="Reason for the answer", help_text="Whoever asked reads it.")

    def clean(self) -> None:
        given = self.cleaned_data
        if given.get("answer") == AccessRequest.Answer.REFUSED and given.get("until"):
            self.add_error("until", "Only a grant ends on a day. Take the day away, or grant it")

    @property
    def said(self) -> dict[str, Any]:
        """What a valid form says, as the arguments of the action `answer`."""
        given = self.cleaned_data
        return {
            "granted": given["answer"] == AccessRequest.Answer.GRANTED,
            "until": given["until"],
            "reason": given["reason"],
        }
