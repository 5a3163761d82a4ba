"""What is asked about risks."""

from typing import Any, cast

from django import forms
from django.utils import timezone

from boroughs.actions.risks import QUARTER
from boroughs.filling import version_seen
from boroughs.forms.reviews import post, prose
from boroughs.models import Risk
from boroughs.models.risk_matrix import SIZES, STANDARD, RiskMatrix, Scale
from boroughs.prose_field import ProseField
from boroughs.risk_policies import SCORES, why_not_matrix, why_not_score
from govuk.forms import CleanText, DateField, Radios

LONGEST, SHORTEST = 40, 20  # characters of a step's word, and of a band's
NOBODY = (
    "Of the programme or the council: no person may be described here, nor what a person might do."
)


def step(label: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, coerce=int, widget=Radios())


class ScoreForm(forms.Form):
    """Rated on the borough's matrix. With controls a risk is not higher than without; `before` says how high that is."""

    rated_on = forms.CharField(widget=forms.HiddenInput, required=False)

    before: dict[str, int]

    def __init__(self, *args: Any, scale: Scale, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.initial["rated_on"] = scale.key
        for name in SCORES:
            words = scale.impacts if name.startswith("impact") else scale.likelihoods
            choices = [(place, f"{place}: {word}") for place, word in enumerate(words, start=1)]
            if field := self.fields.get(name):
                cast("forms.ChoiceField", field).choices = choices

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        known = {**getattr(self, "before", {}), **said}
        scored = ("likelihood", "impact", "likelihood_before", "impact_before")
        if all(name in known for name in scored) and (why := why_not_score(known)):
            self.add_error("likelihood", why)
        return said


class RiskForm(ScoreForm):
    scope = forms.ChoiceField(
        label="What it is a risk to", choices=Risk.Scope.choices, widget=Radios()
    )
    title = CleanText(label="Short name", max_length=150)
    cause = prose(rows=3, label="Cause", help_text=NOBODY, max_length=2000)
    effect = prose(
        rows=3, label="Effect", help_text="What the council could then not do.", max_length=2000
    )
    likelihood_before = step("Likelihood without controls")
    impact_before = step("Impact without controls")
    controls = prose(rows=4, label="Controls (optional)", required=False)
    likelihood = step("Likelihood with these controls")
    impact = step("Impact with these controls")
    planned = prose(
        rows=3,
        label="Further controls planned (optional)",
        help_text="What is still to be done, by which post and when. The rating does not count on them yet.",
        required=False,
    )
    owner_post = post(label="Owner’s post (optional)")
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
        names = {"scope", "title", "cause", "effect", "controls", "planned", "owner_post"}
        names |= {"next_review", "ended_on", *SCORES}
        return {name: getattr(risk, name) for name in names} | {"seen": risk.version}


class RiskReviewForm(ScoreForm):
    likelihood_before = step("Likelihood without controls")
    impact_before = step("Impact without controls")
    controls = prose(rows=4, label="Controls (optional)", required=False)
    likelihood = step("Likelihood with these controls")
    impact = step("Impact with these controls")
    planned = prose(rows=3, label="Further controls planned (optional)", required=False)
    note = prose(
        rows=2,
        label="What has changed (optional)",
        help_text=NOBODY,
        required=False,
        max_length=1000,
    )
    next_review = DateField(label="Next review", help_text="For example, 31 3 2027")
    seen = version_seen()

    def __init__(self, *args: Any, risk: Risk, scale: Scale, **rest: Any) -> None:
        """What it is without controls is asked again when it was rated on another matrix."""
        super().__init__(*args, scale=scale, **rest)
        if risk.scale.key == scale.key:
            self.before = {name: getattr(risk, name) for name in SCORES if name.endswith("before")}
            for name in self.before:
                del self.fields[name]

    @staticmethod
    def said_in(risk: Risk) -> dict[str, Any]:
        names = ("controls", "planned", "likelihood", "impact", "next_review")
        said = {name: getattr(risk, name) for name in names} | {"seen": risk.version}
        today = timezone.localdate()
        if risk.next_review is None or risk.next_review <= today:
            said["next_review"] = today + QUARTER
        return said


class Lines(ProseField):
    """One word or more a line; its value is a list of lines."""

    def __init__(self, **rest: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 5}), max_length=400, **rest)

    def clean(self, value: Any) -> Any:
        lines = [line.strip() for line in str(super().clean(value)).splitlines()]
        found = [line for line in lines if line]
        if any(len(line) > LONGEST for line in found):
            raise forms.ValidationError(f"Each line must be {LONGEST} characters or fewer")
        return found


class Bands(Lines):
    """Lines of a score and a word; its value is a list of both."""

    def clean(self, value: Any) -> Any:
        found = [line.partition(" ") for line in super().clean(value)]
        if not all(least.isdecimal() and word.strip() for least, _, word in found):
            raise forms.ValidationError(
                "Enter the score and then the word on each line, like “8 Medium”"
            )
        if any(len(word.strip()) > SHORTEST for _, _, word in found):
            raise forms.ValidationError(f"Each band’s word must be {SHORTEST} characters or fewer")
        return [(int(least[:3]), word.strip()) for least, _, word in found]


class RiskMatrixForm(forms.Form):
    size = forms.TypedChoiceField(
        label="Steps",
        help_text="Of likelihood, and of impact.",
        choices=[(size, f"{size} × {size}") for size in SIZES],
        coerce=int,
        widget=Radios(inline=True),
    )
    likelihoods = Lines(label="Likelihood in words", help_text="One a line, the lowest first.")
    impacts = Lines(label="Impact in words", help_text="One a line, the lowest first.")
    bands = Bands(
        label="Bands",
        help_text="One a line: the score (likelihood × impact) from which it begins, and its word. The first begins at 1.",
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not self.errors and (wrong := why_not_matrix(**said)):
            self.add_error(*wrong)
        return said

    @staticmethod
    def said_in(matrix: RiskMatrix | None) -> dict[str, Any]:
        scale = matrix.scale if matrix else STANDARD
        return {
            "size": scale.size,
            "likelihoods": "\n".join(scale.likelihoods),
            "impacts": "\n".join(scale.impacts),
            "bands": "\n".join(f"{least} {word}" for least, word in scale.bands),
        }
