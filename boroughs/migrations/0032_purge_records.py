from django.db import migrations

MARK = "[erased]"

# Kind: the table whose key the request names, how a row of it leads to its borough, and what is erased with it: the part
# that asks for it, the table, which of its rows ($1 is the record), and the columns that hold words. A column with a “!” is unique.
STRATEGY = "SELECT s.borough_id FROM boroughs_strategy s WHERE s.id = {}"
PLAN_OF_ACTION = "(SELECT p.strategy_id FROM boroughs_deliveryplan p WHERE p.id = t.plan_id)"
# An action and those it was carried from and into: they hold the same words
CHAIN = """(WITH RECURSIVE chain (id) AS (SELECT $1 UNION SELECT a.id FROM boroughs_action a JOIN chain c
    ON a.carried_from_id = c.id OR a.id = (SELECT b.carried_from_id FROM boroughs_action b WHERE b.id = c.id))
    SELECT id FROM chain)"""
RISK = "title cause effect controls owner_post illustrative"
KINDS: dict[str, tuple[str, str, list[tuple[str, str, str, str]]]] = {
    "strategy": (
        "boroughs_strategy",
        "t.borough_id",
        [
            (
                "words",
                "boroughs_strategy",
                "t.id = $1",
                "title aims summary state_reason recommendation priority_name area_name action_name reports_to cadence "
                "corporate_priorities delegated_to delegated_with source illustrative",
            ),
            ("words", "boroughs_linkedstrategy", "t.strategy_id = $1", "title about"),
            ("consultation", "boroughs_strategy", "t.id = $1", "consultation_none"),
            ("consultation", "boroughs_consultation", "t.strategy_id = $1", "who how outcome"),
            (
                "amendments",
                "boroughs_amendment",
                "t.strategy_id = $1",
                "decided_by consulted reason decision_record",
            ),
            (
                "amendments",
                "boroughs_amendedtext",
                "t.amendment_id IN (SELECT a.id FROM boroughs_amendment a WHERE a.strategy_id = $1)",
                "before after",
            ),
        ],
    ),
    "priority": (
        "boroughs_priority",
        f"({STRATEGY.format('t.strategy_id')})",
        [
            ("", "boroughs_priority", "t.id = $1", "title about"),
            ("", "boroughs_area", "t.priority_id = $1", "title"),
        ],
    ),
    "plan": (
        "boroughs_deliveryplan",
        f"({STRATEGY.format('t.strategy_id')})",
        [("", "boroughs_deliveryplan", "t.id = $1", "title illustrative")],
    ),
    "action": (
        "boroughs_action",
        f"({STRATEGY.format(PLAN_OF_ACTION)})",
        [
            (
                "words",
                "boroughs_action",
                f"t.id IN {CHAIN}",
                "title owner_post success_measure stopped_reason",
            ),
            ("notes", "boroughs_progressnote", f"t.action_id IN {CHAIN}", "text"),
        ],
    ),
    "review": (
        "boroughs_review",
        "t.borough_id",
        [
            (
                "words",
                "boroughs_review",
                "t.id = $1",
                "title reviewers findings source illustrative",
            ),
            (
                "asked",
                "boroughs_recommendation",
                "t.review_id = $1",
                "text owner_post response_text reported_note",
            ),
            (
                "asked",
                "boroughs_recommendationaction",
                "t.recommendation_id IN (SELECT r.id FROM boroughs_recommendation r WHERE r.review_id = $1)",
                "text owner_post organisation",
            ),
        ],
    ),
    "recommendation": (
        "boroughs_recommendation",
        "(SELECT r.borough_id FROM boroughs_review r WHERE r.id = t.review_id)",
        [
            (
                "",
                "boroughs_recommendation",
                "t.id = $1",
                "text owner_post response_text reported_note",
            ),
            (
                "",
                "boroughs_recommendationaction",
                "t.recommendation_id = $1",
                "text owner_post organisation",
            ),
        ],
    ),
    "risk": (
        "boroughs_risk",
        "t.borough_id",
        [
            ("", "boroughs_risk", "t.id = $1", RISK),
            ("", "boroughs_riskreview", "t.risk_id = $1", "controls note"),
        ],
    ),
    "board": (
        "boroughs_committee",
        "t.borough_id",
        [
            ("words", "boroughs_committee", "t.id = $1", "chair_post terms"),
            ("words", "boroughs_boardmember", "t.board_id = $1", "post! organisation!"),
            ("meetings", "boroughs_meeting", "t.committee_id = $1", "not_held_because"),
        ],
    ),
    "figure": (
        "boroughs_figurevalue",
        "t.borough_id",
        [("", "boroughs_figurevalue", "t.id = $1", "note difference source illustrative")],
    ),
    "indicator": (
        "boroughs_ownindicator",
        "t.borough_id",
        [("", "boroughs_ownindicator", "t.id = $1", "name definition breakdown")],
    ),
    "duty": (
        "boroughs_duty",
        "t.borough_id",
        [
            ("words", "boroughs_duty", "t.id = $1", "title! told owner_post"),
            ("notes", "boroughs_dutyround", "t.duty_id = $1", "note"),
        ],
    ),
}
COLUMNS = """
CREATE FUNCTION app_purge_columns(tbl text, which text, one uuid, columns text[], really boolean, called text)
RETURNS TABLE (what text, digest text, file text)
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
    col text;
    mark text;
BEGIN
    FOREACH col IN ARRAY columns LOOP
        mark := CASE WHEN col LIKE '%!' THEN '''MARK '' || left(t.id::text, 8)' ELSE '''MARK''' END;
        col := rtrim(col, '!');
        RETURN QUERY EXECUTE format('SELECT %L::text, app_digest(t.%I), ''''::text FROM %I t
            WHERE %s AND t.%I <> '''' AND t.%I NOT LIKE ''MARK%%''', called, col, tbl, which, col, col) USING one;
        IF really THEN
            EXECUTE format('UPDATE %I t SET %I = %s WHERE %s AND t.%I <> ''''', tbl, col, mark, which, col) USING one;
        END IF;
    END LOOP;
    IF really THEN
        EXECUTE format('DELETE FROM boroughs_closedpassages p WHERE p.source IN (SELECT t.id::text FROM %I t WHERE %s)',
            tbl, which) USING one;
        IF EXISTS (SELECT FROM information_schema.columns c WHERE c.table_schema = 'public' AND c.table_name = tbl
            AND c.column_name = 'version') THEN
            EXECUTE format('UPDATE %I t SET version = t.version + 1 WHERE %s', tbl, which) USING one;
        END IF;
    END IF;
END $$;
REVOKE ALL ON FUNCTION app_purge_columns(text, text, uuid, text[], boolean, text) FROM PUBLIC;
""".replace("MARK", MARK)
# The history of figures is for adding alone: its trigger is told to let this function of the owner by.
HISTORY = """
    IF wanted.kind = 'figure' THEN
        IF really THEN
            PERFORM set_config('pgtrigger.ignore', '{pgtrigger_append_only_059aa}', true);
        END IF;
        RETURN QUERY SELECT * FROM app_purge_columns('boroughs_figurevalueevent', 't.pgh_obj_id = $1', wanted.record,
            ARRAY['note', 'difference', 'source', 'illustrative'], really, 'earlier') WHERE known;
        PERFORM set_config('pgtrigger.ignore', coalesce(nullif(ignored, ''), '{}'), true);
    END IF;
"""


