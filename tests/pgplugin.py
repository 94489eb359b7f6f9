"""Gives a test run its environment and a throw-away PostgreSQL; loaded early with `-p`.

The server starts from a copy of a migrated one (`tests.template`). With DATABASE_URL in the
environment that server is used, and migrates. With xdist only the controller starts a server; its
workers inherit the environment and find a database each.
"""

import atexit
import os
import pwd
import shutil
import signal
import tempfile
import time
from pathlib import Path

import pytest

from cluster_portal.home.demo import children, messages, servers
from tests import template

# Nothing here is worth keeping, so nothing is written safely.
CARELESS = (
    *("fsync=off", "full_page_writes=off", "synchronous_commit=off", "autovacuum=off"),
    *("wal_level=minimal", "max_wal_senders=0", "shared_buffers=128MB", "max_connections=100"),
)
ENVIRONMENT = {
    "SECRET_KEY": "only-for-tests-" + "0123456789abcdef" * 4,
    "SITE_URL": "http://localhost:8000",
    "ALLOWED_HOSTS": "localhost,127.0.0.1,testserver",
    "EMAIL_URL": "memorymail://",
    "STATEMENT_TIMEOUT_MS": "60000",
    "LOG_LEVEL": "WARNING",
    "QUIET_HOURS": "",  # what a test sends leaves at any hour
    "DEBUG": "0",
    "DEMO": "0",
}
# The shell of whoever runs the tests must not change what they test.
IS_MIGRATED = "PORTAL_TEST_SOCKETS"  # tells xdist's workers too
LEFT_OUT = (
    IS_MIGRATED,
    "DATABASE_OWNER_URL",
    "DEFAULT_FROM_EMAIL",
    "FEEDBACK_EMAIL",
    "BOUNCES_URL",
    "MAIL_PER_DOMAIN",
    "DEMO_MAIL_DIR",
    "TRUSTED_PROXY_COUNT",
    "CELERY_BROKER_URL",
)


def prepare_environment(base: Path) -> None:
    os.environ.update(ENVIRONMENT)
    for name in LEFT_OUT:
        os.environ.pop(name, None)
    for name in ("STATIC_ROOT", "MEDIA_ROOT"):
        folder = base / name.lower()
        folder.mkdir()
        os.environ[name] = str(folder)
    os.environ["STATE_ROOT"] = ""
    os.environ["CELERY_BEAT_FILE"] = str(base / "celerybeat-schedule")
    # Unused unless a marked test brings its own server.
    os.environ["REDIS_URL"] = os.environ.get("REDIS_URL") or f"unix://{base}/no-valkey.sock"


def start_postgres(base: Path) -> children.Child:
    """A server whose folder and processes end with this process."""
    account = children.owner_of_servers()
    home = servers.postgres_home(account)
    sockets, inner = base / "sockets", base / "postgres"
    for folder in (sockets, inner):
        folder.mkdir(mode=0o700)
        if account:
            os.chown(folder, account.pw_uid, account.pw_gid)
    data = base / "data"
    os.environ["DATABASE_URL"] = servers.database_url(sockets)
    server = servers.postgres(home, data, sockets, base / "postgres.log", CARELESS)
    server.account = account
    kept = template.find()
    if kept:
        copy_cluster(kept, data, account)
    else:
        servers.init_database(home, data, account)
        server.start()
        servers.wait_for_postgres(server, sockets, time.sleep)
        template.build()
        server.ask_to_stop()
        server.wait()
        template.keep(data)
    server.stop_signal = signal.SIGQUIT
    server.start()
    servers.wait_for_postgres(server, sockets, time.sleep)
    return server


def copy_cluster(kept: Path, data: Path, account: pwd.struct_passwd | None) -> None:
    shutil.copytree(kept, data)
    data.chmod(0o700)
    if account:
        for path in (data, *data.rglob("*")):
            os.chown(path, account.pw_uid, account.pw_gid, follow_symlinks=False)


def copy_for_workers(server_sockets: Path, workers: int) -> None:
    with servers.connect(server_sockets) as connection:
        for number in range(workers):
            name = f"test_{servers.DATABASE}_gw{number}"
            connection.execute(f"CREATE DATABASE {name} TEMPLATE test_{servers.DATABASE}".encode())


def start() -> str:
    """Set everything up; the answer is a line for the report's header."""
    began = time.monotonic()
    base = Path(tempfile.mkdtemp(prefix="portal-test-", dir="/tmp"))
    base.chmod(0o711)
    atexit.register(shutil.rmtree, base, ignore_errors=True)
    prepare_environment(base)
    messages.compile_stale()
    if os.environ.get("DATABASE_URL"):
        return "postgres: from DATABASE_URL"
    server = start_postgres(base)
    os.environ[IS_MIGRATED] = str(base / "sockets")
    atexit.register(server.wait)
    atexit.register(server.ask_to_stop)
    return f"postgres: embedded, up in {time.monotonic() - began:.1f} s"


header = "postgres: the controller's" if "PYTEST_XDIST_WORKER" in os.environ else start()


def pytest_configure(config: pytest.Config) -> None:
    """The migrated database is there already; pytest-django then only looks for what is new."""
    sockets = os.environ.get(IS_MIGRATED)
    if not sockets:
        return
    config.option.reuse_db = True
    workers = len(getattr(config.option, "tx", None) or [])
    if workers and "PYTEST_XDIST_WORKER" not in os.environ:
        copy_for_workers(Path(sockets), workers)


def pytest_report_header() -> str:
    return header


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """`-q` hides why something was skipped; nobody should take the browser tests for passed."""
    skipped = terminalreporter.stats.get("skipped", [])
    if any("e2e" in report.keywords for report in skipped):
        terminalreporter.write_line(
            "Chromium is not installed, so the browser tests were skipped: apt install chromium"
        )
