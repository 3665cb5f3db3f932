#!/bin/sh
# Makes a role and databases for Temporal, and a role and a database for the service, on an empty PostgreSQL (15 or
# newer). In docker-compose.yml the postgres image runs it once, when its volume is empty.
set -eu
: "${TEMPORAL_DB_PASSWORD:?}" "${SERVICE_DB_PASSWORD:?}"

# psql takes the passwords from the environment: as arguments, every process of the machine could read them.
psql --no-psqlrc --set ON_ERROR_STOP=1 --quiet --username "${POSTGRES_USER:-postgres}" --dbname postgres <<'SQL'
\getenv temporal_password TEMPORAL_DB_PASSWORD
\getenv service_password SERVICE_DB_PASSWORD
CREATE ROLE temporal LOGIN PASSWORD :'temporal_password';
CREATE ROLE service LOGIN PASSWORD :'service_password';
CREATE DATABASE temporal OWNER temporal;
CREATE DATABASE temporal_visibility OWNER temporal;
CREATE DATABASE service OWNER service;
REVOKE CONNECT ON DATABASE temporal, temporal_visibility, service FROM PUBLIC;
SQL
