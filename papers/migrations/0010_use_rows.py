from django.db import migrations

from boroughs.rows import protect

SEEN = (
    "EXISTS (SELECT FROM papers_paper p WHERE p.id = paper_id) "
    "AND (strategy_id IS NULL OR EXISTS (SELECT FROM boroughs_strategy s WHERE s.id = strategy_id))"
)

# An erased paper goes with what was said of its use.
FORGET = """
CREATE FUNCTION papers_forget_uses() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := coalesce(current_setting('app.migrating', true), '');
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    DELETE FROM papers_paperuse u WHERE u.paper_id = OLD.id;
    PERFORM set_config('app.migrating', before, true);
    RETURN OLD;
END $$;
CREATE TRIGGER papers_forget_uses BEFORE DELETE ON papers_paper FOR EACH ROW EXECUTE FUNCTION papers_forget_uses();
"""
UNDO = """
DROP TRIGGER papers_forget_uses ON papers_paper;
DROP FUNCTION papers_forget_uses();
"""


class Migration(migrations.Migration):
    """What a paper belongs to is for those who may read the paper and see the record; it is linked and unlinked, never changed."""

    dependencies = [("papers", "0009_uses")]
    operations = [
        protect("papers_paperuse", SEEN, change="false"),
        migrations.RunSQL(FORGET, UNDO),
    ]
