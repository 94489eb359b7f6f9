"""Web processes through PgBouncer in transaction mode, as Debian packs it."""

import os
import shutil
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection

from cluster_portal.core import database
from cluster_portal.core.database.base import DatabaseWrapper

PGBOUNCER = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")
pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(PGBOUNCER is None, reason="apt install pgbouncer"),
]
AT_ONCE = 16
SERVERS = 2


@pytest.fixture
def folder():
    """Not below pytest's own, which only its user may enter."""
    made = Path(tempfile.mkdtemp(prefix="portal-pooler-"))
    yield made
    shutil.rmtree(made)


@pytest.fixture
def pooled(db, folder):
    """The test's database behind a pool of two; its settings."""
    here = connection.settings_dict
    (folder / "users").write_text(f'"{here["USER"]}" ""\n')
    (folder / "pgbouncer.ini").write_text(
        f"[databases]\n{here['NAME']} = host={here['HOST']} port={here['PORT'] or 5432}"
        f" dbname={here['NAME']}\n[pgbouncer]\nlisten_addr =\nlisten_port = 6432\n"
        f"unix_socket_dir = {folder}\nauth_type = trust\nauth_file = {folder}/users\n"
        f"pool_mode = transaction\ndefault_pool_size = {SERVERS}\nlogfile = {folder}/log\n"
    )
    argv = [PGBOUNCER, str(folder / "pgbouncer.ini")]
    if os.geteuid() == 0:
        folder.chmod(0o777)
        argv = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", *argv]
    with subprocess.Popen(argv) as child:
        try:
            until = time.monotonic() + 20
            while not list(folder.glob(".s.PGSQL.*")) and time.monotonic() < until:
                assert child.poll() is None, (folder / "log").read_text()
                time.sleep(0.05)
            made = {**here, "HOST": str(folder), "PORT": "6432"}
            yield database.through_pooler({**made, "OPTIONS": {**here["OPTIONS"]}})
        finally:
            child.terminate()


def ask(settings):
    own = DatabaseWrapper(settings, "default")
    try:
        with own.cursor() as cursor:
            cursor.execute("SELECT %s::int + 1, pg_backend_pid()", [1])
            return cursor.fetchone()
    finally:
        own.close()


def test_many_processes_share_few_connections(pooled):
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(ask, [pooled] * AT_ONCE * 4))

    assert {answer for answer, _ in answers} == {2}
    assert 1 <= len({server for _, server in answers}) <= SERVERS


def test_transaction_is_one_connection(pooled):
    own = DatabaseWrapper(pooled, "default")
    with own.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("SELECT set_config('portal.retention', 'on', true)")
        cursor.execute("SELECT current_setting('portal.retention')")
        inside = cursor.fetchone()[0]
        cursor.execute("COMMIT")
        cursor.execute("SELECT current_setting('portal.retention', true)")
        after = cursor.fetchone()[0]
    own.close()

    assert (inside, after or "") == ("on", "")
