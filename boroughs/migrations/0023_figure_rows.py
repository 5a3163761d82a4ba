from django.db import migrations

from boroughs.rows import ME, MY_BOROUGHS, OPEN_TO_ME, protect

MINE = f"borough_id = ANY ({MY_BOROUGHS})"
VALUE = "EXISTS (SELECT FROM boroughs_figurevalue f WHERE f.id = pgh_obj_id)"


class Migration(migrations.Migration):
    """The second lock on figures: closed values for their list. Their history and what was published is only added to."""

    dependencies = [("boroughs", "0022_figures")]
    operations = [
        protect("boroughs_ownindicator", MINE, remove="false"),
        protect("boroughs_figurerule", MINE, remove="false"),
        protect("boroughs_figurevalue", f"{MINE} AND {OPEN_TO_ME}", remove="false"),
        protect("boroughs_figurevalueevent", VALUE),
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE, TRUNCATE ON boroughs_figurevalueevent FROM portal_app",
            "GRANT UPDATE, DELETE ON boroughs_figurevalueevent TO portal_app",
        ),
        protect(
            "boroughs_figurepublication",
            MINE,
            add=f"{MINE} AND published_by_id = {ME}",
            change="false",
            remove="false",
        ),
    ]
