from django.db import migrations

from boroughs.rows import protect

SEEN = (
    "EXISTS (SELECT FROM reports_report r WHERE r.id = report_id) "
    "AND EXISTS (SELECT FROM boroughs_dutyround d WHERE d.id = round_id)"
)


class Migration(migrations.Migration):
    """By which report a duty was done is for those who see both; it is named or taken back, never changed."""

    dependencies = [("reports", "0006_rounds"), ("boroughs", "0025_duty_rows")]
    operations = [protect("reports_reportedround", SEEN, change="false")]
