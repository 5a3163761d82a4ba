from django.db import migrations

from boroughs.rows import (
    KEPT_CLOSURES,
    LISTED,
    ME,
    MY_BOROUGHS,
    MY_BOROUGHS_KEPT,
    my_boroughs,
    protect,
)

# What the owner looks up for a policy: the tables it asks have policies of their own, which would ask back without end.
# A place on a list counts while its holder has a live role in the borough, not the observer's alone, and an active account;
# a seat's while its committee sits. They go step by step because the planner, which cannot know whether the owner's policy
# lets a row through, expects one of each table and would compare every closure with every place on a list.
READERS = """
CREATE OR REPLACE FUNCTION app_closures(released boolean) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := current_setting('app.migrating', true);
    me bigint := app_user();
    today date := (statement_timestamp() AT TIME ZONE 'Europe/London')::date;
    boroughs bigint[];
    listing_in bigint[];
    committees uuid[];
    found uuid[];
BEGIN
    SELECT array_agg(m.borough_id), coalesce(array_agg(m.borough_id) FILTER (WHERE m.role <> 'observer'), '{}')
        INTO boroughs, listing_in
        FROM boroughs_membership m JOIN accounts_user u ON u.id = m.user_id AND u.is_active
        WHERE m.user_id = me AND m.since <= statement_timestamp() AND (m.until IS NULL OR m.until > statement_timestamp());
    IF boroughs IS NULL THEN
        RETURN '{}';
    END IF;
    PERFORM set_config('app.migrating', 'on', true);
    found := ARRAY(SELECT g.content_object_id FROM boroughs_closureuserpermission g
        WHERE g.user_id = me AND (g.expires_at IS NULL OR g.expires_at > statement_timestamp()));
    committees := ARRAY(SELECT p.committee_id FROM boroughs_seat p
        JOIN boroughs_committee b ON b.id = p.committee_id AND (b.ended_on IS NULL OR b.ended_on >= today)
        WHERE p.person_id = me AND p.since <= today AND (p.until IS NULL OR p.until >= today));
    IF committees <> '{}' THEN
        found := found || ARRAY(SELECT s.closure_id FROM boroughs_seatgrant s
            WHERE s.committee_id = ANY (committees) AND (s.expires_at IS NULL OR s.expires_at > statement_timestamp()));
    END IF;
    IF released THEN
        found := ARRAY(SELECT c.id FROM boroughs_closure c WHERE c.borough_id = ANY (boroughs)
            AND (c.released_at IS NOT NULL OR (c.id = ANY (found) AND c.borough_id = ANY (listing_in))));
    ELSE
        found := ARRAY(SELECT c.id FROM boroughs_closure c WHERE c.id = ANY (found) AND c.borough_id = ANY (listing_in));
    END IF;
    PERFORM set_config('app.migrating', coalesce(before, ''), true);
    RETURN found;
END $$;

CREATE OR REPLACE FUNCTION app_listed_closures() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN app_closures(false);
END $$;

CREATE OR REPLACE FUNCTION app_open_closures() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN app_closures(true);
END $$;

CREATE OR REPLACE FUNCTION app_kept_closures() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := current_setting('app.migrating', true);
    boroughs bigint[] := app_my_boroughs('lead', 'monitoring');
    found uuid[];
BEGIN
    IF cardinality(boroughs) = 0 THEN
        RETURN '{}';
    END IF;
    PERFORM set_config('app.migrating', 'on', true);
    found := ARRAY(SELECT c.id FROM boroughs_closure c WHERE c.borough_id = ANY (boroughs));
    PERFORM set_config('app.migrating', coalesce(before, ''), true);
    RETURN found;
END $$;

CREATE OR REPLACE FUNCTION app_my_committees() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := current_setting('app.migrating', true);
    boroughs bigint[] := app_my_boroughs();
    found uuid[];
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    found := ARRAY(SELECT s.committee_id FROM boroughs_seat s JOIN boroughs_committee b ON b.id = s.committee_id
        WHERE s.person_id = app_user() AND b.borough_id = ANY (boroughs));
    PERFORM set_config('app.migrating', coalesce(before, ''), true);
    RETURN found;
END $$;

REVOKE ALL ON FUNCTION app_closures(boolean), app_listed_closures(), app_open_closures(), app_kept_closures(), app_my_committees() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app_listed_closures(), app_open_closures(), app_kept_closures(), app_my_committees() TO portal_app;
"""
FUNCTIONS = """
CREATE FUNCTION closure_lists_its_closer() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := current_setting('app.migrating', true);
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    INSERT INTO boroughs_closureuserpermission
        (id, user_id, permission_id, content_object_id, granted_by_id, granted_at, reason, emergency)
    SELECT gen_random_uuid(), NEW.closed_by_id, p.id, NEW.id, NEW.closed_by_id, statement_timestamp(),
        'Closed the record', false
    FROM auth_permission p JOIN django_content_type t ON t.id = p.content_type_id
    WHERE t.app_label = 'boroughs' AND t.model = 'closure' AND p.codename = 'read_closed';
    IF NOT FOUND THEN
        RAISE EXCEPTION 'The permission read_closed does not exist: run migrate.';
    END IF;
    PERFORM set_config('app.migrating', coalesce(before, ''), true);
    RETURN NULL;
END $$;
CREATE TRIGGER closure_lists_its_closer AFTER INSERT ON boroughs_closure
    FOR EACH ROW EXECUTE FUNCTION closure_lists_its_closer();

CREATE FUNCTION app_leave_lists(person bigint, borough bigint) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := current_setting('app.migrating', true);
    yesterday date := (statement_timestamp() AT TIME ZONE 'Europe/London')::date - 1;
    left_lists integer;
BEGIN
    IF EXISTS (SELECT FROM boroughs_membership m WHERE m.user_id = person AND m.borough_id = borough
        AND (m.until IS NULL OR m.until > statement_timestamp())) THEN
        RAISE EXCEPTION 'This person still holds a role in the borough.';
    END IF;
    PERFORM set_config('app.migrating', 'on', true);
    WITH gone AS (
        DELETE FROM boroughs_closureuserpermission g USING boroughs_closure c
        WHERE g.content_object_id = c.id AND c.borough_id = borough AND g.user_id = person
        RETURNING c.id)
    INSERT INTO boroughs_closureact (id, closure_id, deed, reason, by_id, at, person_id)
    SELECT gen_random_uuid(), gone.id, 'withdrawn', 'Their last role in the borough ended', app_user(),
        statement_timestamp(), person
    FROM gone;
    GET DIAGNOSTICS left_lists = ROW_COUNT;
    UPDATE boroughs_seat p SET until = greatest(p.since, yesterday) FROM boroughs_committee b
        WHERE b.id = p.committee_id AND b.borough_id = borough AND p.person_id = person
          AND (p.until IS NULL OR p.until > yesterday);
    PERFORM set_config('app.migrating', coalesce(before, ''), true);
    RETURN left_lists;
END $$;

REVOKE ALL ON FUNCTION app_leave_lists(bigint, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app_leave_lists(bigint, bigint) TO portal_app;

CREATE FUNCTION seat_stays_with_others() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.person_id = app_user() AND (TG_OP = 'INSERT' OR NEW.person_id <> OLD.person_id
        OR NEW.committee_id <> OLD.committee_id OR NEW.since < OLD.since
        OR coalesce(NEW.until, 'infinity') > coalesce(OLD.until, 'infinity')) THEN
        RAISE EXCEPTION 'Nobody gives a seat to themselves.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER seat_stays_with_others BEFORE INSERT OR UPDATE ON boroughs_seat
    FOR EACH ROW EXECUTE FUNCTION seat_stays_with_others();
"""
UNDO = """
DROP TRIGGER seat_stays_with_others ON boroughs_seat;
DROP TRIGGER closure_lists_its_closer ON boroughs_closure;
DROP FUNCTION seat_stays_with_others(), closure_lists_its_closer(), app_leave_lists(bigint, bigint);
"""
UNDO_READERS = "DROP FUNCTION app_my_committees(), app_kept_closures(), app_open_closures(), app_listed_closures(), app_closures(boolean)"
KEPT = f"closure_id = ANY ({KEPT_CLOSURES})"
KEPT_OBJECT = f"content_object_id = ANY ({KEPT_CLOSURES})"
ON_ITS_LIST = f"closure_id = ANY ({LISTED})"


