"""What is asked of somebody who brings a workbook."""

from collections.abc import Collection, Mapping, Sequence
from hashlib import sha256
from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from accounts.models import User
from boroughs.models import Borough, DeliveryPlan, plans_of
from govuk.forms import Checkboxes, CleanText, Radios
from papers.inspection import Unacceptable, inspect
from papers.inspection.sentences import said
from papers.scanner import check
from papers.uploads import Upload
from sheets.columns import Column
from sheets.meanings import Word, answers
from sheets.models import SheetImport
from sheets.nouns import KINDS
from sheets.policies import needed_for
from sheets.reading import MOST_ROWS, Table
from sheets.reading.process import kind_refused, read
from toolkit.models import Assessment, Level

AGAIN = "Choose the file again: a browser does not keep it when something else is put right"
LOST = "Choose the file again: your answers were kept while you signed in, and the file was not"
HIDDEN = {"hidden_sheets", "very_hidden_sheets", "hidden_rows", "hidden_columns"}
UNSEEN = "The workbook has {}. What is hidden would come in unseen: show or delete it, save the workbook and upload it again"

Kind = SheetImport.Kind
INTO = {
    Kind.PLAN: ("plan", "Choose the plan into which the actions are imported"),
    Kind.RATINGS: ("assessment", "Choose the round into which the ratings are imported"),
}


class WorkbookField(forms.FileField):
    """A workbook or CSV file that was measured, scanned and looked into; it is read by the form, which knows the sheet."""

    def __init__(self) -> None:
        super().__init__(
            label="File",
            max_length=255,
            help_text=f"An Excel workbook (XLSX) or a CSV file, up to {MOST_ROWS:,} rows. The portal keeps its rows and not the file.",
            error_messages={
                "required": "Choose a file",
                "empty": "The file is empty. Choose another one",
                "max_length": "The file’s name is too long. Shorten it and choose the file again",
            },
        )

    def clean(self, data: Any, initial: Any = None) -> Upload:
        upload: Upload = super().clean(data, initial)
        if upload.refused:
            raise ValidationError(upload.refused, code="refused")
        if why := kind_refused(upload.name):
            raise ValidationError(why, code="kind")
        try:
            check(upload.path, address=settings.CLAMD_SOCKET)
            found = inspect(upload.path, name=upload.name)
        except Unacceptable as why_not:
            raise ValidationError(str(why_not), code="unacceptable") from why_not
        hidden = [said(finding) for finding in found.findings if finding.kind in HIDDEN]
        if hidden:
            raise ValidationError(UNSEEN.format(" and ".join(hidden)), code="hidden")
        return upload


class PlanField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    def __init__(self) -> None:
        super().__init__(
            None,
            label="Plan, if it is a delivery plan",
            required=False,
            empty_label="None",
            help_text="The plan into which the actions go.",
        )

    def label_from_instance(self, obj: Any) -> str:
        plan: DeliveryPlan = obj
        return f"{plan}, {plan.strategy}"


class RoundField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    def __init__(self) -> None:
        super().__init__(
            None,
            label="Round, if it is a self-assessment",
            required=False,
            empty_label="None",
            help_text="An open round of the period that the workbook is of, by the same toolkit.",
        )

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.period}, {obj.assessed_by}, {obj.version}"


