"""What is asked about reviews, what they ask for, and what came of it."""

from typing import Any, cast

from django import forms
from django.utils import timezone

from boroughs.filling import said_in, version_seen
from boroughs.models import (
    Borough,
    Qualifier,
    Recommendation,
    RecommendationAction,
    Review,
    meetings_of,
)
from boroughs.prose_field import ProseField
from boroughs.review_policies import why_not_period, why_not_responded, why_not_this_answer
from govuk.forms import CleanText, DateField, Radios

EXAMPLE = "For example, 23 11 2018"
MOST = 100_000  # of anything that is counted here
NOBODY = "Write of the work: do not name or describe anyone who was referred."


def prose(rows: int = 4, **rest: Any) -> ProseField:
    return ProseField(widget=forms.Textarea(attrs={"rows": rows}), **{"max_length": 4000, **rest})


def post(**rest: Any) -> CleanText:
    about = "A post or a team, never a person’s name: people change."
    return CleanText(**{"max_length": 150, "required": False, "help_text": about, **rest})


def exactness(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=Qualifier.choices, required=False, widget=Radios(inline=True)
    )


class Count(forms.IntegerField):
    """How many: whole, not negative, and not more than anybody would believe."""

    def __init__(self, **rest: Any) -> None:
        narrow = forms.NumberInput(attrs={"class": "govuk-input--width-5"})
        super().__init__(min_value=0, max_value=MOST, required=False, widget=narrow, **rest)


class RowField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    """One of the borough's own rows; the form says which there are."""

    def __init__(self, **rest: Any) -> None:
        super().__init__(None, required=False, **rest)


# -- Reviews -----------------------------------------------------------------------------------------
class ReviewForm(forms.Form):
    kind = forms.ChoiceField(label="Kind", choices=Review.Kind.choices, widget=Radios())
    title = CleanText(
        label="Title", help_text="For example, Home Office peer review 2018", max_length=200
    )
    starts_on = DateField(label="The first day", help_text=EXAMPLE)
    ends_on = DateField(
        label="Last day (optional)", help_text="Leave it empty for a single day.", required=False
    )
    meeting = RowField(
        label="Meeting at which the committee asked",
        help_text="For scrutiny only: what a committee asks for is kept under the meeting at which it asked.",
        empty_label="None",
    )
    reviewers = prose(
        rows=2,
        label="Who reviewed (optional)",
        help_text="Organisations and posts, without names.",
        required=False,
        max_length=1000,
    )
    reviewer_count = Count(label="How many reviewers (optional)")
    documents = Count(label="Documents read (optional)")
    documents_exactness = exactness("The number of documents is")
    interviewees = Count(label="People interviewed (optional)")
    interviewees_exactness = exactness("The number of people interviewed is")
    judgement = ProseField(
        label="Overall judgement (optional)",
        help_text="In the reviewer’s words, for example reasonable assurance.",
        max_length=200,
        required=False,
    )
    findings = prose(
        rows=8, label="Findings (optional)", help_text=NOBODY, required=False, max_length=20_000
    )
    source = CleanText(
        label="Source (optional)",
        help_text="The report or letter in which this can be read, with its date.",
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, borough: Borough, **rest: Any) -> None:
        super().__init__(*args, **rest)
        cast("RowField", self.fields["meeting"]).queryset = meetings_of(borough)

    def clean(self) -> None:
        """Said with whatever else is wrong, and not only once all the rest is right."""
        first, last = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if first and (why := why_not_period(first, last)):
            self.add_error("ends_on", why)


class ReviewChangeForm(ReviewForm):
    seen = version_seen()

    @classmethod
    def said_in(cls, review: Review) -> dict[str, Any]:
        return said_in(cls, review)


