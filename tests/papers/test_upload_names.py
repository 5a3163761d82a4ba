"""A file's name that says something else than it shows is refused beside the field, and nothing is stored."""

from typing import Any

import pytest

from boroughs.rows import acting_as
from papers.inspection.names import HIDDEN, PATH
from papers.models import PaperVersion
from tests.boroughs.pages import address, problems, signed_in
from tests.factories import World, tiny_pdf

BAD = [
    ("../../etc/plan.pdf", PATH),
    ("folder/plan.pdf", PATH),
    ("C:\\Users\\me\\plan.pdf", PATH),
    ("folder/", PATH),
    ("plan\u202efdp.exe.pdf", HIDDEN),
    ("plan\u2066.pdf", HIDDEN),
    ("plan\x07.pdf", HIDDEN),
    ("plan\x00.pdf", HIDDEN),
    ("plan&#8238;fdp.pdf", HIDDEN),
    ("plan\u200b.pdf", HIDDEN),
]


def body(name: str) -> bytes:
    """A post byte by byte: the test client would mend the name as well."""
    fields = {"title": "A paper", "who": "open"}
    parts = [
        f'--x\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
        for key, value in fields.items()
    ]
    escaped = name.replace("\\", "\\\\")
    head = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{escaped}"\r\nContent-Type: application/pdf\r\n\r\n'
    return b"".join(parts) + head.encode() + tiny_pdf("Strategy") + b"\r\n--x--\r\n"


def sent(world: World, name: str) -> Any:
    return signed_in(world.here.coordinator).post(
        address("papers:paper-add", world.here.borough),
        body(name),
        content_type="multipart/form-data; boundary=x",
    )


def names(world: World) -> set[str]:
    with acting_as(world.here.coordinator.pk):
        return set(PaperVersion.objects.values_list("file_name", flat=True))


def test_a_name_that_hides_something_is_refused_and_nothing_is_stored(
    world: World, settings: Any
) -> None:
    before = {path for path in settings.FILES_ROOT.rglob("*") if path.is_file()}
    for name, why in BAD:
        assert problems(sent(world, name)) == [why], name
    assert {path for path in settings.FILES_ROOT.rglob("*") if path.is_file()} == before
    assert names(world) == {"paper.pdf"}


@pytest.mark.parametrize("name", ["plan.pdf", "Cynllun Ŵy “2026”.pdf"])
def test_a_name_that_shows_all_it_says_is_kept(world: World, name: str) -> None:
    assert sent(world, name).status_code == 302
    assert name in names(world)
