"""The trail: every deed with who did it, append-only, in chains that do not fork and that show a change."""

import inspect
import re
import threading
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, transaction

from accounts import actions as accounts_actions
from accounts.models import User
from audit.models import Checked, Event, Head, Link
from audit.trail import is_fact, record
from audit.verify import CannotVerify, why_not_whole
from boroughs.actions import borough, committees, people
from boroughs.rows import acting_as
from reports import asking
from reports.actions import (
    batches,
    clearing,
    comments,
    decisions,
    issues,
    own_styles,
    public_decisions,
    reports,
    restricted,
    rounds,
    sections,
    styles,
    waivers,
)
from tests.conftest import as_owner
from tests.factories import World, make_borough, make_user
from toolkit.actions import assessments, versions

WRITERS, EACH = 8, 25
ACTIONS = [
    accounts_actions,
    borough,
    committees,
    people,
    assessments,
    versions,
    *(reports, sections, clearing, comments, waivers, issues, batches, restricted),
    *(asking, decisions, public_decisions, rounds, styles, own_styles),
]
# Writes that are no deed of a person in a borough
NO_DEED = {
    "accounts.actions.create_user",  # an account opens nothing; the invitation's acceptance is the deed
    "boroughs.actions.people.project",  # what follows from roles that were recorded
    "reports.actions.clearing.digest_of",  # reads
    "reports.actions.comments.say",  # the comment as it is kept, by what records it
    "reports.actions.issues.digest_of",  # reads
    "reports.actions.reports.back_to_writing",  # what follows from a change that is recorded
    "reports.actions.reports.remember_versions",  # the words as they are saved, by what records it
    "reports.actions.reports.ring",  # tells the worker of a row
    "reports.actions.reports.style_of",  # reads
    "reports.actions.reports.to_clearance",  # what follows from a section that was sent
    "reports.actions.restricted.restricted_for",  # reads; its page notes who opened it
    "reports.asking.frozen",  # what is frozen is recorded by what freezes it
    "reports.actions.styles.load_styles",  # shipped data
    "toolkit.actions.versions.load_catalogue",  # shipped data
}


def functions() -> dict[str, str]:
    """The source of every function of the actions, by its full name."""
    return {
        f"{module.__name__}.{name}": inspect.getsource(value)
        for module in ACTIONS
        for name, value in vars(module).items()
        if inspect.isfunction(value) and value.__module__ == module.__name__
    }


def test_every_action_writes_to_the_trail() -> None:
    """It records its deed itself, or calls what does."""
    code = functions()
    recording = {name for name in code if "record(" in code[name]}
    for _ in range(3):
        names = "|".join(name.rpartition(".")[2] for name in recording)
        calls = re.compile(rf"(?<!def )\b({names})\(")
        recording |= {name for name in code if calls.search(code[name])}
    actions = {name for name in code if not name.rpartition(".")[2].startswith("_")}
    assert len(actions) > 25
    assert actions - recording == NO_DEED


def test_every_deed_of_the_world_names_its_person(world: World) -> None:
    for place in (world.here, world.there):
        with acting_as(place.lead.pk):
            events = list(Event.objects.filter(borough_id=place.borough.pk))
        people = {person.pk for person in place.people.values()} | {world.administrator.pk}
        assert {event.actor_id for event in events} <= people
        by_deed = {event.deed: event.actor_id for event in events}
        assert by_deed["benchmark.rated"] == place.coordinator.pk
        assert by_deed["report.started"] == place.coordinator.pk
        assert by_deed["report.approved"] == place.lead.pk
        assert by_deed["report.issued"] == place.democratic.pk
        assert by_deed["clearance.verified"] == place.clearing.pk
        assert by_deed["borough.opened"] == world.administrator.pk


