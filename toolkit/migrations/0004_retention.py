from django.db import migrations

REVIEW = """
CREATE FUNCTION toolkit_review(usual integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := current_setting('app.migrating', true);
    found integer;
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    SELECT coalesce(sum(app_due('assessment', a.borough_id, a.id, NULL, a.ends_on, usual)), 0) INTO found
        FROM toolkit_assessment a;
    PERFORM set_config('app.migrating', coalesce(before, ''), true);
    RETURN found;
END $$;
REVOKE ALL ON FUNCTION toolkit_review(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION toolkit_review(integer) TO portal_app;
"""


class Migration(migrations.Migration):
    """Assessments whose time is over, counted from the last day of their period."""

    dependencies = [("toolkit", "0003_purge"), ("boroughs", "0017_retention_rows")]
    operations = [migrations.RunSQL(REVIEW, "DROP FUNCTION toolkit_review(integer)")]
