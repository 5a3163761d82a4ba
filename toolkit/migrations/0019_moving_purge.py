from importlib import import_module

from django.db import migrations

ERASING_NOTES = import_module("toolkit.migrations.0011_evidence_rows").erasing_notes
FIRST = "    RETURN QUERY SELECT said.what"
# What went over to another version says the same in two rounds: whoever erases the one erases the other
TWINS = """    their_ids := their_ids || ARRAY(
        SELECT t.id FROM toolkit_rating r JOIN toolkit_assessment a ON a.id = r.assessment_id
        JOIN toolkit_assessment o ON o.moved_to_id = a.id OR a.moved_to_id = o.id
        JOIN toolkit_rating t ON t.assessment_id = o.id
        JOIN toolkit_crossing c ON c.relation = 'same'
            AND (c.before_id, c.after_id) IN ((t.benchmark_id, r.benchmark_id), (r.benchmark_id, t.benchmark_id))
        WHERE r.id = ANY(their_ids) AND t.id <> ALL(their_ids));
"""


def erasing_twins() -> str:
    """The function that erases a rating's words, reaching what was carried to or from another version."""
    notes: str = ERASING_NOTES()
    return notes.replace(FIRST, TWINS + FIRST, 1)


class Migration(migrations.Migration):
    """What is erased of a round that was moved is erased in both."""

    dependencies = [("toolkit", "0018_moving")]
    operations = [migrations.RunSQL(erasing_twins(), ERASING_NOTES())]