@pytest.mark.parametrize(
    "value",
    ["two words", "é", "a" * 65, "=1+1", "-1", 1.5, {"a": 1}, ["fine", "not fine"], ["a"] * 101],
)
def test_words_never_come_into_the_trail(world: World, value: object) -> None:
    assert not is_fact(value)
    with (
        acting_as(world.here.lead.pk),
        pytest.raises(ValueError, match="words into the trail: reason"),
    ):
        record("role.given", by=world.here.lead, role="lead", reason=value)


@pytest.mark.parametrize(
    "value", ["", "lead", "2019-07-04", "a" * 64, "reports:report", 7, True, None, ["a", "b"]]
)
def test_keys_choices_counts_dates_and_digests_do(value: object) -> None:
    assert is_fact(value)


def test_the_database_says_from_where(world: World) -> None:
    lead, borough = world.here.lead, world.here.borough
    with acting_as(lead.pk, origin="192.0.2.7"):
        record("style.chosen", by=lead, borough_id=borough.pk)
        with acting_as(lead.pk):
            record("style.chosen", by=lead, borough_id=borough.pk, style="inner")
        newest = Event.objects.filter(borough_id=borough.pk).order_by("-at")[:2]
        assert {event.origin for event in newest} == {"192.0.2.7"}
    with acting_as(lead.pk):
        record("style.chosen", by=lead, borough_id=borough.pk)
        assert Event.objects.order_by("-at")[0].origin == ""


def test_nobody_writes_in_another_persons_name(world: World) -> None:
    with (
        acting_as(world.here.member.pk),
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
    ):
        record("borough.opened", by=world.here.lead, borough_id=world.here.borough.pk)


