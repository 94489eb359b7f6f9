"""One management command against a demo's data, whether the demo runs or not."""

import os
import signal
import subprocess
import sys
import time

from cluster_portal.home.demo import backends, environment, messages
from cluster_portal.home.demo.environment import Ports
from cluster_portal.home.demo.locks import Lock, lock_for_servers
from cluster_portal.home.demo.places import CHECKOUT, Places
from cluster_portal.home.demo.trouble import Trouble

STARTING = 120.0  # seconds to wait for another command, or for a demo that is still starting


def run_command(places: Places, arguments: list[str]) -> int:
    """The exit code of `manage.py`. Interrupted, it still stops the servers it started."""
    messages.compile_stale()
    owner = Lock(places.home / "demo.lock")
    deadline = time.monotonic() + STARTING
    while not owner.take("command\n"):
        if owner.note().startswith("demo") and _is_up(places):
            return _manage(places, arguments)
        if time.monotonic() > deadline:
            raise Trouble(f"Another command still uses {places.data}.")
        time.sleep(0.2)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(128 + signal.SIGTERM))
    return _with_servers(places, arguments)


def _is_up(places: Places) -> bool:
    """A running demo has told the ports and its sockets are there, or the services are given."""
    own = not environment.given("DATABASE_URL")
    return not own or (places.sockets / ".s.PGSQL.5432").exists()


def _with_servers(places: Places, arguments: list[str]) -> int:
    hold = lock_for_servers(places.home / "servers.lock")
    back = backends.Backends(places, hold.fileno(), time.sleep, _say)
    try:
        is_new = back.start() or not (places.data / "demo-loaded").exists()
        failed = is_new and _run(places, [sys.executable, "-m", "cluster_portal.home.demo.prepare"])
        return failed or _manage(places, arguments)
    finally:
        backends.stop(back.children)
        backends.clear_sockets(places)


def _manage(places: Places, arguments: list[str]) -> int:
    return _run(places, [sys.executable, str(CHECKOUT / "manage.py"), *arguments])


def _run(places: Places, argv: list[str]) -> int:
    """In our own process group, so that `shell` and `createsuperuser` can ask at the terminal."""
    env = environment.variables(places, Ports.load(places.data)) | environment.ANY_STATEMENT
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the command's to answer
    process = subprocess.Popen(argv, env=env, preexec_fn=_hear_interrupts)
    try:
        return process.wait()
    except BaseException:
        process.terminate()
        process.wait()
        raise
    finally:
        signal.signal(signal.SIGINT, before)


def _hear_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _say(sentence: str) -> None:
    os.write(2, f"{sentence}\n".encode())  # the command's own output may be read by a program
