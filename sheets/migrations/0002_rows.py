from django.db import migrations

from boroughs.rows import ME, MY_BOROUGHS, MY_BOROUGHS_RECORDED, protect

INTO_A_PLAN = "EXISTS (SELECT FROM boroughs_deliveryplan p WHERE p.id = plan_id)"
IMPORT = f"borough_id = ANY ({MY_BOROUGHS}) AND (plan_id IS NULL OR {INTO_A_PLAN})"
KEPT = f"borough_id = ANY ({MY_BOROUGHS_RECORDED}) AND {IMPORT}"
ROW = f"""EXISTS (SELECT FROM sheets_sheetimport i WHERE i.id = sheet_id
    AND (i.added_by_id = {ME} OR i.plan_id IS NOT NULL))"""

# The sweeper belongs to no borough. It may learn which rows wait and on whose behalf, and nothing else.
JOBS = """
CREATE FUNCTION sheets_waiting() RETURNS TABLE (id uuid, asked_by bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := coalesce(current_setting('app.migrating', true), '');
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    RETURN QUERY
        SELECT i.id, i.asked_by_id FROM sheets_sheetimport i
        WHERE i.state IN ('checking', 'applying', 'undoing')
          AND (i.lease_until IS NULL OR i.lease_until < statement_timestamp())
        ORDER BY i.asked_at;
    PERFORM set_config('app.migrating', before, true);
END $$;

CREATE FUNCTION sheets_give_up_orphans(sentence text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := coalesce(current_setting('app.migrating', true), '');
    orphans integer;
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    UPDATE sheets_sheetimport i
        SET state = CASE i.state WHEN 'checking' THEN 'uploaded' WHEN 'applying' THEN 'previewed' ELSE 'applied' END,
            failure = sentence, token = NULL, lease_until = NULL
        WHERE i.state IN ('checking', 'applying', 'undoing')
          AND (i.lease_until IS NULL OR i.lease_until < statement_timestamp())
          AND NOT EXISTS (
            SELECT FROM boroughs_membership m WHERE m.user_id = i.asked_by_id AND m.borough_id = i.borough_id
            AND m.role IN ('coordinator', 'lead') AND m.since <= statement_timestamp() AND (m.until IS NULL OR m.until > statement_timestamp()));
    GET DIAGNOSTICS orphans = ROW_COUNT;
    PERFORM set_config('app.migrating', before, true);
    RETURN orphans;
END $$;
"""

# Progress notes and figures are never removed otherwise: only those that an import wrote itself are taken back with it, by
# whoever undoes it, while it is being undone.
TAKE_BACK = """
CREATE FUNCTION sheets_take_back_notes(the_row uuid) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := coalesce(current_setting('app.migrating', true), '');
    me bigint := app_user();
    taken integer;
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    DELETE FROM boroughs_progressnote n USING sheets_sheetrow r JOIN sheets_sheetimport i ON i.id = r.sheet_id
        WHERE r.id = the_row AND n.action_id = r.target AND r.before->'notes' ? n.id::text
          AND i.state = 'undoing' AND i.asked_by_id = me
          AND n.at BETWEEN i.added_at AND i.applied_at
          AND EXISTS (SELECT FROM boroughs_action a JOIN boroughs_deliveryplan p ON p.id = a.plan_id
              WHERE a.id = n.action_id AND p.id = i.plan_id)
          AND EXISTS (SELECT FROM boroughs_membership m WHERE m.user_id = me AND m.borough_id = i.borough_id
              AND m.role IN ('coordinator', 'lead')
              AND m.since <= statement_timestamp() AND (m.until IS NULL OR m.until > statement_timestamp()));
    GET DIAGNOSTICS taken = ROW_COUNT;
    PERFORM set_config('app.migrating', before, true);
    RETURN taken;
END $$;

CREATE FUNCTION sheets_take_back_figure(the_row uuid) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := coalesce(current_setting('app.migrating', true), '');
    me bigint := app_user();
    taken integer;
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    DELETE FROM boroughs_figurevalue f USING sheets_sheetrow r JOIN sheets_sheetimport i ON i.id = r.sheet_id
        WHERE r.id = the_row AND f.id = r.target AND r.verdict = 'add' AND f.version = 1 AND f.closure_id IS NULL
          AND i.kind = 'figures' AND i.state = 'undoing' AND i.asked_by_id = me AND i.added_by_id = me
          AND f.borough_id = i.borough_id AND f.changed_at BETWEEN i.added_at AND i.applied_at
          AND EXISTS (SELECT FROM boroughs_membership m WHERE m.user_id = me AND m.borough_id = i.borough_id
              AND m.role IN ('coordinator', 'lead')
              AND m.since <= statement_timestamp() AND (m.until IS NULL OR m.until > statement_timestamp()));
    GET DIAGNOSTICS taken = ROW_COUNT;
    PERFORM set_config('app.migrating', before, true);
    RETURN taken;
END $$;
"""
RIGHTS = """
REVOKE ALL ON FUNCTION sheets_waiting(), sheets_give_up_orphans(text), sheets_take_back_notes(uuid),
    sheets_take_back_figure(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sheets_waiting(), sheets_give_up_orphans(text), sheets_take_back_notes(uuid),
    sheets_take_back_figure(uuid) TO portal_app;
"""


class Migration(migrations.Migration):
    """An import is for the borough's people, one into a plan for those who may read the plan. What the rows of figures and
    reviews say may be closed: they are for whoever uploaded them."""

    dependencies = [
        ("sheets", "0001_initial"),
        ("toolkit", "0006_served_rows"),
        ("boroughs", "0031_own_action_rows"),
    ]
    operations = [
        protect(
            "sheets_sheetimport",
            IMPORT,
            add=f"{KEPT} AND added_by_id = {ME}",
            change=KEPT,
            remove="false",
        ),
        protect(
            "sheets_sheetrow",
            ROW,
            write=f"{ROW[:-1]} AND i.borough_id = ANY ({MY_BOROUGHS_RECORDED}))",
        ),
        migrations.RunSQL(
            JOBS + TAKE_BACK + RIGHTS,
            "DROP FUNCTION sheets_take_back_figure(uuid), sheets_take_back_notes(uuid), sheets_give_up_orphans(text), sheets_waiting();",
        ),
    ]
