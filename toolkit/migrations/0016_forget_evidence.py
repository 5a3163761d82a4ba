from django.db import migrations

FORGET = """
CREATE FUNCTION toolkit_forget_evidence() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := coalesce(current_setting('app.migrating', true), '');
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    DELETE FROM toolkit_evidence e WHERE e.paper_id = OLD.id;
    PERFORM set_config('app.migrating', before, true);
    RETURN OLD;
END $$;
CREATE TRIGGER toolkit_forget_evidence BEFORE DELETE ON papers_paper FOR EACH ROW EXECUTE FUNCTION toolkit_forget_evidence();
"""
UNDO = """
DROP TRIGGER toolkit_forget_evidence ON papers_paper;
DROP FUNCTION toolkit_forget_evidence();
"""


class Migration(migrations.Migration):
    """An erased paper is evidence of nothing any more, whoever erases it and whatever they may read."""

    dependencies = [("toolkit", "0015_prompt_rows"), ("papers", "0010_use_rows")]
    operations = [migrations.RunSQL(FORGET, UNDO)]
