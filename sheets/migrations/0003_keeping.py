from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION sheets_purge(request uuid, really boolean) RETURNS TABLE (what text, digest text, file text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := current_setting('app.migrating', true);
    wanted boroughs_purgerequest := app_purging(request, ARRAY['sheet'], really);
    the_sheet uuid;
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    SELECT i.id INTO the_sheet FROM sheets_sheetimport i
        WHERE i.id = wanted.record AND i.borough_id = wanted.borough_id;
    RETURN QUERY SELECT 'row', app_digest(r.cells::text), '' FROM sheets_sheetrow r
        WHERE r.sheet_id = the_sheet AND r.cells <> '[]'::jsonb;
    RETURN QUERY SELECT * FROM app_purge_drafts(wanted.record::text, really);
    IF really THEN
        UPDATE sheets_sheetrow r SET cells = '[]', title = '', warnings = '[]', changes = '[]', before = '{}',
            reasons = CASE r.verdict WHEN 'refuse' THEN '["[erased]"]'::jsonb ELSE '[]'::jsonb END
            WHERE r.sheet_id = the_sheet;
        UPDATE sheets_sheetimport i SET state = CASE i.state WHEN 'uploaded' THEN 'discarded' WHEN 'checking' THEN 'discarded'
            WHEN 'previewed' THEN 'discarded' WHEN 'applying' THEN 'discarded' WHEN 'undoing' THEN 'applied' ELSE i.state END,
            token = NULL, lease_until = NULL, failure = '' WHERE i.id = the_sheet;
    END IF;
    PERFORM set_config('app.migrating', coalesce(before, ''), true);
END $$;

CREATE FUNCTION sheets_review(usual integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := current_setting('app.migrating', true);
    found integer;
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    SELECT coalesce(sum(app_due('sheet', i.borough_id, i.id, s.closure_id, i.added_at::date, usual)), 0) INTO found
        FROM sheets_sheetimport i LEFT JOIN boroughs_deliveryplan p ON p.id = i.plan_id
        LEFT JOIN boroughs_strategy s ON s.id = p.strategy_id;
    PERFORM set_config('app.migrating', coalesce(before, ''), true);
    RETURN found;
END $$;
REVOKE ALL ON FUNCTION sheets_purge(uuid, boolean), sheets_review(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sheets_purge(uuid, boolean), sheets_review(integer) TO portal_app;
"""


class Migration(migrations.Migration):
    """Two people may erase what a workbook said; its time is over two years after the import."""

    dependencies = [("sheets", "0002_rows"), ("boroughs", "0017_retention_rows")]
    operations = [
        migrations.RunSQL(
            FUNCTIONS, "DROP FUNCTION sheets_review(integer), sheets_purge(uuid, boolean);"
        )
    ]
