from importlib import import_module

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from boroughs.rows import my_boroughs, protect

DECISIONS = import_module("reports.migrations.0019_decision_rows")
OF_A_DECISION = DECISIONS.OF_A_DECISION
PUBLIC = """EXISTS (SELECT FROM reports_issue i JOIN reports_publicregister g ON g.borough_id = i.borough_id
    WHERE i.id = issue_id AND i.published_at IS NOT NULL AND i.withdrawn_at IS NULL AND i.taken_down_at IS NULL)"""
DEMOCRATIC = my_boroughs("democratic")  # Perm.ISSUE

# What was published of a decision holds words of the version it was taken on, and goes with it at once.
GOES = """
CREATE FUNCTION public_decisions_go_with_their_issue() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := coalesce(current_setting('app.migrating', true), '');
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    DELETE FROM reports_publicdecision p WHERE p.issue_id = NEW.id;
    PERFORM set_config('app.migrating', before, true);
    RETURN NULL;
END $$;
CREATE TRIGGER public_decisions_go_with_their_issue AFTER UPDATE ON reports_issue
    FOR EACH ROW WHEN (NEW.taken_down_at IS NOT NULL) EXECUTE FUNCTION public_decisions_go_with_their_issue();
"""
STAYS = """
DROP TRIGGER public_decisions_go_with_their_issue ON reports_issue;
DROP FUNCTION public_decisions_go_with_their_issue();
"""
ERASED = "        RETURN QUERY SELECT * FROM app_purge_drafts(one::text, really);\n"
WITH_PUBLIC = """        RETURN QUERY SELECT 'text', app_digest(p.said::text), '' FROM reports_publicdecision p WHERE p.decision_id = one;
        IF really THEN
            DELETE FROM reports_publicdecision p WHERE p.decision_id = one;
        END IF;
"""


def reaching_public() -> str:
    """The function that erases a decision's words, reaching what was published of it."""
    said: str = DECISIONS.PURGE
    if ERASED not in said:
        raise ValueError("The function does not end where it did.")
    said = said.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
    return said.replace(ERASED, WITH_PUBLIC + ERASED)


class Migration(migrations.Migration):
    """The record of a decision for everybody, as democratic services published it."""

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("reports", "0026_batch_rows"),
    ]
    operations = [
        migrations.CreateModel(
            name="PublicDecision",
            fields=[
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="public",
                        serialize=False,
                        to="reports.decision",
                    ),
                ),
                ("decided_on", models.DateField()),
                ("said", models.JSONField(verbose_name="what the record says")),
                ("pdf", models.BinaryField(verbose_name="the record as PDF")),
                ("published_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "issue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="public_decisions",
                        to="reports.issue",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"ordering": ["-decided_on", "pk"]},
        ),
        migrations.AddConstraint(
            model_name="publicdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("changed_at__gte", models.F("published_at"))),
                name="a_public_decision_changes_after_it_was_published",
            ),
        ),
        protect(
            "reports_publicdecision",
            DECISIONS.seen(OF_A_DECISION),
            write=f"{PUBLIC} AND {DECISIONS.kept(OF_A_DECISION, DEMOCRATIC)}",
            remove=DECISIONS.kept(OF_A_DECISION, DEMOCRATIC),
            readers=[("public", PUBLIC)],
        ),
        migrations.RunSQL(GOES, STAYS),
        migrations.RunSQL(
            reaching_public(),
            DECISIONS.PURGE.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"),
        ),
    ]
