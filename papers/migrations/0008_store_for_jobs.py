from django.db import migrations

# What looks at every borough's rows is for jobs and commands, which act as nobody. Sealing what one has just closed is for
# the people on its list besides.
GUARDS = """
CREATE FUNCTION papers_for_jobs() RETURNS void LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
    IF app_user() IS NOT NULL THEN
        RAISE EXCEPTION 'Only jobs and commands may ask.' USING ERRCODE = 'insufficient_privilege';
    END IF;
END $$;

CREATE FUNCTION papers_may_seal(the_version uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := current_setting('app.migrating', true);
    closure uuid;
BEGIN
    IF app_user() IS NULL THEN
        RETURN true;
    END IF;
    PERFORM set_config('app.migrating', 'on', true);
    SELECT p.closure_id INTO closure FROM papers_paper p JOIN papers_paperversion v ON v.paper_id = p.id WHERE v.id = the_version;
    PERFORM set_config('app.migrating', coalesce(before, ''), true);
    RETURN coalesce(closure = ANY (app_listed_closures()), false);
END $$;
REVOKE ALL ON FUNCTION papers_for_jobs(), papers_may_seal(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION papers_for_jobs(), papers_may_seal(uuid) TO portal_app;
"""
UNGUARD = "DROP FUNCTION papers_may_seal(uuid), papers_for_jobs();"

JOBS = """
CREATE OR REPLACE FUNCTION papers_names_in_use(only_this text DEFAULT NULL) RETURNS SETOF text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := coalesce(current_setting('app.migrating', true), '');
BEGIN
    PERFORM papers_for_jobs();
    PERFORM set_config('app.migrating', 'on', true);
    RETURN QUERY SELECT DISTINCT CASE WHEN v.key_id IS NULL THEN 'open/' ELSE 'sealed/' END || v.storage
        FROM papers_paperversion v
        WHERE only_this IS NULL OR v.storage = split_part(only_this, '/', 2);
    PERFORM set_config('app.migrating', before, true);
END $$;

CREATE OR REPLACE FUNCTION papers_keys_under_another(present text)
RETURNS TABLE (id uuid, borough_id bigint, wrapped bytea, master varchar)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := coalesce(current_setting('app.migrating', true), '');
BEGIN
    PERFORM papers_for_jobs();
    PERFORM set_config('app.migrating', 'on', true);
    RETURN QUERY SELECT k.id, k.borough_id, k.wrapped, k.master FROM papers_filekey k WHERE k.master <> present;
    PERFORM set_config('app.migrating', before, true);
END $$;

CREATE OR REPLACE FUNCTION papers_rewrap(the_key uuid, wrapped_before bytea, wrapped_now bytea, present text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := coalesce(current_setting('app.migrating', true), '');
    changed integer;
BEGIN
    PERFORM papers_for_jobs();
    PERFORM set_config('app.migrating', 'on', true);
    UPDATE papers_filekey k SET wrapped = wrapped_now, master = present
        WHERE k.id = the_key AND k.wrapped = wrapped_before;
    GET DIAGNOSTICS changed = ROW_COUNT;
    PERFORM set_config('app.migrating', before, true);
    RETURN changed = 1;
END $$;

CREATE OR REPLACE FUNCTION papers_turn_key(its_borough bigint, the_key uuid, wrapped_now bytea, present text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := coalesce(current_setting('app.migrating', true), '');
BEGIN
    PERFORM papers_for_jobs();
    PERFORM set_config('app.migrating', 'on', true);
    PERFORM 1 FROM boroughs_borough b WHERE b.id = its_borough FOR UPDATE;
    UPDATE papers_filekey k SET retired_at = statement_timestamp()
        WHERE k.borough_id = its_borough AND k.retired_at IS NULL;
    INSERT INTO papers_filekey (id, borough_id, number, wrapped, master, made_at)
        SELECT the_key, its_borough, coalesce(max(k.number), 0) + 1, wrapped_now, present, statement_timestamp()
        FROM papers_filekey k WHERE k.borough_id = its_borough;
    PERFORM set_config('app.migrating', before, true);
END $$;

CREATE OR REPLACE FUNCTION papers_kept_wrongly(its_borough bigint DEFAULT NULL) RETURNS SETOF uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := coalesce(current_setting('app.migrating', true), '');
BEGIN
    PERFORM papers_for_jobs();
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
"""

