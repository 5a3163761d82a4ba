from django.db import migrations

from boroughs.rows import my_boroughs, protect

DEMOCRATIC = my_boroughs("democratic")  # Perm.DECIDE
FOLLOWERS = my_boroughs("democratic", "coordinator", "lead")  # and Perm.KEEP_RECORD
ON_A_REPORT = "EXISTS (SELECT FROM reports_report r WHERE r.id = report_id{})"
OF_A_DECISION = "EXISTS (SELECT FROM reports_decision d JOIN reports_report r ON r.id = d.report_id WHERE d.id = decision_id{})"
IN = " AND r.borough_id = ANY ({})"

# What was decided on a report holds the words that were put to the meeting: they go with the report's own.
PURGE = """
CREATE FUNCTION reports_purge_decision(request uuid, really boolean) RETURNS TABLE (what text, digest text, file text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := current_setting('app.migrating', true);
    wanted boroughs_purgerequest := app_purging(request, ARRAY['decision', 'report'], really);
    one uuid;
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    FOR one IN SELECT d.id FROM reports_decision d JOIN reports_report r ON r.id = d.report_id
        WHERE r.borough_id = wanted.borough_id AND (wanted.kind = 'decision' AND d.id = wanted.record
          OR wanted.kind = 'report' AND r.id = wanted.record AND wanted.part IN ('', 'recommendations')) LOOP
        RETURN QUERY SELECT * FROM app_purge_columns('reports_decideditem', 't.decision_id = $1', one,
            ARRAY['text', 'amended'], really, 'text');
        RETURN QUERY SELECT 'earlier', app_digest(e.said::text || e.why), '' FROM reports_decisionedition e
            WHERE e.decision_id = one AND e.said <> '{}';
        IF wanted.kind = 'decision' THEN
            RETURN QUERY SELECT * FROM app_purge_columns('reports_decision', 't.id = $1', one, ARRAY['minute', 'reasons',
                'alternatives', 'conflicts', 'urgent_because', 'called_in_by'], really, 'text');
            RETURN QUERY SELECT * FROM app_purge_columns('reports_decisionstep', 't.decision_id = $1', one,
                ARRAY['text', 'owner_post'], really, 'text');
        END IF;
        IF really THEN
            UPDATE reports_decisionedition e SET said = '{}', why = '[erased]' WHERE e.decision_id = one;
        END IF;
        RETURN QUERY SELECT * FROM app_purge_drafts(one::text, really);
    END LOOP;
    PERFORM set_config('app.migrating', coalesce(before, ''), true);
END $$;
REVOKE ALL ON FUNCTION reports_purge_decision(uuid, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION reports_purge_decision(uuid, boolean) TO portal_app;
"""


def seen(condition: str) -> str:
    return condition.format("")


def kept(condition: str, boroughs: str) -> str:
    return condition.format(IN.format(boroughs))


class Migration(migrations.Migration):
    """Decisions are for whoever sees their report, and are recorded by democratic services. None is removed; what a record
    said before its correction is never changed. Two people erase their words."""

    dependencies = [("reports", "0018_decisions"), ("boroughs", "0054_notice_rows")]
    operations = [
        protect(
            "reports_decision",
            seen(ON_A_REPORT),
            write=kept(ON_A_REPORT, DEMOCRATIC),
            remove="false",
        ),
        protect(
            "reports_decideditem",
            seen(OF_A_DECISION),
            write=kept(OF_A_DECISION, DEMOCRATIC),
            remove="false",
        ),
        protect(
            "reports_decisionstep",
            seen(OF_A_DECISION),
            write=kept(OF_A_DECISION, FOLLOWERS),
            remove="false",
        ),
        # a request goes with the recommendation, should that have been entered by mistake
        protect(
            "reports_decisionrequest",
            seen(OF_A_DECISION),
            add=kept(OF_A_DECISION, DEMOCRATIC),
            change="false",
            remove=kept(OF_A_DECISION, FOLLOWERS),
        ),
        protect(
            "reports_decisionedition",
            seen(OF_A_DECISION),
            add=kept(OF_A_DECISION, DEMOCRATIC),
            change="false",
            remove="false",
        ),
        migrations.RunSQL(PURGE, "DROP FUNCTION reports_purge_decision(uuid, boolean)"),
    ]
