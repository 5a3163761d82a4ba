"""What a browser sends: written straight to the store's own disk, for pages that ask for a file and nobody else."""

import hashlib
import html
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from django.core.exceptions import TooManyFilesSent
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParser

from boroughs.access import granted
from boroughs.models import Borough
from papers.inspection import Inspected

from .sealing import Source
from .storage import NoRoom, check_room, incoming_folder, room_or_refusal

View = TypeVar("View")


def takes_files(view: View) -> View:
    """For a page whose form has a file in it; put before `borough_view`."""
    view.takes_files = True  # type: ignore[attr-defined]  # read by the handler below
    return view


class Upload(UploadedFile):  # type: ignore[type-arg]  # not subscriptable at run time
    """A file as it arrived, gone when the request ends. `refused` says why it was not read to its end."""

    name = ""  # as it was sent: Django's own property would take folders away unseen

    def __init__(self, name: str, content_type: str) -> None:
        file = tempfile.NamedTemporaryFile(dir=incoming_folder())  # noqa: SIM115 -- closed with the request
        super().__init__(file, name, content_type, 0)
        self.digest = hashlib.sha256()
        self.refused = ""

    @property
    def path(self) -> Path:
        return Path(self.file.name)  # type: ignore[union-attr]  # mkstemp's name is a path

    @property
    def sha256(self) -> str:
        return self.digest.hexdigest()

    def receive(self, chunk: bytes) -> None:
        self.size = (self.size or 0) + len(chunk)
        if self.refused:
            return
        if self.size > settings.UPLOAD_LIMIT:
            self.refuse(f"The file must be {settings.UPLOAD_LIMIT // 1024**2} MB or smaller")
            return
        try:
            with room_or_refusal():
                self.file.write(chunk)  # type: ignore[union-attr]
                self.digest.update(chunk)
        except NoRoom as why:
            self.refuse(str(why))

    def refuse(self, why: str) -> None:
        """Read on without keeping anything, so that the person gets their page with what they typed."""
        self.refused = why
        self.file.truncate(0)  # type: ignore[union-attr]

    def complete(self) -> None:
        try:
            with room_or_refusal():
                self.file.flush()  # type: ignore[union-attr]
        except NoRoom as why:
            self.refuse(str(why))
        self.file.seek(0)  # type: ignore[union-attr]


class NamesAsSent(MultiPartParser):
    """Takes nothing out of a file's name, so that a name which hides something is refused and not mended unseen."""

    def sanitize_file_name(self, file_name: str) -> str:
        return html.unescape(file_name)  # browsers write what the page's encoding lacks as &#…;


class Handler(FileUploadHandler):
    """Asked for every file of every post, while the post is being read: before the view and its door."""

    request: HttpRequest
    upload: Upload
    is_reading = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if not asks_for_files(self.request):
            raise TooManyFilesSent("This page asks for no file.")
        if not may_send(self.request):
            raise SkipFile
        self.upload = Upload(self.file_name or "", self.content_type or "")
        try:
            check_room(self.request_size)
        except NoRoom as why:
            self.upload.refuse(str(why))

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803 -- Django's name
        content_length: int,
        boundary: Any,
        encoding: str | None = None,
    ) -> Any:
        """Have the post read by `NamesAsSent`, which asks again and is told to go on."""
        self.request_size = content_length
        if self.is_reading:
            return None
        self.is_reading = True
        return NamesAsSent(META, input_data, self.request.upload_handlers, encoding).parse()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.upload.receive(raw_data)

    def file_complete(self, file_size: int) -> Upload:
        self.upload.complete()
        return self.upload

    def upload_interrupted(self) -> None:
        if hasattr(self, "upload"):
            self.upload.close()


def asks_for_files(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and getattr(match.func, "takes_files", False)


def may_send(request: HttpRequest) -> bool:
    """The door's question, asked before anything is written: the door itself answers who may not."""
    match = request.resolver_match
    if match is None or not request.user.is_authenticated:
        return False
    if match.func.access == "administrator":  # type: ignore[attr-defined]  # set by administrator_view
        return request.user.is_administrator
    borough = Borough.objects.open().filter(slug=match.kwargs["borough"]).first()
    return borough is not None and match.func.access in granted(request.user, borough)  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Incoming:
    """A file that was looked into and may be kept."""

    source: Source
    name: str
    sha256: str
    size: int
    inspected: Inspected
