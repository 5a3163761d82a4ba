from django.db import migrations

from boroughs.rows import MY_BOROUGHS_RECORDED, replace_policies

OF_AN_ACTION = "EXISTS (SELECT FROM boroughs_action a WHERE a.id = action_id)"
KEPT_ACTION = f"""EXISTS (SELECT FROM boroughs_strategy s JOIN boroughs_deliveryplan p ON p.strategy_id = s.id
    JOIN boroughs_action a ON a.plan_id = p.id WHERE a.id = action_id AND s.borough_id = ANY ({MY_BOROUGHS_RECORDED}))"""


class Migration(migrations.Migration):
    """Which benchmarks an action serves is said by who keeps the record: contributors report on their actions and no more."""

    dependencies = [("toolkit", "0006_served_rows"), ("boroughs", "0031_own_action_rows")]
    operations = [
        replace_policies(
            "toolkit_servedbenchmark",
            dict.fromkeys(("add", "change", "remove"), (OF_AN_ACTION, KEPT_ACTION)),
        )
    ]
