from importlib import import_module

from django.db import migrations

from boroughs.rows import ME, MY_BOROUGHS, my_boroughs, protect

ROUND = import_module("toolkit.migrations.0009_round_rows")
RATES = my_boroughs("coordinator")  # Perm.RATE
READABLE = """EXISTS (SELECT FROM toolkit_rating r WHERE r.id = rating_id)
    AND (paper_id IS NULL OR EXISTS (SELECT FROM papers_paper p WHERE p.id = paper_id))
    AND (figure_id IS NULL OR EXISTS (SELECT FROM boroughs_figurevalue f WHERE f.id = figure_id))
    AND (action_id IS NULL OR EXISTS (SELECT FROM boroughs_action a WHERE a.id = action_id))"""
ADDED = f"""added_by_id = {ME} AND EXISTS (SELECT FROM toolkit_rating r JOIN toolkit_assessment a ON a.id = r.assessment_id
    WHERE r.id = rating_id AND a.state = 'open' AND a.borough_id = ANY ({RATES})) AND {READABLE}"""
NOTES = """    IF really THEN
        UPDATE toolkit_evidence v SET note = '[erased]' WHERE v.rating_id = ANY(their_ids) AND v.note <> ''
            AND of_comment AND of_actions AND of_reason;
"""
NOTES_TOO = """        UNION ALL
        SELECT 'evidence', v.note FROM toolkit_evidence v
        WHERE v.rating_id = ANY(their_ids) AND of_comment AND of_actions AND of_reason
        UNION ALL
        SELECT 'signed off',"""


def erasing_notes() -> str:
    """The function that erases a rating's words, reaching the notes of its evidence when all of them go."""
    signed: str = ROUND.erasing_signed_words()
    told = signed.replace("        UNION ALL\n        SELECT 'signed off',", NOTES_TOO)
    return told.replace("    IF really THEN\n", NOTES)


class Migration(migrations.Migration):
    """Evidence is read by those who may read what it points at, and added while the round is open."""

    dependencies = [("toolkit", "0010_evidence"), ("papers", "0007_paper_locks")]
    operations = [
        protect("toolkit_evidence", READABLE, add=ADDED, change="false"),
        protect(
            "toolkit_benchmarkpost",
            f"borough_id = ANY ({MY_BOROUGHS})",
            write=f"borough_id = ANY ({RATES})",
        ),
        migrations.RunSQL(erasing_notes(), ROUND.erasing_signed_words()),
    ]
