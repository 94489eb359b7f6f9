#!/bin/sh
# Run once by PostgreSQL's image on an empty database: the owner of the tables, and the role that the
# portal runs as, which owns nothing (docs/deployment.md).
set -eu
psql --quiet --set ON_ERROR_STOP=1 --username postgres \
    --set owner_password="$(cat /run/secrets/owner-password)" \
    --set app_password="$(cat /run/secrets/portal-password)" <<'SQL'
CREATE ROLE portal_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE portal LOGIN PASSWORD :'app_password';
CREATE DATABASE portal OWNER portal_owner ENCODING 'UTF8' TEMPLATE template0 LOCALE 'C.UTF-8';
\connect portal
CREATE EXTENSION IF NOT EXISTS pg_trgm;
SQL
