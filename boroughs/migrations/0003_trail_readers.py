from django.db import migrations

from boroughs.rows import ME, MY_BOROUGHS_KEPT, my_boroughs

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
                f"(borough_id = ANY ({my_boroughs('lead')}) AND NOT members_reading) OR borough_id = ANY ({my_boroughs('monitoring')}) "
                f"OR (borough_id IS NULL AND {ADMINISTRATOR})"
            ),
            READ.format(f"borough_id = ANY ({MY_BOROUGHS_KEPT})"),
        )
    ]