class RequestFilterForm(forms.Form):
    """Read from the address: whose requests are listed."""

    committee = RowField(label="Committee", empty_label="Every committee")
    state = forms.ChoiceField(
        label="State",
        choices=[
            ("", "All requests"),
            ("open", "Not reported back yet"),
            ("settled", "Reported back"),
        ],
        required=False,
    )

    def __init__(self, *args: Any, committees: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        cast("RowField", self.fields["committee"]).queryset = committees


class ReviewFilterForm(forms.Form):
    """Read from the address: which reviews are listed."""

    kind = forms.ChoiceField(
        label="Kind", choices=[("", "Every kind"), *Review.Kind.choices], required=False
    )
    state = forms.ChoiceField(
        label="State",
        choices=[
            ("", "Open and settled"),
            ("open", "Something is still to do"),
            ("waiting", "Something waits for a response"),
            ("overdue", "Something is overdue"),
            ("settled", "Everything is settled"),
        ],
        required=False,
    )


# -- Recommendations -----------------------------------------------------------------------------------
class RecommendationForm(forms.Form):
    number = CleanText(
        label="Number",
        help_text="As the review numbers it, for example 3 or 2.1.",
        max_length=10,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
    )
    text = prose(label="What is asked for", help_text=NOBODY)
    importance = CleanText(
        label="How important (optional)",
        help_text="As the review ranks it, for example high, or essential.",
        max_length=40,
        required=False,
    )
    owner_post = post(label="Who answers (optional)")
    due = DateField(label="To be done by (optional)", help_text=EXAMPLE, required=False)
    report_to = RowField(
        label="Reported back to",
        help_text="A committee’s request stays open until it is reported back.",
        empty_label="No committee",
    )
    report_by = DateField(label="Reported back by (optional)", help_text=EXAMPLE, required=False)

    def __init__(self, *args: Any, borough: Borough, **rest: Any) -> None:
        super().__init__(*args, **rest)
        cast("RowField", self.fields["report_to"]).queryset = borough.committees.all()


class RecommendationChangeForm(RecommendationForm):
    seen = version_seen()

    @classmethod
    def said_in(cls, recommendation: Recommendation) -> dict[str, Any]:
        return said_in(cls, recommendation)


class AnswerForm(forms.Form):
    response = forms.ChoiceField(
        label="Answer",
        choices=[
            *[choice for choice in Recommendation.Response.choices if choice[0]],
            ("", "Not answered yet"),
        ],
        required=False,
        widget=Radios(hints={"partly": "Say which part, and why not the rest."}),
    )
    response_text = prose(
        label="What is answered",
        help_text=f"The reason, when it is not accepted or only partly. Committee members read it. {NOBODY}",
        required=False,
    )
    responded_on = DateField(label="Day of the answer", help_text=EXAMPLE, required=False)
    done_on = DateField(
        label="Done on (optional)", help_text="When what was accepted is done.", required=False
    )
    seen = version_seen()

    def __init__(self, *args: Any, recommendation: Recommendation, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.recommendation = recommendation

    @classmethod
    def said_in(cls, recommendation: Recommendation) -> dict[str, Any]:
        """An answer not given yet is given today."""
        said = said_in(cls, recommendation)
        return said | {"responded_on": said["responded_on"] or timezone.localdate()}

    def clean(self) -> dict[str, Any]:
        """The day that stood there already says nothing while there is no answer."""
        said = super().clean() or self.cleaned_data
        if self.errors:
            return said
        if not said["response"]:
            said["responded_on"] = None
        given = said["response"], said["response_text"], said["done_on"]
        if why := why_not_this_answer(*given):
            self.add_error("response_text" if said["response"] else "response", why)
        elif why := why_not_responded(self.recommendation, given[0], said["responded_on"]):
            self.add_error("responded_on", why)
        return said


NO_MEETING = "Choose the meeting at which this was reported, or empty “What was reported”"


class ReportBackForm(forms.Form):
    reported_at = RowField(
        label="Meeting at which it was reported",
        help_text="Choose none when it was not reported back after all.",
        empty_label="None: not reported back yet",
    )
    reported_note = prose(
        rows=3,
        label="What was reported (optional)",
        help_text="In a sentence or two, or where it can be read.",
        required=False,
        max_length=2000,
    )
    seen = version_seen()

    def __init__(self, *args: Any, recommendation: Recommendation, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.stood = recommendation.reported_note
        review, to = recommendation.review, recommendation.report_to
        meetings = meetings_of(review.borough).filter(
            date__gte=review.starts_on, date__lte=timezone.localdate()
        )
        held = meetings.filter(committee=to) if to else meetings
        cast("RowField", self.fields["reported_at"]).queryset = held

    @classmethod
    def said_in(cls, recommendation: Recommendation) -> dict[str, Any]:
        return said_in(cls, recommendation)

    def clean(self) -> None:
        """What was reported belongs to a meeting; taking a report back takes back what stood with it."""
        note, unsaid = self.cleaned_data.get("reported_note"), "reported_at" not in self.errors
        if note and note != self.stood and unsaid and not self.cleaned_data.get("reported_at"):
            self.add_error("reported_at", NO_MEETING)


class StepForm(forms.Form):
    text = prose(rows=3, label="What is done", help_text=NOBODY, max_length=1000)
    owner_post = post(label="Owner’s post (optional)")
    organisation = CleanText(label="Organisation (optional)", max_length=150, required=False)
    due = DateField(label="Due (optional)", help_text=EXAMPLE, required=False)
    done_on = DateField(label="Done on (optional)", required=False)


class StepChangeForm(StepForm):
    seen = version_seen()

    @classmethod
    def said_in(cls, step: RecommendationAction) -> dict[str, Any]:
        return said_in(cls, step)