class UploadForm(forms.Form):
    kind = forms.ChoiceField(
        label="What is in it", choices=SheetImport.Kind.choices, widget=Radios()
    )
    plan = PlanField()
    assessment = RoundField()
    file = WorkbookField()
    sheet = CleanText(
        label="Name of the sheet (optional)",
        help_text="If the workbook has several. Without an answer the sheet is taken that looks like the right one.",
        max_length=100,
        required=False,
    )

    def __init__(
        self, *args: Any, borough: Borough, user: User, granted: Collection[str], **rest: Any
    ) -> None:
        super().__init__(*args, **rest)
        plans = plans_of(borough.strategies.visible_to(user)).order_by("-starts_on", "title", "pk")
        cast("PlanField", self.fields["plan"]).queryset = plans
        rounds = borough.assessments.filter(state=Assessment.State.OPEN).last_of_line()
        rounds = rounds.select_related("version").latest_first()
        cast("RoundField", self.fields["assessment"]).queryset = rounds
        kinds = [one for one in SheetImport.Kind.choices if needed_for(one[0]) <= set(granted)]
        cast("forms.ChoiceField", self.fields["kind"]).choices = kinds
        if Kind.RATINGS not in dict(kinds):
            del self.fields["assessment"]

    def remind(self) -> None:
        """For a page that shows what was answered before somebody signed in again."""
        self.fields["file"].help_text = f"{LOST}. {self.fields['file'].help_text}"

    def clean(self) -> None:
        given = self.cleaned_data
        for kind, (name, missing) in INTO.items():
            chosen = given.get(name)
            given[name] = chosen if given.get("kind") == kind else None
            if given.get("kind") == kind and not chosen and name not in self.errors:
                self.add_error(name, missing)
        if self.errors and "file" in given:
            self.add_error("file", ValidationError(AGAIN, code="again"))
        elif not self.errors:
            self._read()

    def _read(self) -> None:
        given = self.cleaned_data
        upload: Upload = given["file"]
        names = KINDS[given["kind"]].sheet_names
        try:
            given["table"] = read(
                upload.path, name=upload.name, sheet=given["sheet"], preferred=names
            )
        except Unacceptable as why:
            self.add_error("file", ValidationError(str(why), code="unacceptable"))

    @property
    def said(self) -> dict[str, Any]:
        given = self.cleaned_data
        table: Table = given["table"]
        return {name: given[name] for name in ("kind", "plan", "assessment")} | {"table": table}


class HeadingRowForm(forms.Form):
    heading_row = forms.IntegerField(
        label="Row of the headings",
        help_text="What stands above it is not read.",
        min_value=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-4"}),
    )


class MatchForm(HeadingRowForm):
    """One question for each thing that can be said in a row: in which column does it stand?"""

    NOWHERE = ("", "Not in this sheet")

    def __init__(
        self,
        *args: Any,
        columns: Sequence[Column],
        offered: Sequence[tuple[str, str]],
        **rest: Any,
    ) -> None:
        super().__init__(*args, **rest)
        self.keys = [column.key for column in columns]
        for column in columns:
            name = column.heading.partition(" (")[0]
            self.fields[column.key] = forms.ChoiceField(
                label=name if column.needed else f"{name} (optional)",
                choices=[self.NOWHERE, *offered],
                required=column.needed,
                error_messages={"required": f"Select the column with: {column.heading}"},
            )

    def clean(self) -> None:
        taken: dict[str, str] = {}
        for key in self.keys:
            index = self.cleaned_data.get(key)
            if index and taken.setdefault(index, key) != key:
                self.add_error(key, "This column is selected twice. Select another one")

    @property
    def mapping(self) -> dict[str, int]:
        given = self.cleaned_data
        return {key: int(given[key]) for key in self.keys if given.get(key)}


class WordsForm(forms.Form):
    """One question for each word that is none of the scale's own. None is answered beforehand."""

    def __init__(
        self,
        *args: Any,
        words: Mapping[str, Word],
        said: Mapping[str, str],
        levels: Sequence[Level],
        **rest: Any,
    ) -> None:
        super().__init__(*args, **rest)
        self.words = {_field(key): key for key in words}
        for name, (key, word) in zip(self.words, words.items(), strict=True):
            rows = "1 row" if word.rows == 1 else f"{word.rows} rows"
            self.fields[name] = forms.ChoiceField(
                label=f"“{word.text}” (in {rows})",
                choices=answers(levels),
                widget=Radios(),
                initial=said.get(key),
                error_messages={"required": f"Select what “{word.text}” stands for"},
            )

    @property
    def said(self) -> dict[str, str]:
        return {key: self.cleaned_data[name] for name, key in self.words.items()}


def _field(word: str) -> str:
    """By the word itself: an answer on a page that is out of date is never taken for another word's."""
    return f"word_{sha256(word.encode()).hexdigest()[:16]}"


class ApplyForm(forms.Form):
    """Whoever leaves rows out says so."""

    leave_out = forms.MultipleChoiceField(label="Refused rows", widget=Checkboxes)

    def __init__(self, *args: Any, refused: int, **rest: Any) -> None:
        super().__init__(*args, **rest)
        if not refused:
            del self.fields["leave_out"]
            return
        rows = "the refused row" if refused == 1 else f"the {refused} refused rows"
        are = "is" if refused == 1 else "are"
        asked = cast("forms.MultipleChoiceField", self.fields["leave_out"])
        asked.choices = [("yes", f"Leave out {rows}")]
        asked.error_messages["required"] = (
            f"Confirm that {rows} {are} left out, or correct the workbook and upload it again"
        )
