#!/bin/sh
# Starts the broker with one user, who may do what a queue and a cache need and nothing that administers the server.
set -eu
umask 077
printf 'user default off\nuser portal on >%s ~* &* +@all -@admin -@dangerous +info\n' "$REDIS_PASSWORD" > /tmp/users.acl
exec valkey-server --port 6379 --aclfile /tmp/users.acl --dir /data --save '' --appendonly yes \
    --maxmemory "${REDIS_MEMORY:-256mb}" --maxmemory-policy noeviction
