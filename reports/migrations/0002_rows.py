from django.db import migrations

from boroughs.rows import MY_BOROUGHS, protect

REPORT = "EXISTS (SELECT FROM reports_report r WHERE r.id = report_id)"
RENDERING = "EXISTS (SELECT FROM reports_rendering r WHERE r.id = rendering_id)"

# The sweeper belongs to no borough. It may learn which rows wait and on whose behalf, and nothing else; the work itself is done as that person.
WAITING = """
CREATE FUNCTION reports_waiting() RETURNS TABLE (id uuid, requested_by bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    RETURN QUERY
        SELECT r.id, r.requested_by_id FROM reports_rendering r
        WHERE r.state = 'queued' OR (r.state = 'rendering' AND r.lease_until < statement_timestamp())
        ORDER BY r.requested_at;
    PERFORM set_config('app.migrating', '', true);
END $$;
CREATE FUNCTION reports_give_up_orphans(sentence text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    orphans integer;
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    UPDATE reports_rendering r
        SET state = 'failed', reason = sentence, finished_at = statement_timestamp(), token = NULL, lease_until = NULL
        FROM reports_report p
        WHERE p.id = r.report_id
          AND (r.state = 'queued' OR (r.state = 'rendering' AND r.lease_until < statement_timestamp()))
          AND NOT EXISTS (
            SELECT FROM boroughs_membership m WHERE m.user_id = r.requested_by_id AND m.borough_id = p.borough_id
            AND m.since <= statement_timestamp() AND (m.until IS NULL OR m.until > statement_timestamp()));
    GET DIAGNOSTICS orphans = ROW_COUNT;
    PERFORM set_config('app.migrating', '', true);
    RETURN orphans;
END $$;
REVOKE ALL ON FUNCTION reports_waiting(), reports_give_up_orphans(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION reports_waiting(), reports_give_up_orphans(text) TO portal_app;
"""


class Migration(migrations.Migration):
    """Reports, their texts and renderings are for the borough's people."""

    dependencies = [("reports", "0001_initial"), ("toolkit", "0002_rows")]
    operations = [
        protect("reports_report", f"borough_id = ANY ({MY_BOROUGHS})"),
        protect("reports_stylechoice", f"borough_id = ANY ({MY_BOROUGHS})"),
        protect("reports_reporttext", REPORT),
        protect("reports_rendering", REPORT),
        protect("reports_renderedfile", RENDERING),
        migrations.RunSQL(
            WAITING, "DROP FUNCTION reports_give_up_orphans(text); DROP FUNCTION reports_waiting()"
        ),
    ]
