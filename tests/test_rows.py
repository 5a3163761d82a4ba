"""The second lock: PostgreSQL shows a borough's rows to the borough's people, whatever the portal's code asks for."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone

from accounts.models import User
from audit.models import Event
from audit.trail import record
from boroughs.actions.lists import ask, grant_seats
from boroughs.actions.people import set_roles
from boroughs.actions.retention import set_period
from boroughs.closed_passages import remember_passages
from boroughs.models import (
    AccessRequest,
    Closure,
    ClosureAct,
    Committee,
    Meeting,
    Membership,
)
from boroughs.roles import Role
from boroughs.rows import acting_as, refuse_powerful_role
from papers.actions.reading import hand_out
from portal import letters
from portal.reminders import set_rhythm
from reports.actions.styles import choose_style
from reports.models import (
    HouseStyle,
    PublicDecision,
    PublicRegister,
    Rendering,
    Report,
    ReportText,
)
from tests.boroughs.pages import signed_in
from tests.conftest import SECOND_LOCK_OFF, as_owner, second_lock_off
from tests.factories import World, make_matrix, make_ready
from tests.protected import EXEMPT, FLOORS, HISTORIES, NARROW, PATHS, PUBLIC, PUBLISHED
from tests.reports.writing import issue_first, pdf_of
from toolkit.drafts import keep
from toolkit.models import (
    Rating,
)


@pytest.fixture
def full(world: World) -> World:
    """The world with a row in every protected table."""
    for place in (world.here, world.there):
        with acting_as(place.lead.pk):
            style = HouseStyle.objects.get(key="plain")
            choose_style(borough=place.borough, style=style, by=place.lead)
            set_rhythm(borough=place.borough, every="week", day=1, by=place.lead)
            set_period(borough=place.borough, kind="paper", years=7, by=place.lead)
            grant_seats(
                closure=place.closure, committee=place.committee, reason="Item", by=place.lead
            )
        with acting_as(place.coordinator.pk):
            make_matrix(place.borough, by=place.coordinator)
            words = "Nine words of a closed paper that are kept"
            remember_passages(closure=place.closure, source="paper", text=words)
            keep(place.assessment.ratings.all()[0], {"seen": "1"}, place.coordinator)
            hand_out(version=place.closed_paper.latest(), by=place.coordinator, as_member=False)
        with acting_as(place.clearing.pk):
            ask(closure=place.closure, reason="To advise", by=place.clearing)
        make_ready(pdf_of(place, issue_first(place, place.drafting)))
    letters.plan(timezone.localdate() + dt.timedelta(days=7))
    return world


def rows_of(world: World) -> dict[type[models.Model], list[Any]]:
    """The keys of Thurrock's rows, table by table, whoever may see them."""
    with second_lock_off():
        return {
            model: list(
                model._default_manager.filter(**{path: world.here.borough.pk}).values_list(
                    "pk", flat=True
                )
            )
            for model, path in PATHS.items()
        }


def seen_by(person: User | None, world: World) -> dict[str, int]:
    """How many of Thurrock's rows somebody sees, table by table, without any filter of the portal's.

    Rows are asked for by their keys: through its parents a table would be guarded by their policies, not by its own.
    """
    return reached(person, rows_of(world))


def reachable(person: User | None, world: World) -> set[str]:
    """The tables of which somebody sees more than what is published."""
    seen = seen_by(person, world)
    return {table for table, rows in seen.items() if rows > PUBLISHED.get(table, 0)}


def reached(person: User | None, rows: dict[type[models.Model], list[Any]]) -> dict[str, int]:
    with acting_as(person.pk if person else None):
        return {
            model._meta.db_table: model._default_manager.filter(pk__in=keys).count()
            for model, keys in rows.items()
        }


# -- Who sees rows ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", list(Role))
def test_a_boroughs_people_reach_its_rows(full: World, role: Role) -> None:
    seen = seen_by(full.here.people[role], full)
    hidden = {model._meta.db_table for model, (_, roles) in NARROW.items() if role not in roles}
    assert {table for table, rows in seen.items() if not rows} == hidden


@pytest.mark.parametrize(
    "who",
    [
        lambda world: None,
        lambda world: world.stranger,
        lambda world: world.administrator,
        lambda world: world.there.lead,
        lambda world: world.there.coordinator,
    ],
    ids=["nobody", "a stranger", "the administrator", "a neighbour's lead", "their coordinator"],
)
def test_nobody_else_does(full: World, who: Callable[[World], User | None]) -> None:
    assert reachable(who(full), full) == set()


def test_what_is_published_is_for_everybody(full: World) -> None:
    for person in (None, full.stranger, full.there.lead):
        seen = {table: rows for table, rows in seen_by(person, full).items() if rows}
        assert seen == PUBLISHED


