"""Who uses a demo's data: at most one supervisor or command, and no servers left from before."""

import fcntl
import os
import signal
import time
from pathlib import Path
from typing import IO

from cluster_portal.home.demo.trouble import Trouble

LEFTOVERS_STOP_IN = 20.0  # seconds; then they are killed


class Lock:
    """An exclusive lock on a file; children that inherit its descriptor hold it too."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.file: IO[str] = path.open("a+")

    def take(self, note: str = "") -> bool:
        """True when it is ours now; `note` tells the others who we are."""
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        self.file.truncate(0)
        self.file.write(note)
        self.file.flush()
        return True

    def take_within(self, seconds: float, note: str = "") -> bool:
        deadline = time.monotonic() + seconds
        while not self.take(note):
            if time.monotonic() > deadline:
                return False
            time.sleep(0.1)
        return True

    def note(self) -> str:
        return self.path.read_text()

    def fileno(self) -> int:
        return self.file.fileno()

    def release(self) -> None:
        self.file.close()


def lock_for_servers(path: Path) -> Lock:
    """The lock that every server inherits.

    When the supervisor was killed its servers stop by themselves, which may take a moment. Those
    that do not are killed: two servers on the same files would destroy them.
    """
    lock = Lock(path)
    if not lock.take_within(LEFTOVERS_STOP_IN):
        for process in holders(path):
            os.kill(process, signal.SIGKILL)
        if not lock.take_within(5):
            raise Trouble(f"Servers of an earlier run still hold {path}; stop them first.")
    return lock


def holders(path: Path) -> list[int]:
    """Other processes that have that file open, as far as we may look."""
    found = []
    for link in Path("/proc").glob("[0-9]*/fd/*"):
        process = int(link.parts[2])
        try:
            if process != os.getpid() and link.samefile(path):
                found.append(process)
        except OSError:
            continue  # it ended meanwhile, or belongs to someone else
    return sorted(set(found))
