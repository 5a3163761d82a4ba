"""What is typed about boards. Organisations and posts, never names of people; of the Channel panel, never a case."""

from typing import Any

from django import forms

from boroughs.actions.boards import expected_at
from boroughs.filling import said_in, version_seen
from boroughs.models import BoardMember, Borough, Committee, Meeting
from boroughs.policies import day
from boroughs.prose_field import ProseField
from govuk.forms import Checkboxes, CleanText, DateField, Radios

HELP = "For example, 4 7 2026"


class BoardForm(forms.Form):
    chair_post = CleanText(
        label="Chaired by (optional)",
        help_text="The chair’s post, not a name: Assistant Director of Housing.",
        max_length=150,
        required=False,
    )
    meetings_a_year = forms.IntegerField(
        label="Meetings a year (optional)",
        help_text="4 for quarterly, 12 for monthly. Whether it was kept is worked out from the meetings held.",
        min_value=1,
        max_value=52,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-2"}),
        error_messages={
            "invalid": "Meetings a year must be a whole number, like 4",
            "min_value": "A board meets at least once a year. Leave it empty when it is not fixed",
            "max_value": "Meetings a year must be 52 or fewer",
        },
    )
    reports_to: "forms.ModelChoiceField[Committee]" = forms.ModelChoiceField(
        label="Reports to (optional)",
        queryset=None,
        empty_label="No body here",
        required=False,
        error_messages={
            "invalid_choice": "A board reports to another body of the borough. Choose one of the list"
        },
    )
    is_channel_panel = forms.BooleanField(
        label="This is the Channel panel",
        help_text="Only whether it met and which organisations came is kept. The portal holds no cases.",
        required=False,
    )
    terms = ProseField(
        label="Terms of reference (optional)",
        help_text="What it is for and how it works, or where its terms of reference are kept.",
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def __init__(
        self, *args: Any, borough: Borough, board: Committee | None = None, **rest: Any
    ) -> None:
        super().__init__(*args, **rest)
        above = borough.committees.sitting()
        field = self.fields["reports_to"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = above.exclude(pk=board.pk) if board else above

    @classmethod
    def said_in(cls, board: Committee) -> dict[str, Any]:
        return {name: getattr(board, name) for name in cls.base_fields if name != "seen"} | {
            "seen": board.version
        }


class BoardAddForm(BoardForm):
    name = CleanText(label="Name", help_text="Its full name.", max_length=150)
    remit = ProseField(
        label="Remit (optional)",
        help_text="What it decides or oversees, in a sentence or two.",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    field_order = ("name", "remit")


class BoardChangeForm(BoardForm):
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class BoardMemberForm(forms.Form):
    organisation = CleanText(
        label="Organisation",
        help_text="For example, Metropolitan Police, or the council’s children’s services.",
        max_length=150,
    )
    post = CleanText(
        label="Post of its representative (optional)",
        help_text="A post, not a name. Leave it empty when it is not known.",
        max_length=150,
        required=False,
    )
    unnamed = forms.BooleanField(
        label="It has yet to name a representative",
        help_text="The gap is then shown.",
        required=False,
    )
    since = DateField(
        label="From (optional)",
        help_text=f"{HELP}. Leave it empty when it is not known: the place then counts at every meeting.",
        required=False,
    )
    until = DateField(
        label="To (optional)", help_text="The last day, when the place has ended.", required=False
    )

    def clean(self) -> None:
        if self.cleaned_data.get("unnamed") and self.cleaned_data.get("post"):
            self.add_error("unnamed", "A representative is named. Delete the post, or clear this")
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            self.add_error(
                "until", f"A place ends after it began. Enter {day(since)} or a later day"
            )


class BoardMemberChangeForm(BoardMemberForm):
    seen = version_seen()

    @classmethod
    def said_in(cls, member: BoardMember) -> dict[str, Any]:
        return said_in(cls, member)


class BoardMeetingForm(forms.Form):
    date = DateField(label="Date of the meeting", help_text=HELP)


class MeetingRecordForm(forms.Form):
    outcome = forms.ChoiceField(
        label="What became of the meeting",
        choices=[
            (o.value, o.label)
            for o in (Meeting.Outcome.HELD, Meeting.Outcome.NOT_HELD, Meeting.Outcome.PLANNED)
        ],
        widget=Radios,
    )
    not_held_because = ProseField(
        label="Why it was not held",
        help_text="Only when it was not held: for example, that too few members could come.",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    came = forms.TypedMultipleChoiceField(
        label="Who came?",
        help_text="Tick each organisation that came, whoever came for it.",
        required=False,
        widget=Checkboxes,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, meeting: Meeting, **rest: Any) -> None:
        super().__init__(*args, **rest)
        expected = expected_at(meeting)
        if not expected:
            del self.fields["came"]
            return
        came = self.fields["came"]
        assert isinstance(came, forms.TypedMultipleChoiceField)  # noqa: S101  # nosec B101
        came.coerce = {str(member.pk): member.pk for member in expected}.__getitem__
        came.choices = [(str(member.pk), _with_gap(member)) for member in expected]

    @staticmethod
    def said_in(meeting: Meeting) -> dict[str, Any]:
        """What is recorded now, as the form's initial values."""
        return {
            "outcome": _likely(meeting),
            "not_held_because": meeting.not_held_because,
            "came": [str(row.member_id) for row in meeting.attendance.all() if row.came],
            "seen": meeting.version,
        }

    def clean(self) -> None:
        outcome = self.cleaned_data.get("outcome")
        reason = self.cleaned_data.get("not_held_because")
        if (
            outcome == Meeting.Outcome.NOT_HELD
            and not reason
            and "not_held_because" not in self.errors
        ):
            self.add_error("not_held_because", "Say why the meeting was not held")
        if outcome and outcome != Meeting.Outcome.NOT_HELD and reason:
            self.add_error(
                "not_held_because",
                "A reason is only for a meeting that was not held. Delete it, or select “Not held”",
            )
        if (
            outcome == Meeting.Outcome.HELD
            and "came" in self.fields
            and not self.cleaned_data.get("came")
        ):
            self.add_error(
                "came", "Tick the organisations that came. If none did, the meeting was not held"
            )


def _with_gap(member: BoardMember) -> str:
    return f"{member} (no representative named)" if member.unnamed else str(member)


def _likely(meeting: Meeting) -> str:
    """Nothing is ticked beforehand for a meeting whose outcome nobody has recorded."""
    return "" if meeting.outcome == Meeting.Outcome.PLANNED else meeting.outcome
