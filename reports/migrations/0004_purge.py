from django.db import migrations

# What a report says goes with every PDF made of it and the data they were made from, also while one is being made: its
# worker finds that it lost its hold. A text that later reports began with goes there too. What a rating said goes with the
# PDFs that carry it.
PURGE = """
CREATE FUNCTION reports_purge(request uuid, really boolean) RETURNS TABLE (what text, digest text, file text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := current_setting('app.migrating', true);
    wanted boroughs_purgerequest := app_purging(request, ARRAY['report', 'rating', 'assessment'], really);
    bodies text[];
    places uuid[];
    spoiled uuid[];
    one_report uuid;
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    IF wanted.kind = 'report' THEN
        SELECT array_agg(DISTINCT said.body) INTO bodies FROM (
            SELECT t.body FROM reports_reporttext t WHERE t.report_id = wanted.record
                AND (wanted.part = '' OR t.key = wanted.part)
            UNION SELECT v.value FROM reports_rendering r, jsonb_each_text(r.snapshot -> 'texts') v
                WHERE r.report_id = wanted.record AND jsonb_typeof(r.snapshot -> 'texts') = 'object'
                  AND (wanted.part = '' OR v.key = wanted.part)) AS said (body) WHERE said.body <> '';
        SELECT array_agg(t.id) INTO places FROM reports_reporttext t JOIN reports_report p ON p.id = t.report_id
            WHERE p.borough_id = wanted.borough_id AND (wanted.part = '' OR t.key = wanted.part)
              AND (t.report_id = wanted.record OR (wanted.part <> '' AND t.body = ANY(bodies)));
        SELECT array_agg(r.id) INTO spoiled FROM reports_rendering r JOIN reports_report p ON p.id = r.report_id
            WHERE p.borough_id = wanted.borough_id AND r.snapshot <> '{}' AND (r.report_id = wanted.record
              OR r.report_id IN (SELECT t.report_id FROM reports_reporttext t WHERE t.id = ANY(places))
              OR (r.snapshot -> 'texts' ->> wanted.part) = ANY(bodies));
    ELSE
        SELECT array_agg(r.id) INTO spoiled FROM reports_rendering r JOIN reports_report p ON p.id = r.report_id
            WHERE p.borough_id = wanted.borough_id AND r.snapshot <> '{}' AND (p.assessment_id = wanted.record
              OR EXISTS (SELECT FROM toolkit_rating g JOIN toolkit_benchmark b ON b.id = g.benchmark_id
                JOIN LATERAL jsonb_array_elements(r.snapshot -> 'assessment' -> 'ratings') s ON s ->> 'key' = b.key
                WHERE g.id = wanted.record AND g.assessment_id = p.assessment_id AND EXISTS (
                    SELECT FROM jsonb_each_text(s) v WHERE v.key IN ('comment', 'actions', 'reason')
                    AND (wanted.part = '' OR v.key = wanted.part) AND v.value NOT IN ('', '[erased]'))));
    END IF;
    RETURN QUERY SELECT 'text', app_digest(t.body), '' FROM reports_reporttext t WHERE t.id = ANY(places) AND t.body <> '';
    RETURN QUERY SELECT 'title', app_digest(p.title), '' FROM reports_report p
        WHERE wanted.kind = 'report' AND p.id = wanted.record AND p.borough_id = wanted.borough_id
          AND wanted.part IN ('', 'title') AND p.title <> 'Title erased';
    RETURN QUERY SELECT CASE WHEN r.state IN ('queued', 'rendering') THEN 'preparing' ELSE 'pdf' END,
        coalesce(nullif(r.sha256, ''), app_digest(r.snapshot::text)), ''
        FROM reports_rendering r WHERE r.id = ANY(spoiled);
    FOR one_report IN SELECT t.report_id FROM reports_reporttext t WHERE t.id = ANY(places)
        UNION SELECT wanted.record LOOP
        RETURN QUERY SELECT * FROM app_purge_drafts(one_report::text, really) WHERE wanted.kind = 'report';
    END LOOP;
    IF really THEN
        UPDATE reports_report p SET version = p.version + 1,
            title = CASE WHEN p.id = wanted.record AND wanted.part IN ('', 'title') THEN 'Title erased' ELSE p.title END
            WHERE (p.id = wanted.record AND wanted.kind = 'report' AND p.borough_id = wanted.borough_id)
              OR p.id IN (SELECT t.report_id FROM reports_reporttext t WHERE t.id = ANY(places));
        DELETE FROM reports_reporttext t WHERE t.id = ANY(places);
        DELETE FROM reports_renderedfile f WHERE f.rendering_id = ANY(spoiled);
        UPDATE reports_rendering r SET snapshot = '{}', state = 'failed', finished_at = statement_timestamp(), token = NULL,
            lease_until = NULL, pages = NULL, size = NULL, sha256 = '',
            reason = 'This PDF was erased with what it carried. Make it again from the report as it stands now.'
            WHERE r.id = ANY(spoiled);
    END IF;
    PERFORM set_config('app.migrating', coalesce(before, ''), true);
END $$;
REVOKE ALL ON FUNCTION reports_purge(uuid, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION reports_purge(uuid, boolean) TO portal_app;
"""


class Migration(migrations.Migration):
    """Two people may erase what a report says, with the PDFs that carry it."""

    dependencies = [("reports", "0003_ready_has_pages_and_size"), ("toolkit", "0003_purge")]
    operations = [migrations.RunSQL(PURGE, "DROP FUNCTION reports_purge(uuid, boolean)")]
