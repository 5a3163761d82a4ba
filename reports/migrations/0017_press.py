from django.conf import settings
from django.db import migrations, models

import reports.models.rendering


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0016_own_style_rows"),
        ("boroughs", "0010_purge_rows"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="rendering",
            name="digest",
            field=models.GeneratedField(
                db_persist=True,
                expression=reports.models.rendering.Digest("snapshot"),
                output_field=models.CharField(max_length=64),
            ),
        ),
        migrations.AddField(
            model_name="rendering",
            name="made_with",
            field=models.JSONField(
                blank=True,
                default=dict,
                help_text="Programs and their versions; another may print other bytes.",
            ),
        ),
        migrations.AddField(
            model_name="rendering",
            name="page",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, verbose_name="page it is at"
            ),
        ),
        migrations.AddField(
            model_name="rendering",
            name="stage",
            field=models.CharField(
                blank=True,
                choices=[
                    ("reading", "Reading the text"),
                    ("pages", "Setting the pages"),
                    ("again", "Setting the pages again, for the contents"),
                    ("writing", "Writing the file"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddIndex(
            model_name="rendering",
            index=models.Index(
                condition=models.Q(("sha256", ""), _negated=True),
                fields=["sha256"],
                name="rendering_by_file",
            ),
        ),
        migrations.AddConstraint(
            model_name="rendering",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("page", None),
                    models.Q(
                        ("page__gt", 0),
                        ("page__isnull", False),
                        models.Q(("stage", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="rendering_page_of_a_stage",
            ),
        ),
        migrations.AddConstraint(
            model_name="rendering",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["queued", "rendering"])),
                fields=("report", "issue", "digest"),
                nulls_distinct=False,
                name="one_rendering_at_work_a_content",
            ),
        ),
    ]
