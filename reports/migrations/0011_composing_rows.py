from django.db import migrations

from boroughs.rows import MY_BOROUGHS, OPEN_TO_ME, my_boroughs, protect

REPORT = "EXISTS (SELECT FROM reports_report r WHERE r.id = report_id)"
TEXT = "EXISTS (SELECT FROM reports_reporttext t WHERE t.id = text_id)"
ISSUE = "EXISTS (SELECT FROM reports_issue i WHERE i.id = issue_id)"
ISSUERS = f"borough_id = ANY ({my_boroughs('democratic')})"
PUBLIC = (
    "published_at IS NOT NULL AND taken_down_at IS NULL "
    "AND EXISTS (SELECT FROM reports_publicregister g WHERE g.borough_id = reports_issue.borough_id)"
)
VERBS = ("read", "add", "change", "remove")


def _texts(condition: str) -> str:
    """The words of a closed section are for those on its list, whoever else sees the report."""
    said = {
        "read": f"USING ({condition})",
        "add": f"WITH CHECK ({condition})",
        "change": f"USING ({condition}) WITH CHECK ({condition})",
        "remove": f"USING ({condition})",
    }
    return ";\n".join(
        f"ALTER POLICY reports_reporttext_{verb} ON reports_reporttext {said[verb]}"
        for verb in VERBS
    )


# What of a report is closed, for whoever sees the report: which section or appendix, the public line, and the description
# that the law wants published with it (s100B(5) of the Local Government Act 1972). Never a word of what is closed.
CLOSED = """
CREATE FUNCTION reports_closed(report uuid)
RETURNS TABLE (part text, key text, closure uuid, public_line text, classification text, ground text, paragraphs text[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    before text := current_setting('app.migrating', true);
    mine boolean;
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    SELECT EXISTS (SELECT FROM reports_report r JOIN boroughs_membership m ON m.borough_id = r.borough_id
        WHERE r.id = reports_closed.report AND m.user_id = app_user() AND m.since <= statement_timestamp()
          AND (m.until IS NULL OR m.until > statement_timestamp())) INTO mine;
    RETURN QUERY SELECT found.part, found.key, c.id, c.public_line::text, k.classification::text, k.ground::text,
        ARRAY(SELECT p.key::text FROM boroughs_closureparagraph p WHERE p.closure_id = c.id ORDER BY p.key)
        FROM (SELECT 'section' AS part, t.key::text AS key, t.closure_id FROM reports_reporttext t
                WHERE t.report_id = reports_closed.report
              UNION ALL SELECT 'appendix', a.place::text, p.closure_id FROM reports_reportappendix a
                JOIN papers_paper p ON p.id = a.paper_id WHERE a.report_id = reports_closed.report) found
        JOIN boroughs_closure c ON c.id = found.closure_id AND c.released_at IS NULL
        LEFT JOIN boroughs_closurecase k ON k.closure_id = c.id
        WHERE mine ORDER BY found.part DESC, found.key;
    PERFORM set_config('app.migrating', coalesce(before, ''), true);
END $$;

-- Who issues a report need not be on the list of what is closed in it: it is kept with the issue unseen.
CREATE FUNCTION reports_keep_closed(issue uuid) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := current_setting('app.migrating', true);
    one reports_issue;
    texts integer;
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    SELECT i.* INTO one FROM reports_issue i WHERE i.id = issue AND i.issued_by_id = app_user()
        AND i.issued_at > statement_timestamp() - interval '1 hour' AND i.taken_down_at IS NULL
        AND NOT EXISTS (SELECT FROM reports_issuedtext t WHERE t.issue_id = i.id)
        AND NOT EXISTS (SELECT FROM reports_issuedappendix a WHERE a.issue_id = i.id);
    INSERT INTO reports_issuedtext (id, issue_id, key, body, closure_id)
        SELECT gen_random_uuid(), one.id, t.key, t.body, t.closure_id FROM reports_reporttext t
        JOIN boroughs_closure c ON c.id = t.closure_id AND c.released_at IS NULL
        WHERE t.report_id = one.report_id AND t.body <> '';
    GET DIAGNOSTICS texts = ROW_COUNT;
    INSERT INTO reports_issuedappendix (id, issue_id, place, version_id, closure_id)
        SELECT gen_random_uuid(), one.id, a.place, v.id, p.closure_id FROM reports_reportappendix a
        JOIN papers_paper p ON p.id = a.paper_id
        JOIN LATERAL (SELECT w.id FROM papers_paperversion w WHERE w.paper_id = p.id ORDER BY w.number DESC LIMIT 1) v ON true
        WHERE a.report_id = one.report_id;
    PERFORM set_config('app.migrating', coalesce(before, ''), true);
    RETURN texts;
END $$;
REVOKE ALL ON FUNCTION reports_closed(uuid), reports_keep_closed(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION reports_closed(uuid), reports_keep_closed(uuid) TO portal_app;
"""
OPEN_RENDERINGS = """
CREATE POLICY reports_rendering_public ON reports_rendering FOR SELECT TO portal_app USING (
    issue_id IS NOT NULL AND state = 'ready' AND EXISTS (SELECT FROM reports_issue i WHERE i.id = issue_id))
"""


class Migration(migrations.Migration):
    """A closed section is for its list; issues are made by democratic services; what a borough publishes is for all."""

    dependencies = [("reports", "0010_composing"), ("boroughs", "0052_report_perms")]
    operations = [
        migrations.RunSQL(_texts(f"{REPORT} AND {OPEN_TO_ME}"), _texts(REPORT)),
        protect("reports_reporttextversion", TEXT, change="false"),
        protect("reports_reportappendix", REPORT),
        protect(
            "reports_issue",
            f"borough_id = ANY ({MY_BOROUGHS})",
            write=ISSUERS,
            remove="false",
            readers=[("public", PUBLIC)],
        ),
        protect("reports_issuedtext", f"{ISSUE} AND {OPEN_TO_ME}", write="false"),
        protect(
            "reports_issuedappendix",
            f"EXISTS (SELECT FROM reports_issue i WHERE i.id = issue_id AND i.borough_id = ANY ({MY_BOROUGHS}))",
            write="false",
        ),
        protect(
            "reports_publicregister", "true", write=f"borough_id = ANY ({my_boroughs('lead')})"
        ),
        migrations.RunSQL(
            OPEN_RENDERINGS, "DROP POLICY reports_rendering_public ON reports_rendering"
        ),
        migrations.RunSQL(
            CLOSED, "DROP FUNCTION reports_keep_closed(uuid); DROP FUNCTION reports_closed(uuid)"
        ),
    ]
