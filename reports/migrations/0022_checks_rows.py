from django.db import migrations

from boroughs.rows import my_boroughs, protect

READERS = ("coordinator", "lead", "democratic")


def of_report(*roles: str) -> str:
    """The report is of a borough where I hold one of the roles."""
    mine = my_boroughs(*roles)
    return f"EXISTS (SELECT FROM reports_report r WHERE r.id = report_id AND r.borough_id = ANY ({mine}))"


# The checks before issue ask as somebody who need not be on the list of what is closed in a report. They learn how far each
# text is, whether closures have their reasons, and where an open text repeats a closed record: never a word of one. They
# are refused to all but those who compose, approve and issue the borough's reports.
CHECKS = """
CREATE FUNCTION reports_checks(report uuid) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := current_setting('app.migrating', true);
    found bigint;
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    SELECT r.borough_id INTO found FROM reports_report r
        JOIN boroughs_membership m ON m.borough_id = r.borough_id AND m.role IN ('coordinator', 'lead', 'democratic')
        JOIN accounts_user u ON u.id = m.user_id AND u.is_active
        WHERE r.id = reports_checks.report AND m.user_id = app_user() AND m.since <= statement_timestamp()
          AND (m.until IS NULL OR m.until > statement_timestamp()) LIMIT 1;
    PERFORM set_config('app.migrating', coalesce(before, ''), true);
    IF found IS NULL THEN
        RAISE EXCEPTION 'Only who composes, approves or issues reports of the borough may ask.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN found;
END $$;

CREATE FUNCTION reports_standing(report uuid) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := current_setting('app.migrating', true);
    found jsonb;
BEGIN
    PERFORM reports_checks(report);
    PERFORM set_config('app.migrating', 'on', true);
    SELECT jsonb_build_object(
        'texts', (SELECT coalesce(jsonb_agg(jsonb_build_object('key', t.key, 'state', t.state, 'carried', t.carried,
            'empty', btrim(t.body, E' \\t\\r\\n') = '', 'version', t.version)), '[]')
            FROM reports_reporttext t WHERE t.report_id = reports_standing.report),
        'cases', (SELECT coalesce(jsonb_agg(jsonb_build_object('closure', k.closure_id,
            'weighed', k.public_interest = 'withhold' AND btrim(k.interest_reason) <> '',
            'unreasoned', (SELECT coalesce(jsonb_agg(p.key ORDER BY p.key), '[]') FROM boroughs_closureparagraph p
                WHERE p.closure_id = k.closure_id AND btrim(p.reason) = ''))), '[]')
            FROM boroughs_closurecase k WHERE k.closure_id IN (
                SELECT t.closure_id FROM reports_reporttext t WHERE t.report_id = reports_standing.report
                UNION SELECT p.closure_id FROM reports_reportappendix a JOIN papers_paper p ON p.id = a.paper_id
                    WHERE a.report_id = reports_standing.report)),
        'unmergeable', (SELECT coalesce(jsonb_agg(a.place ORDER BY a.place), '[]') FROM reports_reportappendix a
            JOIN LATERAL (SELECT v.media_type FROM papers_paperversion v WHERE v.paper_id = a.paper_id
                ORDER BY v.number DESC LIMIT 1) latest ON latest.media_type <> 'application/pdf'
            WHERE a.report_id = reports_standing.report)) INTO found;
    PERFORM set_config('app.migrating', coalesce(before, ''), true);
    RETURN found;
END $$;

CREATE FUNCTION reports_plain(words text) RETURNS text LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
    SELECT btrim(regexp_replace(lower(words), '[^[:alnum:]]+', ' ', 'g'))
$$;

-- A title of one or two words is found only where it stands alone: “Delivery plan” is in every list.
CREATE FUNCTION reports_overlaps(report uuid, given jsonb, titles jsonb)
RETURNS TABLE (how text, place text, public_line text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    before text := current_setting('app.migrating', true);
    here bigint := reports_checks(report);
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    RETURN QUERY
        WITH closed AS MATERIALIZED (
            SELECT c.id, c.public_line::text AS line FROM boroughs_closure c
            WHERE c.borough_id = here AND c.released_at IS NULL
        ), asked AS MATERIALIZED (
            SELECT g.key AS place, e::bigint AS digest FROM jsonb_each(given) g, jsonb_array_elements_text(g.value) e
        ), kept AS (
            SELECT c.line, unnest(p.digests) AS digest FROM boroughs_closedpassages p JOIN closed c ON c.id = p.closure_id
        ), named AS MATERIALIZED (
            SELECT c.line, reports_plain(s.title) AS title FROM closed c JOIN (
                SELECT p.closure_id, p.title FROM papers_paper p WHERE p.borough_id = here
                UNION ALL SELECT s.closure_id, s.title FROM boroughs_strategy s WHERE s.borough_id = here
                UNION ALL SELECT r.closure_id, r.title FROM boroughs_review r WHERE r.borough_id = here) s ON s.closure_id = c.id
        )
        SELECT 'passage', a.place, k.line FROM asked a JOIN kept k ON k.digest = a.digest GROUP BY a.place, k.line
        UNION
        SELECT 'title', t.key, n.line FROM jsonb_each_text(titles) t
            JOIN named n ON n.title <> '' AND (n.title = reports_plain(t.value)
                OR n.title LIKE '% % %' AND position(' ' || n.title || ' ' in ' ' || reports_plain(t.value) || ' ') > 0)
        ORDER BY 1, 2, 3;
    PERFORM set_config('app.migrating', coalesce(before, ''), true);
END $$;
REVOKE ALL ON FUNCTION reports_checks(uuid), reports_standing(uuid), reports_overlaps(uuid, jsonb, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION reports_standing(uuid), reports_overlaps(uuid, jsonb, jsonb) TO portal_app;

-- Whatever erases a text erases the reasons that were given for leaving it, or the report as a whole, as it was.
CREATE FUNCTION reports_forget_waivers() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM reports_waiver w WHERE w.report_id = OLD.report_id
        AND NOT EXISTS (SELECT FROM reports_reporttext t WHERE t.report_id = w.report_id AND t.key = w.place);
    RETURN OLD;
END $$;
CREATE TRIGGER reports_forget_waivers AFTER DELETE ON reports_reporttext
    FOR EACH ROW EXECUTE FUNCTION reports_forget_waivers();
"""
UNDO = """
DROP TRIGGER reports_forget_waivers ON reports_reporttext;
DROP FUNCTION reports_forget_waivers();
DROP FUNCTION reports_overlaps(uuid, jsonb, jsonb), reports_plain(text), reports_standing(uuid), reports_checks(uuid);
"""


class Migration(migrations.Migration):
    """Waivers are read by those who write, approve and issue, and given by the lead and democratic services."""

    dependencies = [("reports", "0021_waiver"), ("boroughs", "0052_report_perms")]
    operations = [
        protect(
            "reports_waiver",
            of_report(*READERS),
            write=of_report("lead", "democratic"),
            remove="false",
        ),
        migrations.RunSQL(CHECKS, UNDO),
    ]
