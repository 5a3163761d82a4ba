from django.db import migrations

from boroughs.rows import MY_BOROUGHS, protect

MINE = "EXISTS (SELECT FROM toolkit_assessment a WHERE a.id = assessment_id)"


class Migration(migrations.Migration):
    """Assessments and ratings are for the borough's people; a rating's history can be added to and nothing else."""

    dependencies = [("toolkit", "0001_initial"), ("boroughs", "0002_rows")]
    operations = [
        protect("toolkit_adoption", f"borough_id = ANY ({MY_BOROUGHS})"),
        protect("toolkit_assessment", f"borough_id = ANY ({MY_BOROUGHS})"),
        protect("toolkit_rating", MINE),
        protect("toolkit_ratingevent", MINE),
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE, TRUNCATE ON toolkit_ratingevent FROM portal_app",
            "GRANT UPDATE, DELETE ON toolkit_ratingevent TO portal_app",
        ),
    ]
