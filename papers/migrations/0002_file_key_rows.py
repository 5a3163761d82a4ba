from django.db import migrations

from boroughs.rows import MY_BOROUGHS, protect

# Keys are turned for every borough at once, by nobody in particular: these show wrapped keys and touch nothing else.
TURNING = """
CREATE FUNCTION papers_keys_under_another(present text)
RETURNS TABLE (id uuid, borough_id bigint, wrapped bytea, master varchar)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := coalesce(current_setting('app.migrating', true), '');
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    RETURN QUERY SELECT k.id, k.borough_id, k.wrapped, k.master FROM papers_filekey k WHERE k.master <> present;
    PERFORM set_config('app.migrating', before, true);
END $$;

CREATE FUNCTION papers_rewrap(the_key uuid, wrapped_before bytea, wrapped_now bytea, present text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := coalesce(current_setting('app.migrating', true), '');
    changed integer;
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    UPDATE papers_filekey k SET wrapped = wrapped_now, master = present
        WHERE k.id = the_key AND k.wrapped = wrapped_before;
    GET DIAGNOSTICS changed = ROW_COUNT;
    PERFORM set_config('app.migrating', before, true);
    RETURN changed = 1;
END $$;

CREATE FUNCTION papers_turn_key(its_borough bigint, the_key uuid, wrapped_now bytea, present text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := coalesce(current_setting('app.migrating', true), '');
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    PERFORM 1 FROM boroughs_borough b WHERE b.id = its_borough FOR UPDATE;
    UPDATE papers_filekey k SET retired_at = statement_timestamp()
        WHERE k.borough_id = its_borough AND k.retired_at IS NULL;
    INSERT INTO papers_filekey (id, borough_id, number, wrapped, master, made_at)
        SELECT the_key, its_borough, coalesce(max(k.number), 0) + 1, wrapped_now, present, statement_timestamp()
        FROM papers_filekey k WHERE k.borough_id = its_borough;
    PERFORM set_config('app.migrating', before, true);
END $$;

REVOKE ALL ON FUNCTION papers_keys_under_another(text), papers_rewrap(uuid, bytea, bytea, text),
    papers_turn_key(bigint, uuid, bytea, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION papers_keys_under_another(text), papers_rewrap(uuid, bytea, bytea, text),
    papers_turn_key(bigint, uuid, bytea, text) TO portal_app;
"""


class Migration(migrations.Migration):
    """A borough's keys are for its people; turning them is for the commands."""

    dependencies = [("papers", "0001_file_keys"), ("boroughs", "0002_rows")]
    operations = [
        protect("papers_filekey", f"borough_id = ANY ({MY_BOROUGHS})"),
        migrations.RunSQL(
            TURNING,
            "DROP FUNCTION papers_turn_key(bigint, uuid, bytea, text);"
            "DROP FUNCTION papers_rewrap(uuid, bytea, bytea, text);"
            "DROP FUNCTION papers_keys_under_another(text)",
        ),
    ]
