from django.db import migrations


class Migration(migrations.Migration):
    """Text that waits for its person is sealed from now on; what waits in the clear is deleted."""

    dependencies = [("accounts", "0002_signed_out_times")]
    operations = [migrations.RunSQL("DELETE FROM accounts_typedtext", migrations.RunSQL.noop)]
