from importlib import import_module

from django.db import migrations

CLOSURE_ROWS = import_module("boroughs.migrations.0005_closure_rows")


class Migration(migrations.Migration):
    """A database made before asks for the closures open to somebody as a new one does: what lists them and what is
    released in one pass, for every policy of a closable table asks it."""

    dependencies = [("boroughs", "0050_borough_region")]
    operations = [migrations.RunSQL(CLOSURE_ROWS.READERS, migrations.RunSQL.noop)]
