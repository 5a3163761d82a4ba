"""Rows of `sheets` that the database refuses: the constraint, and a deed that breaks it."""

from .deeds import HELD, NOW, TOKEN, Case, again, change

CASES: list[Case] = [
    ("a_plans_import_names_its_plan", lambda w: change(w.here.sheet, plan=None)),
    ("a_plans_import_names_its_plan", lambda w: change(w.here.sheet, kind="figures")),
    (
        "an_import_of_ratings_names_its_round",
        lambda w: change(w.here.sheet, assessment=w.here.assessment),
    ),
    (
        "an_import_is_leased_only_while_it_is_worked_on",
        lambda w: change(w.here.sheet, token=TOKEN, lease_until=NOW),
    ),
    (
        "an_import_is_leased_only_while_it_is_worked_on",
        lambda w: change(w.here.sheet, state="checking", **HELD | {"attempts": 0}),
    ),
    ("an_import_tells_when_it_was_written", lambda w: change(w.here.sheet, state="applied")),
    (
        "an_import_tells_when_it_was_written",
        lambda w: change(w.here.sheet, state="undone", applied_at=NOW),
    ),
    ("an_import_checks_its_own_rows", lambda w: change(w.here.sheet, checked=3)),
    ("a_sheet_has_a_row_once", lambda w: again(w.here.sheet.rows.all()[0])),
    (
        "a_refused_row_says_why",
        lambda w: change(w.here.sheet.rows.get(verdict="refuse"), reasons=[]),
    ),
    (
        "a_refused_row_says_why",
        lambda w: change(w.here.sheet.rows.get(verdict="add"), reasons=["x"]),
    ),
]
