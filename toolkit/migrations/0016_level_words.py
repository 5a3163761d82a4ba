import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """What a borough means by the levels of a scale, and what they meant when ratings were given that are signed off."""

    dependencies = [
        ("boroughs", "0050_borough_region"),
        ("toolkit", "0015_prompt_rows"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="signedtext",
            name="meaning",
            field=models.CharField(
                blank=True, max_length=2000, verbose_name="what the level meant when it was given"
            ),
        ),
        migrations.CreateModel(
            name="LevelWording",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("text", models.CharField(blank=True, max_length=500)),
                ("worded_at", models.DateTimeField()),
                (
                    "borough",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="level_wordings",
                        to="boroughs.borough",
                    ),
                ),
                (
                    "level",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="wordings",
                        to="toolkit.level",
                    ),
                ),
                (
                    "worded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["borough", "level", "-number", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("borough", "level", "number"),
                        name="one_wording_of_a_level_a_number",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("number__gt", 1),
                            models.Q(("text", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_first_wording_says_something",
                    ),
                ],
            },
        ),
    ]
