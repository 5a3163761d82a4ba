from django.db import migrations

from boroughs.rows import MY_BOROUGHS, OPEN_TO_ME, protect

OF_A_RISK = "EXISTS (SELECT FROM boroughs_risk r WHERE r.id = risk_id)"


class Migration(migrations.Migration):
    """A risk is for the borough's people, a closed one for those on its list; its history can be added to and nothing else."""

    dependencies = [("boroughs", "0026_risks")]
    operations = [
        protect("boroughs_risk", f"borough_id = ANY ({MY_BOROUGHS}) AND {OPEN_TO_ME}"),
        protect("boroughs_riskreview", OF_A_RISK, change="false", remove="false"),
    ]
