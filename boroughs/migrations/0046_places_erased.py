from importlib import import_module

from django.db import migrations

BEFORE = import_module("boroughs.migrations.0032_purge_records").PURGE
REPLACE = "CREATE OR REPLACE FUNCTION"
# The columns of a noun as they begin in that function, and those that were added since
ADDED = {
    "'title', 'aims'": "'owner_post'",
    "'title', 'owner_post', 'success_measure'": "'partners', 'timing', 'resources'",
    "'title', 'reviewers'": "'judgement'",
    "'text', 'owner_post', 'response_text'": "'importance'",
    "'title', 'cause'": "'planned'",
}


def extended() -> str:
    """The function that erases, with the new columns. Raises LookupError when the old ones are not where they were."""
    function = str(BEFORE)
    for known, added in ADDED.items():
        if f"ARRAY[{known}" not in function:
            raise LookupError(known)
        function = function.replace(f"ARRAY[{known}", f"ARRAY[{added}, {known}")
    return function.replace("CREATE FUNCTION", REPLACE)


class Migration(migrations.Migration):
    """Two people erase what was typed into the columns of migration 0042 too."""

    dependencies = [("boroughs", "0045_places")]
    operations = [migrations.RunSQL(extended(), BEFORE.replace("CREATE FUNCTION", REPLACE))]
