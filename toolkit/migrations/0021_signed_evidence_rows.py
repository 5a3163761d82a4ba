from importlib import import_module

from django.db import migrations

from boroughs.rows import MY_BOROUGHS, my_boroughs, protect

ROUND = import_module("toolkit.migrations.0009_round_rows")
ERASING_TWINS = import_module("toolkit.migrations.0019_moving_purge").erasing_twins
RATES = my_boroughs("coordinator")  # Perm.RATE
# The line of a list tells what it points at: it is for those who may read the thing itself, closed since or not
THING = """(kind <> 'paper' OR EXISTS (SELECT FROM papers_paper p WHERE p.id = thing))
    AND (kind <> 'figure' OR EXISTS (SELECT FROM boroughs_figurevalue f WHERE f.id = thing))
    AND (kind <> 'action' OR EXISTS (SELECT FROM boroughs_action a WHERE a.id = thing))"""
KEPT = "REVOKE UPDATE, DELETE, TRUNCATE ON toolkit_signedevidence, toolkit_signedanswer FROM portal_app"
NOT_KEPT = "GRANT UPDATE, DELETE ON toolkit_signedevidence, toolkit_signedanswer TO portal_app"
# That a rating rests on something closed is said in its sign-off, and nothing of what it is
ON_CLOSED = """
CREATE FUNCTION toolkit_rests_on_closed(round uuid) RETURNS SETOF uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := coalesce(current_setting('app.migrating', true), '');
    leads bigint[] := app_my_boroughs('lead');
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    RETURN QUERY SELECT DISTINCT r.id FROM toolkit_evidence e
        JOIN toolkit_rating r ON r.id = e.rating_id JOIN toolkit_assessment a ON a.id = r.assessment_id
        LEFT JOIN papers_paper p ON p.id = e.paper_id LEFT JOIN boroughs_figurevalue f ON f.id = e.figure_id
        LEFT JOIN boroughs_action t ON t.id = e.action_id LEFT JOIN boroughs_deliveryplan d ON d.id = t.plan_id
        LEFT JOIN boroughs_strategy s ON s.id = d.strategy_id
        JOIN boroughs_closure c ON c.id IN (p.closure_id, f.closure_id, s.closure_id) AND c.released_at IS NULL
        WHERE a.id = round AND a.borough_id = ANY (leads);
    PERFORM set_config('app.migrating', before, true);
END $$;
REVOKE ALL ON FUNCTION toolkit_rests_on_closed(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION toolkit_rests_on_closed(uuid) TO portal_app;
"""
# What is erased takes the lines about it along, and an action whose words are erased loses them there too
FORGET = """
CREATE FUNCTION toolkit_forget_thing() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := coalesce(current_setting('app.migrating', true), '');
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    IF TG_OP = 'UPDATE' THEN
        UPDATE toolkit_signedevidence v SET title = NEW.title WHERE v.thing = OLD.id;
    ELSE
        DELETE FROM toolkit_signedevidence v WHERE v.thing = OLD.id;
        DELETE FROM toolkit_evidence v WHERE OLD.id IN (v.paper_id, v.figure_id, v.action_id);
    END IF;
    PERFORM set_config('app.migrating', before, true);
    RETURN CASE TG_OP WHEN 'UPDATE' THEN NEW ELSE OLD END;
END $$;
CREATE TRIGGER toolkit_forget_paper BEFORE DELETE ON papers_paper FOR EACH ROW EXECUTE FUNCTION toolkit_forget_thing();
CREATE TRIGGER toolkit_forget_figure BEFORE DELETE ON boroughs_figurevalue FOR EACH ROW EXECUTE FUNCTION toolkit_forget_thing();
CREATE TRIGGER toolkit_forget_action BEFORE DELETE ON boroughs_action FOR EACH ROW EXECUTE FUNCTION toolkit_forget_thing();
CREATE TRIGGER toolkit_forget_words BEFORE UPDATE OF title ON boroughs_action FOR EACH ROW
    WHEN (NEW.title = '[erased]') EXECUTE FUNCTION toolkit_forget_thing();
"""
UNDO_FORGET = """
DROP TRIGGER toolkit_forget_words ON boroughs_action;
DROP TRIGGER toolkit_forget_action ON boroughs_action;
DROP TRIGGER toolkit_forget_figure ON boroughs_figurevalue;
DROP TRIGGER toolkit_forget_paper ON papers_paper;
DROP FUNCTION toolkit_forget_thing();
"""
SIGNED_NOTES = """    IF really AND of_comment AND of_actions AND of_reason THEN
        UPDATE toolkit_signedevidence v SET note = '[erased]'
            FROM toolkit_signedrating s, toolkit_signoff o, toolkit_rating r
            WHERE v.note <> '' AND s.id = v.signed_id AND o.id = s.sign_off_id AND r.id = ANY(their_ids)
              AND r.assessment_id = o.assessment_id AND r.benchmark_id = s.benchmark_id;
    END IF;
    IF really THEN
"""


def erasing_signed_notes() -> str:
    """The function that erases a rating's words, reaching the notes of the evidence that was signed off."""
    twins: str = ERASING_TWINS()
    return twins.replace("    IF really THEN\n", SIGNED_NOTES, 1)


class Migration(migrations.Migration):
    """What was signed off rests on what it rested on; nobody changes it, and it is read as the things themselves are."""

    dependencies = [
        ("toolkit", "0020_signed_evidence"),
        ("papers", "0010_use_rows"),
        ("boroughs", "0050_borough_region"),
    ]
    operations = [
        protect(
            "toolkit_promptsheet",
            f"borough_id = ANY ({MY_BOROUGHS})",
            write=f"borough_id = ANY ({RATES})",
            remove="false",
        ),
        protect(
            "toolkit_signedevidence",
            f"{ROUND.signed_text(ROUND.OWN_PEOPLE)} AND {THING}",
            add=ROUND.signed_text(ROUND.LEADS),
            change="false",
            remove="false",
        ),
        protect(
            "toolkit_signedanswer",
            ROUND.signed_text(ROUND.OWN_PEOPLE),
            add=ROUND.signed_text(ROUND.LEADS),
            change="false",
            remove="false",
        ),
        migrations.RunSQL(KEPT, NOT_KEPT),
        migrations.RunSQL(ON_CLOSED, "DROP FUNCTION toolkit_rests_on_closed(uuid)"),
        migrations.RunSQL(FORGET, UNDO_FORGET),
        migrations.RunSQL(erasing_signed_notes(), ERASING_TWINS()),
    ]
