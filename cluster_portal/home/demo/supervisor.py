"""The whole run of a demo: set up, start, watch, stop."""

import http.client
import os
import signal
import socket
import sys
import time
from collections.abc import Callable

from cluster_portal.home.demo import backends, environment, messages
from cluster_portal.home.demo.banner import banner
from cluster_portal.home.demo.children import Child
from cluster_portal.home.demo.environment import Ports
from cluster_portal.home.demo.locks import Lock, lock_for_servers
from cluster_portal.home.demo.places import CHECKOUT, Places
from cluster_portal.home.demo.servers import PATIENCE
from cluster_portal.home.demo.trouble import Trouble

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(Exception):
    """Somebody asked us to stop."""


class Supervisor:
    """One demo on one data folder. `run` returns after a stop that was asked for."""

    def __init__(self, places: Places, port: int) -> None:
        self.places = places
        self.began = time.monotonic()
        self.is_stopping = False
        self.front: list[Child] = []
        self.owner = Lock(places.home / "demo.lock")
        self.back: backends.Backends | None = None
        self.require_alone()
        self.web = listen(port, "PORT")
        self.mail = listen(0, "mail")
        self.ports = Ports(self.web.getsockname()[1], self.mail.getsockname()[1])

    def require_alone(self) -> None:
        """A command of `make manage` is waited for, another demo is not."""
        if not self.owner.take(f"demo {os.getpid()}\n"):
            if self.owner.note().startswith("demo"):
                raise Trouble(
                    f"Another demo already runs on {self.places.data}."
                    " Stop it, or choose another folder with DATA=…"
                )
            say("Waiting for a management command to end …")
            if not self.owner.take_within(60, f"demo {os.getpid()}\n"):
                raise Trouble(f"A management command still uses {self.places.data}.")

    def run(self) -> None:
        for number in STOP_SIGNALS:  # a flag only: raising here would break on the second signal
            signal.signal(number, self.note_signal)
        try:
            self.start()
            self.watch()
        except Stopped:
            pass
        finally:
            self.stop()

    def note_signal(self, _number: int, _frame: object) -> None:
        self.is_stopping = True

    def start(self) -> None:
        messages.compile_stale()
        for log in self.places.logs.glob("*.log"):
            log.write_bytes(b"")
        servers_lock = lock_for_servers(self.places.home / "servers.lock")
        self.hold = servers_lock.fileno()
        self.ports.save(self.places.data)
        self.env = environment.variables(self.places, self.ports)
        self.back = backends.Backends(self.places, self.hold, self.pause, say)
        self.back.start()
        self.prepare()
        self.start_front()

    def prepare(self) -> None:
        """In a process of its own; what it says goes to the terminal, what it moans to a log."""
        child = self.python_child("prepare", "cluster_portal.home.demo.prepare", "--static")
        child.env = self.env | environment.ANY_STATEMENT
        child.is_heard = True
        child.start()
        self.front = [child]
        while child.is_running():
            self.pause(0.05)
        self.front = []
        if child.returncode:
            raise Trouble(child.last_words("The demo could not be set up"))

    def start_front(self) -> None:
        """The page first: three Django processes at once would delay it on two cores."""
        say("Starting the web server …")
        mail = self.python_child("mail", "cluster_portal.home.demo.mailsink", str(self.places.mail))
        mail.argv = [*mail.argv, str(self.mail.fileno())]
        mail.inherit = (*mail.inherit, self.mail.fileno())
        web = self.web_child()
        self.front = [mail.start(), web.start()]
        wait_until_ready(web, self.ports.web, self.pause)
        slow = self.env | environment.LONG_STATEMENTS
        for name, arguments in CELERY.items():
            child = self.python_child(name, "celery", "-A", "cluster_portal", *arguments)
            child.env = slow
            self.front.append(child.start())
        say(banner(self.places, self.ports, time.monotonic() - self.began))

    def web_child(self) -> Child:
        child = self.python_child("web", "gunicorn", "cluster_portal.wsgi", *GUNICORN)
        child.argv = [*child.argv, "--bind", f"fd://{self.web.fileno()}"]
        child.inherit = (*child.inherit, self.web.fileno())
        return child

    def python_child(self, name: str, module: str, *arguments: str) -> Child:
        return Child(
            name,
            [sys.executable, "-m", module, *arguments],
            self.places.logs / f"{name}.log",
            self.env,
            inherit=(self.hold,),
            cwd=CHECKOUT,
        )

    def children(self) -> list[Child]:
        return [*(self.back.children if self.back else []), *self.front]

    def pause(self, seconds: float) -> None:
        """While starting up nothing may die."""
        time.sleep(seconds)
        if self.is_stopping:
            raise Stopped
        for child in self.children():
            if child.returncode and not child.is_heard:
                raise Trouble(child.last_words(f"{child.name} did not start"))

    def watch(self) -> None:
        while not self.is_stopping:
            time.sleep(0.2)
            for child in self.children():
                code = child.returncode
                if not self.is_stopping and child.revive():
                    say(f"{child.name} stopped (exit code {code}); it was started again.")

    def stop(self) -> None:
        """The servers last, so that the others can still write."""
        say("Stopping …")
        backends.stop(self.front)
        if self.back:
            backends.stop(self.back.children)
        backends.clear_sockets(self.places)
        say("Stopped.")


CELERY = {
    "worker": ("worker", "-l", "INFO", "-c", "2", "--without-mingle", "--without-gossip"),
    "urgent": (
        *("worker", "-l", "INFO", "-c", "1", "-Q", "urgent", "-n", "urgent@%h"),
        *("--without-mingle", "--without-gossip"),
    ),
    "beat": ("beat", "-l", "INFO", "--pidfile="),  # a pid file left by kill -9 would stop it
}
GUNICORN = (
    *("--workers", "2", "--threads", "4", "--preload", "--no-control-socket"),
    *("--graceful-timeout", "10", "--timeout", "60"),
    *("--limit-request-line", "8190"),  # a long address gets our own page, as long as it can
    *(("--worker-tmp-dir", "/dev/shm") if os.access("/dev/shm", os.W_OK) else ()),
)


def say(sentence: str) -> None:
    """A terminal that went away must not stop the portal."""
    try:
        sys.stdout.write(f"{sentence}\n")
        sys.stdout.flush()
    except OSError:
        pass


def listen(port: int, name: str) -> socket.socket:
    """Bound before anything starts, and kept for every restart of the child that answers on it."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
    except (OSError, OverflowError) as error:
        listener.close()
        reason = error.strerror if isinstance(error, OSError) else "no such port"
        raise Trouble(
            f"Port {port} cannot be used ({reason}): choose another with {name}=…"
        ) from None
    listener.listen(128)
    return listener


def wait_until_ready(web: Child, port: int, pause: Callable[[float], None]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not is_ready(port):
        if time.monotonic() > deadline:
            raise Trouble(web.last_words("The portal does not get ready"))
        pause(0.05)


def is_ready(port: int) -> bool:
    """No proxy of the environment stands in between."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()
