import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Of what is signed off the evidence and the answers are kept too, and of questions who worded them last."""

    dependencies = [
        ("boroughs", "0050_borough_region"),
        ("toolkit", "0019_moving_purge"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="signedtext",
            name="rests_on_closed",
            field=models.BooleanField(default=False, verbose_name="closed evidence was linked too"),
        ),
        migrations.CreateModel(
            name="PromptSheet",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("changed_at", models.DateTimeField()),
                (
                    "benchmark",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="prompt_sheets",
                        to="toolkit.benchmark",
                    ),
                ),
                (
                    "borough",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="prompt_sheets",
                        to="boroughs.borough",
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["borough", "benchmark__version", "benchmark__number", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("borough", "benchmark"), name="one_sheet_of_prompts_a_benchmark"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SignedAnswer",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("asked", models.CharField(max_length=300)),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("yes", "Yes"),
                            ("partly", "Partly"),
                            ("no", "No"),
                            ("not_applicable", "Not applicable"),
                        ],
                        max_length=15,
                    ),
                ),
                (
                    "signed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="toolkit.signedrating",
                    ),
                ),
            ],
            options={
                "ordering": ["signed", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("asked", ""), _negated=True),
                        name="a_signed_answer_keeps_what_was_asked",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SignedEvidence",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(max_length=10)),
                ("thing", models.UUIDField(blank=True, null=True, verbose_name="its key")),
                ("title", models.CharField(max_length=500)),
                ("dated", models.DateField()),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "signed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="evidence",
                        to="toolkit.signedrating",
                    ),
                ),
            ],
            options={
                "ordering": ["signed", "-dated", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "website"), ("thing", None)),
                            models.Q(
                                ("kind__in", ("paper", "meeting", "figure", "action")),
                                models.Q(("thing", None), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="signed_evidence_is_one_thing",
                    )
                ],
            },
        ),
    ]
