"""The history that the database keeps by itself, and that nobody can rewrite."""

import datetime as dt
import re
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from boroughs.rows import acting_as
from tests.boroughs.pages import says, signed_in
from tests.factories import Place, World, level, rate_as
from toolkit.actions.evidence import add_evidence
from toolkit.actions.round import sign_off, submit
from toolkit.history import history_of
from toolkit.models import Rating


def training(world: World) -> Rating:
    return world.here.assessment.ratings.in_order().get(benchmark__key="training")


def test_every_save_is_an_entry_newest_first(world: World) -> None:
    by = world.here.coordinator
    with acting_as(by.pk):
        rate_as(world.here.assessment, "training", "amber", comment="better", by=by)
        rate_as(world.here.assessment, "training", "", comment="better", by=by)
        entries = history_of(training(world))
    said = [[(c.field, c.before, c.after) for c in entry.changes] for entry in entries]
    assert said == [
        [("Rating", "Amber", "Not rated")],
        [("Rating", "Red", "Amber"), ("Comment", "present words of thurrock", "better")],
        [("Rating", "Not rated", "Red"), ("Comment", "", "present words of thurrock")],
        [],
    ]
    assert entries[-1].note == "Period opened, not rated yet"
    assert {entry.who for entry in entries} == {by}
    assert [e.when for e in entries] == sorted((e.when for e in entries), reverse=True)


def test_a_change_past_the_portals_actions_is_kept_too(world: World) -> None:
    """The events are written by triggers: a bulk update and plain SQL leave theirs."""
    with acting_as(world.here.coordinator.pk):
        before = len(history_of(training(world)))
        world.here.assessment.ratings.update(level=level("green"), judged="afresh")
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE toolkit_rating SET comment = 'by hand' WHERE id = %s", [training(world).pk]
            )
        entries = history_of(training(world))
    assert len(entries) == before + 2
    assert entries[0].changes[0].after == "by hand"
    assert entries[1].changes[0].after == "Green"


def test_standing_and_reason_show_in_the_history(world: World) -> None:
    with acting_as(world.here.coordinator.pk):
        Rating.objects.filter(pk=training(world).pk).update(
            level=None, standing="not_applicable", reason="No venues here"
        )
    page = reverse(
        "toolkit:rating-history", args=["thurrock", world.here.assessment.pk, "training"]
    )
    shown = says(signed_in(world.here.lead).get(page))
    for words in ("Not applicable", "No venues here", "Coordinator of Thurrock"):
        assert words in shown, words


@pytest.mark.parametrize(
    "deed",
    [
        "UPDATE toolkit_ratingevent SET comment = 'never said'",
        "DELETE FROM toolkit_ratingevent",
        "TRUNCATE toolkit_ratingevent",
        "ALTER TABLE toolkit_ratingevent DISABLE TRIGGER ALL",
        "DROP TRIGGER pgtrigger_update_update_8de4d ON toolkit_rating",
    ],
)
def test_the_application_cannot_rewrite_history(world: World, deed: str) -> None:
    refusal = "permission denied|must be owner"
    with (
        acting_as(world.here.coordinator.pk),
        pytest.raises(DatabaseError, match=refusal),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(deed)


def test_the_recording_is_switched_off_nowhere_in_the_code() -> None:
    floors = (
        "portal",
        "govuk",
        "audit",
        "accounts",
        "boroughs",
        "papers",
        "toolkit",
        "sheets",
        "reports",
    )
    off = re.compile(r"pgtrigger\.(ignore|disable)|session_replication_role")
    erasing = {  # two people, and words alone
        settings.ROOT / "toolkit" / "migrations" / "0003_purge.py",
        settings.ROOT / "boroughs" / "migrations" / "0032_purge_records.py",
    }
    code = [path for floor in floors for path in (settings.ROOT / floor).rglob("*.py")]
    assert len(code) > 100
    assert {path for path in code if off.search(path.read_text())} == erasing


def test_one_page_says_why_the_word_changed_who_said_so_and_on_what_evidence(world: World) -> None:
    place = world.here
    page = reverse("toolkit:rating-history", args=["thurrock", place.assessment.pk, "training"])
    client = signed_in(place.lead)
    shown = says(client.get(page))
    assert "7. Training programme went from Amber to Red. ↓ , worse than last time" in shown
    assert "Comment: present words of thurrock" in shown
    assert "Assessed by: The Prevent board or strategy group." in shown
    assert "Open: no board has signed it off." in shown
    assert "Before, in January 2019" in shown
    assert "earlier words of thurrock" in shown
    with acting_as(place.coordinator.pk):
        place.assessment.ratings.blank().update(reason="Not looked at")
        evidence_of(place, note="What it rests on now")
        submit(assessment=place.assessment, by=place.coordinator)
    with acting_as(place.lead.pk):
        board: dict[str, Any] = {
            "meeting": None,
            "otherwise": "By letter",
            "signed_on": dt.date(2019, 8, 1),
        }
        sign_off(assessment=place.assessment, **board, by=place.lead)
    shown = says(client.get(page))
    assert "What it rests on now" in shown
    assert "Signed off on 1 August 2019 : By letter." in shown


def evidence_of(place: Place, note: str) -> None:
    rating = place.assessment.ratings.in_order().get(benchmark__key="training")
    said: dict[str, Any] = {
        "kind": "address",
        "thing": "https://www.example.org/a",
        "dated": dt.date(2019, 7, 1),
    }
    add_evidence(rating=rating, **said, note=note, by=place.coordinator)
