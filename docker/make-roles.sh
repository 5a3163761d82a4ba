#!/bin/sh
# Run once by the PostgreSQL image, on an empty data folder: the portal's roles, with the passwords from .env
set -eu
psql --no-psqlrc --quiet --username "$POSTGRES_USER" --dbname postgres \
    --set owner_password="$OWNER_PASSWORD" --set app_password="$APP_PASSWORD" --set backup_password="$BACKUP_PASSWORD" \
    --file /opt/roles.sql