def closure_of(column: str, role: str) -> str:
    return f"EXISTS (SELECT FROM boroughs_closure c WHERE c.id = {column} AND c.released_at IS NULL AND c.borough_id = ANY ({my_boroughs(role)}))"


NO_SEAT_OF_MINE = f"NOT EXISTS (SELECT FROM boroughs_seat s WHERE s.committee_id = boroughs_seatgrant.committee_id AND s.person_id = {ME} AND (s.until IS NULL OR s.until >= statement_timestamp()::date))"
RECEIVER_HAS_A_ROLE = """EXISTS (SELECT FROM boroughs_membership m JOIN boroughs_closure c ON c.borough_id = m.borough_id
    WHERE c.id = content_object_id AND m.user_id = boroughs_closureuserpermission.user_id AND m.role <> 'observer'
      AND m.since <= statement_timestamp() AND (m.until IS NULL OR m.until > statement_timestamp()))"""
SHORT_EMERGENCY = "emergency AND expires_at <= statement_timestamp() + interval '168 hours'"
SEAT_OF_MINE = "committee_id = ANY ((SELECT app_my_committees())::uuid[])"


class Migration(migrations.Migration):
    """The second lock on closures: the shell for those it is told to, the rest for the list and those who keep it."""

    dependencies = [("boroughs", "0004_closures"), ("accounts", "0001_initial")]
    operations = [
        migrations.RunSQL(READERS, UNDO_READERS),
        migrations.RunSQL(FUNCTIONS, UNDO),
        protect(
            "boroughs_closure",
            f"borough_id = ANY ({MY_BOROUGHS}) AND (public_line <> '' OR released_at IS NOT NULL "
            f"OR closed_by_id = {ME} OR borough_id = ANY ({MY_BOROUGHS_KEPT}) OR id = ANY ({LISTED}))",
            add=f"borough_id = ANY ({MY_BOROUGHS}) AND closed_by_id = {ME} AND released_at IS NULL",
            change=f"id = ANY ({LISTED}) OR released_by_id = {ME}",
            remove="false",
        ),
        protect("boroughs_closurecase", f"{ON_ITS_LIST} OR {KEPT}", write=ON_ITS_LIST),
        protect("boroughs_closureparagraph", f"{ON_ITS_LIST} OR {KEPT}", write=ON_ITS_LIST),
        protect(
            "boroughs_closureact",
            f"{ON_ITS_LIST} OR {KEPT}",
            add=f"by_id = {ME} AND ({ON_ITS_LIST} OR {KEPT})",
            change="false",
            remove="false",
        ),
        protect(
            "boroughs_closureuserpermission",
            f"user_id = {ME} OR {KEPT_OBJECT}",
            add=f"user_id <> {ME} AND granted_by_id = {ME} AND {RECEIVER_HAS_A_ROLE} "
            f"AND (NOT emergency AND {closure_of('content_object_id', 'lead')} "
            f"OR {SHORT_EMERGENCY} AND {closure_of('content_object_id', 'monitoring')})",
            change="false",
            remove=KEPT_OBJECT,
        ),
        protect(
            "boroughs_seatgrant",
            f"{KEPT} OR {SEAT_OF_MINE}",
            add=f"granted_by_id = {ME} AND {closure_of('closure_id', 'lead')} AND {NO_SEAT_OF_MINE}",
            change="false",
            remove=KEPT,
        ),
        protect(
            "boroughs_accessrequest",
            f"asked_by_id = {ME} OR {KEPT}",
            add=f"asked_by_id = {ME} AND answer = '' AND EXISTS (SELECT FROM boroughs_closure c WHERE c.id = closure_id)",
            change=f"{closure_of('closure_id', 'lead')} AND asked_by_id <> {ME}",
            remove="false",
        ),
    ]
