"""What is asked about risks."""

from typing import Any

from django import forms
from django.utils import timezone

from boroughs.actions.risks import QUARTER
from boroughs.forms.filling import said_in, version_seen
from boroughs.forms.reviews import post, prose
from boroughs.models import Risk
from boroughs.models.risk import IMPACTS, LIKELIHOODS
from boroughs.risk_policies import why_not_score
from govuk.forms import CleanText, DateField, Radios

NOBODY = (
    "Of the programme or the council: no person may be described here, nor what a person might do."
)


def step(label: str, words: tuple[str, ...]) -> forms.TypedChoiceField:
    choices = [(place, f"{place}: {word}") for place, word in enumerate(words, start=1)]
    return forms.TypedChoiceField(label=label, choices=choices, coerce=int, widget=Radios())


class ScoreForm(forms.Form):
    """With controls a risk is not higher than without; `before` says how high that is."""

    before: dict[str, int]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        known = {**getattr(self, "before", {}), **said}
        scored = ("likelihood", "impact", "likelihood_before", "impact_before")
        if all(name in known for name in scored) and (why := why_not_score(known)):
            self.add_error("likelihood", why)
        return said


class RiskForm(ScoreForm):
    scope = forms.ChoiceField(label="A risk", choices=Risk.Scope.choices, widget=Radios())
    title = CleanText(label="Short name", max_length=150)
    cause = prose(rows=3, label="Cause", help_text=NOBODY, max_length=2000)
    effect = prose(
        rows=3, label="Effect", help_text="What the council could then not do.", max_length=2000
    )
    likelihood_before = step("Likelihood without controls", LIKELIHOODS)
    impact_before = step("Impact without controls", IMPACTS)
    controls = prose(rows=4, label="Controls (optional)", required=False)
    likelihood = step("Likelihood with these controls", LIKELIHOODS)
    impact = step("Impact with these controls", IMPACTS)
    owner_post = post(label="Owner’s post", required=True)
    next_review = DateField(label="Next review (optional)", required=False)


class RiskChangeForm(RiskForm):
    ended_on = DateField(
        label="No longer a risk since (optional)",
        help_text="It then leaves the grid and the reviews, and its history stays.",
        required=False,
    )
    seen = version_seen()

    @classmethod
    def said_in(cls, risk: Risk) -> dict[str, Any]:
        return said_in(cls, risk)


class RiskReviewForm(ScoreForm):
    controls = prose(rows=4, label="Controls (optional)", required=False)
    likelihood = step("Likelihood with these controls", LIKELIHOODS)
    impact = step("Impact with these controls", IMPACTS)
    note = prose(
        rows=2,
        label="What has changed (optional)",
        help_text=NOBODY,
        required=False,
        max_length=1000,
    )
    next_review = DateField(label="Next review", help_text="For example, 31 3 2027")
    seen = version_seen()

    def __init__(self, *args: Any, risk: Risk, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.before = {
            "likelihood_before": risk.likelihood_before,
            "impact_before": risk.impact_before,
        }

    @staticmethod
    def said_in(risk: Risk) -> dict[str, Any]:
        names = ("controls", "likelihood", "impact", "next_review")
        said = {name: getattr(risk, name) for name in names} | {"seen": risk.version}
        today = timezone.localdate()
        if risk.next_review is None or risk.next_review <= today:
            said["next_review"] = today + QUARTER
        return said
