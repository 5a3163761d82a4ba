from django.db import migrations

from boroughs.rows import protect

OF_AN_ACTION = "EXISTS (SELECT FROM boroughs_action a WHERE a.id = action_id)"


class Migration(migrations.Migration):
    """Which benchmarks an action serves is read by whoever may read the action."""

    dependencies = [("toolkit", "0005_served"), ("boroughs", "0021_plan_rows")]
    operations = [protect("toolkit_servedbenchmark", OF_AN_ACTION)]
