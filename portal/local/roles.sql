-- The portal's roles and its empty database. Run by a superuser with psql; running it again changes nothing but
-- passwords. Passwords come from outside and may be left out where sockets are private:
--     psql -v owner_password=… -v app_password=… -v backup_password=… -f roles.sql
\set ON_ERROR_STOP on

SELECT format('CREATE ROLE %I', name)
  FROM unnest(ARRAY['portal_owner', 'portal_app', 'portal_backup']) AS name
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name)
\gexec

-- Owns the schema and runs migrations; makes the tests' databases. A migration gives up its lock sooner than it
-- makes everybody wait.
ALTER ROLE portal_owner LOGIN NOSUPERUSER NOCREATEROLE NOBYPASSRLS NOREPLICATION CREATEDB;
ALTER ROLE portal_owner SET lock_timeout = '10s';

-- What web, worker and beat connect as: owns nothing, and no row policy lets it through unasked.
ALTER ROLE portal_app LOGIN NOSUPERUSER NOCREATEROLE NOBYPASSRLS NOREPLICATION NOCREATEDB;

-- Reads every row, for pg_dump alone.
ALTER ROLE portal_backup LOGIN NOSUPERUSER NOCREATEROLE BYPASSRLS NOREPLICATION NOCREATEDB;
GRANT pg_read_all_data TO portal_backup;

\if :{?owner_password}
ALTER ROLE portal_owner PASSWORD :'owner_password';
\endif
\if :{?app_password}
ALTER ROLE portal_app PASSWORD :'app_password';
\endif
\if :{?backup_password}
ALTER ROLE portal_backup PASSWORD :'backup_password';
\endif

SELECT 'CREATE DATABASE portal OWNER portal_owner ENCODING ''UTF8'' TEMPLATE template0'
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'portal')
\gexec

REVOKE ALL ON DATABASE portal FROM PUBLIC;
GRANT CONNECT ON DATABASE portal TO portal_app, portal_backup;
