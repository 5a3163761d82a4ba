from django.db import migrations

# Whatever closes an account ends its sessions, so that opening it again asks to sign in; a row saved from an old copy
# does not bring them back.
SIGN_OUT = """
CREATE FUNCTION accounts_sign_out() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.signed_out_times := greatest(NEW.signed_out_times, OLD.signed_out_times)
        + CASE WHEN OLD.is_active AND NOT NEW.is_active THEN 1 ELSE 0 END;
    RETURN NEW;
END $$;
CREATE TRIGGER accounts_sign_out BEFORE UPDATE ON accounts_user
    FOR EACH ROW EXECUTE FUNCTION accounts_sign_out();
"""


class Migration(migrations.Migration):
    """A closed account that is opened again goes on with no earlier session."""

    dependencies = [("accounts", "0003_sealed_typed_text")]
    operations = [
        migrations.RunSQL(
            SIGN_OUT,
            "DROP TRIGGER accounts_sign_out ON accounts_user; DROP FUNCTION accounts_sign_out()",
        )
    ]
