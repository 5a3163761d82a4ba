from django.db import migrations

from boroughs.rows import ME, OPEN_TO_ME, my_boroughs, protect

ASKED = "report_id = ANY ((SELECT reports_asked_of_me())::uuid[])"


def of_report(*roles: str) -> str:
    """In the reports of the boroughs where I hold one of the roles."""
    return (
        "EXISTS (SELECT FROM reports_report r WHERE r.id = report_id"
        f" AND r.borough_id = ANY ({my_boroughs(*roles)}))"
    )


COMMENTS = f"({of_report('lead', 'coordinator')} OR {ASKED}) AND {OPEN_TO_ME}"
# Asked by the policies of the tables that it reads: they would ask themselves without end
ASKED_OF_ME = """
CREATE FUNCTION reports_asked_of_me() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := current_setting('app.migrating', true);
    boroughs bigint[] := app_my_boroughs('clearing');
    found uuid[];
BEGIN
    IF cardinality(boroughs) = 0 THEN
        RETURN '{}';
    END IF;
    PERFORM set_config('app.migrating', 'on', true);
    found := ARRAY(SELECT DISTINCT c.report_id FROM reports_clearance c JOIN reports_report r ON r.id = c.report_id
        WHERE c.asked_of_id = app_user() AND c.state <> 'taken-back' AND r.borough_id = ANY (boroughs));
    PERFORM set_config('app.migrating', coalesce(before, ''), true);
    RETURN found;
END $$;
REVOKE ALL ON FUNCTION reports_asked_of_me() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION reports_asked_of_me() TO portal_app;
"""
# Which verifications still stand: the one place that says so. Of a closed section, too, to whoever may not read it.
STANDING = """
CREATE FUNCTION reports_clearances_standing(reports uuid[]) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := current_setting('app.migrating', true);
    boroughs bigint[] := app_my_boroughs();
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    RETURN QUERY SELECT c.id FROM reports_clearance c
        JOIN reports_report r ON r.id = c.report_id AND r.borough_id = ANY (boroughs)
        JOIN reports_reporttext t ON t.report_id = c.report_id AND t.key = c.key AND app_digest(t.body) = c.digest
        WHERE c.report_id = ANY (reports) AND c.state = 'verified';
    PERFORM set_config('app.migrating', coalesce(before, ''), true);
END $$;
REVOKE ALL ON FUNCTION reports_clearances_standing(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION reports_clearances_standing(uuid[]) TO portal_app;
"""
# For the worker, which belongs to no borough: what was due and not reminded of since, with whom to remind
DUE = """
CREATE FUNCTION reports_clearances_due(today date) RETURNS TABLE (clearance uuid, person bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := current_setting('app.migrating', true);
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    RETURN QUERY SELECT c.id, c.asked_of_id::bigint FROM reports_clearance c
        JOIN reports_report r ON r.id = c.report_id AND r.state IN ('drafting', 'clearance')
        JOIN boroughs_borough b ON b.id = r.borough_id AND b.ended_at IS NULL
        JOIN accounts_user u ON u.id = c.asked_of_id AND u.is_active
        WHERE c.state = 'asked' AND c.due_on <= today
          AND (c.reminded_at IS NULL OR (c.reminded_at AT TIME ZONE 'Europe/London')::date < c.due_on)
          AND EXISTS (SELECT FROM boroughs_membership m WHERE m.user_id = u.id AND m.borough_id = b.id
            AND m.role = 'clearing' AND m.since <= statement_timestamp()
            AND (m.until IS NULL OR m.until > statement_timestamp()));
    PERFORM set_config('app.migrating', coalesce(before, ''), true);
END $$;
REVOKE ALL ON FUNCTION reports_clearances_due(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION reports_clearances_due(date) TO portal_app;
"""
# What colleagues said goes with the section it is about; a row stays where it says that a section was returned
PURGE = """
CREATE FUNCTION reports_comments_purge(request uuid, really boolean) RETURNS TABLE (what text, digest text, file text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := current_setting('app.migrating', true);
    wanted boroughs_purgerequest := app_purging(request, ARRAY['report'], really);
    places uuid[];
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    SELECT array_agg(c.id) INTO places FROM reports_reportcomment c JOIN reports_report p ON p.id = c.report_id
        WHERE p.id = wanted.record AND p.borough_id = wanted.borough_id AND c.body <> '[erased]'
          AND (wanted.part IN ('', 'all-comments') OR c.key = wanted.part);
    RETURN QUERY SELECT 'text', app_digest(c.body), '' FROM reports_reportcomment c WHERE c.id = ANY(places);
    IF really THEN
        UPDATE reports_reportcomment c SET body = '[erased]' WHERE c.id = ANY(places);
    END IF;
    PERFORM set_config('app.migrating', coalesce(before, ''), true);
END $$;
REVOKE ALL ON FUNCTION reports_comments_purge(uuid, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION reports_comments_purge(uuid, boolean) TO portal_app;
"""


class Migration(migrations.Migration):
    """Clearances are for those who write, approve and issue the report and for who clears it; comments for who writes it."""

    dependencies = [("reports", "0023_clearance")]
    operations = [
        migrations.RunSQL(ASKED_OF_ME, "DROP FUNCTION reports_asked_of_me()"),
        protect(
            "reports_clearance",
            f"{of_report('lead', 'coordinator', 'democratic')} OR {ASKED}",
            add=f"{of_report('coordinator')} AND asked_by_id = {ME}",
            change=f"{of_report('coordinator')} OR (asked_of_id = {ME} AND {of_report('clearing')})",
            remove="false",
        ),
        protect(
            "reports_reportcomment",
            COMMENTS,
            add=f"{COMMENTS} AND said_by_id = {ME}",
            remove="false",
        ),
        migrations.RunSQL(
            STANDING + DUE + PURGE,
            "DROP FUNCTION reports_comments_purge(uuid, boolean); DROP FUNCTION reports_clearances_due(date);"
            " DROP FUNCTION reports_clearances_standing(uuid[])",
        ),
    ]
