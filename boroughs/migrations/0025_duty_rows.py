from django.db import migrations

from boroughs.rows import MY_BOROUGHS, protect

OF_A_DUTY = "EXISTS (SELECT FROM boroughs_duty d WHERE d.id = duty_id)"


class Migration(migrations.Migration):
    """The reporting calendar is for the borough's people; its addresses are found by a digest, while nobody is signed in."""

    dependencies = [("boroughs", "0024_duties")]
    operations = [
        protect("boroughs_duty", f"borough_id = ANY ({MY_BOROUGHS})"),
        protect("boroughs_dutyround", OF_A_DUTY),
    ]
