from django.db import migrations

# The history of ratings is for adding alone: its trigger is told to let this one function of the owner by, which changes
# the erased words of one rating (or of all of an assessment) and nothing else.
PURGE = """
CREATE FUNCTION toolkit_purge(request uuid, really boolean) RETURNS TABLE (what text, digest text, file text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := current_setting('app.migrating', true);
    ignored text := current_setting('pgtrigger.ignore', true);
    wanted boroughs_purgerequest := app_purging(request, ARRAY['rating', 'assessment'], really);
    their_ids uuid[];
    one_address text;
    of_comment boolean := wanted.part IN ('', 'comment');
    of_actions boolean := wanted.part IN ('', 'actions');
    of_reason boolean := wanted.part IN ('', 'reason');
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    SELECT array_agg(r.id), min(CASE WHEN r.id = wanted.record THEN a.id || '/' || b.key || '/' ELSE a.id::text END)
        INTO their_ids, one_address
        FROM toolkit_rating r JOIN toolkit_assessment a ON a.id = r.assessment_id
        JOIN toolkit_benchmark b ON b.id = r.benchmark_id
        WHERE a.borough_id = wanted.borough_id
          AND wanted.record = CASE wanted.kind WHEN 'rating' THEN r.id ELSE a.id END;
    RETURN QUERY SELECT said.what, app_digest(said.body), '' FROM (
        SELECT 'text' AS what, unnest(ARRAY[CASE WHEN of_comment THEN r.comment END,
            CASE WHEN of_actions THEN r.actions END, CASE WHEN of_reason THEN r.reason END]) AS body
        FROM toolkit_rating r WHERE r.id = ANY(their_ids)
        UNION ALL
        SELECT 'earlier', unnest(ARRAY[CASE WHEN of_comment THEN e.comment END,
            CASE WHEN of_actions THEN e.actions END, CASE WHEN of_reason THEN e.reason END])
        FROM toolkit_ratingevent e WHERE e.id = ANY(their_ids)) AS said
        WHERE said.body NOT IN ('', '[erased]');
    RETURN QUERY SELECT * FROM app_purge_drafts(one_address, really) WHERE one_address <> '';
    RETURN QUERY SELECT * FROM app_purge_drafts(wanted.record::text, really);
    IF really THEN
        UPDATE toolkit_rating r SET
            comment = CASE WHEN of_comment THEN '' ELSE r.comment END,
            actions = CASE WHEN of_actions THEN '' ELSE r.actions END,
            reason = CASE WHEN NOT of_reason THEN r.reason WHEN r.standing = '' THEN '' ELSE '[erased]' END,
            version = r.version + 1, changed_by_id = app_user(), changed_at = statement_timestamp()
            WHERE r.id = ANY(their_ids);
        PERFORM set_config('pgtrigger.ignore', '{pgtrigger_append_only_ca23b}', true);
        UPDATE toolkit_ratingevent e SET
            comment = CASE WHEN of_comment AND e.comment <> '' THEN '[erased]' ELSE e.comment END,
            actions = CASE WHEN of_actions AND e.actions <> '' THEN '[erased]' ELSE e.actions END,
            reason = CASE WHEN of_reason AND e.reason <> '' THEN '[erased]' ELSE e.reason END
            WHERE e.id = ANY(their_ids);
        PERFORM set_config('pgtrigger.ignore', coalesce(nullif(ignored, ''), '{}'), true);
    END IF;
    PERFORM set_config('app.migrating', coalesce(before, ''), true);
END $$;
REVOKE ALL ON FUNCTION toolkit_purge(uuid, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION toolkit_purge(uuid, boolean) TO portal_app;
"""


class Migration(migrations.Migration):
    """Two people may erase what a rating says, with all it ever said."""

    dependencies = [("toolkit", "0002_rows"), ("boroughs", "0010_purge_rows")]
    operations = [migrations.RunSQL(PURGE, "DROP FUNCTION toolkit_purge(uuid, boolean)")]
