from django.db import migrations

from boroughs.rows import ME, MY_BOROUGHS, protect

MINE = "EXISTS (SELECT FROM boroughs_committee c WHERE c.id = committee_id)"
LEADS = f"""(SELECT m.borough_id FROM boroughs_membership m WHERE m.user_id = {ME} AND m.role IN ('lead', 'monitoring')
    AND m.since <= statement_timestamp() AND (m.until IS NULL OR m.until > statement_timestamp()))"""


class Migration(migrations.Migration):
    """Committees are for the borough's people; the trail for its leads and monitoring officer, written by oneself alone."""

    dependencies = [("boroughs", "0001_initial"), ("audit", "0003_chain")]
    operations = [
        protect("boroughs_committee", f"borough_id IN {MY_BOROUGHS}"),
        protect("boroughs_meeting", MINE),
        protect("boroughs_seat", MINE),
        protect(
            "audit_event", f"borough_id IN {LEADS}", write=f"actor_id IS NOT DISTINCT FROM {ME}"
        ),
    ]
