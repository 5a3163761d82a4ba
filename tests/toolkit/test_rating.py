"""Rating a benchmark in the browser."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from boroughs.rows import acting_as
from tests.factories import PASSWORD, World, level
from tests.second_factor import enter, sign_in
from toolkit.actions.assessments import rate


@pytest.fixture
def page(world: World) -> str:
    return f"/thurrock/assessments/{world.here.assessment.pk}/training/"


ANSWER = {
    "level": "amber",
    "standing": "",
    "reason": "",
    "comment": "Plan agreed",
    "actions": "Train",
    "seen": "2",
}


def test_a_coordinator_rates_a_benchmark_and_goes_on_to_the_next(
    client: Client, world: World, page: str
) -> None:
    enter(client, world.here.coordinator)
    response = client.post(page, {**ANSWER, "then": "next"})
    assert response.status_code == 302
    assert response["Location"].endswith("/venue-hire/")
    with acting_as(world.here.coordinator.pk):
        rating = world.here.assessment.ratings.in_order().get(benchmark__key="training")
    assert (rating.word, rating.comment, rating.version) == ("Amber", "Plan agreed", 3)
    assert rating.changed_by == world.here.coordinator


def test_the_history_tells_what_was_said_before(client: Client, world: World, page: str) -> None:
    enter(client, world.here.coordinator)
    client.post(page, ANSWER)
    text = client.get(f"{page}history/").content.decode()
    assert "Red" in text
    assert "Amber" in text
    assert "present words of thurrock" in text
    assert "Plan agreed" in text


def test_of_two_editors_the_second_sees_both_texts_and_loses_nothing(
    client: Client, world: World, page: str
) -> None:
    with acting_as(world.here.coordinator.pk):
        rating = world.here.assessment.ratings.in_order().get(benchmark__key="training")
        rate(
            rating=rating, level=level("green"), comment="Theirs", seen=2, by=world.here.coordinator
        )
    enter(client, world.here.coordinator)
    response = client.post(page, ANSWER)
    text = response.content.decode()
    assert response.status_code == 409
    assert "Theirs" in text
    assert "Plan agreed" in text
    assert 'name="seen" value="3"' in text
    again = client.post(page, {**ANSWER, "seen": "3"})
    assert again.status_code == 302
    with acting_as(world.here.coordinator.pk):
        rating.refresh_from_db()
    assert rating.comment == "Plan agreed"


def test_a_benchmark_of_another_toolkit_is_not_found(
    client: Client, world: World, page: str
) -> None:
    enter(client, world.here.coordinator)
    assert client.get(page.replace("training", "permissive-environments")).status_code == 404


def test_a_closed_period_cannot_be_rated(client: Client, world: World) -> None:
    enter(client, world.here.coordinator)
    response = client.post(
        f"/thurrock/assessments/{world.here.earlier.pk}/training/", {**ANSWER, "seen": "2"}
    )
    assert "was opened after it" in response.content.decode()
    with acting_as(world.here.coordinator.pk):
        assert world.here.earlier.ratings.get(benchmark__key="training").version == 2


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"comment": "x" * 4001}, "Comment must be 4,000 characters or fewer"),
        ({"comment": "a\x07b"}, "hidden control character"),
        ({"standing": "not_applicable", "level": ""}, "Give the reason"),
        ({"standing": "not_applicable", "reason": "No venues"}, "does not apply has no rating"),
        ({"level": "purple"}, "Rating"),
    ],
)
def test_a_wrong_answer_is_explained_and_kept(
    client: Client, world: World, page: str, change: dict[str, str], complaint: str
) -> None:
    enter(client, world.here.coordinator)
    response = client.post(page, {**ANSWER, **change})
    text = response.content.decode()
    assert response.status_code == 200
    assert complaint in text
    assert "There is a problem" in text
    assert "Train</textarea>" in text


def test_markup_in_a_comment_is_shown_as_text(client: Client, world: World, page: str) -> None:
    enter(client, world.here.coordinator)
    client.post(page, {**ANSWER, "comment": "<script>alert(1)</script>"})
    text = client.get(f"/thurrock/assessments/{world.here.assessment.pk}/").content.decode()
    assert "&lt;script&gt;alert(1)" in text
    assert "<script>alert" not in text


def test_what_was_typed_survives_a_session_that_ended(
    client: Client, world: World, page: str
) -> None:
    enter(client, world.here.coordinator)
    note = client.get(page).content.decode().split('name="typed_by" value="')[1].split('"')[0]
    client.logout()
    refused = client.post(page, {**ANSWER, "typed_by": note, "comment": "A long evening's work"})
    assert refused.status_code == 302
    assert refused["Location"].startswith("/account/sign-in/?next=")
    signed_in = sign_in(client, refused["Location"], world.here.coordinator.email, PASSWORD)
    assert signed_in.status_code == 302, signed_in.content.decode()
    assert "A long evening&#x27;s work" in client.get(signed_in["Location"]).content.decode()


def test_what_one_person_typed_is_not_shown_to_another(
    client: Client, world: World, page: str
) -> None:
    enter(client, world.here.coordinator)
    note = client.get(page).content.decode().split('name="typed_by" value="')[1].split('"')[0]
    client.logout()
    kept = client.post(page, {**ANSWER, "typed_by": note, "comment": "Mine alone"})["Location"]
    enter(client, world.there.coordinator)
    assert client.get(kept).status_code in {302, 200}
    back = parse_qs(urlsplit(kept).query)["next"][0]
    assert client.get(back).status_code == 404


def test_a_benchmarks_page_takes_eight_statements_and_a_save_twelve(
    client: Client, world: World, page: str
) -> None:
    """Who is asking, the door, row security and the trail included; BEGIN, COMMIT and savepoints are not."""
    enter(client, world.here.coordinator)
    client.get(page)
    looked = statements(lambda: client.get(page))
    assert len(looked) <= 8, "\n".join(looked)
    saved = statements(lambda: client.post(page, ANSWER))
    assert len(saved) <= 12, "\n".join(saved)
    assert any("UPDATE" in sql for sql in saved)


def statements(deed: Callable[[], object]) -> list[str]:
    with CaptureQueriesContext(connection) as caught:
        deed()
    told = [query["sql"] for query in caught.captured_queries]
    told = [sql for sql in told if not sql.startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))]
    # A test's transaction is given back to nobody; a request's ends
    return [sql for sql in told if "set_config('app.user', ''," not in sql]


def test_the_page_says_how_strongly_the_benchmark_binds(
    client: Client, world: World, page: str
) -> None:
    enter(client, world.here.coordinator)
    assert "is not stated" not in client.get(page).content.decode()
    assert "Where the wording comes from: " in client.get(page).content.decode()
    world.here.assessment.version.benchmarks.filter(key="training").update(obligation="must")
    assert "Must: the law requires it." in client.get(page).content.decode()
