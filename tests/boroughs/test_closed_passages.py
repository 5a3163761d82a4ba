"""Words of a closed record in an open text: told to its list with the passage, to the check before issue by key alone."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import DatabaseError, connection, transaction

from boroughs.actions.closures import release
from boroughs.actions.lists import revoke
from boroughs.closed_passages import (
    closures_overlapping,
    digest_in,
    forget_passages,
    remember_passages,
)
from boroughs.models import ClosedPassages
from boroughs.passages import digests_of
from boroughs.roles import Role
from boroughs.rows import acting_as
from tests.boroughs.pages import address, says, seen, signed_in
from tests.conftest import second_lock_off
from tests.factories import Place, World

CLOSED = (
    "The orchard project is paid for by a private trust, and its violet file stays with the board."
)
COPIED = "the orchard project is paid for by a private trust"
OPEN = f"We can report that {COPIED}."
OWN = "Twelve workshops were held in the spring, and all of the schools came to them."
CHECKERS = {Role.COORDINATOR, Role.DEMOCRATIC}


@pytest.fixture
def closed(world: World) -> World:
    """Thurrock's closed record has a text; its coordinator closed it."""
    remember(world.here, CLOSED)
    return world


def remember(place: Place, text: str, source: str = "paper:1") -> None:
    with acting_as(place.coordinator.pk):
        remember_passages(closure=place.closure, source=source, text=text)


def overlapping(place: Place, text: str, role: Role = Role.COORDINATOR) -> list[Any]:
    with acting_as(place.people[role].pk):
        return closures_overlapping(place.borough, text)


def kept(place: Place) -> int:
    with acting_as(place.coordinator.pk):
        return ClosedPassages.objects.of(place.borough).count()


def rating_page(place: Place) -> str:
    return f"/{place.borough.slug}/assessments/{place.assessment.pk}/training/"


def save(place: Place, comment: str) -> Any:
    answer = {"level": "amber", "standing": "", "reason": "", "seen": "2", "comment": comment}
    return signed_in(place.coordinator).post(rating_page(place), answer, follow=True)


def off_the_list(place: Place) -> None:
    with acting_as(place.lead.pk):
        revoke(closure=place.closure, person=place.coordinator, reason="Moved on", by=place.lead)


def let_out(place: Place) -> None:
    with acting_as(place.coordinator.pk):
        release(closure=place.closure, reason="Old", by=place.coordinator)


def test_no_word_of_the_text_is_kept(closed: World) -> None:
    with acting_as(closed.here.coordinator.pk):
        [row] = ClosedPassages.objects.all().values()
    assert row["digests"] == sorted(digests_of(CLOSED, digest_in(closed.here.borough.pk)))
    assert not [word for word in ("orchard", "violet") if word in str(row)]


def test_remembered_again_the_later_text_counts_and_it_can_be_forgotten(closed: World) -> None:
    here = closed.here
    remember(here, OWN)
    assert (overlapping(here, OPEN), overlapping(here, OWN)) == ([], [here.closure.pk])
    remember(here, "Too short.")
    assert kept(here) == 0
    remember(here, CLOSED)
    remember(here, OWN, "paper:2")
    with acting_as(here.coordinator.pk):
        forget_passages(closure=here.closure, source="paper:1")
    assert (overlapping(here, OPEN), overlapping(here, OWN)) == ([], [here.closure.pk])


def test_who_is_on_the_list_is_shown_the_passage_of_their_own_text(closed: World) -> None:
    response = save(closed.here, OPEN)
    assert "Words here also stand in a closed record: Comment ." in says(response)
    back = f"{rating_page(closed.here)}?look=again"
    assert f'href="{back}#id_comment"' in response.content.decode()
    page = signed_in(closed.here.coordinator).get(back)
    notice = BeautifulSoup(page.content, "html.parser").find(id="id_comment-notice")
    assert notice is not None
    said = " ".join(notice.get_text(" ").split())
    assert said.startswith(
        "Warning: these words also stand in a closed record (Appendix of Thurrock, not for publication)"
    )
    assert f"“{COPIED}”" in said
    assert "violet" not in page.content.decode()


def test_a_report_warns_too(closed: World) -> None:
    client = signed_in(closed.here.coordinator)
    page = address(
        "reports:section", closed.here.borough, closed.here.drafting.pk, "executive-summary"
    )
    data = {"body": OPEN, "state": "draft", **seen(client, page)}
    response = client.post(page, data, follow=True)
    [link] = BeautifulSoup(response.content, "html.parser").select(".govuk-notification-banner a")
    assert link["href"] == f"{page}#id_body"
    assert f"“{COPIED}”" in client.get(page).content.decode()


def test_there_is_no_warning_without_a_shared_passage(closed: World) -> None:
    assert "closed record" not in says(save(closed.here, OWN))


@pytest.mark.parametrize("leaving", [off_the_list, let_out])
def test_off_the_list_or_released_nothing_is_said(closed: World, leaving: Any) -> None:
    leaving(closed.here)
    assert "closed record" not in says(save(closed.here, OPEN))
    page = signed_in(closed.here.coordinator).get(f"{rating_page(closed.here)}?look=again")
    assert "closed record" not in says(page)


def test_the_first_lock_alone_keeps_the_warning_from_others(closed: World) -> None:
    off_the_list(closed.here)
    with second_lock_off():
        assert ClosedPassages.objects.count() == 1
        for role, person in closed.here.people.items():
            seen = ClosedPassages.objects.visible_to(person).count()
            assert seen == (role is Role.MEMBER), role


def test_the_second_lock_alone_keeps_the_digests_from_others(closed: World) -> None:
    for role, person in closed.here.people.items():
        with acting_as(person.pk):
            listed = role in {Role.COORDINATOR, Role.MEMBER}
            assert ClosedPassages.objects.exists() == listed, role
    for stranger in (closed.administrator, closed.stranger, closed.there.coordinator):
        with acting_as(stranger.pk):
            assert not ClosedPassages.objects.exists()


@pytest.mark.parametrize("role", list(Role))
def test_the_check_is_for_those_who_compose_and_issue(closed: World, role: Role) -> None:
    if role in CHECKERS:
        assert overlapping(closed.here, OPEN, role) == [closed.here.closure.pk]
        assert overlapping(closed.here, OWN, role) == []
    else:
        with (
            pytest.raises(DatabaseError, match="Only who composes or issues"),
            transaction.atomic(),
        ):
            overlapping(closed.here, OPEN, role)


def test_the_check_works_for_those_who_are_not_on_the_list(closed: World) -> None:
    off_the_list(closed.here)
    assert overlapping(closed.here, OPEN) == [closed.here.closure.pk]
    assert kept(closed.here) == 0


def test_the_check_ends_with_the_release(closed: World) -> None:
    let_out(closed.here)
    assert overlapping(closed.here, OPEN) == []


def test_the_neighbours_may_not_ask_and_know_nothing(closed: World) -> None:
    assert overlapping(closed.there, OPEN) == []
    with (
        acting_as(closed.there.coordinator.pk),
        pytest.raises(DatabaseError, match="Only who"),
        transaction.atomic(),
    ):
        closures_overlapping(closed.here.borough, OPEN)


def test_the_check_leaves_no_way_past_row_security(closed: World) -> None:
    overlapping(closed.here, OPEN)
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('app.migrating', true), '')")
        assert cursor.fetchone() == ("",)
