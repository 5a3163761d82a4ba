from django.db import migrations, models


class Migration(migrations.Migration):
    """A level has a pattern beside its colour, for print in one colour."""

    dependencies = [
        ("toolkit", "0021_signed_evidence_rows"),
    ]

    operations = [
        migrations.AddField(
            model_name="level",
            name="pattern",
            field=models.CharField(
                choices=[
                    ("plain", "Plain"),
                    ("dots", "Dots"),
                    ("stripes", "Stripes"),
                    ("cross", "Crossed stripes"),
                    ("lines", "Lines"),
                    ("grid", "Grid"),
                ],
                default="plain",
                max_length=10,
                verbose_name="where colours are not printed",
            ),
        ),
    ]
