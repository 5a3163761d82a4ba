from django.db import migrations

from boroughs.rows import ME, MY_BOROUGHS, MY_BOROUGHS_KEPT, protect

MINE = "EXISTS (SELECT FROM boroughs_committee c WHERE c.id = committee_id)"
# Memberships have no row security; plpgsql keeps the plan for the connection
FUNCTION = """
CREATE OR REPLACE FUNCTION app_my_boroughs(VARIADIC roles text[] DEFAULT '{}') RETURNS bigint[]
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
    RETURN ARRAY(SELECT m.borough_id FROM boroughs_membership m WHERE m.user_id = app_user()
        AND (cardinality(roles) = 0 OR m.role = ANY (roles))
        AND m.since <= statement_timestamp() AND (m.until IS NULL OR m.until > statement_timestamp()));
END $$;
"""


class Migration(migrations.Migration):
    """Committees are for the borough's people; the trail for its leads and monitoring officer, written by oneself alone."""

    dependencies = [("boroughs", "0001_initial"), ("audit", "0003_chain")]
    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION app_my_boroughs"),
        protect("boroughs_committee", f"borough_id = ANY ({MY_BOROUGHS})"),
        protect("boroughs_meeting", MINE),
        protect("boroughs_seat", MINE),
        protect(
            "audit_event",
            f"borough_id = ANY ({MY_BOROUGHS_KEPT})",
            write=f"actor_id IS NOT DISTINCT FROM {ME}",
        ),
    ]
