from django.db import migrations

from boroughs.rows import ME, MY_BOROUGHS, MY_BOROUGHS_RECORDED, replace_policies

OF_A_STRATEGY = "EXISTS (SELECT FROM boroughs_strategy s WHERE s.id = strategy_id)"
OF_AN_AMENDMENT = "EXISTS (SELECT FROM boroughs_amendment a WHERE a.id = amendment_id)"
OF_A_PRIORITY = "EXISTS (SELECT FROM boroughs_priority p WHERE p.id = priority_id)"
OF_A_PLAN = "EXISTS (SELECT FROM boroughs_deliveryplan p WHERE p.id = plan_id)"
OF_AN_ACTION = "EXISTS (SELECT FROM boroughs_action a WHERE a.id = action_id)"
MINE = f"borough_id = ANY ({MY_BOROUGHS})"
KEPT = f"borough_id = ANY ({MY_BOROUGHS_RECORDED})"


def kept(join: str) -> str:
    """The row's strategy is one of a borough whose record the visitor keeps."""
    return f"EXISTS (SELECT FROM boroughs_strategy s {join} AND s.{KEPT})"


KEPT_STRATEGY = kept("WHERE s.id = strategy_id")
KEPT_AMENDMENT = kept("JOIN boroughs_amendment a ON a.strategy_id = s.id WHERE a.id = amendment_id")
KEPT_PRIORITY = kept("JOIN boroughs_priority p ON p.strategy_id = s.id WHERE p.id = priority_id")
KEPT_PLAN = kept("JOIN boroughs_deliveryplan p ON p.strategy_id = s.id WHERE p.id = plan_id")
KEPT_ACTION = kept(
    "JOIN boroughs_deliveryplan p ON p.strategy_id = s.id "
    "JOIN boroughs_action a ON a.plan_id = p.id WHERE a.id = action_id"
)
MY_ORGANISATIONS = f"""(SELECT m.organisation_id FROM boroughs_membership m WHERE m.user_id = {ME} AND m.role = 'contributor'
    AND m.since <= statement_timestamp() AND (m.until IS NULL OR m.until > statement_timestamp()))"""
OWN = f"organisation_id IN {MY_ORGANISATIONS} AND {OF_A_PLAN}"
OWN_ACTION = (
    f"EXISTS (SELECT FROM boroughs_action a WHERE a.id = action_id "
    f"AND a.organisation_id IN {MY_ORGANISATIONS})"
)
# A policy knows rows and no columns: of their own action contributors change what a report says, and nothing else.
REPORTED = f"""
CREATE FUNCTION contributors_report_and_no_more() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_user = 'portal_app'
        AND to_jsonb(NEW) - ARRAY['state', 'stopped_reason', 'version', 'changed_by_id', 'changed_at']
            IS DISTINCT FROM to_jsonb(OLD) - ARRAY['state', 'stopped_reason', 'version', 'changed_by_id', 'changed_at']
        AND NOT {KEPT_PLAN.replace("= plan_id", "= NEW.plan_id")} THEN
        RAISE EXCEPTION 'Contributors report on their own organisation''s actions and change nothing else of them.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER contributors_report_and_no_more BEFORE UPDATE ON boroughs_action
    FOR EACH ROW EXECUTE FUNCTION contributors_report_and_no_more();
"""
UNDO = """
DROP TRIGGER contributors_report_and_no_more ON boroughs_action;
DROP FUNCTION contributors_report_and_no_more();
"""


def writers(table: str, was: str, now: str, *, only_add: bool = False) -> migrations.RunSQL:
    verbs = ("add",) if only_add else ("add", "change", "remove")
    return replace_policies(table, dict.fromkeys(verbs, (was, now)))


class Migration(migrations.Migration):
    """Strategies and plans are written by those who keep the record; a contributor reports on their own organisation's
    actions, whatever the portal's code would let them do."""

    dependencies = [("boroughs", "0030_versions")]
    operations = [
        writers("boroughs_organisation", MINE, KEPT),
        writers("boroughs_linkedstrategy", OF_A_STRATEGY, KEPT_STRATEGY),
        writers("boroughs_consultation", OF_A_STRATEGY, KEPT_STRATEGY),
        writers("boroughs_amendment", OF_A_STRATEGY, KEPT_STRATEGY, only_add=True),
        writers("boroughs_amendedtext", OF_AN_AMENDMENT, KEPT_AMENDMENT, only_add=True),
        writers("boroughs_priority", OF_A_STRATEGY, KEPT_STRATEGY),
        writers("boroughs_area", OF_A_PRIORITY, KEPT_PRIORITY),
        writers("boroughs_deliveryplan", OF_A_STRATEGY, KEPT_STRATEGY),
        replace_policies(
            "boroughs_action",
            {
                "add": (OF_A_PLAN, KEPT_PLAN),
                "change": (OF_A_PLAN, f"{KEPT_PLAN} OR ({OWN})"),
                "remove": (OF_A_PLAN, KEPT_PLAN),
            },
        ),
        replace_policies(
            "boroughs_progressnote",
            {"add": (OF_AN_ACTION, f"by_id = {ME} AND ({KEPT_ACTION} OR {OWN_ACTION})")},
        ),
        migrations.RunSQL(REPORTED, UNDO),
    ]
