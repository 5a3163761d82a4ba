from django.db import migrations

from boroughs.rows import LISTED, protect

# The check before issue asks as somebody who is not on the list, and learns keys of closures alone. It is refused to all
# but those who compose and issue the borough's reports, so that nobody else can ask whether known words are closed.
SHARING = """
CREATE FUNCTION app_closures_sharing(borough bigint, given bigint[]) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := current_setting('app.migrating', true);
    me bigint := app_user();
    found uuid[];
BEGIN
    IF NOT EXISTS (SELECT FROM boroughs_membership m JOIN accounts_user u ON u.id = m.user_id AND u.is_active
        WHERE m.user_id = me AND m.borough_id = borough AND m.role IN ('coordinator', 'democratic')
          AND m.since <= statement_timestamp() AND (m.until IS NULL OR m.until > statement_timestamp())) THEN
        RAISE EXCEPTION 'Only who composes or issues reports of the borough may ask.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM set_config('app.migrating', 'on', true);
    SELECT coalesce(array_agg(DISTINCT c.id), '{}') INTO found
    FROM boroughs_closedpassages p JOIN boroughs_closure c ON c.id = p.closure_id
    WHERE c.borough_id = borough AND c.released_at IS NULL
      AND EXISTS (SELECT FROM unnest(p.digests) kept JOIN unnest(given) asked ON asked = kept);
    PERFORM set_config('app.migrating', coalesce(before, ''), true);
    RETURN found;
END $$;

REVOKE ALL ON FUNCTION app_closures_sharing(bigint, bigint[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app_closures_sharing(bigint, bigint[]) TO portal_app;
"""


class Migration(migrations.Migration):
    """The second lock on closed passages: read and written by the closure's list; compared by one function."""

    dependencies = [("boroughs", "0007_closed_passages")]
    operations = [
        protect("boroughs_closedpassages", f"closure_id = ANY ({LISTED})"),
        migrations.RunSQL(SHARING, "DROP FUNCTION app_closures_sharing(bigint, bigint[])"),
    ]
