from django.db import migrations


class Migration(migrations.Migration):
    """Whatever portal_owner makes from now on portal_app may use; narrower tables revoke in their own migration."""

    run_before = [
        ("contenttypes", "0001_initial"),
        ("auth", "0001_initial"),
        ("sessions", "0001_initial"),
        ("guardian", "0001_initial"),
        ("pghistory", "0001_initial"),
    ]
    dependencies = []
    operations = [
        migrations.RunSQL(
            """
            ALTER DEFAULT PRIVILEGES IN SCHEMA public
                GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO portal_app;
            ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO portal_app;
            GRANT SELECT ON django_migrations TO portal_app;
            CREATE FUNCTION app_user() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS
                $$ SELECT nullif(current_setting('app.user', true), '')::bigint $$;
            """,
            """
            DROP FUNCTION app_user();
            ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON TABLES FROM portal_app;
            ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON SEQUENCES FROM portal_app;
            """,
        )
    ]
