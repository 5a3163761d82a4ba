"""What was typed survives a session that has ended: for its person, on its page, for a day."""

import datetime as dt
import subprocess
import sys
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import signing
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from accounts import tasks
from accounts.models import TypedText, User
from accounts.models.typed import KEPT_FOR
from accounts.sealing import unseal
from accounts.typed import LONGEST, SALT, data_typed_before
from boroughs.actions.lists import grant
from boroughs.roles import Role
from boroughs.rows import acting_as
from portal.local.places import new_master_key
from tests import second_factor
from tests.boroughs.pages import signed_in
from tests.conftest import second_lock_off
from tests.factories import PASSWORD, World, give_role, make_user
from tests.second_factor import enter

NEW_PERIOD = {
    "version": "la-2018",
    "assessor": "peer",
    "assessor_name": "The Thursday group",
    "starts_on_day": "1",
    "starts_on_month": "10",
    "starts_on_year": "2019",
    "ends_on_day": "31",
    "ends_on_month": "",
    "ends_on_year": "2019",
}


def note_on(client: Client, page: str) -> str:
    field = BeautifulSoup(client.get(page).content, "html5lib").select_one("[name=typed_by]")
    assert field is not None
    return str(field["value"])


def post_after_the_session(user: User, page: str, said: dict[str, str]) -> str:
    """Where the browser is sent when the session ended while the form was open."""
    client = signed_in(user)
    note = note_on(client, page)
    client.logout()
    response = client.post(page, {**said, "typed_by": note})
    assert response.status_code == 302
    return str(response["Location"])


def back_from(sign_in: str) -> str:
    return parse_qs(urlsplit(sign_in).query)["next"][0]


def body_of(kept: TypedText) -> str:
    """As its person gets it back."""
    return unseal(kept.body, f"typed by {kept.user_id} on {kept.path}")


def fields(response: Any) -> dict[str, str]:
    page = BeautifulSoup(response.content, "html5lib")
    boxes = page.select("main input:not([type=radio]), main input[type=radio][checked]")
    return {str(box["name"]): str(box.get("value", "")) for box in boxes if box.has_attr("name")}


def test_a_form_with_dates_and_choices_comes_back_as_it_was_typed(world: World) -> None:
    page = reverse("toolkit:assessment-open", args=["thurrock"])
    sign_in = post_after_the_session(world.here.coordinator, page, NEW_PERIOD)
    client = Client()
    back = second_factor.sign_in(client, sign_in, world.here.coordinator.email, PASSWORD)
    again = fields(client.get(back["Location"]))
    assert {name: again.get(name) for name in NEW_PERIOD} == NEW_PERIOD


def test_the_adoption_of_a_toolkit_comes_back_as_it_was_typed(world: World) -> None:
    page = reverse("toolkit:version-adopt", args=["thurrock"])
    said = {"version": "la-2024", "since_day": "2", "since_month": "3", "since_year": "2024"}
    back = back_from(post_after_the_session(world.here.lead, page, said))
    again = fields(signed_in(world.here.lead).get(back))
    assert {name: again.get(name) for name in said} == said


def test_what_was_typed_is_for_its_person_and_its_page_alone(world: World) -> None:
    page = reverse("toolkit:assessment-open", args=["thurrock"])
    back = back_from(post_after_the_session(world.here.coordinator, page, NEW_PERIOD))
    query = urlsplit(back).query
    group = NEW_PERIOD["assessor_name"]
    mine = signed_in(world.here.coordinator)
    assert group in mine.get(f"{page}?{query}").content.decode()
    elsewhere = reverse("reports:report-front", args=["thurrock", world.here.drafting.pk])
    assert group not in mine.get(f"{elsewhere}?{query}").content.decode()
    neighbour = reverse("toolkit:assessment-open", args=["barnet"])
    theirs = signed_in(world.there.coordinator)
    assert group not in theirs.get(f"{neighbour}?{query}").content.decode()
    assert theirs.get(back).status_code == 404


def test_a_colleague_on_the_very_page_is_not_shown_it(world: World) -> None:
    page = reverse("toolkit:assessment-open", args=["thurrock"])
    back = back_from(post_after_the_session(world.here.coordinator, page, NEW_PERIOD))
    colleague = make_user("Cora Colleague")
    with acting_as(world.here.lead.pk):
        give_role(colleague, world.here.borough, Role.COORDINATOR, by=world.here.lead)
    shown = signed_in(colleague).get(back)
    assert shown.status_code == 200
    assert NEW_PERIOD["assessor_name"] not in shown.content.decode()


def test_the_same_form_on_another_page_does_not_show_it(world: World) -> None:
    of = ["thurrock", world.here.assessment.pk]
    page, other = (reverse("toolkit:rating", args=[*of, key]) for key in ("training", "venue-hire"))
    said = {"level": "amber", "comment": "Only of training", "seen": "2"}
    back = back_from(post_after_the_session(world.here.coordinator, page, said))
    mine = signed_in(world.here.coordinator)
    assert "Only of training" in mine.get(back).content.decode()
    assert "Only of training" not in mine.get(f"{other}?{urlsplit(back).query}").content.decode()


def test_a_post_without_a_valid_note_is_not_kept(client: Client, world: World) -> None:
    page = reverse("toolkit:assessment-open", args=["thurrock"])
    for note in ("", "forged", signing.dumps(world.here.lead.pk, salt="another salt")):
        response = client.post(page, {**NEW_PERIOD, "typed_by": note})
        assert response["Location"].startswith("/account/sign-in/")
    assert not TypedText.objects.exists()


