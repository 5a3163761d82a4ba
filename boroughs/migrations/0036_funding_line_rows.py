from django.db import migrations

from boroughs.rows import MY_BOROUGHS, OPEN_TO_ME, protect

OF_A_LINE = "EXISTS (SELECT FROM boroughs_fundingline l WHERE l.id = line_id)"

PURGE = """
CREATE FUNCTION boroughs_purge_funding(request uuid, really boolean) RETURNS TABLE (what text, digest text, file text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := current_setting('app.migrating', true);
    wanted boroughs_purgerequest := app_purging(request, ARRAY['funding'], really);
    found uuid;
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    SELECT l.id INTO found FROM boroughs_fundingline l WHERE l.id = wanted.record AND l.borough_id = wanted.borough_id;
    RETURN QUERY SELECT 'text', app_digest(said.body), '' FROM boroughs_fundingline l,
        LATERAL (VALUES (l.programme), (l.purpose), (l.about), (l.reason), (l.source), (l.illustrative)) AS said (body)
        WHERE l.id = found AND said.body NOT IN ('', 'MARK')
        UNION ALL SELECT 'text', app_digest(s.reason), '' FROM boroughs_fundingstep s
        WHERE s.line_id = found AND s.reason NOT IN ('', 'MARK');
    RETURN QUERY SELECT * FROM app_purge_drafts(wanted.record::text, really);
    IF really THEN
        DELETE FROM boroughs_closedpassages p WHERE p.source = found::text;
        UPDATE boroughs_fundingline l SET programme = 'MARK', purpose = 'MARK', about = '', source = '', illustrative = '',
            reason = CASE l.reason WHEN '' THEN '' ELSE 'MARK' END, version = l.version + 1 WHERE l.id = found;
        UPDATE boroughs_fundingstep s SET reason = 'MARK' WHERE s.line_id = found AND s.reason <> '';
    END IF;
    PERFORM set_config('app.migrating', coalesce(before, ''), true);
END $$;
REVOKE ALL ON FUNCTION boroughs_purge_funding(uuid, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION boroughs_purge_funding(uuid, boolean) TO portal_app;
""".replace("MARK", "[erased]")


class Migration(migrations.Migration):
    """A closed line is for its list, with its amount and history; a closed amount of an open line for the amount's list."""

    dependencies = [("boroughs", "0035_funding_lines")]
    operations = [
        protect(
            "boroughs_fundingline",
            f"borough_id = ANY ({MY_BOROUGHS}) AND {OPEN_TO_ME}",
            remove="false",
        ),
        protect("boroughs_fundingamount", f"{OF_A_LINE} AND {OPEN_TO_ME}"),
        protect("boroughs_fundingstep", OF_A_LINE, change="false", remove="false"),
        migrations.RunSQL(PURGE, "DROP FUNCTION boroughs_purge_funding(uuid, boolean)"),
    ]
