from django.db import migrations

from boroughs.rows import MY_BOROUGHS, OPEN_TO_ME, protect

# Asked by the owner, since a link of the chain may be closed to the one who asks.
SUCCESSION = """
CREATE FUNCTION app_succeeds(candidate uuid, strategy uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := current_setting('app.migrating', true);
    found boolean;
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    WITH RECURSIVE former(id) AS (
        SELECT candidate UNION SELECT s.replaces_id FROM boroughs_strategy s JOIN former f ON s.id = f.id
        WHERE s.replaces_id IS NOT NULL)
    SELECT EXISTS (SELECT FROM former f WHERE f.id = strategy) INTO found;
    PERFORM set_config('app.migrating', coalesce(before, ''), true);
    RETURN found;
END $$;

CREATE FUNCTION strategies_succeed_in_a_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.replaces_id IS NOT NULL AND NEW.replaces_id <> NEW.id AND app_succeeds(NEW.replaces_id, NEW.id) THEN
        RAISE EXCEPTION 'Two strategies cannot each replace the other.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER strategies_succeed_in_a_line BEFORE INSERT OR UPDATE OF replaces_id ON boroughs_strategy
    FOR EACH ROW EXECUTE FUNCTION strategies_succeed_in_a_line();
REVOKE ALL ON FUNCTION app_succeeds(uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app_succeeds(uuid, uuid) TO portal_app;
"""
UNDO = """
DROP TRIGGER strategies_succeed_in_a_line ON boroughs_strategy;
DROP FUNCTION strategies_succeed_in_a_line(), app_succeeds(uuid, uuid);
"""
OF_A_STRATEGY = "EXISTS (SELECT FROM boroughs_strategy s WHERE s.id = strategy_id)"
OF_AN_AMENDMENT = "EXISTS (SELECT FROM boroughs_amendment a WHERE a.id = amendment_id)"


class Migration(migrations.Migration):
    """A strategy is for the borough's people, a closed one for those on its list; what stands under it goes with it."""

    dependencies = [("boroughs", "0012_strategies")]
    operations = [
        migrations.RunSQL(SUCCESSION, UNDO),
        protect("boroughs_strategy", f"borough_id = ANY ({MY_BOROUGHS}) AND {OPEN_TO_ME}"),
        protect("boroughs_linkedstrategy", OF_A_STRATEGY),
        protect("boroughs_consultation", OF_A_STRATEGY),
        protect("boroughs_amendment", OF_A_STRATEGY, change="false", remove="false"),
        protect("boroughs_amendedtext", OF_AN_AMENDMENT, change="false", remove="false"),
    ]
