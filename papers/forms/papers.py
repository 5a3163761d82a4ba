"""What is asked about a paper and its files."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from boroughs.forms import ClosureForm
from boroughs.models import Borough, ClosureCase, meetings_of
from govuk.forms import CleanText, Radios
from papers.inspection import Unacceptable, clean_name, inspect
from papers.models import Paper
from papers.scanner import check
from papers.uploads import Incoming, Upload

TITLE = 200
AGAIN = "Choose the file again: a browser does not keep it when something else is put right"
LOST = "Choose the file again: your text was kept while you signed in, and the file was not"
KINDS = "PDF, Word, Excel, PowerPoint, OpenDocument text or spreadsheet, CSV, PNG or JPEG"
OPEN, CLOSED = "open", "closed"
WHO = [
    (OPEN, "Everybody in the borough who may read papers"),
    (CLOSED, "Only people on its access list: it is closed"),
]
ASKED_FOR_BOTH = "You have answered questions about closing. Select “Only people on its access list”, or empty these answers: {}"
NOT_CLOSED = "It is not closed"
IF_CLOSED = "Needed only when the paper is closed."


class PaperFileField(forms.FileField):
    """A file that was measured, scanned and looked into: its value is an `Incoming`."""

    def __init__(self) -> None:
        super().__init__(
            label="File",
            max_length=255,
            help_text=f"{KINDS}, up to {settings.UPLOAD_LIMIT // 1024**2} MB. What its readers would not see, such as comments, "
            "hidden sheets or properties, is listed after you have added it.",
            error_messages={
                "required": "Choose a file",
                "empty": "The file is empty. Choose another one",
                "max_length": "The file’s name is too long. Shorten it and choose the file again",
            },
        )

    def clean(self, data: Any, initial: Any = None) -> Incoming:
        upload: Upload = super().clean(data, initial)
        if upload.refused:
            raise ValidationError(upload.refused, code="refused")
        try:
            name = clean_name(upload.name)
            check(upload.path, address=settings.CLAMD_SOCKET)
            found = inspect(upload.path, name=name)
        except Unacceptable as why:
            raise ValidationError(str(why), code="unacceptable") from why
        upload.seek(0)
        return Incoming(upload, name, upload.sha256, upload.size or 0, found)


class MeetingField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    """One of the borough's meetings, or none."""

    def __init__(self) -> None:
        super().__init__(
            None,
            label="Meeting it belongs to",
            required=False,
            empty_label="None: it belongs to the borough",
        )

    def label_from_instance(self, obj: Any) -> str:
        return str(obj)


def remind_of_file(form: forms.Form) -> None:
    """For a page that shows what was typed before somebody signed in again."""
    form.fields["file"].help_text = f"{LOST}. {form.fields['file'].help_text}"


def ask_again(form: forms.Form) -> None:
    """A browser does not keep a file when something else is put right: say so."""
    if form.errors and "file" in form.cleaned_data:
        form.add_error("file", ValidationError(AGAIN, code="again"))


class AddForm(ClosureForm):
    """A paper with its first file; the questions about closing count when it is closed."""

    file = PaperFileField()
    title = CleanText(label="Title", max_length=TITLE)
    meeting = MeetingField()
    who = forms.ChoiceField(
        label="Who may read it",
        choices=WHO,
        widget=Radios(
            hints={
                OPEN: "Leave the questions below empty: a paper with answers about closing is not added open.",
                CLOSED: "Answer the questions below as far as you can now. You are on its list; the lead puts others on it.",
            }
        ),
    )

    def __init__(self, *args: Any, borough: Borough, **kwargs: Any) -> None:
        super().__init__(*args, borough=borough, **kwargs)
        self.fields["meeting"].queryset = meetings_of(borough)  # type: ignore[attr-defined]  # a ModelChoiceField
        kinds = ClosureCase.Classification.choices
        self._offer("classification", [("", NOT_CLOSED), *kinds])  # the answer can be taken back
        for name in ("classification", "reason"):
            field = self.fields[name]
            field.help_text = f"{IF_CLOSED} {field.help_text}"

    def closes(self) -> bool:
        return bool(self.cleaned_data.get("who") == CLOSED)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if self.cleaned_data.get("who") == OPEN and (answered := self._answered()):
            self.add_error("who", ASKED_FOR_BOTH.format("; ".join(answered)))
        ask_again(self)
        return given

    def _answered(self) -> list[str]:
        """The questions about closing that have an answer, also one that is wrong."""
        names = (
            *(name for names in self.GROUPS.values() for name in names),
            *self.reasons.values(),
        )
        asked = (name for name in names if name in self.fields)
        given = (name for name in asked if name in self.errors or self.cleaned_data[name])
        return [str(self.fields[name].label).removesuffix(" (optional)") for name in given]


class VersionForm(forms.Form):
    file = PaperFileField()
    note = CleanText(
        label="What has changed (optional)",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> None:
        ask_again(self)


class ChangeForm(forms.Form):
    title = CleanText(label="Title", max_length=TITLE)
    meeting = MeetingField()
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, borough: Borough, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = meetings_of(borough)  # type: ignore[attr-defined]  # a ModelChoiceField

    @staticmethod
    def said_in(paper: Paper) -> dict[str, Any]:
        return {"title": paper.title, "meeting": paper.meeting_id, "seen": paper.version}


class ClearForm(forms.Form):
    reason = CleanText(
        label="Why it may stay in the file",
        help_text="For example, that you have looked at it and it says nothing its readers may not know.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class FilterForm(forms.Form):
    """Read from the address: nothing, one of the borough's meetings, or a closure whose page led here."""

    meeting: Any = forms.ModelChoiceField(
        None, label="Meeting", required=False, empty_label="All papers"
    )
    closure = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, borough: Borough, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = meetings_of(borough)  # type: ignore[attr-defined]  # a ModelChoiceField


class UseForm(forms.Form):
    """One of the papers that whoever asks may read."""

    paper: Any = forms.ModelChoiceField(None, label="Paper", empty_label="Choose a paper")

    def __init__(self, *args: Any, papers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["paper"].queryset = papers  # type: ignore[attr-defined]  # a ModelChoiceField