def quoted(words: str) -> str:
    return words.replace("'", "''")


def known(kind: str) -> str:
    table, borough, _ = KINDS[kind]
    return f"""
    known := known OR wanted.kind = '{kind}' AND EXISTS (SELECT FROM {table} t
        WHERE t.id = wanted.record AND {borough} = wanted.borough_id);"""


def erased(kind: str) -> str:
    said = ""
    for part, table, which, columns in KINDS[kind][2]:
        names = ", ".join(f"'{name}'" for name in columns.split())
        wanted = f" AND wanted.part IN ('', '{part}')" if part else ""
        said += f"""
    IF known AND wanted.kind = '{kind}'{wanted} THEN
        RETURN QUERY SELECT * FROM app_purge_columns('{table}', '{quoted(which)}', wanted.record, ARRAY[{names}], really, 'text');
    END IF;"""
    return said


PURGE = f"""
CREATE FUNCTION boroughs_purge_record(request uuid, really boolean) RETURNS TABLE (what text, digest text, file text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := current_setting('app.migrating', true);
    ignored text := current_setting('pgtrigger.ignore', true);
    wanted boroughs_purgerequest := app_purging(request, ARRAY[{", ".join(f"'{kind}'" for kind in KINDS)}], really);
    known boolean := false;
BEGIN
    PERFORM set_config('app.migrating', 'on', true);
    {"".join(known(kind) for kind in KINDS)}
    {"".join(erased(kind) for kind in KINDS)}
    {HISTORY}
    RETURN QUERY SELECT * FROM app_purge_drafts(wanted.record::text, really) WHERE known;
    PERFORM set_config('app.migrating', coalesce(before, ''), true);
END $$;
REVOKE ALL ON FUNCTION boroughs_purge_record(uuid, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION boroughs_purge_record(uuid, boolean) TO portal_app;
"""


class Migration(migrations.Migration):
    """Two people erase what was typed into strategies, plans, reviews, risks, boards, figures and duties, with its history."""

    dependencies = [("boroughs", "0031_own_action_rows")]
    operations = [
        migrations.RunSQL(
            COLUMNS, "DROP FUNCTION app_purge_columns(text, text, uuid, text[], boolean, text)"
        ),
        migrations.RunSQL(PURGE, "DROP FUNCTION boroughs_purge_record(uuid, boolean)"),
    ]
