"""A database made before asks by the same functions as a new one."""

from importlib import import_module

import pytest

restated = import_module("boroughs.migrations.0041_restate_policies").restated

LIVE = "(m.since <= statement_timestamp()) AND ((m.until IS NULL) OR (m.until > statement_timestamp()))"
ME = "(m.user_id = ( SELECT app_user() AS app_user))"
BOTH = "((m.role)::text = ANY ((ARRAY['lead'::character varying, 'monitoring'::character varying])::text[]))"
MINE = f"( SELECT m.borough_id\n   FROM boroughs_membership m\n  WHERE ({ME} AND {LIVE}))"
KEPT = (
    f"( SELECT m.borough_id\n   FROM boroughs_membership m\n  WHERE ({ME} AND {BOTH} AND {LIVE}))"
)
LED = f"( SELECT m.borough_id\n   FROM boroughs_membership m\n  WHERE ({ME} AND {LIVE} AND ((m.role)::text = 'lead'::text)))"
CLOSURE = (
    "EXISTS ( SELECT\n   FROM boroughs_closure c\n  WHERE ((c.id = {}) AND (c.borough_id IN {})))"
)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"(borough_id IN {MINE})", "(borough_id = ANY ((SELECT app_my_boroughs())::bigint[]))"),
        (
            f"((borough_id IN {LED}) AND (NOT members_reading))",
            "((borough_id = ANY ((SELECT app_my_boroughs('lead'))::bigint[])) AND (NOT members_reading))",
        ),
        (
            CLOSURE.format("boroughs_closurecase.closure_id", KEPT),
            "closure_id = ANY ((SELECT app_kept_closures())::uuid[])",
        ),
        ("(closure_id IS NULL)", "(closure_id IS NULL)"),
    ],
)
def test_a_sub_select_becomes_the_function_it_stands_for(before: str, after: str) -> None:
    assert restated(before) == after
