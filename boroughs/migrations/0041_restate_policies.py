import re
from importlib import import_module
from typing import Any

from django.db import migrations

from boroughs.rows import KEPT_CLOSURES

ROWS = import_module("boroughs.migrations.0002_rows")
CLOSURE_ROWS = import_module("boroughs.migrations.0005_closure_rows")

# As PostgreSQL prints the conditions of a database made before
LIVE = r"\(m\.since <= statement_timestamp\(\)\) AND \(\(m\.until IS NULL\) OR \(m\.until > statement_timestamp\(\)\)\)"
ROLE = r"\(\(m\.role\)::text = (?P<{}>'\w+'::text|ANY \(\(ARRAY\[[^]]*\]\)::text\[\]\))\)"
MEMBERSHIPS = re.compile(
    r"IN \( SELECT m\.borough_id FROM boroughs_membership m"
    r" WHERE \(\(m\.user_id = \( SELECT app_user\(\) AS app_user\)\)"
    rf"(?: AND {ROLE.format('first')})? AND {LIVE}(?: AND {ROLE.format('last')})?\)\)"
)
KEPT = re.compile(
    r"EXISTS \( SELECT FROM boroughs_closure c WHERE \(\(c\.id = \w+\.(\w+)\)"
    r" AND \(c\.borough_id = ANY \(\(SELECT app_my_boroughs\('lead', 'monitoring'\)\)::bigint\[\]\)\)\)\)"
)
SEAT = re.compile(
    r"EXISTS \( SELECT FROM boroughs_seat s WHERE \(\(s\.committee_id = boroughs_seatgrant\.committee_id\)"
    r" AND \(s\.person_id = \( SELECT app_user\(\) AS app_user\)\)\)\)"
)


def _boroughs(found: re.Match[str]) -> str:
    roles = re.findall(r"'(\w+)'::", (found["first"] or "") + (found["last"] or ""))
    named = ", ".join(f"'{role}'" for role in roles)
    return f"= ANY ((SELECT app_my_boroughs({named}))::bigint[])"


def restated(condition: str) -> str:
    """The same condition with the functions in place of the sub-selects they stand for."""
    condition = MEMBERSHIPS.sub(_boroughs, re.sub(r"\s+", " ", condition))
    condition = KEPT.sub(rf"\1 = ANY ({KEPT_CLOSURES})", condition)
    return SEAT.sub(CLOSURE_ROWS.SEAT_OF_MINE, condition)


def restate(apps: Any, schema_editor: Any) -> None:
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "SELECT policyname, tablename, qual, with_check FROM pg_policies WHERE 'portal_app' = ANY (roles)"
        )
        for policy, table, using, check in cursor.fetchall():
            clauses = [
                f"{clause} ({restated(condition)})"
                for clause, condition in (("USING", using), ("WITH CHECK", check))
                if condition and "boroughs_membership m" in condition
            ]
            if clauses:
                cursor.execute(f"ALTER POLICY {policy} ON {table} {' '.join(clauses)}")


class Migration(migrations.Migration):
    """A database made before asks as a new one does: each policy by functions, for sub-selects were planned again for
    every table of every statement. Nobody reads or writes more or less than before."""

    dependencies = [("boroughs", "0040_linked_action_rows")]
    operations = [
        migrations.RunSQL(ROWS.FUNCTION, migrations.RunSQL.noop),
        migrations.RunSQL(CLOSURE_ROWS.READERS, migrations.RunSQL.noop),
        migrations.RunPython(restate, migrations.RunPython.noop),
    ]
