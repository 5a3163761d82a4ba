from django.db import migrations

from boroughs.rows import MY_BOROUGHS, protect

MINE = f"borough_id = ANY ({MY_BOROUGHS})"
PURGE = """
CREATE FUNCTION boroughs_purge_context(request uuid, really boolean) RETURNS TABLE (what text, digest text, file text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := current_setting('app.migrating', true);
    wanted boroughs_purgerequest := app_purging(request, ARRAY['context'], really);
    known boolean;
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    known := wanted.kind = 'context' AND EXISTS (SELECT FROM boroughs_contextfact f
        WHERE f.id = wanted.record AND f.borough_id = wanted.borough_id);
    IF known THEN
        RETURN QUERY SELECT * FROM app_purge_columns('boroughs_contextfact', 't.id = $1', wanted.record,
            ARRAY['title', 'about', 'source'], really, 'text');
    END IF;
    RETURN QUERY SELECT * FROM app_purge_drafts(wanted.record::text, really) WHERE known;
    PERFORM set_config('app.migrating', coalesce(before, ''), true);
END $$;
REVOKE ALL ON FUNCTION boroughs_purge_context(uuid, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION boroughs_purge_context(uuid, boolean) TO portal_app;
"""


class Migration(migrations.Migration):
    """What a borough adds to the context is for its people. Two people erase its words."""

    dependencies = [("boroughs", "0047_context")]
    operations = [
        protect("boroughs_contextfact", MINE, remove="false"),
        migrations.RunSQL(PURGE, "DROP FUNCTION boroughs_purge_context(uuid, boolean)"),
    ]
