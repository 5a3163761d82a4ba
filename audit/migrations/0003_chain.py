from django.db import migrations

# The link is appended at commit, so that a chain is locked only while committing; the place in the chain is drawn inside
# that lock, so that it cannot fork. SECURITY DEFINER: the application may not touch heads or links.
CHAIN = """
REVOKE UPDATE, DELETE ON audit_event FROM portal_app;
REVOKE INSERT, UPDATE, DELETE ON audit_link FROM portal_app;
REVOKE ALL ON audit_head FROM portal_app;

CREATE FUNCTION audit_append() RETURNS trigger
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
    digest := encode(sha256(convert_to(jsonb_build_array(
        before, place, NEW.id, to_char(NEW.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
        NEW.borough_id, NEW.actor_id, NEW.deed, NEW.subject, NEW.facts)::text, 'UTF8')), 'hex');
    INSERT INTO audit_link (event_id, chain, seq, prev, hash) VALUES (NEW.id, its_chain, place, before, digest);
    UPDATE audit_head SET hash = digest WHERE chain = its_chain;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER audit_append AFTER INSERT ON audit_event
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_append();

CREATE FUNCTION audit_never() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'The trail is append-only.'; END $$;
CREATE TRIGGER audit_never BEFORE UPDATE OR DELETE ON audit_event
    FOR EACH ROW EXECUTE FUNCTION audit_never();
CREATE TRIGGER audit_never_truncate BEFORE TRUNCATE ON audit_event
    FOR EACH STATEMENT EXECUTE FUNCTION audit_never();
"""


class Migration(migrations.Migration):
    """Events are append-only, each with its place in its borough's hash chain."""

    dependencies = [("audit", "0002_initial")]
    operations = [
        migrations.RunSQL(
            CHAIN,
            """
            DROP TRIGGER audit_never_truncate ON audit_event;
            DROP TRIGGER audit_never ON audit_event;
            DROP TRIGGER audit_append ON audit_event;
            DROP FUNCTION audit_append(), audit_never();
            GRANT UPDATE, DELETE ON audit_event TO portal_app;
            GRANT INSERT, UPDATE, DELETE ON audit_link TO portal_app;
            GRANT SELECT, INSERT, UPDATE, DELETE ON audit_head TO portal_app;
            """,
        )
    ]