def test_the_trail_holds_no_words_of_the_record(world: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.lock2', 'off', true)")
    facts = str(list(Event.objects.values_list("facts", flat=True)))
    assert "benchmark" in facts
    for words in ("present words", "summary words", "earlier words"):
        assert words not in facts


@pytest.mark.parametrize("table", ["audit_event", "audit_link", "audit_head"])
@pytest.mark.parametrize(
    "deed",
    ["UPDATE {} SET {}", "DELETE FROM {}", "TRUNCATE {}", "ALTER TABLE {} DISABLE TRIGGER ALL"],
)
def test_the_application_cannot_change_the_trail(world: World, table: str, deed: str) -> None:
    column = {"audit_event": "deed = 'x'", "audit_link": "hash = 'x'", "audit_head": "hash = 'x'"}
    with (
        pytest.raises(DatabaseError, match=r"permission denied|must be owner"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(deed.format(table, column[table]))


def test_the_application_cannot_write_links_of_its_own(world: World) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Link.objects.create(event_id=world.here.report.pk, chain="portal", seq=1, prev="", hash="")
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        list(Head.objects.all())


def test_the_application_cannot_verify_what_it_cannot_see(db: None) -> None:
    with pytest.raises(CannotVerify, match="portal_owner"):
        why_not_whole()
    with pytest.raises(CommandError, match="portal_owner"):
        call_command("verify_trail")


def write(borough_id: int, person: User, start: threading.Barrier) -> None:
    try:
        start.wait(10)
        for number in range(EACH):
            with acting_as(person.pk, origin=("", "2001:db8::1")[number % 2]):
                record(
                    "test.written",
                    by=person,
                    borough_id=borough_id,
                    subject=person,
                    n=number,
                    outcome=("done", "failed")[number % 2],
                    members_reading=number % 3 == 0,
                )
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_moment_make_one_chain_that_verifies_and_shows_every_change() -> None:
    administrator = make_user()
    with acting_as(administrator.pk):
        place = make_borough(by=administrator)
    start = threading.Barrier(WRITERS)
    people = [make_user() for _ in range(WRITERS)]
    threads = [threading.Thread(target=write, args=(place.pk, person, start)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    chain = f"borough-{place.pk}"
    links = list(Link.objects.filter(chain=chain).order_by("seq"))
    assert len(links) >= WRITERS * EACH + 1
    assert [link.seq for link in links] == list(range(1, len(links) + 1))
    assert [link.prev for link in links[1:]] == [link.hash for link in links[:-1]]
    assert len({link.prev for link in links}) == len(links)
    with as_owner():
        assert why_not_whole() == []
        said = StringIO()
        call_command("verify_trail", stdout=said)
        assert said.getvalue().strip() == "The trail is whole."
        assert Checked.objects.get(chain=chain).seq == len(links)
        check_printed_heads(place.slug, links)
        with pytest.raises(IntegrityError, match="one_link_a_place_in_a_chain"):
            Link.objects.filter(pk=links[2].pk).update(seq=links[3].seq)
        for tamper, sentence in tampering(links, chain):
            assert sentence in broken_by(tamper), (tamper, sentence)
        assert why_not_whole() == []


def check_printed_heads(slug: str, links: list[Link]) -> None:
    """A report's printed head is found again, also when it is not the newest; another is not."""
    third = links[2]
    printed = f"3:{third.hash[:32]} {third.hash[32:]}"
    call_command("verify_trail", "--borough", slug, "--head", printed, stdout=StringIO())
    for head, why in (
        (f"4:{third.hash}", "written anew"),
        (f"{len(links) + 1}:{third.hash}", "has no place"),
        ("3:abc", "64 digits or letters"),
    ):
        with pytest.raises(CommandError, match=why):
            call_command("verify_trail", "--borough", slug, "--head", head)
    with pytest.raises(CommandError, match="no borough"):
        call_command("verify_trail", "--borough", "atlantis")


def broken_by(tamper: str) -> str:
    """What the check says after an owner's hand has been in the tables; it is taken back."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SELECT set_config('app.migrating', 'on', true)")
        cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER USER")
        cursor.execute(tamper)
        said = "\n".join(why_not_whole())
        transaction.set_rollback(True)
    return said


def tampering(links: list[Link], chain: str) -> list[tuple[str, str]]:
    """Each way to change the trail, and the sentence that tells of it."""
    third, last = links[2], links[-1]
    gone = "DELETE FROM audit_link WHERE event_id = '{0}'; DELETE FROM audit_event WHERE id = '{0}'"
    not_written = f"{chain}, place 3: its event is not what was written."
    return [
        (f"UPDATE audit_event SET deed = 'x' WHERE id = '{third.pk}'", not_written),
        (f"UPDATE audit_event SET actor_id = 0 WHERE id = '{third.pk}'", not_written),
        (f"UPDATE audit_event SET at = at + interval '1 s' WHERE id = '{third.pk}'", not_written),
        (f"UPDATE audit_event SET facts = '{{}}' WHERE id = '{third.pk}'", not_written),
        (f"UPDATE audit_event SET borough_id = NULL WHERE id = '{third.pk}'", not_written),
        (f"UPDATE audit_event SET outcome = 'refused' WHERE id = '{third.pk}'", not_written),
        (f"UPDATE audit_event SET origin = '192.0.2.1' WHERE id = '{third.pk}'", not_written),
        (
            f"UPDATE audit_event SET members_reading = NOT members_reading WHERE id = '{third.pk}'",
            not_written,
        ),
        (
            "ALTER TABLE audit_link DROP CONSTRAINT one_link_a_place_in_a_chain;"
            f"UPDATE audit_link SET seq = 3, prev = '{third.prev}' WHERE event_id = '{links[3].pk}'",
            f"{chain}, place 3: it does not follow on from place 3",
        ),
        (
            f"UPDATE audit_link SET hash = 'x' WHERE event_id = '{third.pk}'",
            f"{chain}, place 4: it does not follow on",
        ),
        (gone.format(third.pk), f"{chain}, place 4: it does not follow on from place 2"),
        (gone.format(last.pk), f"{chain}: its head is not its last link"),
        (
            f"DELETE FROM audit_link WHERE event_id = '{third.pk}'",
            f"The event {third.pk} has no place in a chain",
        ),
        (
            f"DELETE FROM audit_link WHERE chain = '{chain}'",
            f"{chain}: its head is not its last link",
        ),
    ]
