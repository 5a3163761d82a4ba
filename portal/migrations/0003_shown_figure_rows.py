from django.db import migrations

from boroughs.rows import MY_BOROUGHS, protect


class Migration(migrations.Migration):
    """Which figures a borough shows first is for its people."""

    dependencies = [("portal", "0002_shown_figures"), ("boroughs", "0027_risk_rows")]
    operations = [protect("portal_shownfigure", f"borough_id = ANY ({MY_BOROUGHS})")]
