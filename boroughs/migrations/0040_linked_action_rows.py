from django.db import migrations

from boroughs.rows import ME, MY_BOROUGHS_RECORDED, protect

BOTH_ENDS = """EXISTS (SELECT FROM boroughs_recommendation r WHERE r.id = recommendation_id)
    AND EXISTS (SELECT FROM boroughs_action a WHERE a.id = action_id)"""
# One borough at both ends, and one whose record the visitor keeps
KEPT = f"""EXISTS (SELECT FROM boroughs_recommendation r JOIN boroughs_review v ON v.id = r.review_id
    JOIN boroughs_strategy s ON s.borough_id = v.borough_id
    JOIN boroughs_deliveryplan p ON p.strategy_id = s.id JOIN boroughs_action a ON a.plan_id = p.id
    WHERE r.id = recommendation_id AND a.id = action_id AND v.borough_id = ANY ({MY_BOROUGHS_RECORDED}))"""

# Who removes one end may not see the other: then a key of Django's would refuse, and say by it that there is one.
ENDS = """
ALTER TABLE boroughs_linkedaction
    ADD CONSTRAINT a_link_goes_with_its_recommendation FOREIGN KEY (recommendation_id)
        REFERENCES boroughs_recommendation (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT a_link_goes_with_its_action FOREIGN KEY (action_id)
        REFERENCES boroughs_action (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
"""
NO_ENDS = """
ALTER TABLE boroughs_linkedaction DROP CONSTRAINT a_link_goes_with_its_recommendation,
    DROP CONSTRAINT a_link_goes_with_its_action;
"""
# Who carries a plan forward may not see every review that asked for its actions. Inside one strategy alone.
CARRIED = """
CREATE FUNCTION links_go_along_when_carried() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := current_setting('app.migrating', true);
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    INSERT INTO boroughs_linkedaction (id, recommendation_id, action_id, linked_by_id, linked_at)
        SELECT gen_random_uuid(), l.recommendation_id, NEW.id, l.linked_by_id, l.linked_at
        FROM boroughs_linkedaction l JOIN boroughs_action a ON a.id = l.action_id
        JOIN boroughs_deliveryplan p ON p.id = a.plan_id JOIN boroughs_deliveryplan q ON q.strategy_id = p.strategy_id
        WHERE a.id = NEW.carried_from_id AND q.id = NEW.plan_id
        ON CONFLICT DO NOTHING;
    PERFORM set_config('app.migrating', coalesce(before, ''), true);
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION links_go_along_when_carried() FROM PUBLIC;
CREATE TRIGGER links_go_along_when_carried AFTER INSERT ON boroughs_action
    FOR EACH ROW WHEN (NEW.carried_from_id IS NOT NULL) EXECUTE FUNCTION links_go_along_when_carried();
"""
NOT_CARRIED = """
DROP TRIGGER links_go_along_when_carried ON boroughs_action;
DROP FUNCTION links_go_along_when_carried();
"""


class Migration(migrations.Migration):
    """A link is there for whoever may see both its ends; who keeps the record adds and removes it, and nobody changes it."""

    dependencies = [("boroughs", "0039_linked_actions")]
    operations = [
        protect(
            "boroughs_linkedaction",
            BOTH_ENDS,
            add=f"linked_by_id = {ME} AND {KEPT}",
            change="false",
            remove=KEPT,
        ),
        migrations.RunSQL(ENDS, NO_ENDS),
        migrations.RunSQL(CARRIED, NOT_CARRIED),
    ]
