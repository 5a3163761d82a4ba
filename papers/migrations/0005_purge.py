from django.db import migrations

# A paper goes with its rows; the names of its files are told to who removes them once this is committed. The only version of a
# paper goes with the paper alone. The digests of what a closed paper said go too.
PURGE = """
CREATE FUNCTION papers_purge(request uuid, really boolean) RETURNS TABLE (what text, digest text, file text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := current_setting('app.migrating', true);
    wanted boroughs_purgerequest := app_purging(request, ARRAY['paper'], really);
    the_paper uuid;
    gone uuid[];
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    SELECT p.id INTO the_paper FROM papers_paper p
        WHERE p.id = wanted.record AND p.borough_id = wanted.borough_id FOR UPDATE;
    SELECT array_agg(v.id) INTO gone FROM papers_paperversion v JOIN papers_paper p ON p.id = v.paper_id
        WHERE p.id = the_paper AND (wanted.part = '' OR (v.number::text = wanted.part
          AND EXISTS (SELECT FROM papers_paperversion o WHERE o.paper_id = v.paper_id AND o.id <> v.id)));
    RETURN QUERY SELECT 'title', app_digest(p.title), '' FROM papers_paper p WHERE p.id = the_paper AND wanted.part = '';
    RETURN QUERY SELECT 'file', v.sha256::text, CASE WHEN v.key_id IS NULL THEN 'open/' ELSE 'sealed/' END || v.storage
        FROM papers_paperversion v WHERE v.id = ANY(gone);
    RETURN QUERY SELECT 'finding', app_digest(f.kind || ' ' || f."where" || ' ' || f.reason), ''
        FROM papers_paperfinding f WHERE f.version_id = ANY(gone);
    RETURN QUERY SELECT 'copy', app_digest(c.id::text), '' FROM papers_papercopy c WHERE c.version_id = ANY(gone);
    RETURN QUERY SELECT * FROM app_purge_drafts(wanted.record::text, really);
    IF really THEN
        DELETE FROM boroughs_closedpassages s WHERE s.source = ANY(SELECT v::text FROM unnest(gone) v);
        DELETE FROM papers_papercopy c WHERE c.version_id = ANY(gone);
        DELETE FROM papers_paperfinding f WHERE f.version_id = ANY(gone);
        DELETE FROM papers_paperversion v WHERE v.id = ANY(gone);
        DELETE FROM papers_paper p WHERE p.id = the_paper AND wanted.part = '';
    END IF;
    PERFORM set_config('app.migrating', coalesce(before, ''), true);
END $$;
REVOKE ALL ON FUNCTION papers_purge(uuid, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION papers_purge(uuid, boolean) TO portal_app;
"""


class Migration(migrations.Migration):
    """Two people may erase a paper or one of its versions, closed or open."""

    dependencies = [("papers", "0004_paper_rows"), ("boroughs", "0010_purge_rows")]
    operations = [migrations.RunSQL(PURGE, "DROP FUNCTION papers_purge(uuid, boolean)")]
