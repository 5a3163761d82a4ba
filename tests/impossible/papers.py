"""Rows of `papers` that the database refuses: the constraint, and a deed that breaks it."""

from collections.abc import Callable
from typing import Any

from papers.keys import key_of
from papers.models import FileKey, PaperCopy
from tests.factories import World

from .deeds import NOW, YESTERDAY, Case, again, change


def file_key(world: World) -> FileKey:
    key_of(world.here.borough)
    return FileKey.objects.get(borough=world.here.borough)


def version(**wrong: Any) -> Callable[[World], None]:
    return lambda world: change(world.here.version, **wrong)


def finding(**wrong: Any) -> Callable[[World], None]:
    """A finding that is cleared but for something."""
    cleared = {"cleared_at": NOW, "reason": "Looked at"}
    return lambda world: change(
        world.here.finding, **{**cleared, "cleared_by": world.here.coordinator, **wrong}
    )


def copy(world: World) -> PaperCopy:
    made = PaperCopy(version=world.here.version, number=1, reader=world.here.coordinator)
    made.save(force_insert=True)
    return made


CASES: list[Case] = [
    ("file_keys_are_numbered", lambda w: again(file_key(w), retired_at=NOW, made_at=YESTERDAY)),
    ("a_borough_seals_with_one_key", lambda w: again(file_key(w), number=2)),
    (
        "a_file_key_is_retired_after_it_was_made",
        lambda w: change(file_key(w), retired_at=YESTERDAY),
    ),
    ("a_paper_has_a_title", lambda w: change(w.here.paper, title="")),
    ("versions_of_a_paper_are_numbered", lambda w: again(w.here.version)),
    *(
        ("a_version_has_a_file", version(**wrong))
        for wrong in (
            {"number": 0},
            {"size": 0},
            {"sha256": "x"},
            {"storage": "../../etc"},
            {"pages": 0},
            {"file_name": ""},
            {"media_type": ""},
        )
    ),
    ("a_paper_is_linked_to_one_thing_at_a_time", lambda w: again(w.here.use, board=w.here.board)),
    ("a_paper_is_linked_to_one_thing_at_a_time", lambda w: again(w.here.use, strategy=None)),
    ("a_paper_is_linked_once_to_a_thing", lambda w: again(w.here.use)),
    ("a_kind_is_found_once", lambda w: again(w.here.finding)),
    ("a_finding_found_something", lambda w: change(w.here.finding, count=0)),
    *(
        ("a_cleared_finding_says_who_and_why", finding(**wrong))
        for wrong in (
            {"cleared_at": None},
            {"cleared_by": None},
            {"reason": ""},
        )
    ),
    ("copies_of_a_version_are_numbered", lambda w: again(copy(w))),
]
