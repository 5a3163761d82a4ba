from django.db import migrations

from boroughs.rows import MY_BOROUGHS, protect

OF_A_STRATEGY = "EXISTS (SELECT FROM boroughs_strategy s WHERE s.id = strategy_id)"
OF_A_PRIORITY = "EXISTS (SELECT FROM boroughs_priority p WHERE p.id = priority_id)"
OF_A_PLAN = "EXISTS (SELECT FROM boroughs_deliveryplan p WHERE p.id = plan_id)"
OF_AN_ACTION = "EXISTS (SELECT FROM boroughs_action a WHERE a.id = action_id)"


class Migration(migrations.Migration):
    """Everything under a strategy is read by whoever may read the strategy; progress notes are added and never changed."""

    dependencies = [("boroughs", "0020_plans")]
    operations = [
        protect("boroughs_organisation", f"borough_id = ANY ({MY_BOROUGHS})"),
        protect("boroughs_priority", OF_A_STRATEGY),
        protect("boroughs_area", OF_A_PRIORITY),
        protect("boroughs_deliveryplan", OF_A_STRATEGY),
        protect("boroughs_action", OF_A_PLAN),
        protect("boroughs_progressnote", OF_AN_ACTION, change="false", remove="false"),
    ]
