from django.db import migrations

from boroughs.rows import MY_BOROUGHS, protect

MINE = f"borough_id = ANY ({MY_BOROUGHS})"
OF_RECEIVED = "EXISTS (SELECT FROM boroughs_received r WHERE r.id = received_id)"

PURGE = """
CREATE FUNCTION boroughs_purge_register(request uuid, really boolean) RETURNS TABLE (what text, digest text, file text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := current_setting('app.migrating', true);
    wanted boroughs_purgerequest := app_purging(request, ARRAY['received', 'policy', 'impact'], really);
    the_received uuid;
    the_policy uuid;
    the_impact uuid;
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    SELECT r.id INTO the_received FROM boroughs_received r
        WHERE wanted.kind = 'received' AND r.id = wanted.record AND r.borough_id = wanted.borough_id;
    SELECT p.id INTO the_policy FROM boroughs_policy p
        WHERE wanted.kind = 'policy' AND p.id = wanted.record AND p.borough_id = wanted.borough_id;
    SELECT i.id INTO the_impact FROM boroughs_impactassessment i
        WHERE wanted.kind = 'impact' AND i.id = wanted.record AND i.borough_id = wanted.borough_id;
    RETURN QUERY SELECT 'text', app_digest(said.body), '' FROM (
        SELECT unnest(ARRAY[r.title, r.sender, r.owner_post, r.source, r.illustrative]) FROM boroughs_received r
            WHERE r.id = the_received
        UNION ALL SELECT b.whom FROM boroughs_briefing b WHERE b.received_id = the_received
        UNION ALL SELECT unnest(ARRAY[p.title, p.about, p.owner_post, p.approved_by, p.link, p.source, p.illustrative])
            FROM boroughs_policy p WHERE p.id = the_policy
        UNION ALL SELECT unnest(ARRAY[i.title, i.of_what, i.findings, i.owner_post, i.source, i.illustrative])
            FROM boroughs_impactassessment i WHERE i.id = the_impact
    ) AS said (body) WHERE said.body NOT IN ('', 'MARK');
    RETURN QUERY SELECT * FROM app_purge_drafts(wanted.record::text, really);
    IF really THEN
        UPDATE boroughs_received r SET title = 'MARK', sender = 'MARK', owner_post = 'MARK', source = '', illustrative = '',
            version = r.version + 1 WHERE r.id = the_received;
        UPDATE boroughs_briefing b SET whom = 'MARK' WHERE b.received_id = the_received;
        UPDATE boroughs_policy p SET title = 'MARK', about = '', owner_post = 'MARK', link = '', source = '', illustrative = '',
            approved_by = CASE p.approved_by WHEN '' THEN '' ELSE 'MARK' END, version = p.version + 1 WHERE p.id = the_policy;
        UPDATE boroughs_impactassessment i SET title = 'MARK', findings = '', owner_post = '', source = '', illustrative = '',
            of_what = CASE i.of_what WHEN '' THEN '' ELSE 'MARK' END, version = i.version + 1 WHERE i.id = the_impact;
    END IF;
    PERFORM set_config('app.migrating', coalesce(before, ''), true);
END $$;
REVOKE ALL ON FUNCTION boroughs_purge_register(uuid, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION boroughs_purge_register(uuid, boolean) TO portal_app;
""".replace("MARK", "[erased]")


class Migration(migrations.Migration):
    """Registers are for the borough's people; a briefing is added and never changed. Two people erase an entry's words."""

    dependencies = [("boroughs", "0037_registers")]
    operations = [
        protect("boroughs_received", MINE, remove="false"),
        protect("boroughs_briefing", OF_RECEIVED, change="false", remove="false"),
        protect("boroughs_policy", MINE, remove="false"),
        protect("boroughs_impactassessment", MINE, remove="false"),
        migrations.RunSQL(PURGE, "DROP FUNCTION boroughs_purge_register(uuid, boolean)"),
    ]
