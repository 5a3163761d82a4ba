from django.db import migrations

from boroughs.rows import ME, MY_BOROUGHS, MY_BOROUGHS_KEPT, protect

MINE = f"user_id = {ME}"
HERE = f"borough_id = ANY ({MY_BOROUGHS})"

# What plans and looks for letters belongs to no borough: it is for jobs, which act as nobody, and learns keys alone.
PLAN = """
CREATE FUNCTION portal_plan_letters(today date) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := coalesce(current_setting('app.migrating', true), '');
    planned integer;
BEGIN
    IF app_user() IS NOT NULL THEN
        RAISE EXCEPTION 'Only jobs may ask.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM set_config('app.migrating', 'on', true);
    INSERT INTO portal_letter (id, borough_id, person_id, every, period_on, state, queued_at, attempts, things)
        SELECT gen_random_uuid(), m.borough_id, m.user_id, r.every, p.period_on, 'queued', statement_timestamp(), 0, 0
        FROM (SELECT DISTINCT borough_id, user_id FROM boroughs_membership
              WHERE since <= statement_timestamp() AND (until IS NULL OR until > statement_timestamp())) m
        JOIN accounts_user u ON u.id = m.user_id AND u.is_active
        JOIN boroughs_borough b ON b.id = m.borough_id AND b.ended_at IS NULL
        JOIN LATERAL (SELECT every, day, since FROM portal_rhythm
              WHERE borough_id = m.borough_id AND (user_id = m.user_id OR user_id IS NULL)
              ORDER BY user_id NULLS LAST LIMIT 1) r ON r.every <> 'off'
        CROSS JOIN LATERAL (SELECT date_trunc(r.every, today)::date AS period_on) p
        WHERE p.period_on + (r.day - 1) BETWEEN r.since AND today
        ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS planned = ROW_COUNT;
    UPDATE portal_letter l SET state = 'nothing', finished_at = statement_timestamp(), token = NULL, lease_until = NULL
        WHERE (l.state = 'queued' OR (l.state IN ('making', 'handed') AND l.lease_until < statement_timestamp()))
        AND NOT EXISTS (SELECT FROM boroughs_membership m WHERE m.user_id = l.person_id AND m.borough_id = l.borough_id
            AND m.since <= statement_timestamp() AND (m.until IS NULL OR m.until > statement_timestamp()));
    PERFORM set_config('app.migrating', before, true);
    RETURN planned;
END $$;
CREATE FUNCTION portal_letters_waiting() RETURNS TABLE (id uuid, person bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := coalesce(current_setting('app.migrating', true), '');
BEGIN
    IF app_user() IS NOT NULL THEN
        RAISE EXCEPTION 'Only jobs may ask.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM set_config('app.migrating', 'on', true);
    RETURN QUERY SELECT l.id, l.person_id FROM portal_letter l
        WHERE l.state = 'queued' OR (l.state IN ('making', 'handed') AND l.lease_until < statement_timestamp())
        ORDER BY l.queued_at;
    PERFORM set_config('app.migrating', before, true);
END $$;
REVOKE ALL ON FUNCTION portal_plan_letters(date), portal_letters_waiting() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION portal_plan_letters(date), portal_letters_waiting() TO portal_app;
"""


class Migration(migrations.Migration):
    """The borough's rhythm is for its people and set by who keeps it; one's own, and the letters, are one's own."""

    dependencies = [("portal", "0004_reminders"), ("boroughs", "0027_risk_rows")]
    operations = [
        protect(
            "portal_rhythm",
            f"{HERE} AND (user_id IS NULL OR {MINE})",
            write=f"{HERE} AND ({MINE} OR (user_id IS NULL AND borough_id = ANY ({MY_BOROUGHS_KEPT})))",
        ),
        protect("portal_letter", f"{HERE} AND person_id = {ME}", add="false", remove="false"),
        migrations.RunSQL(
            PLAN, "DROP FUNCTION portal_letters_waiting(); DROP FUNCTION portal_plan_letters(date)"
        ),
    ]
