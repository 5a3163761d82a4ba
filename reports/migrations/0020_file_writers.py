from django.db import migrations

from boroughs.rows import replace_policies

RENDERING = "EXISTS (SELECT FROM reports_rendering r WHERE r.id = rendering_id)"
# Everybody sees the rendering of what is published; only the borough's people see its report.
OF_MY_REPORT = """EXISTS (SELECT FROM reports_rendering r JOIN reports_report p ON p.id = r.report_id
    WHERE r.id = rendering_id)"""
VERBS = ("add", "change", "remove")


class Migration(migrations.Migration):
    """The PDF of a published rendering is read by everybody, and still written by the borough's people alone."""

    dependencies = [("reports", "0019_decision_rows")]
    operations = [
        replace_policies("reports_renderedfile", dict.fromkeys(VERBS, (RENDERING, OF_MY_REPORT)))
    ]
