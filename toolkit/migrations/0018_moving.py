import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models


class Migration(migrations.Migration):
    """A round goes over to another version, and two of one assessor by one version share no day."""

    dependencies = [
        ("boroughs", "0050_borough_region"),
        ("toolkit", "0017_level_word_rows"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        BtreeGistExtension(),
        migrations.RemoveConstraint(
            model_name="assessment",
            name="one_assessment_a_period_and_assessor",
        ),
        migrations.RemoveConstraint(
            model_name="assessment",
            name="assessment_state_tells_the_truth",
        ),
        migrations.AddField(
            model_name="assessment",
            name="moved_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="assessment",
            name="moved_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="assessment",
            name="moved_to",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="moved_from",
                to="toolkit.assessment",
            ),
        ),
        migrations.AlterField(
            model_name="assessment",
            name="state",
            field=models.CharField(
                choices=[
                    ("open", "Open"),
                    ("submitted", "Submitted for sign-off"),
                    ("signed_off", "Signed off"),
                    ("moved", "Moved to another version"),
                ],
                default="open",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("state", "moved"), _negated=True),
                expressions=[
                    ("borough", "="),
                    ("version", "="),
                    ("assessor", "="),
                    (
                        models.Func(
                            "starts_on",
                            "ends_on",
                            models.Value("[]"),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="periods_of_an_assessor_do_not_overlap",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state__in", ("open", "moved")),
                        ("submitted_at", None),
                        ("submitted_by", None),
                    ),
                    models.Q(
                        ("state__in", ("submitted", "signed_off")),
                        models.Q(("submitted_by", None), _negated=True),
                        models.Q(("submitted_at", None), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="assessment_state_tells_the_truth",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state", "moved"),
                        models.Q(("moved_to", None), _negated=True),
                        models.Q(("moved_by", None), _negated=True),
                        models.Q(("moved_at", None), _negated=True),
                    ),
                    models.Q(
                        models.Q(("state", "moved"), _negated=True),
                        ("moved_at", None),
                        ("moved_by", None),
                        ("moved_to", None),
                    ),
                    _connector="OR",
                ),
                name="a_moved_round_says_where_it_went",
            ),
        ),
    ]
