from django.db import migrations

from boroughs.rows import ME, MY_BOROUGHS, MY_BOROUGHS_KEPT, protect

# The nightly look belongs to nobody: functions of the owner, one a floor, call this for each record. It notes a key and two
# dates, and nothing that a record says.
DUE = """
CREATE FUNCTION app_due(its_kind text, its_borough bigint, its_record uuid, its_closure uuid, since date, usual integer)
RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    today date := (statement_timestamp() AT TIME ZONE 'Europe/London')::date;
    due date := (since + make_interval(years => coalesce(
        (SELECT p.years FROM boroughs_retentionperiod p WHERE p.borough_id = its_borough AND p.kind = its_kind), usual)))::date;
BEGIN
    IF due > today OR EXISTS (SELECT FROM boroughs_retentionreview r LEFT JOIN boroughs_purgerequest p ON p.id = r.purge_id
        WHERE r.record = its_record AND r.kind = its_kind AND (r.state = 'waiting'
            OR (r.state = 'kept' AND r.keep_until > today) OR (r.state = 'asked' AND p.state IN ('asked', 'done'))))
        OR EXISTS (SELECT FROM boroughs_purgerequest p WHERE p.record = its_record AND p.kind = its_kind AND p.part = ''
            AND p.state = 'done') THEN
        RETURN 0;
    END IF;
    INSERT INTO boroughs_retentionreview (id, borough_id, kind, record, closure_id, counted_from, due_on, found_at, state, reason)
        VALUES (gen_random_uuid(), its_borough, its_kind, its_record, its_closure, since, due, statement_timestamp(),
            'waiting', '');
    RETURN 1;
END $$;
REVOKE ALL ON FUNCTION app_due(text, bigint, uuid, uuid, date, integer) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    """Periods are for the borough's people; what is due is for those who decide about it, and found by nobody else."""

    dependencies = [("boroughs", "0016_retention")]
    operations = [
        protect(
            "boroughs_retentionperiod",
            f"borough_id = ANY ({MY_BOROUGHS})",
            write=f"borough_id = ANY ({MY_BOROUGHS_KEPT})",
        ),
        protect(
            "boroughs_retentionreview",
            f"borough_id = ANY ({MY_BOROUGHS_KEPT})",
            add="false",
            change=f"borough_id = ANY ({MY_BOROUGHS_KEPT}) AND (state = 'waiting' OR decided_by_id = {ME})",
            remove="false",
        ),
        migrations.RunSQL(DUE, "DROP FUNCTION app_due(text, bigint, uuid, uuid, date, integer)"),
    ]