@pytest.mark.parametrize(
    ("path", "text"),
    [("/thurrock/assessments/new/", "x" * LONGEST), (f"/{'x' * 400}/", "x")],
    ids=["long text", "long address"],
)
def test_more_than_a_form_can_hold_is_not_kept(
    client: Client, world: World, path: str, text: str
) -> None:
    note = signing.dumps(world.here.coordinator.pk, salt=SALT)
    response = client.post(path, {"assessor_name": text, "typed_by": note})
    assert response.status_code == 302
    assert not TypedText.objects.exists()


def test_neither_the_token_nor_the_note_is_kept(world: World) -> None:
    page = reverse("toolkit:assessment-open", args=["thurrock"])
    post_after_the_session(world.here.coordinator, page, {**NEW_PERIOD, "csrfmiddlewaretoken": "t"})
    [kept] = TypedText.objects.all()
    assert kept.user == world.here.coordinator
    assert "assessor_name" in body_of(kept)
    assert "typed_by" not in body_of(kept)
    assert "csrfmiddlewaretoken" not in body_of(kept)


# -- Sealed ---------------------------------------------------------------------------------------------------
CANARY = "CANARYTYPED"


def on_a_closed_paper(world: World) -> str:
    """What is typed on its page when the session has ended; where it waits."""
    here = world.here
    page = reverse("papers:paper-change", args=["thurrock", here.closed_paper.pk])
    return back_from(post_after_the_session(here.coordinator, page, {"title": CANARY, "seen": "1"}))


def test_what_is_typed_on_a_closed_papers_page_stands_in_no_column(world: World) -> None:
    back = on_a_closed_paper(world)
    with second_lock_off(), connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute("SELECT has_table_privilege(%s, 'SELECT')", [table])
            if cursor.fetchone() == (False,):
                continue  # the application has no way to it; nor has what it keeps
            cursor.execute(
                f'SELECT count(*) FROM "{table}" t WHERE t::text ILIKE %s', [f"%{CANARY}%"]
            )
            assert cursor.fetchone() == (0,), table
    assert CANARY in signed_in(world.here.coordinator).get(back).content.decode()


def test_who_can_write_rows_cannot_have_the_portal_open_them(world: World) -> None:
    """Not by giving the row to themselves, and not by moving it to a page of theirs."""
    back = on_a_closed_paper(world)
    page = urlsplit(back).path
    TypedText.objects.update(user=world.here.democratic)
    with acting_as(world.here.lead.pk):
        grant(
            closure=world.here.closure, person=world.here.democratic, reason="x", by=world.here.lead
        )
    client = signed_in(world.here.democratic)
    assert client.get(back).status_code == 200
    assert CANARY not in client.get(back).content.decode()
    elsewhere = reverse("papers:paper-add", args=["thurrock"])
    TypedText.objects.update(user=world.here.coordinator, path=elsewhere)
    moved = f"{elsewhere}?{urlsplit(back).query}"
    assert CANARY not in signed_in(world.here.coordinator).get(moved).content.decode()
    TypedText.objects.update(path=page)
    assert CANARY in signed_in(world.here.coordinator).get(back).content.decode()


def test_what_a_former_master_key_sealed_still_comes_back_and_a_lost_one_is_no_fault(
    world: World, settings: Any
) -> None:
    back = on_a_closed_paper(world)
    former, settings.FILES_MASTER_KEY = settings.FILES_MASTER_KEY, new_master_key()
    settings.FILES_MASTER_KEY_OLD = [former]
    [kept] = TypedText.objects.all()
    assert CANARY in body_of(kept)
    request = RequestFactory().get(back)
    request.user = world.here.coordinator
    assert data_typed_before(request) is not None
    settings.FILES_MASTER_KEY_OLD = []
    assert data_typed_before(request) is None


def test_a_page_that_stood_open_over_another_sign_in_keeps_what_was_typed(world: World) -> None:
    """Signing in elsewhere renews the token: the post is refused, its text is not lost."""
    page = reverse("toolkit:assessment-open", args=["thurrock"])
    client = Client(enforce_csrf_checks=True)
    enter(client, world.here.coordinator)
    note = note_on(client, page)
    stale = {**NEW_PERIOD, "typed_by": note, "csrfmiddlewaretoken": "x" * 64}
    response = client.post(page, stale)
    assert response.status_code == 302
    assert NEW_PERIOD["assessor_name"] in client.get(response["Location"]).content.decode()
    forged = client.post(page, {**stale, "typed_by": "forged"})
    assert forged.status_code == 403


def test_typed_text_and_sessions_that_outlived_their_use_are_purged(world: World) -> None:
    now = timezone.now()
    for age in (KEPT_FOR - dt.timedelta(minutes=1), KEPT_FOR + dt.timedelta(minutes=1)):
        TypedText.objects.create(
            user=world.here.lead, path=f"/{age > KEPT_FOR}/", body="", kept_at=now - age
        )
    signed_in(world.here.lead)
    Session.objects.create(pk="ended", session_data="", expire_date=now - dt.timedelta(minutes=1))
    tasks.purge()
    assert [kept.path for kept in TypedText.objects.all()] == ["/False/"]
    assert Session.objects.count() == 1
    assert not Session.objects.filter(pk="ended").exists()


def test_beat_knows_its_tasks() -> None:
    asked = "import django; django.setup(); from portal.celery import app; app.finalize(); app.loader.import_default_modules(); print(*app.tasks)"
    known = subprocess.run(
        [sys.executable, "-c", asked], check=True, capture_output=True, text=True
    ).stdout.split()
    planned = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert planned >= {"reports.tasks.sweep_renderings", "accounts.tasks.purge"}
    assert planned <= set(known)
