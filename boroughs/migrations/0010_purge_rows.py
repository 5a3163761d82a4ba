from django.db import migrations

from boroughs.rows import ME, MY_BOROUGHS, MY_BOROUGHS_KEPT, OPEN_TO_ME, protect

MARK = "[erased]"

# Erasing is done by functions of the owner, one a floor. Each calls app_purging first, which says no unless two people are
# at it: whoever asked, and now another who is lead or monitoring officer of the borough.
FUNCTIONS = """
CREATE FUNCTION purge_is_decided_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'asked' OR (NEW.id, NEW.borough_id, NEW.kind, NEW.record, NEW.part, NEW.closure_id, NEW.category,
        NEW.asked_by_id, NEW.asked_at) IS DISTINCT FROM (OLD.id, OLD.borough_id, OLD.kind, OLD.record, OLD.part,
        OLD.closure_id, OLD.category, OLD.asked_by_id, OLD.asked_at) THEN
        RAISE EXCEPTION 'A request to erase is decided once, and says what it always said.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER purge_is_decided_once BEFORE UPDATE ON boroughs_purgerequest
    FOR EACH ROW EXECUTE FUNCTION purge_is_decided_once();

CREATE FUNCTION app_purging(request uuid, kinds text[], really boolean) RETURNS boroughs_purgerequest
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := current_setting('app.migrating', true);
    me bigint := app_user();
    found boroughs_purgerequest;
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    SELECT * INTO found FROM boroughs_purgerequest p WHERE p.id = request AND p.kind = ANY(kinds) AND p.state = 'asked'
        AND EXISTS (SELECT FROM boroughs_membership m WHERE m.user_id = me AND m.borough_id = p.borough_id
            AND (m.role IN ('lead', 'monitoring') OR (me = p.asked_by_id AND NOT really))
            AND m.since <= statement_timestamp() AND (m.until IS NULL OR m.until > statement_timestamp()))
        AND EXISTS (SELECT FROM accounts_user u WHERE u.id = me AND u.is_active);
    PERFORM set_config('app.migrating', coalesce(before, ''), true);
    IF really AND (found.id IS NULL OR found.asked_by_id = me) THEN
        RAISE EXCEPTION 'Two people erase together.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN found;
END $$;

CREATE FUNCTION app_digest(said text) RETURNS text LANGUAGE sql IMMUTABLE
    AS $$ SELECT encode(sha256(convert_to(said, 'UTF8')), 'hex') $$;

CREATE FUNCTION app_purge_drafts(address text, really boolean) RETURNS TABLE (what text, digest text, file text)
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT 'draft', app_digest(t.body), '' FROM accounts_typedtext t
        WHERE length(address) >= 36 AND strpos(t.path, address) > 0 AND t.body <> '';
    IF really THEN
        DELETE FROM accounts_typedtext t WHERE length(address) >= 36 AND strpos(t.path, address) > 0;
    END IF;
END $$;

CREATE FUNCTION app_purged_files() RETURNS TABLE (borough_id bigint, file text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := current_setting('app.migrating', true);
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    RETURN QUERY SELECT p.borough_id, f.name FROM boroughs_purgerequest p, jsonb_array_elements_text(p.files) AS f (name)
        WHERE p.state = 'done' AND p.decided_at > statement_timestamp() - interval '30 days';
    PERFORM set_config('app.migrating', coalesce(before, ''), true);
END $$;

CREATE FUNCTION boroughs_purge(request uuid, really boolean) RETURNS TABLE (what text, digest text, file text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := current_setting('app.migrating', true);
    wanted boroughs_purgerequest := app_purging(request, ARRAY['committee', 'closure'], really);
    the_committee uuid;
    the_closure uuid;
    of_case boolean := wanted.part IN ('', 'case');
    of_list boolean := wanted.part IN ('', 'list');
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    SELECT c.id INTO the_committee FROM boroughs_committee c
        WHERE wanted.kind = 'committee' AND c.id = wanted.record AND c.borough_id = wanted.borough_id;
    SELECT c.id INTO the_closure FROM boroughs_closure c
        WHERE wanted.kind = 'closure' AND c.id = wanted.record AND c.borough_id = wanted.borough_id;
    RETURN QUERY SELECT 'text', app_digest(said.body), '' FROM (
        SELECT c.remit FROM boroughs_committee c WHERE c.id = the_committee
        UNION ALL SELECT c.public_line FROM boroughs_closure c WHERE c.id = the_closure AND of_case
        UNION ALL SELECT c.ground_note FROM boroughs_closurecase c WHERE c.closure_id = the_closure AND of_case
        UNION ALL SELECT c.interest_reason FROM boroughs_closurecase c WHERE c.closure_id = the_closure AND of_case
        UNION ALL SELECT p.reason FROM boroughs_closureparagraph p WHERE p.closure_id = the_closure AND of_case
        UNION ALL SELECT a.reason FROM boroughs_closureact a WHERE a.closure_id = the_closure
            AND (CASE WHEN a.deed IN ('closed', 'changed', 'released') THEN of_case ELSE of_list END)
        UNION ALL SELECT g.reason FROM boroughs_closureuserpermission g WHERE g.content_object_id = the_closure AND of_list
        UNION ALL SELECT g.reason FROM boroughs_seatgrant g WHERE g.closure_id = the_closure AND of_list
        UNION ALL SELECT r.reason FROM boroughs_accessrequest r WHERE r.closure_id = the_closure AND of_list
        UNION ALL SELECT r.answer_reason FROM boroughs_accessrequest r WHERE r.closure_id = the_closure AND of_list
    ) AS said (body) WHERE said.body NOT IN ('', 'MARK');
    RETURN QUERY SELECT * FROM app_purge_drafts(wanted.record::text, really);
    IF really THEN
        DELETE FROM boroughs_closedpassages p WHERE p.closure_id = the_closure AND strpos(p.source, the_closure::text) > 0;
        UPDATE boroughs_committee c SET remit = '' WHERE c.id = the_committee;
        UPDATE boroughs_closure c SET public_line = CASE c.public_line WHEN '' THEN '' ELSE 'MARK' END
            WHERE c.id = the_closure AND of_case;
        UPDATE boroughs_closurecase c SET ground_note = '', interest_reason = '', version = c.version + 1
            WHERE c.closure_id = the_closure AND of_case;
        UPDATE boroughs_closureparagraph p SET reason = '' WHERE p.closure_id = the_closure AND of_case;
        UPDATE boroughs_closureact a SET reason = 'MARK' WHERE a.closure_id = the_closure
            AND (CASE WHEN a.deed IN ('closed', 'changed', 'released') THEN of_case ELSE of_list END);
        UPDATE boroughs_closureuserpermission g SET reason = 'MARK' WHERE g.content_object_id = the_closure AND of_list;
        UPDATE boroughs_seatgrant g SET reason = 'MARK' WHERE g.closure_id = the_closure AND of_list;
        UPDATE boroughs_accessrequest r SET reason = 'MARK',
            answer_reason = CASE r.answer_reason WHEN '' THEN '' ELSE 'MARK' END
            WHERE r.closure_id = the_closure AND of_list;
    END IF;
    PERFORM set_config('app.migrating', coalesce(before, ''), true);
END $$;
REVOKE ALL ON FUNCTION app_purging(uuid, text[], boolean), boroughs_purge(uuid, boolean), app_purged_files() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION boroughs_purge(uuid, boolean), app_purged_files() TO portal_app;
""".replace("MARK", MARK)
UNDO = """
DROP FUNCTION boroughs_purge(uuid, boolean), app_purged_files(), app_purge_drafts(text, boolean), app_digest(text),
    app_purging(uuid, text[], boolean);
DROP TRIGGER purge_is_decided_once ON boroughs_purgerequest;
DROP FUNCTION purge_is_decided_once();
"""
KNOWN = f"({OPEN_TO_ME} OR asked_by_id = {ME} OR borough_id = ANY ({MY_BOROUGHS_KEPT}))"


class Migration(migrations.Migration):
    """Requests to erase are for those who may know of the record; the asker withdraws, and another decides."""

    dependencies = [("boroughs", "0009_purges"), ("accounts", "0001_initial")]
    operations = [
        protect(
            "boroughs_purgerequest",
            f"borough_id = ANY ({MY_BOROUGHS}) AND {KNOWN}",
            add=f"borough_id = ANY ({MY_BOROUGHS}) AND asked_by_id = {ME} AND state = 'asked' AND {KNOWN}",
            change=f"(asked_by_id = {ME} AND state IN ('asked', 'withdrawn') AND borough_id = ANY ({MY_BOROUGHS})) "
            f"OR (asked_by_id <> {ME} AND borough_id = ANY ({MY_BOROUGHS_KEPT}) "
            f"AND (state = 'asked' OR decided_by_id = {ME}))",
            remove="false",
        ),
        migrations.RunSQL(FUNCTIONS, UNDO),
    ]
