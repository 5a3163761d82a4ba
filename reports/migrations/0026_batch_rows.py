from django.db import migrations

from boroughs.rows import ME, protect

MINE = f"asked_by_id = {ME} AND EXISTS (SELECT FROM reports_report r WHERE r.id = report_id)"
# The sweeper belongs to no borough. It may learn which rows wait and on whose behalf, and nothing else.
WAITING = """
CREATE FUNCTION reports_batch_waiting() RETURNS TABLE (id uuid, asked_by bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := current_setting('app.migrating', true);
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    RETURN QUERY SELECT i.id, i.asked_by_id FROM reports_batchitem i
        WHERE i.rendering_id IS NULL AND i.reason = '' ORDER BY i.asked_at, i.id;
    PERFORM set_config('app.migrating', coalesce(before, ''), true);
END $$;
REVOKE ALL ON FUNCTION reports_batch_waiting() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION reports_batch_waiting() TO portal_app;
"""


class Migration(migrations.Migration):
    """A batch is for who asked for it."""

    dependencies = [("reports", "0025_batches")]
    operations = [
        protect("reports_batchitem", MINE, remove="false"),
        migrations.RunSQL(WAITING, "DROP FUNCTION reports_batch_waiting()"),
    ]
