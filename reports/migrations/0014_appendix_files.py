from importlib import import_module

from django.db import migrations

ISSUES = import_module("reports.migrations.0013_erasing_issues")

# A paper that is erased is no appendix any more, of what is written and of what was issued.
TRIGGERS = """
CREATE FUNCTION appendices_go_with_their_paper() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := coalesce(current_setting('app.migrating', true), '');
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    IF TG_TABLE_NAME = 'papers_paper' THEN
        DELETE FROM reports_reportappendix a WHERE a.paper_id = OLD.id;
    ELSE
        DELETE FROM reports_issuedappendix a WHERE a.version_id = OLD.id;
    END IF;
    PERFORM set_config('app.migrating', before, true);
    RETURN OLD;
END $$;
CREATE TRIGGER appendices_go_with_their_paper BEFORE DELETE ON papers_paper
    FOR EACH ROW EXECUTE FUNCTION appendices_go_with_their_paper();
CREATE TRIGGER appendices_go_with_their_version BEFORE DELETE ON papers_paperversion
    FOR EACH ROW EXECUTE FUNCTION appendices_go_with_their_paper();
"""
NO_TRIGGERS = """
DROP TRIGGER appendices_go_with_their_version ON papers_paperversion;
DROP TRIGGER appendices_go_with_their_paper ON papers_paper;
DROP FUNCTION appendices_go_with_their_paper();
"""
# Where the files lie that went out with a public issue and are open still. A stranger reaches no paper's row.
FILES = """
CREATE FUNCTION reports_public_files(issue uuid)
RETURNS TABLE (place integer, borough bigint, title text, file_name text, media_type text, storage text, sha256 text, size bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    before text := current_setting('app.migrating', true);
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    RETURN QUERY SELECT a.place::integer, i.borough_id, p.title::text, v.file_name::text, v.media_type::text,
            v.storage::text, v.sha256::text, v.size
        FROM reports_issue i JOIN reports_publicregister g ON g.borough_id = i.borough_id
        JOIN reports_issuedappendix a ON a.issue_id = i.id
        JOIN papers_paperversion v ON v.id = a.version_id JOIN papers_paper p ON p.id = v.paper_id
        WHERE i.id = reports_public_files.issue AND i.published_at IS NOT NULL AND i.withdrawn_at IS NULL
          AND i.taken_down_at IS NULL AND p.closure_id IS NULL AND a.closure_id IS NULL AND v.key_id IS NULL
          AND NOT EXISTS (SELECT FROM papers_paperfinding f WHERE f.version_id = v.id AND f.cleared_at IS NULL)
        ORDER BY a.place;
    PERFORM set_config('app.migrating', coalesce(before, ''), true);
END $$;
REVOKE ALL ON FUNCTION reports_public_files(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION reports_public_files(uuid) TO portal_app;
"""
BY_EVIDENCE = """                  AND e ->> 'kind' = CASE wanted.kind WHEN 'indicator' THEN 'figure' ELSE wanted.kind END);
"""
OR_APPENDIX = """                  AND e ->> 'kind' = CASE wanted.kind WHEN 'indicator' THEN 'figure' ELSE wanted.kind END
                UNION ALL SELECT FROM jsonb_path_query(r.snapshot, '$.appendices[*].paper') a
                WHERE wanted.kind = 'paper' AND wanted.part = '' AND a #>> '{}' = wanted.record::text);
"""


def reaching_appendices() -> str:
    """The function that erases a report's words, reaching what was issued with a paper that is erased."""
    said: str = ISSUES.reaching_issues()
    if BY_EVIDENCE not in said:
        raise ValueError("The function does not look for evidence where it did.")
    return said.replace(BY_EVIDENCE, OR_APPENDIX)


class Migration(migrations.Migration):
    """Files of appendices: for everybody who may read what was published, and gone with their paper."""

    dependencies = [("reports", "0013_erasing_issues"), ("papers", "0010_use_rows")]
    operations = [
        migrations.RunSQL(TRIGGERS, NO_TRIGGERS),
        migrations.RunSQL(FILES, "DROP FUNCTION reports_public_files(uuid)"),
        migrations.RunSQL(reaching_appendices(), ISSUES.reaching_issues()),
    ]
