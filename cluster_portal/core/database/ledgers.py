"""What the database itself guards of the two ledgers, whatever code runs.

The tables belong to the owner (`DATABASE_OWNER_URL`: migrations, restore); the portal runs as a
role that owns nothing (`DATABASE_URL`) and may only read the ledgers and add to them. Triggers
refuse UPDATE, DELETE and TRUNCATE to everybody, the owner included, and stamp the time. The one
way around is `portal_amend_ledger`, which retention and pseudonymisation call through
`core.audit`; what it does to rows that are not old yet is an act of its own.

`protect` puts all this in place after every migration, so that a new table is guarded too.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import environ
from django.apps import apps
from django.conf import settings
from django.db import connection
from psycopg import sql

if TYPE_CHECKING:
    from collections.abc import Iterator

DOOR_SETTING = "portal.retention"
# For tests, which empty all tables between them.
TRUNCATE_SETTING = "portal.may_truncate"
AS_OWNER = ("USER", "PASSWORD", "HOST", "PORT")
GUARD = "portal_keep_ledger"

FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION portal_refuse_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('{TRUNCATE_SETTING}', true) IS DISTINCT FROM 'on' THEN
        RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION portal_stamp_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.at := clock_timestamp();
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION portal_stamp_pgh_created_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.pgh_created_at := now();
    RETURN NEW;
END $$;
"""

# `changes` null deletes the rows; otherwise these columns get these values.
DOOR = f"""
CREATE OR REPLACE FUNCTION portal_amend_ledger(ledger regclass, keys text[], changes jsonb)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    key text; kind text; moment text; chosen text; assignments text;
    youngest timestamptz; kept interval; touched bigint;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = ledger AND tgname = '{GUARD}') THEN
        RAISE EXCEPTION '% is no ledger', ledger;
    END IF;
    IF changes ?| array['id', 'at', 'action', 'hour', 'pgh_id', 'pgh_created_at', 'pgh_label'] THEN
        RAISE EXCEPTION 'what happened and when stays in the ledger %', ledger;
    END IF;
    SELECT a.attname, format_type(a.atttypid, a.atttypmod) INTO key, kind
        FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
        WHERE i.indrelid = ledger AND i.indisprimary;
    SELECT attname INTO moment FROM pg_attribute WHERE attrelid = ledger
        AND attname IN ('at', 'hour', 'pgh_created_at', 'created_at') ORDER BY attname DESC LIMIT 1;
    chosen := format('%I = ANY ($1::%s[])', key, kind);
    EXECUTE format('SELECT max(%I) FROM %s WHERE %s', moment, ledger, chosen)
        INTO youngest USING keys;
    kept := CASE moment WHEN 'hour' THEN interval '360 days' ELSE interval '700 days' END;
    PERFORM set_config('{DOOR_SETTING}', 'on', true);
    IF changes IS NULL THEN
        EXECUTE format('DELETE FROM %s WHERE %s', ledger, chosen) USING keys;
    ELSE
        SELECT string_agg(
            format('%1$I = (jsonb_populate_record(NULL::%2$s, $2)).%1$I', name, ledger), ', '
        ) INTO assignments FROM jsonb_object_keys(changes) AS name;
        EXECUTE format('UPDATE %s SET %s WHERE %s', ledger, assignments, chosen)
            USING keys, changes;
    END IF;
    GET DIAGNOSTICS touched = ROW_COUNT;
    PERFORM set_config('{DOOR_SETTING}', 'off', true);
    IF touched > 0 AND youngest > now() - kept THEN
        INSERT INTO core_auditentry (at, action, reason, details, content_type_id, object_id)
        SELECT now(), 'ledger amended', '', jsonb_build_object(
                'ledger', ledger::text, 'rows', touched,
                'columns', (SELECT jsonb_agg(name) FROM jsonb_object_keys(changes) AS name)), id, 0
        FROM django_content_type WHERE app_label = 'core' AND model = 'auditentry';
    END IF;
    RETURN touched;
END $$;
"""  # noqa: S608  names are ours

