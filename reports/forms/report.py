"""Beginning a report, and its front sheet as the house style asks for it."""

from collections.abc import Mapping
from typing import Any

from django import forms

from boroughs.filling import version_seen
from boroughs.models import Borough, meetings_of
from boroughs.prose_field import ProseField
from govuk.forms import Checkboxes, CleanText
from reports.models import Report, styles_for
from reports.places import AUTHOR, front_keys, front_place
from toolkit.comparison import beside
from toolkit.models import Assessment

LINE = 300  # characters of one field of the front sheet
TITLE = 200
NO_ASSESSMENT = "None: it shows no ratings"


class InWords(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    """A choice of rows, each called by its own name."""

    def label_from_instance(self, obj: Any) -> str:
        return in_short(obj) if isinstance(obj, Assessment) else str(obj)


def in_short(assessment: Assessment) -> str:
    return f"{assessment.version}, {assessment.period}: {assessment.assessed_by}"


def _title() -> ProseField:
    return ProseField(label="Title of the report", max_length=TITLE)


def _meeting() -> InWords:
    return InWords(
        None,
        label="Meeting",
        required=False,
        empty_label="Not decided yet",
        help_text="Its committee and date are printed.",
    )


def _assessment() -> InWords:
    return InWords(
        None,
        label="Ratings it shows",
        required=False,
        empty_label=NO_ASSESSMENT,
        help_text="The table of benchmarks comes from this assessment by itself.",
    )


class StartForm(forms.Form):
    title = _title()
    meeting = _meeting()
    assessment = _assessment()
    style = InWords(None, label="House style", empty_label=None)
    begun_from = InWords(
        None,
        label="Words to begin with",
        required=False,
        empty_label="None: begin with empty sections",
        help_text="Those of an earlier report are carried over, and marked as unchanged until you save them.",
    )

    def __init__(self, *args: Any, borough: Borough, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = {
            "meeting": meetings_of(borough),
            "assessment": borough.assessments.select_related("version"),
            "style": styles_for(borough),
            "begun_from": borough.reports.all(),
        }
        for name, rows in choices.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]  # ModelChoiceFields


class FrontForm(forms.Form):
    """Where the report goes, what it shows, and the fields of the style's front sheet."""

    title = _title()
    meeting = _meeting()
    item_number = CleanText(
        label="Item number on the agenda",
        required=False,
        max_length=10,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3"}),
    )
    assessment = _assessment()
    beside = forms.MultipleChoiceField(
        label="Ratings that stand beside it",
        required=False,
        widget=Checkboxes(),
        help_text="What other assessors said of the same period. Where they differ, the report says so.",
    )
    seen = version_seen()

    OWN = ("title", "meeting", "item_number", "assessment", "beside", "seen")

    def __init__(self, *args: Any, report: Report, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        borough = report.borough
        self.fields["meeting"].queryset = meetings_of(borough)  # type: ignore[attr-defined]
        self.fields["assessment"].queryset = borough.assessments.select_related("version")  # type: ignore[attr-defined]
        self._others(report)
        self._front(report)

    @classmethod
    def said_in(cls, report: Report) -> dict[str, Any]:
        """What the front sheet says now, as the form's initial values."""
        texts = {text.key: text.body for text in report.texts.filter(key__startswith="front-")}
        own = {
            "title": report.title,
            "meeting": report.meeting_id,
            "item_number": report.item_number,
            "assessment": report.assessment_id,
            "beside": report.beside,
        }
        return {**texts, **own, "seen": report.version}

    @staticmethod
    def in_order(said: Mapping[str, Any]) -> dict[str, Any]:
        """The form's answers as `write_front` is told them."""
        own = {name: said[name] for name in FrontForm.OWN if name in said}
        texts = {name: said[name] for name in said if name.startswith("front-")}
        return {**own, "texts": texts}

    def _others(self, report: Report) -> None:
        others = beside(report.assessment) if report.assessment else []
        if not others:
            del self.fields["beside"]
            return
        field: Any = self.fields["beside"]
        field.choices = [(each.assessor, in_short(each)) for each in others]

    def _front(self, report: Report) -> None:
        asked = {field["key"]: field for field in report.style.definition["front"]}
        for key in front_keys(report.style):
            name, field = front_place(key), asked[key]
            if field["kind"] == "choice":
                self.fields[name] = _choice(field, self.initial.get(name) or "")
            else:
                self.fields[name] = _line(field["question"], field["hint"])
        self.fields[AUTHOR] = ProseField(
            label="Author",
            help_text="Post and department, each on a line. No personal details.",
            required=False,
            max_length=LINE,
            widget=forms.Textarea(attrs={"rows": 2}),
        )


def _line(question: str, hint: str) -> ProseField:
    return ProseField(label=question, help_text=hint, required=False, max_length=LINE)


def _choice(field: Mapping[str, Any], said: str) -> forms.ChoiceField:
    """One of the style's answers, or what was typed before the style offered any."""
    answers = dict.fromkeys(["", *field["choices"], said])
    return forms.ChoiceField(
        label=field["question"],
        help_text=field["hint"],
        required=False,
        choices=[(answer, answer or "Not said") for answer in answers],
    )
