"""The data file of a version that is offered."""

from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError

from papers.uploads import Upload
from toolkit.offered import Known, NotOffered, Offered, read_offer

LONGEST = 1_000_000  # bytes of a file
LONGEST_KEPT = 700_000  # characters that the preview carries along
SALT = "toolkit.version-file"
AN_HOUR = 3600


class VersionFileForm(forms.Form):
    file = forms.FileField(
        label="Data file",
        max_length=255,
        help_text="A JSON file of up to 1 MB, written like those that ship with the portal. You see what it would add before it is added.",
        error_messages={"required": "Choose a file", "empty": "The file is empty"},
    )
    text = ""
    offered: Offered | None = None

    def clean_file(self) -> Upload:
        upload: Upload = self.cleaned_data["file"]
        if upload.refused:
            raise ValidationError(upload.refused)
        if (upload.size or 0) > LONGEST:
            raise ValidationError("The file must be 1 MB or smaller")
        try:
            self.text = upload.read().decode("utf-8-sig")
            self.offered = read_offer(self.text, Known.now())
        except UnicodeDecodeError:
            raise ValidationError("The file must be written in UTF-8") from None
        except NotOffered as why:
            raise ValidationError(list(why.reasons[:20])) from None
        if len(kept(self.text)) > LONGEST_KEPT:
            raise ValidationError("The file holds too much text. Shorten it")
        return upload


def kept(text: str) -> str:
    """The text as the preview carries it along; nobody but the portal can write it."""
    return signing.dumps(text, salt=SALT, compress=True)


def text_of(kept_text: str) -> str | None:
    """None where it is not the portal's own or is older than an hour."""
    try:
        found: Any = signing.loads(kept_text, salt=SALT, max_age=AN_HOUR)
    except signing.BadSignature:
        return None
    return str(found)
