"""PostgreSQL and Valkey of a demo, started for the portal or for one command."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field

from cluster_portal.home.demo import servers
from cluster_portal.home.demo.children import Child
from cluster_portal.home.demo.environment import given
from cluster_portal.home.demo.places import Places, open_sockets

SMALL = ("shared_buffers=64MB", "max_connections=50", "max_wal_size=256MB")


@dataclass
class Backends:
    """The servers that the environment does not give us already.

    `pause(seconds)` sleeps while we wait, and may raise to leave. `hold` is a descriptor that the
    servers inherit, so that a lock lasts as long as the last of them.
    """

    places: Places
    hold: int
    pause: Callable[[float], None]
    say: Callable[[str], None]
    children: list[Child] = field(default_factory=list)

    def start(self) -> bool:
        """Only the owner of the data may; True when the database is new."""
        open_sockets(self.places)
        if not given("REDIS_URL"):
            log = self.places.logs / "valkey.log"
            self._add(servers.valkey(self.places.sockets, self.places.valkey, log))
        return not given("DATABASE_URL") and self._start_postgres()

    def _start_postgres(self) -> bool:
        places = self.places
        home = servers.postgres_home(places.account)
        is_new = not places.database.exists()
        if is_new:
            self.say("Making the database …")
            servers.init_database(home, places.database, places.account)
        log = places.logs / "postgres.log"
        server = servers.postgres(home, places.database, places.sockets, log, SMALL)
        server.account = places.account
        self._add(server)
        servers.wait_for_postgres(server, places.sockets, self.pause)
        servers.create_database(places.sockets)
        return is_new

    def _add(self, child: Child) -> None:
        child.inherit = (*child.inherit, self.hold)
        self.children.append(child)
        child.start()


def stop(children: list[Child]) -> None:
    """All at once, each with its grace."""
    for child in children:
        child.ask_to_stop()
    for child in children:
        child.wait()


def clear_sockets(places: Places) -> None:
    """When nothing of ours runs any more."""
    shutil.rmtree(places.sockets, ignore_errors=True)
