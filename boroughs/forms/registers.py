"""What is asked for the registers."""

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from boroughs.filling import said_in, version_seen
from boroughs.forms.reviews import NOBODY, RowField, post, prose
from boroughs.models import Borough, ImpactAssessment, Policy, Received, Strategy
from boroughs.prose_field import ProseField
from boroughs.register_policies import why_not_approved, why_not_found, why_not_of
from govuk.forms import CleanText, DateField, Radios

EXAMPLE = "For example, 31 10 2016"
NAME_ONLY = "Its name and nothing else: never what it says, and no part of it."
SOURCE = "The report in which this can be read, with its date."


def source() -> CleanText:
    return CleanText(label="Source (optional)", help_text=SOURCE, max_length=300, required=False)


def next_review() -> DateField:
    return DateField(
        label="Next review (optional)",
        help_text="Once the day has passed, the register says that it is overdue.",
        required=False,
    )


class Agreeing(forms.Form):
    """A form whose answers have to agree: rules by the field that shows their reason."""

    def rules(self, said: dict[str, Any]) -> list[tuple[str, Callable[[], str | None]]]:
        return []

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not self.errors:
            for name, why_not in self.rules(said):
                if name in self.fields and (why := why_not()):
                    self.add_error(name, why)
        return said


# -- Received --------------------------------------------------------------------------------------------
class ReceivedForm(forms.Form):
    kind = forms.ChoiceField(label="What it is", choices=Received.Kind.choices, widget=Radios())
    title = ProseField(label="Name", help_text=NAME_ONLY, max_length=200)
    sender = post(
        label="Who sent it",
        help_text="An organisation or team, never a person’s name.",
        required=True,
    )
    received_on = DateField(
        label="Received on (optional)",
        help_text=f"{EXAMPLE}. Leave it empty if it is not known.",
        required=False,
    )
    marking = forms.ChoiceField(
        label="Protective marking",
        help_text="What is printed on it. This entry itself is open to all who read the record.",
        choices=Received._meta.get_field("marking").choices,  # type: ignore[arg-type]  # it has choices
        required=False,
        widget=Radios(),
    )
    owner_post = post(label="Who keeps it (optional)")
    next_review = next_review()
    source = source()


class ReceivedChangeForm(ReceivedForm):
    ended_on = DateField(
        label="No longer used since (optional)",
        help_text="When a newer one has taken its place.",
        required=False,
    )
    seen = version_seen()

    @classmethod
    def said_in(cls, row: Received) -> dict[str, Any]:
        return said_in(cls, row)


class BriefingForm(forms.Form):
    whom = post(
        label="Who was briefed",
        help_text="A board, team or organisation, never a person’s name.",
        required=True,
    )
    on = DateField(label="Date", help_text=EXAMPLE)


# -- Policies --------------------------------------------------------------------------------------------
class PolicyForm(Agreeing):
    subject = forms.ChoiceField(label="Subject", choices=Policy.Subject.choices, widget=Radios())
    title = ProseField(label="Title", max_length=200)
    about = prose(rows=3, label="What it covers (optional)", required=False, max_length=2000)
    owner_post = post(label="Owner’s post (optional)")
    approved_on = DateField(label="Approved on (optional)", help_text=EXAMPLE, required=False)
    approving_body = RowField(label="Approved by", empty_label="No committee or board")
    approved_by = post(label="Post that approved it (optional)")
    next_review = next_review()
    link = forms.URLField(
        label="Where it can be read (optional)",
        help_text="An address that begins with https://. A document can be kept under Papers.",
        max_length=300,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": "Enter a web address, like https://www.example.org/policy"},
    )
    source = source()

    def __init__(self, *args: Any, borough: Borough, **rest: Any) -> None:
        super().__init__(*args, **rest)
        cast("RowField", self.fields["approving_body"]).queryset = borough.committees.all()

    def rules(self, said: dict[str, Any]) -> list[tuple[str, Callable[[], str | None]]]:
        given = said["approved_on"], said["approved_by"], said["approving_body"]
        return [("approved_on", lambda: why_not_approved(*given))]


class PolicyChangeForm(PolicyForm):
    ended_on = DateField(label="No longer in force since (optional)", required=False)
    seen = version_seen()

    @classmethod
    def said_in(cls, row: Policy) -> dict[str, Any]:
        return said_in(cls, row) | {"approving_body": row.approving_body_id}


# -- Assessments -----------------------------------------------------------------------------------------
class ImpactForm(Agreeing):
    kind = forms.ChoiceField(label="Kind", choices=ImpactAssessment.Kind.choices, widget=Radios())
    title = ProseField(
        label="Title",
        help_text="For example, Community Safety Equality Impact Assessment 2017",
        max_length=200,
    )
    strategy = RowField(label="Of the strategy", empty_label="None of these")
    policy = RowField(label="Of the policy", empty_label="None of these")
    of_what = ProseField(
        label="Of something else",
        help_text="A project, a system or a way of working. Answer one of these three.",
        max_length=200,
        required=False,
    )
    state = forms.ChoiceField(
        label="State", choices=ImpactAssessment.State.choices, widget=Radios(inline=True)
    )
    done_on = DateField(
        label="Date (optional)", help_text="Leave it empty if it is not known.", required=False
    )
    findings = prose(
        rows=8,
        label="Findings (optional)",
        help_text=f"What it means for whom, and what is done about it. {NOBODY}",
        required=False,
        max_length=10_000,
    )
    owner_post = post(label="Owner’s post (optional)")
    next_review = next_review()
    source = source()

    OF = ("strategy", "policy", "of_what")

    def __init__(
        self,
        *args: Any,
        borough: Borough,
        strategies: QuerySet[Strategy],
        keep_of: bool = False,
        **rest: Any,
    ) -> None:
        super().__init__(*args, **rest)
        cast("RowField", self.fields["strategy"]).queryset = strategies
        cast("RowField", self.fields["policy"]).queryset = borough.policies.all()
        for name in self.OF if keep_of else ():  # it is of what this person may not see
            del self.fields[name]

    def rules(self, said: dict[str, Any]) -> list[tuple[str, Callable[[], str | None]]]:
        found = said["state"], said["done_on"], said["findings"]
        strategy, policy, of_what = (said.get(name) for name in self.OF)
        return [
            ("of_what", lambda: why_not_of(strategy, policy, of_what or "")),
            ("state", lambda: why_not_found(*found)),
        ]


class ImpactChangeForm(ImpactForm):
    ended_on = DateField(
        label="No longer needed since (optional)",
        help_text="When it was replaced, or what it is of has ended.",
        required=False,
    )
    seen = version_seen()

    @classmethod
    def said_in(cls, row: ImpactAssessment) -> dict[str, Any]:
        named = [name for name in cls.base_fields if name not in {"seen", "strategy", "policy"}]
        said = {name: getattr(row, name) for name in named}
        rows = {"strategy": row.strategy_id, "policy": row.policy_id}
        return said | rows | {"seen": row.version}
