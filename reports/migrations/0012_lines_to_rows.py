import uuid
from typing import Any

from django.db import migrations
from django.utils import timezone


def to_rows(apps: Any, schema_editor: Any) -> None:
    """What was typed as a line for each appendix becomes a row each, and every text gets its first version."""
    schema_editor.execute("SET LOCAL app.migrating = 'on'")
    texts = apps.get_model("reports", "ReportText")
    appendix, version = (apps.get_model("reports", name) for name in ("ReportAppendix", "ReportTextVersion"))  # fmt: skip
    for text in texts.objects.filter(key="appendices"):
        lines = [line.strip()[:200] for line in text.body.splitlines() if line.strip()]
        appendix.objects.bulk_create(
            appendix(pk=uuid.uuid4(), report_id=text.report_id, place=place, title=title, added_by_id=text.changed_by_id, added_at=text.changed_at)
            for place, title in enumerate(lines, start=1)
        )  # fmt: skip
        text.delete()
    version.objects.bulk_create(
        version(pk=uuid.uuid4(), text_id=text.pk, number=1, body=text.body, state="draft", saved_by_id=text.changed_by_id, saved_at=text.changed_at)
        for text in texts.objects.all()
    )  # fmt: skip


def to_lines(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute("SET LOCAL app.migrating = 'on'")
    texts, appendix = (apps.get_model("reports", name) for name in ("ReportText", "ReportAppendix"))
    lines: dict[Any, list[Any]] = {}
    for row in appendix.objects.filter(paper=None).order_by("report", "place"):
        lines.setdefault(row.report_id, []).append(row)
    for report, rows in lines.items():
        body = "\n".join(row.title for row in rows)
        by = rows[0].added_by_id
        texts.objects.create(
            pk=uuid.uuid4(), report_id=report, key="appendices", body=body, changed_by_id=by, changed_at=timezone.now()
        )  # fmt: skip


class Migration(migrations.Migration):
    """Appendices are rows, and every text has its history from here on."""

    dependencies = [("reports", "0011_composing_rows")]
    operations = [migrations.RunPython(to_rows, to_lines)]
