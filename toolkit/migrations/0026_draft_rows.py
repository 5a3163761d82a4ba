from django.db import migrations

from boroughs.rows import ME, my_boroughs, protect

RATES = my_boroughs("coordinator")  # Perm.RATE
MINE = f"writer_id = {ME} AND EXISTS (SELECT FROM toolkit_rating r WHERE r.id = rating_id)"
WRITING = f"""writer_id = {ME} AND EXISTS (SELECT FROM toolkit_rating r JOIN toolkit_assessment a ON a.id = r.assessment_id
    WHERE r.id = rating_id AND a.state = 'open' AND a.borough_id = ANY ({RATES}))"""
HEAD = """LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := coalesce(current_setting('app.migrating', true), '');"""
# Whoever closes a round may not read the drafts of others, and takes them away all the same
FORGET = f"""
CREATE FUNCTION toolkit_forget_saved_draft() RETURNS trigger {HEAD}
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    DELETE FROM toolkit_ratingdraft d WHERE d.rating_id = NEW.id AND d.writer_id = NEW.changed_by_id;
    PERFORM set_config('app.migrating', before, true);
    RETURN NULL;
END $$;
CREATE TRIGGER toolkit_forget_saved_draft AFTER UPDATE ON toolkit_rating
    FOR EACH ROW EXECUTE FUNCTION toolkit_forget_saved_draft();
CREATE FUNCTION toolkit_forget_closed_drafts() RETURNS trigger {HEAD}
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    DELETE FROM toolkit_ratingdraft d USING toolkit_rating r, toolkit_assessment a
        WHERE r.id = d.rating_id AND a.id = r.assessment_id AND (a.id = NEW.id AND NEW.state <> 'open'
          OR (a.borough_id = NEW.borough_id AND a.version_id = NEW.version_id AND a.assessor = NEW.assessor
              AND a.ends_on < NEW.ends_on AND a.opened_at < NEW.opened_at));
    PERFORM set_config('app.migrating', before, true);
    RETURN NULL;
END $$;
CREATE TRIGGER toolkit_forget_closed_drafts AFTER INSERT OR UPDATE OF state ON toolkit_assessment
    FOR EACH ROW EXECUTE FUNCTION toolkit_forget_closed_drafts();
CREATE FUNCTION toolkit_purge_drafts(request uuid, really boolean) RETURNS TABLE (what text, digest text, file text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := current_setting('app.migrating', true);
    wanted boroughs_purgerequest := app_purging(request, ARRAY['rating', 'assessment'], really);
    gone uuid[];
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    SELECT array_agg(d.id) INTO gone FROM toolkit_ratingdraft d JOIN toolkit_rating r ON r.id = d.rating_id
        JOIN toolkit_assessment a ON a.id = r.assessment_id
        WHERE a.borough_id = wanted.borough_id
          AND wanted.record = CASE wanted.kind WHEN 'rating' THEN r.id ELSE a.id END;
    RETURN QUERY SELECT 'unsaved', app_digest(d.body), '' FROM toolkit_ratingdraft d WHERE d.id = ANY(gone);
    IF really THEN
        DELETE FROM toolkit_ratingdraft d WHERE d.id = ANY(gone);
    END IF;
    PERFORM set_config('app.migrating', coalesce(before, ''), true);
END $$;
REVOKE ALL ON FUNCTION toolkit_purge_drafts(uuid, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION toolkit_purge_drafts(uuid, boolean) TO portal_app;
"""
UNDO = """
DROP TRIGGER toolkit_forget_saved_draft ON toolkit_rating;
DROP TRIGGER toolkit_forget_closed_drafts ON toolkit_assessment;
DROP FUNCTION toolkit_forget_saved_draft();
DROP FUNCTION toolkit_forget_closed_drafts();
DROP FUNCTION toolkit_purge_drafts(uuid, boolean);
"""


class Migration(migrations.Migration):
    """A draft is its writer's alone; it goes when they save, when the round closes, and with what two people erase."""

    dependencies = [("toolkit", "0025_draft"), ("boroughs", "0010_purge_rows")]
    operations = [
        protect("toolkit_ratingdraft", MINE, write=WRITING, remove=MINE),
        migrations.RunSQL(FORGET, UNDO),
    ]