# What runs with the owner's rights finds the portal's tables, and temporary ones of others last.
CLOSED = """
ALTER FUNCTION portal_amend_ledger SET search_path = {schema}, pg_temp;
ALTER FUNCTION _pgh_attach_context SECURITY DEFINER SET search_path = {schema}, pg_temp;
REVOKE ALL ON FUNCTION portal_amend_ledger FROM PUBLIC;
"""
NO_TRUNCATE = """
CREATE OR REPLACE TRIGGER portal_keep_ledger BEFORE TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION portal_refuse_truncate()
"""
STAMPED = """
CREATE OR REPLACE TRIGGER portal_stamp_ledger BEFORE INSERT ON {table}
FOR EACH ROW EXECUTE FUNCTION {function}()
"""
# Rows of ordinary tables are the portal's to write; a ledger it may only add to. Who wrote is
# written by the triggers of the versions alone.
GRANTS = """
GRANT USAGE ON SCHEMA {schema} TO {role};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {role};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {role};
GRANT EXECUTE ON FUNCTION portal_amend_ledger TO {role};
REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role};
REVOKE UPDATE, DELETE ON {ledgers} FROM {role};
GRANT UPDATE (count) ON core_refusal TO {role};
REVOKE INSERT ON pghistory_context FROM {role};
"""


@contextmanager
def as_owner() -> Iterator[None]:
    """Within this block the connection is the owner's; nothing happens where there is one role."""
    if not settings.DATABASE_OWNER_URL or connection.in_atomic_block:
        yield
        return
    owner = environ.Env.db_url_config(settings.DATABASE_OWNER_URL)
    here = connection.settings_dict
    portal = {name: here[name] for name in AS_OWNER}
    connection.close()
    here.update({name: owner.get(name) or "" for name in AS_OWNER})
    try:
        yield
    finally:
        connection.close()
        here.update(portal)


def protect(role: str = "") -> None:
    """Guards every ledger there is, and gives the portal's role what it may; as the owner."""
    role = role or settings.DATABASE_ROLE
    tables = set(connection.introspection.table_names())
    ledgers = [model for model in ledger_models() if model._meta.db_table in tables]
    if not ledgers:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema(), current_user")
        schema, owner = cursor.fetchone()
        cursor.execute(FUNCTIONS)
        cursor.execute(DOOR)
        _execute(cursor, CLOSED, schema=schema)
        _guard(cursor, ledgers)
        if role and role != owner:
            names = sql.SQL(", ").join(sql.Identifier(each._meta.db_table) for each in ledgers)
            _execute(cursor, GRANTS, schema=schema, role=role, ledgers=names)


def ledger_models() -> list[Any]:
    """The acts, the refusals, every table of versions, and who wrote these."""
    names = ("core.AuditEntry", "core.Refusal", "pghistory.Context")
    return [*map(apps.get_model, names), *models_of_versions()]


def models_of_versions() -> list[Any]:
    models = [each for each in apps.get_models() if each._meta.app_label != "pghistory"]
    return [each for each in models if hasattr(each, "pgh_created_at")]


def _guard(cursor: Any, ledgers: list[Any]) -> None:
    """The triggers that a ledger still lacks."""
    cursor.execute(
        "SELECT relname, proname FROM pg_trigger"
        " JOIN pg_class c ON c.oid = tgrelid JOIN pg_proc p ON p.oid = tgfoid"
    )
    present = set(cursor.fetchall())
    stamps = {"core_auditentry": "portal_stamp_at"}
    stamps |= {each._meta.db_table: "portal_stamp_pgh_created_at" for each in models_of_versions()}
    for table in (each._meta.db_table for each in ledgers):
        if (table, "portal_refuse_truncate") not in present:
            _execute(cursor, NO_TRUNCATE, table=table)
        function = stamps.get(table)
        if function and (table, function) not in present:
            _execute(cursor, STAMPED, table=table, function=function)


def _execute(cursor: Any, statement: str, **names: str | sql.Composable) -> None:
    quoted = {
        name: sql.Identifier(value) if isinstance(value, str) else value
        for name, value in names.items()
    }
    cursor.execute(sql.SQL(statement).format(**quoted).as_string(None))
