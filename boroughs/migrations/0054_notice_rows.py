from django.db import migrations

from boroughs.rows import my_boroughs, protect

MEETINGS = my_boroughs("lead", "democratic")  # Perm.MANAGE_MEETINGS
OF_A_COMMITTEE = "EXISTS (SELECT FROM boroughs_committee c WHERE c.id = committee_id{})"
KEPT = OF_A_COMMITTEE.format(f" AND c.borough_id = ANY ({MEETINGS})")
PURGE = """
CREATE FUNCTION boroughs_purge_notice(request uuid, really boolean) RETURNS TABLE (what text, digest text, file text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := current_setting('app.migrating', true);
    wanted boroughs_purgerequest := app_purging(request, ARRAY['notice'], really);
    known boolean;
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    known := wanted.kind = 'notice' AND EXISTS (SELECT FROM boroughs_notice n JOIN boroughs_committee c ON c.id = n.committee_id
        WHERE n.id = wanted.record AND c.borough_id = wanted.borough_id);
    IF known THEN
        RETURN QUERY SELECT * FROM app_purge_columns('boroughs_notice', 't.id = $1', wanted.record,
            ARRAY['matter', 'reasons', 'representations', 'response', 'agreed_by'], really, 'text');
    END IF;
    RETURN QUERY SELECT * FROM app_purge_drafts(wanted.record::text, really) WHERE known;
    PERFORM set_config('app.migrating', coalesce(before, ''), true);
END $$;
REVOKE ALL ON FUNCTION boroughs_purge_notice(uuid, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION boroughs_purge_notice(uuid, boolean) TO portal_app;
"""


class Migration(migrations.Migration):
    """Notices are for the borough's people and kept by those who keep its meetings; none is removed, and no rule on call-in
    is changed. Two people erase a notice's words."""

    dependencies = [("boroughs", "0053_notices")]
    operations = [
        protect("boroughs_notice", OF_A_COMMITTEE.format(""), write=KEPT, remove="false"),
        protect(
            "boroughs_callinrule",
            f"borough_id = ANY ({my_boroughs()})",
            write=f"borough_id = ANY ({MEETINGS})",
            change="false",
            remove="false",
        ),
        migrations.RunSQL(PURGE, "DROP FUNCTION boroughs_purge_notice(uuid, boolean)"),
    ]
