"""The second lock: who PostgreSQL believes is asking. One place sets it, for a request, a task and a test.

Row security stops a forgotten filter, not injected SQL: the application's role may set `app.user` to anyone.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db import connection, migrations, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from psycopg2 import extensions

ME = "(SELECT app_user())"


def my_boroughs(*roles: str) -> str:
    """The boroughs in which I hold one of the roles now, or any role where none is named: `borough_id = ANY (...)`.

    A function (migration boroughs/0002) and no sub-select: a policy is planned anew with every statement on its table.
    """
    named = ", ".join(f"'{role}'" for role in roles)
    return f"(SELECT app_my_boroughs({named}))::bigint[]"


MY_BOROUGHS = my_boroughs()
MY_BOROUGHS_KEPT = my_boroughs("lead", "monitoring")
MY_BOROUGHS_RECORDED = my_boroughs("lead", "coordinator")  # Perm.KEEP_RECORD
# Computed once a statement by functions of the owner (migration boroughs/0005): closures on whose list I stand
# today, those with the released ones of my boroughs, and all of those boroughs that I keep. A table with a
# `closure_id` is read by the second.
LISTED = "(SELECT app_listed_closures())::uuid[]"
KEPT_CLOSURES = "(SELECT app_kept_closures())::uuid[]"
OPEN_TO_ME = "(closure_id IS NULL OR closure_id = ANY ((SELECT app_open_closures())::uuid[]))"
MIGRATING = "((SELECT current_setting('app.migrating', true)) = 'on')"


def _usable() -> bool:
    raw = connection.connection
    return (
        raw is not None
        and not connection.needs_rollback
        and raw.get_transaction_status() != extensions.TRANSACTION_STATUS_INERROR
    )


def _ask_as(user_id: int | str | None, origin: str | None) -> tuple[str, str]:
    """Set who is asking, and from where, to the end of the transaction; who asked before. Origin None: as it was."""
    with connection.cursor() as cursor:
        cursor.execute(
            """WITH before AS MATERIALIZED (
                   SELECT coalesce(current_setting('app.user', true), '') AS who,
                          coalesce(current_setting('app.origin', true), '') AS origin)
               SELECT who, origin, set_config('app.user', %s, true),
                      set_config('app.origin', coalesce(%s, origin), true) FROM before""",
            [str(user_id or ""), origin],
        )
        who, whence, *_ = cursor.fetchone()
        return who, whence


@contextmanager
def acting_as(
    user_id: int | None, *, origin: str | None = None, durable: bool = False
) -> Iterator[None]:
    """Run a block in a transaction that reaches the rows `user_id` may reach (None: those of nobody).

    `origin` is the address the trail notes for what is done. The outer identity comes back on the way out, also from a
    savepoint; the end of the outermost transaction forgets by itself.
    """
    nested = connection.in_atomic_block
    with transaction.atomic(durable=durable):
        before = _ask_as(user_id, origin)
        try:
            yield
        finally:
            if nested and _usable():
                _ask_as(*before)


def origin_of(request: HttpRequest) -> str:
    """The visitor's address as the rate limits count it: what trusted proxies say, never what the visitor says.

    Empty where it cannot be told, such as on a unix socket.
    """
    try:
        adapter = import_string(settings.ACCOUNT_ADAPTER)(request)
        return str(adapter.get_client_ip(request))
    except (PermissionDenied, ImproperlyConfigured):
        return ""


class ActAsVisitor:
    """Behind AuthenticationMiddleware, before whatever asks for rows. ATOMIC_REQUESTS gives the view a savepoint inside this transaction:
    an error undoes the view's writes, and the error page still reads as the visitor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with acting_as(request.user.pk, origin=origin_of(request)):
            return self.get_response(request)


def protect(
    table: str,
    select: str,
    *,
    write: str | None = None,
    add: str | None = None,
    change: str | None = None,
    remove: str | None = None,
    readers: Sequence[tuple[str, str]] = (),
) -> migrations.RunSQL:
    """Row security for one table: a policy to read, one for each verb of writing, and `readers` (name, condition) besides.

    A verb without a condition of its own takes `write`, and that takes `select`.

    The owner reaches no row either, unless its data migration says `SET LOCAL app.migrating = 'on'`.
    """
    write = write or select
    add, change, remove = add or write, change or write, remove or write
    up = [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY {table}_read ON {table} FOR SELECT TO portal_app USING ({select})",
        f"CREATE POLICY {table}_add ON {table} FOR INSERT TO portal_app WITH CHECK ({add})",
        f"CREATE POLICY {table}_change ON {table} FOR UPDATE TO portal_app USING ({change}) WITH CHECK ({change})",
        f"CREATE POLICY {table}_remove ON {table} FOR DELETE TO portal_app USING ({remove})",
        f"CREATE POLICY {table}_migrating ON {table} TO portal_owner USING {MIGRATING} WITH CHECK {MIGRATING}",
    ]
    names = [f"{table}_{verb}" for verb in ("read", "add", "change", "remove", "migrating")]
    for name, condition in readers:
        up.append(
            f"CREATE POLICY {table}_{name} ON {table} FOR SELECT TO portal_app USING ({condition})"
        )
        names.append(f"{table}_{name}")
    down = [f"DROP POLICY {name} ON {table}" for name in names]
    down += [
        f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
    ]
    return migrations.RunSQL(";\n".join(up), ";\n".join(down))


def replace_policies(table: str, conditions: Mapping[str, tuple[str, str]]) -> migrations.RunSQL:
    """Other conditions for verbs (add, change, remove) of a table that `protect` guards: what each was, and what it is now."""
    return migrations.RunSQL(
        ";\n".join(_alter(table, verb, now) for verb, (_, now) in conditions.items()),
        ";\n".join(_alter(table, verb, was) for verb, (was, _) in conditions.items()),
    )


def _alter(table: str, verb: str, condition: str) -> str:
    using = {"add": "", "change": f"USING ({condition}) ", "remove": f"USING ({condition})"}[verb]
    check = "" if verb == "remove" else f"WITH CHECK ({condition})"
    return f"ALTER POLICY {table}_{verb} ON {table} {using}{check}"


def refuse_powerful_role() -> None:
    """Stop the start of a process whose database role could step over row security.

    Raises ImproperlyConfigured when the role is a superuser, bypasses row security, or owns or may become the owner of tables.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT rolsuper, rolbypassrls, EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid),
                      EXISTS (SELECT FROM pg_roles o WHERE o.rolname = 'portal_owner' AND pg_has_role(r.oid, o.oid, 'member'))
               FROM pg_roles r WHERE rolname = current_user"""
        )
        powers = [word for word, has in zip(_POWERS, cursor.fetchone(), strict=True) if has]
    if powers:
        raise ImproperlyConfigured(
            f"The portal must not connect as a database role that {' and '.join(powers)}: "
            "give DATABASE_URL the role portal_app (docs/operations.md)"
        )


_POWERS = (
    "is a superuser",
    "bypasses row security",
    "owns tables",
    "may become portal_owner",
)
