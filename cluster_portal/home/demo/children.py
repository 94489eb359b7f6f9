"""One supervised process."""

import ctypes
import os
import pwd
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PR_SET_PDEATHSIG = 1
LONGEST_PAUSE = 60.0  # seconds before a start; a child that lived so long is well again
_libc = ctypes.CDLL(None)


def owner_of_servers() -> pwd.struct_passwd | None:
    """Whom servers that refuse root run as; None when we are an ordinary user already."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


def as_user(account: pwd.struct_passwd | None) -> dict[str, Any]:
    """Arguments of `subprocess` that change to that account and leave root's groups behind."""
    if account is None:
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


@dataclass
class Child:
    """A process that gets its own stop signal when we die, however we die.

    Start it from the main thread only: the kernel watches the thread that forked.
    """

    name: str
    argv: Sequence[str | Path]
    log: Path
    env: Mapping[str, str]
    stop_signal: signal.Signals = signal.SIGTERM
    grace: float = 20.0
    account: pwd.struct_passwd | None = None
    inherit: Sequence[int] = ()  # file descriptors
    cwd: Path | None = None
    is_heard: bool = False  # its standard output is the terminal's
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    pause: float = 0.0
    due_at: float | None = None  # when a dead child is to be started again

    def start(self) -> "Child":
        """Append to the log; its owner truncates it once per run."""
        self.started_at = time.monotonic()
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                [str(part) for part in self.argv],
                stdin=subprocess.DEVNULL,
                stdout=None if self.is_heard else out,
                stderr=out,
                env=dict(self.env),
                process_group=0,  # Ctrl-C reaches the supervisor alone
                preexec_fn=_die_with(os.getpid(), self.stop_signal),
                pass_fds=tuple(self.inherit),
                cwd=self.cwd,
                **as_user(self.account),
            )
        return self

    @property
    def returncode(self) -> int | None:
        return self.process.poll() if self.process else None

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def ask_to_stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(self.stop_signal)

    def wait(self) -> None:
        """Wait its grace, then kill it with what it has started."""
        if self.process is None:
            return
        try:
            self.process.wait(self.grace)
        except subprocess.TimeoutExpired:
            pass
        self._kill_group()
        self.process.wait()

    def revive(self) -> bool:
        """Start it again when it is dead: at once if it lived long, else after 1, 2, 4 … 60 s."""
        if self.is_running():
            return False
        now = time.monotonic()
        if self.due_at is None:
            self.pause = self._next_pause(now - self.started_at)
            self.due_at = now + self.pause
        if now < self.due_at:
            return False
        self.due_at = None
        self._kill_group()
        try:
            self.start()
        except OSError:  # no room for the log, or for another process: later perhaps
            return False
        return True

    def _next_pause(self, lived: float) -> float:
        if lived > LONGEST_PAUSE + self.pause:
            return 0.0
        return min(max(1.0, self.pause * 2), LONGEST_PAUSE)

    def last_words(self, sentence: str, lines: int = 12) -> str:
        """The sentence, the exit code and the end of the log."""
        text = self.log.read_text(errors="replace") if self.log.exists() else ""
        tail = "\n".join(f"    {line}" for line in text.splitlines()[-lines:])
        if "No space left on device" in text:
            sentence = f"The disk is full; {sentence}"
        return f"{sentence} (exit code {self.returncode}). The end of {self.log}:\n{tail}"

    def _kill_group(self) -> None:
        if self.process:
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                pass


def _die_with(parent: int, stop_signal: signal.Signals) -> Callable[[], None]:
    """For the child, after it changed its user (which would clear the death signal)."""

    def in_child() -> None:
        _libc.prctl(PR_SET_PDEATHSIG, int(stop_signal), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return in_child
