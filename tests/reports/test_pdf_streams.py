"""The streams of a PDF end where their length says, whatever the compressed bytes happen to be."""

import page
import pydyf
import pytest

from reports import pdf, rendering
from reports.pdf_structure import _part_from_endstream

from . import snapshots


class Document:
    """As much of pydyf's PDF as the finisher's last step looks at."""

    def __init__(self, *objects: pydyf.Object) -> None:
        self.objects = list(objects)
        for number, each in enumerate(objects, start=1):
            each.number = number


def ending_in_a_return(**extra: str) -> pydyf.Stream:
    """A compressed stream whose last byte is a carriage return."""
    for length in range(1, 600):
        stream = pydyf.Stream(["q" * length], extra=dict(extra), compress=True)
        if stream.data.endswith(b"\r\nendstream"):
            return stream
    raise AssertionError("No such stream was found")


@pytest.mark.parametrize("kind", [{"Subtype": "/Form"}, {"Length1": "5"}])
def test_a_stream_that_would_end_in_a_return_is_written_otherwise(kind: dict[str, str]) -> None:
    stream = ending_in_a_return(**kind)
    _part_from_endstream(Document(stream))
    assert not stream.data.endswith(b"\r\nendstream")


def with_title(number: int) -> pdf.Pdf:
    snapshot = snapshots.short()
    snapshot["report"]["title"] = f"Prevent, paper {number}"
    return rendering.pdf_of(snapshot)


def test_many_papers_are_all_sound() -> None:
    """Each title changes the compressed bytes; without the step about one paper in ten fails the validator."""
    for number in range(30):
        data = with_title(number).data
        assert b"\r\nendstream" not in data
    for profile in ("ua1", "pdfa-3a"):
        assert page.validate_pdf_bytes(data, profile=profile).is_compliant
