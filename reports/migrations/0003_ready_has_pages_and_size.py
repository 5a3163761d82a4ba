from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """A ready rendering with no number of pages or bytes slipped through: a comparison with NULL refuses nothing."""

    dependencies = [
        ("reports", "0002_rows"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="rendering",
            name="rendering_state_tells_the_truth",
        ),
        migrations.AddConstraint(
            model_name="rendering",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("finished_at", None),
                        ("lease_until", None),
                        ("reason", ""),
                        ("sha256", ""),
                        ("state", "queued"),
                        ("token", None),
                    ),
                    models.Q(
                        ("attempts__gt", 0),
                        ("finished_at", None),
                        ("lease_until__isnull", False),
                        ("reason", ""),
                        ("sha256", ""),
                        ("state", "rendering"),
                        ("token__isnull", False),
                    ),
                    models.Q(
                        ("finished_at__isnull", False),
                        ("reason", ""),
                        ("state", "ready"),
                        ("pages__gt", 0),
                        ("pages__isnull", False),
                        ("size__gt", 0),
                        ("size__isnull", False),
                        models.Q(("sha256", ""), _negated=True),
                    ),
                    models.Q(
                        ("finished_at__isnull", False),
                        ("sha256", ""),
                        ("state", "failed"),
                        models.Q(("reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="rendering_state_tells_the_truth",
            ),
        ),
    ]
