from django.db import migrations

from boroughs.rows import ME, MY_BOROUGHS, my_boroughs, protect

LEADS = my_boroughs("lead")  # Perm.MANAGE_SETTINGS
# What ships is loaded by a command, in nobody's name
KEPT_BY = f"(borough_id IS NULL AND {ME} IS NULL) OR borough_id = ANY ({LEADS})"
KEPT = "REVOKE UPDATE, DELETE, TRUNCATE ON reports_styleversion FROM portal_app"
NOT_KEPT = "GRANT UPDATE, DELETE ON reports_styleversion TO portal_app"
# The styles that ship stood there before they could be a borough's own
OWN_OR_SHIPPED = f"borough_id IS NULL OR borough_id = ANY ({MY_BOROUGHS})"


class Migration(migrations.Migration):
    """A lead keeps the borough's own styles; what they said before is kept as it was. What ships is there for everybody."""

    dependencies = [("reports", "0015_own_styles")]
    operations = [
        protect(
            "reports_housestyle",
            OWN_OR_SHIPPED,
            write=KEPT_BY,
            remove=f"borough_id = ANY ({LEADS})",
        ),
        protect(
            "reports_styleversion",
            f"borough_id = ANY ({MY_BOROUGHS})",
            add=f"borough_id = ANY ({LEADS}) AND saved_by_id = {ME}",
            change="false",
            remove="false",
        ),
        migrations.RunSQL(KEPT, NOT_KEPT),
    ]
