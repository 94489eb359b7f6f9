"""Brings database, demo data and static files up to date; what is up to date costs nothing.

python -m cluster_portal.home.demo.prepare [--static]

The only module of the demo that starts Django; the supervisor runs it as a process of its own.
"""

import hashlib
import sys
from pathlib import Path

import django
import redis
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor


def main(arguments: list[str]) -> None:
    django.setup()
    require_services()
    migrate()
    load_demo_once()
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
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("Building the tables …")
        call_command("migrate", verbosity=0, interactive=False)


def load_demo_once() -> None:
    """Once per database: what its users change or delete afterwards stays changed."""
    stamp = Path(settings.MEDIA_ROOT).parent / "demo-loaded"
    database = identity_of_database()
    if "load_demo" not in get_commands() or (stamp.exists() and stamp.read_text() == database):
        return
    say("Loading the example data …")
    call_command("load_demo", verbosity=0)
    stamp.write_text(database)


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
