"""The words of a report, as the house style asks for them."""

from collections.abc import Sequence
from typing import Any

from django import forms

from boroughs.models import meetings_of
from boroughs.prose_field import ProseField
from govuk.forms import Checkboxes, CleanText, Radios
from reports.live import LIVE, unknown_in
from reports.models import Report
from reports.snapshot import APPENDICES, LEAD, PAPERS, RECOMMENDATIONS, front_keys
from toolkit.comparison import beside
from toolkit.models import Assessment

LONGEST = 20_000  # characters of one section
LINE = 300
MARKDOWN = "Leave an empty line between paragraphs. Begin a line with “- ” for a list, with “## ” for a subheading."


class MeetingField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    def label_from_instance(self, obj: Any) -> str:
        return str(obj)


def why_not_live(text: str) -> str | None:
    """A sentence on the first line in double brackets that asks for nothing there is, or None."""
    unknown = unknown_in(text)
    if not unknown:
        return None
    known = ", ".join(f"[[{key}]]" for key in LIVE)
    return f"There is no block [[{unknown[0]}]]. Use one of {known}."


def in_short(assessment: Assessment) -> str:
    return f"{assessment.assessed_by}, {assessment.period}"


class StartForm(forms.Form):
    """Whose judgement a new report shows, and whose stands beside it."""

    shows = forms.ChoiceField(label="Whose judgement the report shows", widget=Radios())
    beside = forms.MultipleChoiceField(
        label="Ratings that stand beside it", required=False, widget=Checkboxes()
    )

    def __init__(self, *args: Any, judged: Sequence[Assessment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.judged = {each.assessor: each for each in judged}
        choices = [(each.assessor, in_short(each)) for each in judged]
        for name in ("shows", "beside"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # fields of choices
        if len(choices) == 1:
            self.fields.clear()

    @property
    def said(self) -> dict[str, Any]:
        """What `start_report` is told; nothing stands beside itself."""
        shows = self.cleaned_data.get("shows") or next(iter(self.judged))
        others = [key for key in self.cleaned_data.get("beside", ()) if key != shows]
        return {"assessment": self.judged[shows], "beside": others}


class ReportForm(forms.Form):
    """Fields before the sections stand on the front sheet; the rest follows the style's order."""

    title = ProseField(label="Title of the report", max_length=200)
    meeting = MeetingField(
        None,
        label="Meeting",
        required=False,
        empty_label="Not decided yet",
        help_text="Its committee and date are printed.",
    )
    item_number = CleanText(
        label="Item number on the agenda",
        required=False,
        max_length=10,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3"}),
    )
    beside = forms.MultipleChoiceField(
        label="Ratings that stand beside it",
        required=False,
        widget=Checkboxes(),
        help_text="What other assessors said of the same period. Where they differ, the report says so.",
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, report: Report, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.report = report
        self.others = {each.assessor: each for each in beside(report.assessment)}
        self.fields["beside"].choices = [(k, in_short(a)) for k, a in self.others.items()]  # type: ignore[attr-defined]
        if not self.others:
            del self.fields["beside"]
        self.fields["meeting"].queryset = meetings_of(report.borough)  # type: ignore[attr-defined]  # it is a ModelChoiceField
        self.places: list[str] = []
        self._front()
        for section in report.style.definition["sections"]:
            self._section(section)

    @classmethod
    def said_in(cls, report: Report) -> dict[str, Any]:
        """What the report says now, as the form's initial values."""
        texts = {text.key: text.body for text in report.texts.all()}
        own = {
            "title": report.title,
            "meeting": report.meeting_id,
            "item_number": report.item_number,
            "beside": report.beside,
        }
        return {**texts, **own, "seen": report.version}

    def clean(self) -> None:
        for name in self.places:
            if name in self.cleaned_data and (why := why_not_live(self.cleaned_data[name])):
                self.add_error(name, why)

    @property
    def said(self) -> dict[str, Any]:
        """What `write_report` is told."""
        own = "title", "meeting", "item_number", "beside", "seen"
        return {name: self.cleaned_data.get(name, ()) for name in own} | {"texts": self.texts}

    def in_words(self, name: str, value: Any) -> str:
        """An answer as it is read."""
        if name == "beside":
            return ", ".join(self.others[key].assessed_by for key in value if key in self.others)
        return str(value or "")

    @property
    def texts(self) -> dict[str, str]:
        """What was typed for each place."""
        return {key: self.cleaned_data[key] for key in self.places}

    def _front(self) -> None:
        asked = {field["key"]: field for field in self.report.style.definition["front"]}
        for key in front_keys(self.report.style):
            field = asked[key]
            name = f"front-{key}".replace("_", "-")
            if field["kind"] == "choice":
                self._choose(name, field)
            else:
                self._add(name, field["question"], field["hint"], rows=0)
        self._add(
            "front-author",
            "Author",
            "Post and department, each on a line. No personal details.",
            rows=2,
        )

    def _section(self, section: dict[str, Any]) -> None:
        heading, guidance = section["heading"], section.get("guidance", "")
        match section["kind"]:
            case "narrative" | "benchmarks":
                self._add(section["key"], heading, f"{guidance} {MARKDOWN}", rows=8)
            case "implications":
                for part in section["parts"]:
                    label = f"{heading}: {part['heading'].lower()}"
                    self._add(part["key"], label, part.get("guidance", ""), rows=4)
            case "recommendations":
                self._add(
                    LEAD, f"{heading}: opening words", "For example: That the committee:", rows=0
                )
                self._add(RECOMMENDATIONS, heading, f"{guidance} One on each line.", rows=5)
            case "background_papers":
                hint = f"{guidance} One on each line: title | where it can be read"
                self._add(PAPERS, heading, hint, rows=4)
            case "appendices":
                self._add(APPENDICES, heading, "The title of each, one on each line.", rows=3)

    def _choose(self, name: str, field: dict[str, Any]) -> None:
        """One of the style's answers, or what was typed before the style offered any."""
        said = self.initial.get(name) or ""
        answers = dict.fromkeys(["", *field["choices"], said])
        self.fields[name] = forms.ChoiceField(
            label=field["question"],
            help_text=field["hint"],
            required=False,
            choices=[(answer, answer or "Not said") for answer in answers],
        )
        self.places.append(name)

    def _add(self, name: str, label: str, hint: str, *, rows: int) -> None:
        widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
        self.fields[name] = ProseField(
            label=label,
            help_text=hint.strip(),
            required=False,
            max_length=LONGEST if rows else LINE,
            widget=widget,
        )
        self.places.append(name)
