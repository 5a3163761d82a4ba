from django.db import migrations

COPIES = """
CREATE FUNCTION sheets_purge_copies(request uuid, really boolean) RETURNS TABLE (what text, digest text, file text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := current_setting('app.migrating', true);
    wanted boroughs_purgerequest := app_purging(request, ARRAY['action', 'review', 'recommendation', 'figure'], really);
    copies uuid[];
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    SELECT array_agg(r.id) INTO copies FROM sheets_sheetrow r JOIN sheets_sheetimport i ON i.id = r.sheet_id
        WHERE r.target = wanted.record AND i.borough_id = wanted.borough_id AND r.cells <> '[]'::jsonb;
    RETURN QUERY SELECT 'row', app_digest(r.cells::text), '' FROM sheets_sheetrow r WHERE r.id = ANY (copies);
    IF really THEN
        UPDATE sheets_sheetrow r SET cells = '[]', title = '', warnings = '[]', changes = '[]', before = '{}'
            WHERE r.id = ANY (copies);
    END IF;
    PERFORM set_config('app.migrating', coalesce(before, ''), true);
END $$;
REVOKE ALL ON FUNCTION sheets_purge_copies(uuid, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sheets_purge_copies(uuid, boolean) TO portal_app;
"""


class Migration(migrations.Migration):
    """What is erased of an action, a review, a recommendation or a figure is erased of the rows that brought it too."""

    dependencies = [("sheets", "0003_keeping"), ("boroughs", "0032_purge_records")]
    operations = [migrations.RunSQL(COPIES, "DROP FUNCTION sheets_purge_copies(uuid, boolean);")]
