from importlib import import_module

from django.db import migrations

from boroughs.roles import Role
from boroughs.rows import ME, MY_BOROUGHS, my_boroughs, protect, replace_policies

PURGE = import_module("toolkit.migrations.0003_purge").PURGE
OF_A_RATING = "EXISTS (SELECT FROM toolkit_assessment a WHERE a.id = assessment_id)"
OF_AN_OPEN_ROUND = (
    "EXISTS (SELECT FROM toolkit_assessment a WHERE a.id = assessment_id AND a.state = 'open')"
)
SIGNED = "EXISTS (SELECT FROM toolkit_signoff s WHERE s.id = sign_off_id)"
LEADS = my_boroughs("lead")
OWN_PEOPLE = my_boroughs(*(role.value for role in Role if role != Role.OBSERVER))
# Beside the policies, which know rows and no columns: of a sign-off only its reopening is ever written
KEPT = """
REVOKE UPDATE, DELETE, TRUNCATE ON toolkit_signedrating, toolkit_signedtext, toolkit_signoff FROM portal_app;
GRANT UPDATE (reopened_by_id, reopened_at, reopened_because) ON toolkit_signoff TO portal_app;
"""
NOT_KEPT = "GRANT UPDATE, DELETE ON toolkit_signedrating, toolkit_signedtext, toolkit_signoff TO portal_app"


def signed_text(boroughs: str) -> str:
    """The text belongs to a word that was signed off in one of these boroughs."""
    return f"""EXISTS (SELECT FROM toolkit_signedrating r JOIN toolkit_signoff s ON s.id = r.sign_off_id
        WHERE r.id = signed_id AND s.borough_id = ANY ({boroughs}))"""


ERASED = """    IF really THEN
        UPDATE toolkit_signedtext t SET
            comment = CASE WHEN of_comment AND t.comment <> '' THEN '[erased]' ELSE t.comment END,
            actions = CASE WHEN of_actions AND t.actions <> '' THEN '[erased]' ELSE t.actions END,
            reason = CASE WHEN of_reason AND t.reason <> '' THEN '[erased]' ELSE t.reason END
            FROM toolkit_signedrating s, toolkit_signoff o, toolkit_rating r
            WHERE s.id = t.signed_id AND o.id = s.sign_off_id AND r.id = ANY(their_ids)
              AND r.assessment_id = o.assessment_id AND r.benchmark_id = s.benchmark_id;
"""
SIGNED_TOO = """        FROM toolkit_ratingevent e WHERE e.id = ANY(their_ids)
        UNION ALL
        SELECT 'signed off', unnest(ARRAY[CASE WHEN of_comment THEN t.comment END,
            CASE WHEN of_actions THEN t.actions END, CASE WHEN of_reason THEN t.reason END])
        FROM toolkit_signedtext t JOIN toolkit_signedrating s ON s.id = t.signed_id
            JOIN toolkit_signoff o ON o.id = s.sign_off_id
            JOIN toolkit_rating r ON r.assessment_id = o.assessment_id AND r.benchmark_id = s.benchmark_id
        WHERE r.id = ANY(their_ids)) AS said
"""


def erasing_signed_words() -> str:
    """The function that erases a rating's words, reaching those that were signed off."""
    before = "        FROM toolkit_ratingevent e WHERE e.id = ANY(their_ids)) AS said\n"
    now = PURGE.replace(before, SIGNED_TOO).replace("    IF really THEN\n", ERASED)
    return now.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


class Migration(migrations.Migration):
    """Ratings change while their round is open, and what was signed off never; observers read its words and no text."""

    dependencies = [("toolkit", "0008_round"), ("boroughs", "0041_restate_policies")]
    operations = [
        replace_policies("toolkit_rating", {"change": (OF_A_RATING, OF_AN_OPEN_ROUND)}),
        protect(
            "toolkit_roundrule",
            f"borough_id = ANY ({MY_BOROUGHS})",
            write=f"borough_id = ANY ({LEADS})",
            remove="false",
        ),
        protect(
            "toolkit_signoff",
            f"borough_id = ANY ({MY_BOROUGHS})",
            add=f"borough_id = ANY ({LEADS}) AND recorded_by_id = {ME} AND reopened_at IS NULL",
            change=f"borough_id = ANY ({LEADS}) AND (reopened_by_id IS NULL OR reopened_by_id = {ME})",
            remove="false",
        ),
        protect(
            "toolkit_signedrating",
            SIGNED,
            add=f"EXISTS (SELECT FROM toolkit_signoff s WHERE s.id = sign_off_id AND s.borough_id = ANY ({LEADS}))",
            change="false",
            remove="false",
        ),
        protect(
            "toolkit_signedtext",
            signed_text(OWN_PEOPLE),
            add=signed_text(LEADS),
            change="false",
            remove="false",
        ),
        migrations.RunSQL(KEPT, NOT_KEPT),
        migrations.RunSQL(
            erasing_signed_words(), PURGE.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
        ),
    ]