@pytest.mark.parametrize(
    "model",
    [m for m in PATHS if m not in (PublicRegister, PublicDecision)],
    ids=lambda model: model._meta.db_table,
)
def test_one_table_without_its_policies_would_be_noticed(
    full: World, model: type[models.Model]
) -> None:
    table, rows = model._meta.db_table, rows_of(full)
    assert reached(full.stranger, rows)[table] == PUBLIC.get(model, 0) < len(rows[model])
    with second_lock_off(table):  # and what asks it for its borough
        assert reached(full.stranger, rows)[table] == len(rows[model])


def test_a_membership_that_ended_shows_nothing(full: World) -> None:
    with acting_as(full.here.lead.pk):
        set_roles(user=full.here.member, borough=full.here.borough, roles=set(), by=full.here.lead)
    assert reachable(full.here.member, full) == set()


def test_a_membership_that_has_not_begun_shows_nothing(full: World) -> None:
    tomorrow = timezone.now() + dt.timedelta(days=1)
    Membership.objects.filter(user=full.here.member).update(since=tomorrow)
    # Their own place on a list is theirs to see, and opens nothing before they come
    assert reachable(full.here.member, full) == {"boroughs_closureuserpermission"}


@pytest.mark.parametrize("role", list(Role))
def test_the_trail_is_for_the_lead_and_the_monitoring_officer(world: World, role: Role) -> None:
    with acting_as(world.here.people[role].pk):
        boroughs = set(Event.objects.values_list("borough_id", flat=True))
    readers = {Role.LEAD, Role.MONITORING}
    assert boroughs == ({world.here.borough.pk} if role in readers else set())


def test_no_administrator_and_no_neighbour_reads_a_boroughs_trail(world: World) -> None:
    for person in (world.administrator, world.stranger, world.there.lead):
        with acting_as(person.pk):
            assert not Event.objects.filter(borough_id=world.here.borough.pk).exists()


def test_members_reading_is_shown_to_the_monitoring_officer_alone(world: World) -> None:
    here = world.here
    with acting_as(here.member.pk):
        record("test.read", by=here.member, borough_id=here.borough.pk, members_reading=True)
    readers = []
    for person in (*here.people.values(), here.member, *world.there.people.values()):
        with acting_as(person.pk):
            readers += [person] * Event.objects.filter(members_reading=True).count()
    assert readers == [here.monitoring]


def test_administrators_read_what_belongs_to_no_borough_and_nothing_else(world: World) -> None:
    with acting_as(world.administrator.pk):
        record("test.portal", by=world.administrator)
        assert set(Event.objects.values_list("borough_id", flat=True)) == {None}
    for person in (world.stranger, *world.here.people.values()):
        with acting_as(person.pk):
            assert not Event.objects.filter(borough_id=None).exists()


# -- Who writes them ------------------------------------------------------------------------------------------
def test_a_neighbours_rows_can_neither_be_changed_nor_deleted(full: World) -> None:
    keys_of = rows_of(full)
    with acting_as(full.there.lead.pk):
        for model, keys in keys_of.items():
            rows = model._default_manager.filter(pk__in=keys)
            if model not in HISTORIES:  # of which nobody may delete
                assert rows._raw_delete(rows.db) == 0  # past the collector
        assert Rating.objects.filter(assessment=full.here.assessment).update(comment="x") == 0
        assert Report.objects.filter(pk=full.here.report.pk).update(title="x") == 0
    assert {model: len(keys) for model, keys in rows_of(full).items()} == {
        model: len(keys) for model, keys in keys_of.items()
    }


def test_nothing_can_be_put_into_a_neighbours_record(full: World) -> None:
    here, there = full.here, full.there.lead
    added = [
        Committee(borough=here.borough, name="Planted", kind="cabinet", regime="none"),
        Meeting(committee=here.committee, date=dt.date(2030, 1, 1)),
        ReportText(report=here.report, key="planted", changed_by=there, changed_at=timezone.now()),
        Rendering(report=here.report, snapshot={}, requested_by=there),
        Closure(borough=here.borough, closed_by=there),
        ClosureAct(closure=here.closure, deed="closed", reason="Planted", by=there),
        AccessRequest(closure=here.closure, asked_by=there, reason="Planted"),
    ]
    for row in added:
        with (
            acting_as(there.pk),
            pytest.raises(DatabaseError, match="row-level security"),
            transaction.atomic(),
        ):
            row.save(force_insert=True)


def test_no_row_can_be_moved_to_a_neighbour(full: World) -> None:
    with (
        acting_as(full.here.lead.pk),
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
    ):
        Committee.objects.filter(pk=full.here.committee.pk).update(borough=full.there.borough)


