"""Brings database, demo data and static files up to date; what is up to date costs nothing.

python -m cluster_portal.home.demo.prepare [--static]

The only module of the demo that starts Django; the supervisor runs it as a process of its own.
"""

import hashlib
import os
import sys
from pathlib import Path

import django
import redis
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from cluster_portal.core.database import ledgers
from cluster_portal.core.management.commands.migrate import is_of_another_version

MARK = "made by make demo"


def main(arguments: list[str]) -> None:
    django.setup()
    require_services()
    stamp = Path(settings.MEDIA_ROOT).parent / "demo-loaded"
    with ledgers.as_owner():
        database = identity_of_database()
        is_loaded = stamp.exists() and stamp.read_text() == database
        is_new = require_own_database(is_loaded=is_loaded)
        migrate()
        if is_new:
            mark_as_own()
    if not is_loaded and "load_demo" in get_commands():
        say("Loading the example data …")
        call_command("load_demo", into=connection.settings_dict["NAME"], verbosity=0)
        stamp.write_text(database)
    if "--static" in arguments:
        collect_static()


def say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


def require_services() -> None:
    """A sentence instead of a traceback when a given server does not answer."""
    try:
        connection.ensure_connection()
    except OperationalError as error:
        sys.exit(f"The database does not answer, see DATABASE_URL: {error}")
    try:
        redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=10).ping()
    except (redis.RedisError, ValueError) as error:
        sys.exit(f"Redis does not answer, see REDIS_URL: {error}")


def migrate() -> None:
    """As the owner. The other role's rights are given anew even when there is nothing to migrate:
    a restored dump holds none."""
    if is_of_another_version() or built_from() not in {"", files_of_steps()}:
        sys.exit(
            "Another version of the portal made this demo's data: delete the folder"
            " (var/demo, or that of DATA=) or choose another with DATA=, and start again."
        )
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("Building the tables …")
        call_command("migrate", verbosity=0, interactive=False)
    else:
        ledgers.protect()
    with connection.cursor() as cursor:
        cursor.execute(f"COMMENT ON COLUMN django_migrations.name IS '{files_of_steps()}'")


def built_from() -> str:
    """The `files_of_steps` of the version that made this demo's tables; empty where none did.

    Until the first release the steps of an app are written anew under their old names.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT obj_description(oid, 'pg_class'), col_description(oid, 3)"
            " FROM pg_class WHERE oid = to_regclass('django_migrations')"
        )
        mark, made_of = cursor.fetchone() or ("", "")
    return (made_of or "unknown") if mark == MARK else ""


def files_of_steps() -> str:
    """A key of the portal's own steps that the database holds."""
    loader = MigrationLoader(connection)
    key = hashlib.sha256()
    for name in sorted(set(loader.applied_migrations) & set(loader.disk_migrations)):
        file = sys.modules[type(loader.disk_migrations[name]).__module__].__file__
        if file and "site-packages" not in file:
            key.update(Path(file).read_bytes())
    return key.hexdigest()


def require_own_database(*, is_loaded: bool) -> bool:
    """True for a database without tables. One with tables that no demo has made holds real data
    (a restored copy, say): nothing is written into it unless the caller names it."""
    name = connection.settings_dict["NAME"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description(to_regclass('django_migrations'), 'pg_class')")
        mark = cursor.fetchone()[0]
        is_new = not connection.introspection.table_names(cursor)
    if is_new or mark == MARK or is_loaded or os.environ.get("DEMO_INTO") == name:
        return is_new
    sys.exit(
        f"The demo did not make the database {name} and leaves it alone."
        f" To load example accounts and contents into it all the same: DEMO_INTO={name}"
    )


def mark_as_own() -> None:
    """On a table, so that a dump of a demo is a demo's and one of real data is not."""
    with connection.cursor() as cursor:
        cursor.execute(f"COMMENT ON TABLE django_migrations IS '{MARK}'")


def identity_of_database() -> str:
    """Differs when the database was dropped and made again, even under its old name."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT system_identifier, oid FROM pg_control_system(), pg_database"
            " WHERE datname = current_database()"
        )
        return " ".join(str(part) for part in cursor.fetchone())


def collect_static() -> None:
    root = Path(settings.STATIC_ROOT)
    stamp, key = root.with_name("static-collected"), key_of_static_files()
    if stamp.exists() and stamp.read_text() == key and root.exists():
        return
    say("Collecting and compressing the static files …")
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(key)


def key_of_static_files() -> str:
    found = []
    for finder in get_finders():
        for name, storage in finder.list([]):
            facts = Path(storage.path(name)).stat()
            found.append((name, storage.location, facts.st_mtime_ns, facts.st_size))
    backend = settings.STORAGES["staticfiles"]["BACKEND"]
    return hashlib.sha256(repr((backend, sorted(found))).encode()).hexdigest()


if __name__ == "__main__":
    main(sys.argv[1:])
