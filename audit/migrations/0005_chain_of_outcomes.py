from django.db import migrations

# What was chained before these columns were there has their defaults and keeps its hash: they are hashed only where they
# say something, as three more members of the array.
APPEND = """
CREATE OR REPLACE FUNCTION audit_append() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    its_chain text := coalesce('borough-' || NEW.borough_id, 'portal');
    place bigint;
    before text;
    digest text;
BEGIN
    INSERT INTO audit_head AS head (chain, seq, hash) VALUES (its_chain, 1, repeat('0', 64))
        ON CONFLICT (chain) DO UPDATE SET seq = head.seq + 1
        RETURNING seq, hash INTO place, before;
    digest := encode(sha256(convert_to((jsonb_build_array(
        before, place, NEW.id, to_char(NEW.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
        NEW.borough_id, NEW.actor_id, NEW.deed, NEW.subject, NEW.facts){more})::text, 'UTF8')), 'hex');
    INSERT INTO audit_link (event_id, chain, seq, prev, hash) VALUES (NEW.id, its_chain, place, before, digest);
    UPDATE audit_head SET hash = digest WHERE chain = its_chain;
    RETURN NULL;
END $$;
"""
MORE = """ || CASE WHEN NEW.outcome = 'done' AND NEW.origin = '' AND NOT NEW.members_reading THEN '[]'::jsonb
        ELSE jsonb_build_array(NEW.outcome, NEW.origin, NEW.members_reading) END"""
# From where: set by the request's transaction, so that no writer has to pass it on. A trigger and not a default, since
# Django names every column when it inserts.
ORIGIN = """
CREATE FUNCTION audit_origin() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.origin := left(coalesce(current_setting('app.origin', true), ''), 45);
    RETURN NEW;
END $$;
CREATE TRIGGER audit_origin BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_origin();
REVOKE INSERT, UPDATE, DELETE ON audit_checked FROM portal_app;
"""
BACK = """
DROP TRIGGER audit_origin ON audit_event;
DROP FUNCTION audit_origin();
GRANT INSERT, UPDATE, DELETE ON audit_checked TO portal_app;
"""


class Migration(migrations.Migration):
    """Outcome, origin and members' reading are chained too; the database says from where."""

    dependencies = [("audit", "0004_outcome_and_origin")]
    operations = [
        migrations.RunSQL(
            APPEND.replace("{more}", MORE) + ORIGIN, BACK + APPEND.replace("{more}", "")
        )
    ]
