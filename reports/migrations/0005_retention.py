from django.db import migrations

REVIEW = """
CREATE FUNCTION reports_review(usual integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := current_setting('app.migrating', true);
    found integer;
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    SELECT coalesce(sum(app_due('report', r.borough_id, r.id, NULL, coalesce(m.date, a.ends_on), usual)), 0) INTO found
        FROM reports_report r JOIN toolkit_assessment a ON a.id = r.assessment_id
        LEFT JOIN boroughs_meeting m ON m.id = r.meeting_id;
    PERFORM set_config('app.migrating', coalesce(before, ''), true);
    RETURN found;
END $$;
REVOKE ALL ON FUNCTION reports_review(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION reports_review(integer) TO portal_app;
"""


class Migration(migrations.Migration):
    """Reports whose time is over, counted from their meeting."""

    dependencies = [("reports", "0004_purge"), ("boroughs", "0017_retention_rows")]
    operations = [migrations.RunSQL(REVIEW, "DROP FUNCTION reports_review(integer)")]
