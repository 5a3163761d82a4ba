from django.db import migrations

from boroughs.rows import MY_BOROUGHS, OPEN_TO_ME, protect

PAPER = "EXISTS (SELECT FROM papers_paper p WHERE p.id = paper_id)"
VERSION = "EXISTS (SELECT FROM papers_paperversion v WHERE v.id = version_id)"

# The store belongs to no borough. What tidies it up may learn how files are kept, and never what they are called.
STORE = """
CREATE FUNCTION papers_names_in_use(only_this text DEFAULT NULL) RETURNS SETOF text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := coalesce(current_setting('app.migrating', true), '');
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    RETURN QUERY SELECT DISTINCT CASE WHEN v.key_id IS NULL THEN 'open/' ELSE 'sealed/' END || v.storage
        FROM papers_paperversion v
        WHERE only_this IS NULL OR v.storage = split_part(only_this, '/', 2);
    PERFORM set_config('app.migrating', before, true);
END $$;

CREATE FUNCTION papers_used(its_borough bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := coalesce(current_setting('app.migrating', true), '');
    found bigint;
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    SELECT coalesce(sum(v.size), 0) INTO found
        FROM papers_paperversion v JOIN papers_paper p ON p.id = v.paper_id WHERE p.borough_id = its_borough;
    PERFORM set_config('app.migrating', before, true);
    RETURN found;
END $$;

-- A closed paper's file is sealed with the borough's key in use; any other lies open.
CREATE FUNCTION papers_kept_wrongly(its_borough bigint DEFAULT NULL) RETURNS SETOF uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := coalesce(current_setting('app.migrating', true), '');
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    RETURN QUERY SELECT v.id
        FROM papers_paperversion v JOIN papers_paper p ON p.id = v.paper_id
        LEFT JOIN boroughs_closure c ON c.id = p.closure_id
        LEFT JOIN papers_filekey k ON k.id = v.key_id
        WHERE (its_borough IS NULL OR p.borough_id = its_borough)
          AND CASE WHEN c.id IS NOT NULL AND c.released_at IS NULL THEN k.id IS NULL OR k.retired_at IS NOT NULL
              ELSE k.id IS NOT NULL END
        ORDER BY v.uploaded_at, v.id;
    PERFORM set_config('app.migrating', before, true);
END $$;

CREATE FUNCTION papers_hold(the_version uuid)
RETURNS TABLE (borough_id bigint, storage varchar, sha256 varchar, size bigint, closed boolean,
    key_id uuid, wrapped bytea, master varchar, key_now uuid, wrapped_now bytea, master_now varchar)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := coalesce(current_setting('app.migrating', true), '');
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    PERFORM 1 FROM papers_paper p
        WHERE p.id = (SELECT v.paper_id FROM papers_paperversion v WHERE v.id = the_version) FOR UPDATE;
    RETURN QUERY SELECT p.borough_id, v.storage, v.sha256, v.size, c.id IS NOT NULL AND c.released_at IS NULL,
            k.id, k.wrapped, k.master, n.id, n.wrapped, n.master
        FROM papers_paperversion v JOIN papers_paper p ON p.id = v.paper_id
        JOIN papers_filekey n ON n.borough_id = p.borough_id AND n.retired_at IS NULL
        LEFT JOIN boroughs_closure c ON c.id = p.closure_id
        LEFT JOIN papers_filekey k ON k.id = v.key_id
        WHERE v.id = the_version
          AND CASE WHEN c.id IS NOT NULL AND c.released_at IS NULL THEN k.id IS NULL OR k.retired_at IS NOT NULL
              ELSE k.id IS NOT NULL END;
    PERFORM set_config('app.migrating', before, true);
END $$;

CREATE FUNCTION papers_kept(the_version uuid, storage_before text, storage_now text, the_key uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := coalesce(current_setting('app.migrating', true), '');
    changed integer;
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    UPDATE papers_paperversion v SET storage = storage_now, key_id = the_key
        WHERE v.id = the_version AND v.storage = storage_before;
    GET DIAGNOSTICS changed = ROW_COUNT;
    PERFORM set_config('app.migrating', before, true);
    RETURN changed = 1;
END $$;

REVOKE ALL ON FUNCTION papers_names_in_use(text), papers_used(bigint), papers_kept_wrongly(bigint),
    papers_hold(uuid), papers_kept(uuid, text, text, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION papers_names_in_use(text), papers_used(bigint), papers_kept_wrongly(bigint),
    papers_hold(uuid), papers_kept(uuid, text, text, uuid) TO portal_app;
"""
UNDO = """
DROP FUNCTION papers_kept(uuid, text, text, uuid), papers_hold(uuid), papers_kept_wrongly(bigint),
    papers_used(bigint), papers_names_in_use(text);
"""


class Migration(migrations.Migration):
    """Papers are for the borough's people, closed ones for those on the list of their closure."""

    dependencies = [("papers", "0003_papers"), ("boroughs", "0005_closure_rows")]
    operations = [
        protect("papers_paper", f"borough_id = ANY ({MY_BOROUGHS}) AND {OPEN_TO_ME}"),
        protect("papers_paperversion", PAPER),
        protect("papers_paperfinding", VERSION),
        protect("papers_papercopy", VERSION),
        migrations.RunSQL(STORE, UNDO),
    ]
