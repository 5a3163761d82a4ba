from importlib import import_module

from django.db import migrations

PURGE: str = import_module("reports.migrations.0004_purge").PURGE
# The actions that an action was carried from and into hold the same words
KEYS = """    ELSIF wanted.kind IN ('paper', 'action', 'indicator') THEN
        SELECT array_agg(found.key) INTO bodies FROM (
            SELECT wanted.record::text WHERE wanted.kind = 'paper' AND wanted.part = ''
            UNION SELECT o.key FROM boroughs_ownindicator o WHERE o.id = wanted.record AND wanted.kind = 'indicator'
            UNION (WITH RECURSIVE chain (id) AS (SELECT wanted.record UNION SELECT a.id FROM boroughs_action a JOIN chain c
                ON a.carried_from_id = c.id OR a.id = (SELECT b.carried_from_id FROM boroughs_action b WHERE b.id = c.id))
                SELECT chain.id::text FROM chain WHERE wanted.kind = 'action' AND wanted.part IN ('', 'words'))) AS found (key);
        SELECT array_agg(r.id) INTO spoiled FROM reports_rendering r JOIN reports_report p ON p.id = r.report_id
            WHERE p.borough_id = wanted.borough_id AND EXISTS (
                SELECT FROM jsonb_path_query(r.snapshot, '$.assessment.ratings[*].evidence[*]') e
                WHERE e ->> 'key' = ANY(bodies)
                  AND e ->> 'kind' = CASE wanted.kind WHEN 'indicator' THEN 'figure' ELSE wanted.kind END);
    ELSE
"""
NOTES = """ NOT IN ('', '[erased]')
                    UNION ALL SELECT FROM jsonb_path_query(s, '$.evidence[*].note') n
                    WHERE wanted.part = '' AND n #>> '{}' NOT IN ('', '[erased]'))));"""


def reaching_evidence() -> str:
    """The function that erases a report's words, reaching the evidence that a report lists."""
    kinds = "ARRAY['report', 'rating', 'assessment']"
    more = "ARRAY['report', 'rating', 'assessment', 'paper', 'action', 'indicator']"
    said = PURGE.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION").replace(kinds, more)
    return said.replace("    ELSE\n", KEYS).replace(" NOT IN ('', '[erased]'))));", NOTES)


class Migration(migrations.Migration):
    """Whoever erases a paper, an action or an indicator erases the made reports that list it as evidence."""

    dependencies = [("reports", "0008_beside"), ("toolkit", "0010_evidence")]
    operations = [
        migrations.RunSQL(
            reaching_evidence(), PURGE.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
        )
    ]
