from django.db import migrations

REVIEW = """
CREATE FUNCTION papers_review(usual integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := current_setting('app.migrating', true);
    found integer;
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    SELECT coalesce(sum(app_due('paper', p.borough_id, p.id, p.closure_id, coalesce(m.date, p.added_at::date), usual)), 0) INTO found
        FROM papers_paper p LEFT JOIN boroughs_meeting m ON m.id = p.meeting_id;
    PERFORM set_config('app.migrating', coalesce(before, ''), true);
    RETURN found;
END $$;
REVOKE ALL ON FUNCTION papers_review(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION papers_review(integer) TO portal_app;
"""


class Migration(migrations.Migration):
    """Papers whose time is over, counted from their meeting."""

    dependencies = [("papers", "0005_purge"), ("boroughs", "0017_retention_rows")]
    operations = [migrations.RunSQL(REVIEW, "DROP FUNCTION papers_review(integer)")]
