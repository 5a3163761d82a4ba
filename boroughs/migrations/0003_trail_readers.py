from django.db import migrations

from boroughs.rows import ME

LIVE = f"""m.user_id = {ME} AND m.since <= statement_timestamp()
    AND (m.until IS NULL OR m.until > statement_timestamp())"""
WHERE_I_AM = "(SELECT m.borough_id FROM boroughs_membership m WHERE {live} AND m.role {roles})"
BOTH = WHERE_I_AM.format(live=LIVE, roles="IN ('lead', 'monitoring')")
LEAD = WHERE_I_AM.format(live=LIVE, roles="= 'lead'")
MONITORING = WHERE_I_AM.format(live=LIVE, roles="= 'monitoring'")
ADMINISTRATOR = (
    f"(SELECT u.is_administrator AND u.is_active FROM accounts_user u WHERE u.id = {ME})"
)
READ = "ALTER POLICY audit_event_read ON audit_event USING ({})"


class Migration(migrations.Migration):
    """A lead reads the borough's trail without members' reading, the monitoring officer all of it; administrators read
    what belongs to no borough."""

    dependencies = [("boroughs", "0002_rows"), ("audit", "0005_chain_of_outcomes")]
    operations = [
        migrations.RunSQL(
            READ.format(
                f"(borough_id IN {LEAD} AND NOT members_reading) OR borough_id IN {MONITORING} "
                f"OR (borough_id IS NULL AND {ADMINISTRATOR})"
            ),
            READ.format(f"borough_id IN {BOTH}"),
        )
    ]