# -- Every table ------------------------------------------------------------------------------------------------
def test_every_table_is_protected_or_named_with_a_reason(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT relname, relkind, relrowsecurity, relforcerowsecurity FROM pg_class
               WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f')"""
        )
        tables = {name: (kind, on, forced) for name, kind, on, forced in cursor.fetchall()}
        cursor.execute("SELECT tablename, cmd, roles::text FROM pg_policies")
        policies = {(table, cmd, roles) for table, cmd, roles in cursor.fetchall()}
    open_to_all = {name for name, (_, on, _) in tables.items() if not on}
    assert open_to_all == set(EXEMPT)
    assert {kind for kind, _, _ in tables.values()} == {"r"}, "a view shows its owner's rows"
    protected = set(tables) - open_to_all
    assert protected == {model._meta.db_table for model in PATHS} | {"audit_event"}
    for name in protected:
        assert tables[name][2], f"{name} opens to its owner: FORCE ROW LEVEL SECURITY"
        for verb in ("SELECT", "INSERT", "UPDATE", "DELETE"):
            assert (name, verb, "{portal_app}") in policies, (name, verb)
        assert (name, "ALL", "{portal_owner}") in policies, name


def test_what_runs_as_the_owner_is_for_the_application_alone_and_takes_no_one_elses_tables(
    db: None,
) -> None:
    """SECURITY DEFINER functions: nobody else may call them, and no schema of a caller comes before ours."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT proname, prorettype = 'trigger'::regtype, proacl::text, proconfig::text FROM pg_proc
               WHERE prosecdef AND pronamespace = 'public'::regnamespace"""
        )
        functions = cursor.fetchall()
    assert len(functions) > 3
    for name, is_trigger, rights, settings_of_it in functions:
        assert "search_path=public, pg_temp" in (settings_of_it or ""), name
        granted = (rights or "{=X}").strip("{}").split(",")
        public = [right for right in granted if right.startswith("=")]
        assert is_trigger or not public, f"everybody may call {name}: REVOKE ALL … FROM PUBLIC"


def test_only_the_test_database_has_a_way_around(db: None) -> None:
    code = [path for floor in FLOORS for path in (settings.ROOT / floor).rglob("*.py")]
    assert [p for p in code if re.search(rf"{SECOND_LOCK_OFF}|app\.lock2", p.read_text())] == []


# -- The application's role ---------------------------------------------------------------------------------------
def test_the_applications_role_owns_nothing_and_can_make_nothing(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT 'owns ' || classid::regclass FROM pg_shdepend
               WHERE refclassid = 'pg_authid'::regclass AND deptype = 'o'
                 AND refobjid = (SELECT oid FROM pg_roles WHERE rolname = 'portal_app')
               UNION ALL SELECT 'creates in ' || nspname FROM pg_namespace
               WHERE has_schema_privilege('portal_app', oid, 'CREATE') AND nspname !~ '^pg_temp'
               UNION ALL SELECT 'truncates ' || relname FROM pg_class
               WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
                 AND has_table_privilege('portal_app', oid, 'TRUNCATE, TRIGGER, REFERENCES')"""
        )
        assert cursor.fetchall() == []
        cursor.execute(
            "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication FROM pg_roles WHERE rolname = 'portal_app'"
        )
        assert set(cursor.fetchone()) == {False}


def test_the_applications_role_cannot_put_row_security_aside(world: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL row_security = off")
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            cursor.execute("SELECT * FROM toolkit_rating")


@pytest.mark.django_db(transaction=True)
def test_a_process_with_a_powerful_role_does_not_start_and_no_identity_outlives_its_transaction() -> (
    None
):
    refuse_powerful_role()
    with (
        as_owner(),
        pytest.raises(ImproperlyConfigured, match="owns tables and may become portal_owner"),
    ):
        refuse_powerful_role()
    with acting_as(7):
        assert asking() == "7"
    assert asking() == ""


# -- One place sets who is asking -----------------------------------------------------------------------------------
def asking() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('app.user', true), '')")
        return str(cursor.fetchone()[0])


def test_the_one_who_asked_before_comes_back(db: None) -> None:
    with acting_as(1):
        with acting_as(2):
            assert asking() == "2"
            with acting_as(None):
                assert asking() == ""
            assert asking() == "2"
        assert asking() == "1"
    assert asking() == ""


def stumble_as(user_id: int, sql: str = "") -> None:
    with acting_as(user_id):
        if sql:
            with connection.cursor() as cursor:
                cursor.execute(sql)
        raise ZeroDivisionError


@pytest.mark.parametrize("sql", ["", "SELECT 1 / 0"])
def test_the_one_who_asked_before_comes_back_after_an_error(db: None, sql: str) -> None:
    with acting_as(1):
        with pytest.raises((ZeroDivisionError, DatabaseError)):
            stumble_as(2, sql)
        assert asking() == "1"
    assert asking() == ""


def test_a_request_asks_as_its_visitor_and_leaves_no_trace(world: World) -> None:
    assert signed_in(world.here.lead).get("/thurrock/").status_code == 200
    assert asking() == ""
    with acting_as(world.there.lead.pk):
        assert signed_in(world.here.lead).get("/thurrock/nowhere/").status_code == 404
        assert asking() == str(world.there.lead.pk)
