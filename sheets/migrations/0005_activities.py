from importlib import import_module

from django.db import migrations, models

COPIES = import_module("sheets.migrations.0004_purge_copies").COPIES
KINDS = [
    ("plan", "Delivery plan"),
    ("figures", "Figures"),
    ("reviews", "Reviews"),
    ("recommendations", "Recommendations of reviews"),
    ("activities", "Activities and projects"),
]

# Activities are never removed otherwise: only those that an import added itself are taken back with it, by whoever undoes it,
# while it is being undone.
TAKE_BACK = """
CREATE FUNCTION sheets_take_back_activity(the_row uuid) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := coalesce(current_setting('app.migrating', true), '');
    me bigint := app_user();
    found uuid;
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    SELECT a.id INTO found FROM boroughs_activity a JOIN sheets_sheetrow r ON r.target = a.id
        JOIN sheets_sheetimport i ON i.id = r.sheet_id
        WHERE r.id = the_row AND r.verdict = 'add' AND a.version = 1
          AND i.kind = 'activities' AND i.state = 'undoing' AND i.asked_by_id = me AND i.added_by_id = me
          AND a.borough_id = i.borough_id AND a.changed_at BETWEEN i.added_at AND i.applied_at
          AND NOT EXISTS (SELECT FROM boroughs_activityfigure f WHERE f.activity_id = a.id)
          AND EXISTS (SELECT FROM boroughs_membership m WHERE m.user_id = me AND m.borough_id = i.borough_id
              AND m.role IN ('coordinator', 'lead')
              AND m.since <= statement_timestamp() AND (m.until IS NULL OR m.until > statement_timestamp()));
    DELETE FROM boroughs_activitycount c WHERE c.activity_id = found;
    DELETE FROM boroughs_activity a WHERE a.id = found;
    PERFORM set_config('app.migrating', before, true);
    RETURN CASE WHEN found IS NULL THEN 0 ELSE 1 END;
END $$;
REVOKE ALL ON FUNCTION sheets_take_back_activity(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sheets_take_back_activity(uuid) TO portal_app;
"""
ERASED = COPIES.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
OF_ACTIVITIES = ERASED.replace(
    "'recommendation', 'figure'", "'recommendation', 'figure', 'activity'"
)


class Migration(migrations.Migration):
    """Activities come in from a workbook as well; what is erased of one is erased of the row that brought it."""

    dependencies = [("sheets", "0004_purge_copies"), ("boroughs", "0029_activity_rows")]
    operations = [
        migrations.AlterField(
            model_name="sheetimport",
            name="kind",
            field=models.CharField(choices=KINDS, max_length=15),
        ),
        migrations.RunSQL(TAKE_BACK, "DROP FUNCTION sheets_take_back_activity(uuid);"),
        migrations.RunSQL(OF_ACTIVITIES, ERASED),
    ]
