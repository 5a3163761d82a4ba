from django.db import migrations

# Whoever takes a version down, and whoever erases what it said, need not be on the list of what is closed in it: the database
# removes all that was made of it. The renderings go first: a worker that is about to write its PDF holds its row, and what it
# has written by then goes with the others. Drafts of the report go too, for they may say the same; they are made again from
# its text as it stands.
TAKEN_DOWN = """
CREATE FUNCTION reports_taken_down() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := current_setting('app.migrating', true);
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    UPDATE reports_rendering r SET snapshot = '{}', state = 'failed', finished_at = statement_timestamp(), token = NULL,
        lease_until = NULL, stage = '', page = NULL, pages = NULL, size = NULL, sha256 = '',
        reason = CASE WHEN r.issue_id IS NULL
            THEN 'This draft was removed when a version of the report was taken down. Make it again from the report as it stands.'
            ELSE 'This PDF was taken down with the version it was made of.' END
        WHERE r.report_id = NEW.report_id AND (r.issue_id IS NULL OR r.issue_id = NEW.id) AND r.snapshot <> '{}';
    DELETE FROM reports_renderedfile f USING reports_rendering r
        WHERE r.id = f.rendering_id AND r.report_id = NEW.report_id AND r.snapshot = '{}';
    DELETE FROM reports_issuedtext t WHERE t.issue_id = NEW.id;
    PERFORM set_config('app.migrating', coalesce(before, ''), true);
    NEW.snapshot := '{}';
    NEW.note := CASE WHEN NEW.note = '' THEN '' ELSE 'Taken down.' END;
    NEW.urgency := CASE WHEN NEW.urgency = '' THEN '' ELSE 'Taken down.' END;
    RETURN NEW;
END $$;
CREATE TRIGGER reports_taken_down BEFORE UPDATE ON reports_issue FOR EACH ROW
    WHEN (OLD.taken_down_at IS NULL AND NEW.taken_down_at IS NOT NULL) EXECUTE FUNCTION reports_taken_down();
"""


class Migration(migrations.Migration):
    """A version that is taken down leaves no words, wherever they were kept."""

    dependencies = [("reports", "0027_public_decision")]
    operations = [
        migrations.RunSQL(
            TAKEN_DOWN,
            "DROP TRIGGER reports_taken_down ON reports_issue; DROP FUNCTION reports_taken_down()",
        )
    ]
