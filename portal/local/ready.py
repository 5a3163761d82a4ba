"""What must have been done before the web server starts: tables, reference data, sample data, static files."""

import subprocess
import sys
from collections.abc import Callable, Mapping

import psycopg2

from .places import ROOT, CannotStart
from .services import Services
from .stamps import Stamps, hash_of, of_database, of_static_files

Say = Callable[[str], None]


def manage(env: Mapping[str, str], *arguments: str, failing: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        check=False,
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    if done.returncode != 0:
        last = "\n".join((done.stdout + done.stderr).strip().splitlines()[-15:])
        raise CannotStart(f"{failing} (manage.py {' '.join(arguments)}):\n{last}")
    return done.stdout


def set_up_database(env: Mapping[str, str], services: Services, marks: Stamps, *, say: Say) -> str:
    """Migrate and load what is not loaded yet. Returns the lines of the sample sign-ins, empty if there are none."""
    current = of_database(env["DATABASE_URL"])
    if not marks.is_current("database", current):
        migrate(env, services.owner, say=say)
        say("Loading the register of authorities and the toolkits")
        manage(env, "load_reference", failing="The reference data could not be loaded")
        load_demonstration(env, marks, ours=services.database_is_ours, say=say)
        marks.set("accounts", sample_sign_ins(env, marks))
        marks.set("database", current)
    return marks.get("accounts")


def migrate(env: Mapping[str, str], owner: str, *, say: Say) -> None:
    """By the owner of the tables. On a server of somebody else's, without the owner's address, only look."""
    if owner:
        say("Bringing the database up to date")
        as_owner = {**env, "DATABASE_URL": owner}
        manage(
            as_owner,
            "migrate",
            "--noinput",
            "--verbosity=0",
            failing="The database could not be migrated",
        )
        return
    manage(
        env,
        "migrate",
        "--check",
        failing="The database at DATABASE_URL is not migrated: give its owner's address as MIGRATE_DATABASE_URL too",
    )


def load_demonstration(env: Mapping[str, str], marks: Stamps, *, ours: bool, say: Say) -> None:
    """Once a database, and never into a given one that has people in it: everybody knows the sample password."""
    name = demonstration_of(env)
    if marks.has(name):
        return
    if not ours and has_people(env["DATABASE_URL"]):
        say("There are people in this database already: the sample boroughs are not loaded.")
        return
    say("Loading the sample boroughs")
    manage(env, "load_demonstration", failing="The sample boroughs could not be loaded")
    marks.set(name, "loaded")


def demonstration_of(env: Mapping[str, str]) -> str:
    return f"demonstration in {hash_of([], env['DATABASE_URL'])}"


def has_people(url: str) -> bool:
    connection = psycopg2.connect("postgresql" + url[url.index(":") :])
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute("SELECT EXISTS (SELECT FROM accounts_user)")
            row = cursor.fetchone()
            return bool(row and row[0])
    finally:
        connection.close()


def sample_sign_ins(env: Mapping[str, str], marks: Stamps) -> str:
    if not marks.has(demonstration_of(env)):
        return ""
    return manage(
        env, "demonstration_accounts", failing="The sample sign-ins could not be read"
    ).rstrip()


def collect_static(env: Mapping[str, str], *, say: Say) -> None:
    """Hashed and compressed copies, made again only when a source changed or they are gone."""
    folder = ROOT / "build" / "static"
    marks, current = Stamps(ROOT / "build" / "stamps.json"), of_static_files()
    if marks.is_current("static", current) and (folder / "staticfiles.json").exists():
        return
    say("Collecting stylesheets and scripts")
    manage(
        env,
        "collectstatic",
        "--noinput",
        "--clear",
        "--verbosity=0",
        failing="Static files could not be collected",
    )
    marks.set("static", current)
