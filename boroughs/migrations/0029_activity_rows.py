from django.db import migrations

from boroughs.rows import MY_BOROUGHS, protect

MINE = f"borough_id = ANY ({MY_BOROUGHS})"
OF_AN_ACTIVITY = "EXISTS (SELECT FROM boroughs_activity a WHERE a.id = activity_id)"
LINK = f"{OF_AN_ACTIVITY} AND EXISTS (SELECT FROM boroughs_figurevalue f WHERE f.id = figure_id)"

PURGE = """
CREATE FUNCTION boroughs_purge_activity(request uuid, really boolean) RETURNS TABLE (what text, digest text, file text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := current_setting('app.migrating', true);
    wanted boroughs_purgerequest := app_purging(request, ARRAY['activity'], really);
    found uuid;
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    SELECT a.id INTO found FROM boroughs_activity a WHERE a.id = wanted.record AND a.borough_id = wanted.borough_id;
    RETURN QUERY SELECT 'text', app_digest(said.body), '' FROM boroughs_activity a,
        LATERAL (VALUES (a.title), (a.about), (a.cancelled_because), (a.result), (a.source), (a.illustrative)) AS said (body)
        WHERE a.id = found AND said.body NOT IN ('', 'MARK')
        UNION ALL SELECT 'text', app_digest(c.what), '' FROM boroughs_activitycount c WHERE c.activity_id = found AND c.what <> 'MARK';
    RETURN QUERY SELECT * FROM app_purge_drafts(wanted.record::text, really);
    IF really THEN
        UPDATE boroughs_activity a SET title = 'MARK', about = '', result = '', source = '', illustrative = '',
            cancelled_because = CASE a.cancelled_because WHEN '' THEN '' ELSE 'MARK' END, version = a.version + 1
            WHERE a.id = found;
        UPDATE boroughs_activitycount c SET what = 'MARK' WHERE c.activity_id = found;
    END IF;
    PERFORM set_config('app.migrating', coalesce(before, ''), true);
END $$;
REVOKE ALL ON FUNCTION boroughs_purge_activity(uuid, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION boroughs_purge_activity(uuid, boolean) TO portal_app;
""".replace("MARK", "[erased]")


class Migration(migrations.Migration):
    """Activities are for the borough's people; a link to a figure for those who may see the figure. Two people erase one."""

    dependencies = [("boroughs", "0028_activities")]
    operations = [
        protect("boroughs_activity", MINE, remove="false"),
        protect("boroughs_activitycount", OF_AN_ACTIVITY),
        protect("boroughs_activityfigure", LINK),
        migrations.RunSQL(PURGE, "DROP FUNCTION boroughs_purge_activity(uuid, boolean)"),
    ]
