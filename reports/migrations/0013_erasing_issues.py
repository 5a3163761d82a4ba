from importlib import import_module

from django.db import migrations

EVIDENCE = import_module("reports.migrations.0009_purge_evidence").reaching_evidence()
REVIEW: str = import_module("reports.migrations.0005_retention").REVIEW

FIRST = "    one_report uuid;\nBEGIN"
FOUND = "    one_report uuid;\n    issued uuid[];\nBEGIN"
# What earlier versions of a text said is erased with it
VERSIONS = """SELECT t.body FROM reports_reporttext t WHERE t.report_id = wanted.record
                AND (wanted.part = '' OR t.key = wanted.part)
            UNION SELECT v.body FROM reports_reporttextversion v JOIN reports_reporttext t ON t.id = v.text_id
                WHERE t.report_id = wanted.record AND (wanted.part = '' OR t.key = wanted.part)"""
BEFORE_VERSIONS = """SELECT t.body FROM reports_reporttext t WHERE t.report_id = wanted.record
                AND (wanted.part = '' OR t.key = wanted.part)"""
TEXTS = "    RETURN QUERY SELECT 'text', app_digest(t.body), '' FROM reports_reporttext t"
ISSUES = """    SELECT array_agg(DISTINCT i.id) INTO issued FROM reports_issue i WHERE i.snapshot <> '{}' AND (
        i.id IN (SELECT r.issue_id FROM reports_rendering r WHERE r.id = ANY(spoiled))
        OR (wanted.kind = 'report' AND i.report_id = wanted.record
            AND (wanted.part IN ('', 'title') OR (i.snapshot -> 'texts' ->> wanted.part) = ANY(bodies)
                OR EXISTS (SELECT FROM reports_issuedtext t WHERE t.issue_id = i.id AND t.key = wanted.part))));
    RETURN QUERY SELECT 'issue', i.digest::text, '' FROM reports_issue i WHERE i.id = ANY(issued);
    RETURN QUERY SELECT 'text', app_digest(v.body), '' FROM reports_reporttextversion v
        WHERE v.text_id = ANY(places) AND v.body <> '';
    RETURN QUERY SELECT 'title', app_digest(a.title), '' FROM reports_reportappendix a
        WHERE wanted.kind = 'report' AND a.report_id = wanted.record AND wanted.part IN ('', 'appendices') AND a.title <> '';
"""
DELETED = "        DELETE FROM reports_reporttext t WHERE t.id = ANY(places);\n"
ALSO_DELETED = """        DELETE FROM reports_reporttextversion v WHERE v.text_id = ANY(places);
        DELETE FROM reports_reportappendix a WHERE wanted.kind = 'report' AND a.report_id = wanted.record
            AND wanted.part IN ('', 'appendices');
        DELETE FROM reports_issuedtext t WHERE t.issue_id = ANY(issued);
        UPDATE reports_issue i SET snapshot = '{}', taken_down_at = statement_timestamp(), taken_down_by_id = app_user(),
            taken_down_because = 'Erased by two people.' WHERE i.id = ANY(issued) AND i.taken_down_at IS NULL;
"""
WITHOUT = "FROM reports_report r JOIN toolkit_assessment a ON a.id = r.assessment_id"
WITH = "FROM reports_report r LEFT JOIN toolkit_assessment a ON a.id = r.assessment_id"
DAY = "coalesce(m.date, a.ends_on)"
ITS_DAY = "coalesce(m.date, a.ends_on, r.started_at::date)"


def _replaced(said: str, *pairs: tuple[str, str]) -> str:
    for old, new in pairs:
        if old not in said:
            raise ValueError(f"Not in the function: {old}")
        said = said.replace(old, new)
    return said


def reaching_issues() -> str:
    """The function that erases a report's words, reaching what was issued, the history and the appendices."""
    return _replaced(
        EVIDENCE,
        (FIRST, FOUND),
        (BEFORE_VERSIONS, VERSIONS),
        (TEXTS, ISSUES + TEXTS),
        (DELETED, ALSO_DELETED + DELETED),
    )


def of_any_report() -> str:
    """Also of a report without an assessment, counted from the day it was begun."""
    again = REVIEW.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
    return _replaced(again, (WITHOUT, WITH), (DAY, ITS_DAY))


class Migration(migrations.Migration):
    """What is erased from a report is erased from what was issued of it, too; that is taken down at once."""

    dependencies = [("reports", "0012_lines_to_rows")]
    operations = [
        migrations.RunSQL(reaching_issues(), EVIDENCE),
        migrations.RunSQL(
            of_any_report(), REVIEW.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
        ),
    ]
