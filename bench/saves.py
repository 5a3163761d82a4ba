"""The save of a rating: the whole form through gunicorn, and its work in the database alone."""

from time import perf_counter
from uuid import uuid4

import psycopg2

from .figures import Bar, Figure, ratios
from .pages import SAVED, Page, said
from .rounds import Timed, Variant, in_ms, interleaved, medians
from .switches import Switches
from .web import TIMES, Site

PART = "The save of a rating"
BARE = "× bare UPDATE"
AGAINST_UPDATE = Bar("B9", 3)
SHORT = 60  # in a block of what takes a millisecond
EVENT = """INSERT INTO audit_event (id, at, borough_id, actor_id, deed, subject, facts, outcome, origin, members_reading)
    VALUES (%s, now(), %s, %s, 'benchmark.rated', %s, '{}', 'done', '', false)"""


class Database:
    """A save as statements on a connection of the application's role, and a bare one to hold it against."""

    def __init__(self, app_url: str, switches: Switches, *, assessment: str, actor: str) -> None:
        self.app, self.owner = psycopg2.connect(app_url), switches
        self.actor = actor
        switches.tell("SET app.migrating = 'on'")
        switches.tell("CREATE TABLE bench_bare AS SELECT * FROM toolkit_rating")
        switches.tell("ALTER TABLE bench_bare ADD PRIMARY KEY (id)")
        switches.tell("ANALYZE bench_bare; GRANT SELECT, UPDATE ON bench_bare TO portal_app")
        (self.borough,) = switches.ask(
            f"SELECT borough_id FROM toolkit_assessment WHERE id = '{assessment}'"
        )
        (self.rating,) = switches.ask(
            "SELECT r.id FROM toolkit_rating r JOIN toolkit_benchmark b ON b.id = r.benchmark_id"
            f" WHERE r.assessment_id = '{assessment}' AND b.key = '{SAVED}'"
        )

    def version(self) -> int:
        """How often the rating has been saved, which the form must know."""
        (found,) = self.owner.ask(f"SELECT version FROM toolkit_rating WHERE id = '{self.rating}'")
        return int(found)

    def bare(self) -> float:
        """UPDATE and COMMIT of a table without row security, history or trail."""
        start = perf_counter()
        with self.app, self.app.cursor() as cursor:
            cursor.execute(
                "UPDATE bench_bare SET comment = %s, version = version + 1 WHERE id = %s",
                [str(start), self.rating],
            )
        return perf_counter() - start

    def whole(self) -> float:
        """Who is asking, the rating with its history, the deed with its link in the chain, and COMMIT."""
        start = perf_counter()
        with self.app, self.app.cursor() as cursor:
            cursor.execute("SELECT set_config('app.user', %s, true)", [self.actor])
            cursor.execute(
                "UPDATE toolkit_rating SET comment = %s, version = version + 1 WHERE id = %s",
                [str(start), self.rating],
            )
            if cursor.rowcount != 1:
                raise RuntimeError("The rating is hidden from whom it belongs to")
            subject = f"toolkit.rating:{self.rating}"
            cursor.execute(EVENT, [str(uuid4()), self.borough, self.actor, subject])
        return perf_counter() - start


class Form:
    """The rating's form, posted again and again with other words."""

    def __init__(self, site: Site, page: Page, database: Database) -> None:
        self.web, self.page, self.database = site.web, page, database
        self.visitor = site.visitors[page.role]

    def save(self) -> float:
        """Seconds of the post. The page is read afterwards, or messages would heap up in the session."""
        seen = self.database.version()
        seconds = self.web.post(self.page.path, self.visitor, said(seen, seen))
        self.web.get(self.page.path, self.visitor)
        return seconds


def measure(site: Site, form: Form, database: Database, *, rounds: int) -> list[Figure]:
    """The whole form beside the empty page and the bare update; then the database's part alone."""
    variants = {
        "floor": Variant(site.floor),
        "bare": Variant(database.bare),
        "form": Variant(form.save),
    }
    found = interleaved(variants, rounds=rounds, times=TIMES)
    floor, bare, posted = (medians(found[name]) for name in variants)
    return [
        Figure(PART, "the form posted", "× empty", ratios(posted, floor), None, in_ms(posted)),
        Figure(PART, "the form posted", BARE, ratios(posted, bare)),
        _writes(database, rounds),
    ]


def _writes(database: Database, rounds: int) -> Figure:
    variants = {"bare": Variant(database.bare), "whole": Variant(database.whole)}
    found = interleaved(variants, rounds=rounds, times=SHORT)
    bare, whole = (medians(found[name]) for name in variants)
    note = f"{in_ms(whole)}; the bare one {in_ms(bare)}"
    return Figure(PART, "its writes alone", BARE, ratios(whole, bare), AGAINST_UPDATE, note)


def history(form: Form, database: Database, switches: Switches, *, rounds: int) -> list[Figure]:
    """With the history kept and without, in turn."""
    return [
        _history("the form posted", form.save, switches, rounds, TIMES),
        _history("its writes alone", database.whole, switches, rounds, SHORT),
    ]


def _history(name: str, timed: Timed, switches: Switches, rounds: int, times: int) -> Figure:
    variants = {"kept": Variant(timed), "not": Variant(timed, switches.without_history)}
    found = interleaved(variants, rounds=rounds, times=times)
    kept, without = (medians(found[each]) for each in variants)
    return Figure(PART, f"{name}, history kept", "÷ not kept", ratios(kept, without))
