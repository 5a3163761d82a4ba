from typing import Any

from django.db import migrations, models

from boroughs import register


def fill(apps: Any, schema_editor: Any) -> None:
    """As the register knows each council; others have none until it is known."""
    regions = {authority.gss: authority.region for authority in register.authorities()}
    Borough = apps.get_model("boroughs", "Borough")
    for borough in Borough.objects.filter(gss_code__in=regions, nation="england"):
        borough.region = regions[borough.gss_code]
        borough.save(update_fields=["region"])


class Migration(migrations.Migration):
    """The region a council lies in, by which boroughs are compared."""

    dependencies = [("boroughs", "0049_sign_off_and_compare")]
    operations = [
        migrations.AddField("borough", "region", models.CharField(blank=True, max_length=30)),
        migrations.AddConstraint(
            "borough",
            models.CheckConstraint(
                condition=models.Q(("nation", "wales"), _negated=True) | models.Q(("region", "")),
                name="a_region_lies_in_england",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
