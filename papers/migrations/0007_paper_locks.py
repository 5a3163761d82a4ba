from django.db import migrations

from boroughs.rows import OPEN_TO_ME, my_boroughs

BOROUGHS_I_KEEP_PAPERS_OF = my_boroughs("coordinator", "lead", "democratic")
KEPT = f"borough_id = ANY ({BOROUGHS_I_KEEP_PAPERS_OF}) AND {OPEN_TO_ME}"
VERSION_KEPT = f"EXISTS (SELECT FROM papers_paper p WHERE p.id = paper_id AND p.borough_id = ANY ({BOROUGHS_I_KEEP_PAPERS_OF}))"
POLICIES = f"""
ALTER POLICY papers_paper_add ON papers_paper WITH CHECK ({KEPT});
ALTER POLICY papers_paper_change ON papers_paper USING ({KEPT}) WITH CHECK ({KEPT});
ALTER POLICY papers_paper_remove ON papers_paper USING (false);
ALTER POLICY papers_paperversion_add ON papers_paperversion WITH CHECK ({VERSION_KEPT});
ALTER POLICY papers_paperversion_remove ON papers_paperversion USING (false);
"""

# Neither trigger trusts the policies: the owner looks at every row.
TRIGGERS = """
CREATE FUNCTION paper_stays_closed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := current_setting('app.migrating', true);
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    IF EXISTS (SELECT FROM boroughs_closure c WHERE c.id = OLD.closure_id AND c.released_at IS NULL) THEN
        RAISE EXCEPTION 'A closed paper stays under its closure until that is released.' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (SELECT FROM boroughs_closure c
        WHERE c.id = NEW.closure_id AND c.borough_id = NEW.borough_id AND c.released_at IS NULL) THEN
        RAISE EXCEPTION 'A paper goes under a closure of its borough that is in force.' USING ERRCODE = 'check_violation';
    END IF;
    PERFORM set_config('app.migrating', coalesce(before, ''), true);
    RETURN NEW;
END $$;
CREATE TRIGGER paper_stays_closed BEFORE UPDATE OF closure_id, borough_id ON papers_paper FOR EACH ROW
    WHEN (NEW.closure_id IS DISTINCT FROM OLD.closure_id OR NEW.borough_id <> OLD.borough_id)
    EXECUTE FUNCTION paper_stays_closed();

CREATE FUNCTION version_has_its_own_file() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := current_setting('app.migrating', true);
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    IF EXISTS (SELECT FROM papers_paperversion v WHERE v.storage = NEW.storage AND v.paper_id <> NEW.paper_id) THEN
        RAISE EXCEPTION 'This file in the store belongs to another paper.' USING ERRCODE = 'check_violation';
    END IF;
    PERFORM set_config('app.migrating', coalesce(before, ''), true);
    RETURN NEW;
END $$;
CREATE TRIGGER version_has_its_own_file BEFORE INSERT OR UPDATE OF storage, paper_id ON papers_paperversion
    FOR EACH ROW EXECUTE FUNCTION version_has_its_own_file();
"""
UNDO_TRIGGERS = """
DROP TRIGGER version_has_its_own_file ON papers_paperversion;
DROP TRIGGER paper_stays_closed ON papers_paper;
DROP FUNCTION version_has_its_own_file(), paper_stays_closed();
"""


class Migration(migrations.Migration):
    """Papers are written by those who keep them; a closed one stays closed, and no version has another paper's file."""

    dependencies = [("papers", "0006_retention"), ("boroughs", "0019_review_rows")]
    operations = [
        migrations.RunSQL(POLICIES, migrations.RunSQL.noop),
        migrations.RunSQL(TRIGGERS, UNDO_TRIGGERS),
    ]
