"""What tests with real parallel transactions wait for: events, never a guessed time."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import IntegrityError, connection

PATIENCE = 10  # seconds after which a test goes on, and fails if it must
# Only who waits for us: other workers' databases lie on the same server, and a transaction of
# theirs that waits must not be taken for ours.
WAITING_FOR_US = (
    "SELECT EXISTS (SELECT 1 FROM pg_locks"
    " WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid)))"
)


def somebody_waits() -> bool:
    """Whether another transaction waits for a lock that this connection holds."""
    with connection.cursor() as cursor:
        cursor.execute(WAITING_FOR_US)
        return bool(cursor.fetchone()[0])


def until_waited_for(*, unless: Callable[[], bool]) -> None:
    """Stay in this transaction until another one waits for its locks, or until there is no need."""
    end = time.monotonic() + PATIENCE
    while not unless() and not somebody_waits() and time.monotonic() < end:
        time.sleep(0.005)


DONE: set[int] = set()  # threads of `at_once` whose act has ended


class Together:
    """Lets those who have come to a step go on when all have come, or when the others wait for it.

    Under a lock the first is waited for and goes on; in the twin without it all go on at once,
    having seen the same. An act of `at_once` that has ended is not waited for. `begun` is set when
    the first has come.
    """

    def __init__(self, parties: int = 2) -> None:
        self.parties, self.come, self.begun = parties, set[int](), threading.Event()

    def meet(self) -> None:
        self.come.add(threading.get_ident())
        self.begun.set()
        until_waited_for(unless=lambda: len(self.come | DONE) >= self.parties)

    def before(self, monkeypatch, owner: object, name: str) -> None:
        """Whoever calls `owner.name` meets the others first."""
        usual = getattr(owner, name)

        def late(*args, **values):
            self.meet()
            return usual(*args, **values)

        monkeypatch.setattr(owner, name, late)

    def after(self, monkeypatch, owner: object, name: str) -> None:
        """Whoever has the answer of `owner.name` meets the others before using it."""
        usual = getattr(owner, name)

        def look(*args, **values):
            found = usual(*args, **values)
            self.meet()
            return found

        monkeypatch.setattr(owner, name, look)


def slowly(monkeypatch, owner: object, name: str) -> Together:
    """What runs before the end of the transaction waits there for the other act."""
    step = Together()
    step.before(monkeypatch, owner, name)
    return step


def at_once(*acts: Callable[[], object], step: Together | None = None) -> list[IntegrityError]:
    """Each begins a moment after the one before, or when that is at `step`; what they raise."""

    def run(numbered: tuple[int, Callable[[], object]]) -> IntegrityError | None:
        number, act = numbered
        if step is None:
            time.sleep(0.15 * number)
        elif number:
            step.begun.wait(PATIENCE)
        try:
            act()
        except IntegrityError as error:
            return error
        finally:
            connection.close()
            DONE.add(threading.get_ident())
            if step:
                step.begun.set()
        return None

    try:
        with ThreadPoolExecutor(len(acts)) as pool:
            return [error for error in pool.map(run, enumerate(acts)) if error]
    finally:
        DONE.clear()
