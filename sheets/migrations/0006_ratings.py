from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from boroughs.rows import ME, replace_policies

KEPT = import_module("sheets.migrations.0002_rows").KEPT
OF_ACTIVITIES = import_module("sheets.migrations.0005_activities").OF_ACTIVITIES
KINDS = [
    ("plan", "Delivery plan"),
    ("ratings", "Ratings of a round"),
    ("figures", "Figures"),
    ("reviews", "Reviews"),
    ("recommendations", "Recommendations of reviews"),
    ("activities", "Activities and projects"),
]
OWN_ROUND = f"""{KEPT} AND (assessment_id IS NULL OR EXISTS (SELECT FROM toolkit_assessment a
    WHERE a.id = assessment_id AND a.borough_id = sheets_sheetimport.borough_id))"""
OF_RATINGS = OF_ACTIVITIES.replace("'activity'", "'activity', 'rating', 'assessment'").replace(
    "r.target = wanted.record", "(r.target = wanted.record OR i.assessment_id = wanted.record)"
)


def mine(condition: str) -> str:
    return f"{condition} AND added_by_id = {ME}"


class Migration(migrations.Migration):
    """A past self-assessment comes in from a workbook; what is erased of its ratings is erased of the rows that brought them."""

    dependencies = [("sheets", "0005_activities"), ("toolkit", "0015_prompt_rows")]
    operations = [
        migrations.AlterField(
            model_name="sheetimport",
            name="kind",
            field=models.CharField(choices=KINDS, max_length=15),
        ),
        migrations.AddField(
            model_name="sheetimport",
            name="assessment",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sheets",
                to="toolkit.assessment",
            ),
        ),
        migrations.AddField(
            model_name="sheetimport",
            name="words",
            field=models.JSONField(
                default=dict, verbose_name="what the sheet's own words stand for"
            ),
        ),
        migrations.AddConstraint(
            model_name="sheetimport",
            constraint=models.CheckConstraint(
                condition=Q(kind="ratings", assessment__isnull=False)
                | (~Q(kind="ratings") & Q(assessment__isnull=True)),
                name="an_import_of_ratings_names_its_round",
            ),
        ),
        replace_policies(
            "sheets_sheetimport",
            {"add": (mine(KEPT), mine(OWN_ROUND)), "change": (KEPT, OWN_ROUND)},
        ),
        migrations.RunSQL(OF_RATINGS, OF_ACTIVITIES),
    ]
