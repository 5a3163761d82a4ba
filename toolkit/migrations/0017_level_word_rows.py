from django.db import migrations

from boroughs.rows import ME, MY_BOROUGHS, my_boroughs, protect

LEADS = my_boroughs("lead")  # Perm.MANAGE_SETTINGS
KEPT = "REVOKE UPDATE, DELETE, TRUNCATE ON toolkit_levelwording FROM portal_app"
NOT_KEPT = "GRANT UPDATE, DELETE ON toolkit_levelwording TO portal_app"
# No borough had words of its own before: what was signed off was given by the shipped ones
MEANT = """
SET LOCAL app.migrating = 'on';
UPDATE toolkit_signedtext t SET meaning = l.meaning
    FROM toolkit_signedrating r JOIN toolkit_level l ON l.id = r.level_id WHERE r.id = t.signed_id;
SET LOCAL app.migrating = '';
"""


class Migration(migrations.Migration):
    """A lead words the levels; what was said before is kept."""

    dependencies = [("toolkit", "0016_level_words")]
    operations = [
        protect(
            "toolkit_levelwording",
            f"borough_id = ANY ({MY_BOROUGHS})",
            add=f"borough_id = ANY ({LEADS}) AND worded_by_id = {ME}",
            change="false",
            remove="false",
        ),
        migrations.RunSQL(KEPT, NOT_KEPT),
        migrations.RunSQL(MEANT, migrations.RunSQL.noop),
    ]