SEALING = """
DROP FUNCTION papers_hold(uuid);
CREATE FUNCTION papers_hold(the_version uuid)
RETURNS TABLE (borough_id bigint, paper uuid, storage varchar, sha256 varchar, size bigint, closed boolean,
    key_id uuid, wrapped bytea, master varchar, key_now uuid, wrapped_now bytea, master_now varchar)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := coalesce(current_setting('app.migrating', true), '');
BEGIN
    IF NOT papers_may_seal(the_version) THEN
        RETURN;
    END IF;
    PERFORM set_config('app.migrating', 'on', true);
    PERFORM 1 FROM papers_paper p
        WHERE p.id = (SELECT v.paper_id FROM papers_paperversion v WHERE v.id = the_version) FOR UPDATE;
    RETURN QUERY SELECT p.borough_id, p.id, v.storage, v.sha256, v.size,
            c.id IS NOT NULL AND c.released_at IS NULL, k.id, k.wrapped, k.master, n.id, n.wrapped, n.master
        FROM papers_paperversion v JOIN papers_paper p ON p.id = v.paper_id
        JOIN papers_filekey n ON n.borough_id = p.borough_id AND n.retired_at IS NULL
        LEFT JOIN boroughs_closure c ON c.id = p.closure_id
        LEFT JOIN papers_filekey k ON k.id = v.key_id
        WHERE v.id = the_version
          AND CASE WHEN c.id IS NOT NULL AND c.released_at IS NULL THEN k.id IS NULL OR k.retired_at IS NOT NULL
              ELSE k.id IS NOT NULL END;
    PERFORM set_config('app.migrating', before, true);
END $$;

CREATE OR REPLACE FUNCTION papers_kept(the_version uuid, storage_before text, storage_now text, the_key uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := coalesce(current_setting('app.migrating', true), '');
    changed integer;
BEGIN
    IF NOT papers_may_seal(the_version) THEN
        RETURN false;
    END IF;
    PERFORM set_config('app.migrating', 'on', true);
    UPDATE papers_paperversion v SET storage = storage_now, key_id = the_key
        WHERE v.id = the_version AND v.storage = storage_before;
    GET DIAGNOSTICS changed = ROW_COUNT;
    PERFORM set_config('app.migrating', before, true);
    RETURN changed = 1;
END $$;

CREATE FUNCTION papers_unremembered(only_this uuid DEFAULT NULL)
RETURNS TABLE (version uuid, borough_id bigint, media_type varchar, storage varchar, sha256 varchar, size bigint,
    key_id uuid, wrapped bytea, master varchar)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := coalesce(current_setting('app.migrating', true), '');
BEGIN
    IF only_this IS NULL THEN
        PERFORM papers_for_jobs();
    ELSIF NOT papers_may_seal(only_this) THEN
        RETURN;
    END IF;
    PERFORM set_config('app.migrating', 'on', true);
    RETURN QUERY SELECT v.id, p.borough_id, v.media_type, v.storage, v.sha256, v.size, k.id, k.wrapped, k.master
        FROM papers_paperversion v JOIN papers_paper p ON p.id = v.paper_id
        JOIN boroughs_closure c ON c.id = p.closure_id AND c.released_at IS NULL
        LEFT JOIN papers_filekey k ON k.id = v.key_id
        WHERE (only_this IS NULL OR v.id = only_this)
          AND NOT EXISTS (SELECT FROM boroughs_closedpassages s WHERE s.closure_id = c.id AND s.source = v.id::text)
        ORDER BY v.uploaded_at, v.id;
    PERFORM set_config('app.migrating', before, true);
END $$;

CREATE FUNCTION papers_remember(the_version uuid, the_digests bigint[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := coalesce(current_setting('app.migrating', true), '');
BEGIN
    IF NOT papers_may_seal(the_version) THEN
        RETURN;
    END IF;
    PERFORM set_config('app.migrating', 'on', true);
    DELETE FROM boroughs_closedpassages s USING papers_paper p JOIN papers_paperversion v ON v.paper_id = p.id
        WHERE v.id = the_version AND s.closure_id = p.closure_id AND s.source = v.id::text;
    INSERT INTO boroughs_closedpassages (id, closure_id, source, digests, kept_at)
        SELECT gen_random_uuid(), c.id, v.id::text, the_digests, statement_timestamp()
        FROM papers_paperversion v JOIN papers_paper p ON p.id = v.paper_id
        JOIN boroughs_closure c ON c.id = p.closure_id AND c.released_at IS NULL
        WHERE v.id = the_version;
    PERFORM set_config('app.migrating', before, true);
END $$;

REVOKE ALL ON FUNCTION papers_hold(uuid), papers_unremembered(uuid), papers_remember(uuid, bigint[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION papers_hold(uuid), papers_unremembered(uuid), papers_remember(uuid, bigint[]) TO portal_app;
"""


class Migration(migrations.Migration):
    """Functions that see every borough's rows answer jobs and commands alone; what is sealed later is remembered then."""

    dependencies = [("papers", "0007_paper_locks")]
    operations = [
        migrations.RunSQL(GUARDS, UNGUARD),
        migrations.RunSQL(JOBS),
        migrations.RunSQL(SEALING),
    ]
