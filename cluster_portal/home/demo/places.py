"""Where a demo keeps its things."""

import hashlib
import os
import pwd
import secrets
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path

from cluster_portal.home.demo import servers
from cluster_portal.home.demo.trouble import Trouble

CHECKOUT = Path(__file__).resolve().parents[3]
FIRST_START_MB, LATER_START_MB = 300, 30


@dataclass(frozen=True)
class Places:
    """The folders of one demo.

    `home` holds the database and the locks. It is `data`, except for root: the database's user may
    be unable to reach `data`, so `data` then holds an id that names a place below ROOT_HOME.
    Deleting `data` therefore always means a new database.
    """

    data: Path
    home: Path
    account: pwd.struct_passwd | None

    @property
    def database(self) -> Path:
        return self.home / "postgres"

    @property
    def sockets(self) -> Path:
        """Short enough for a unix socket, whatever the checkout is called."""
        key = hashlib.sha256(os.fsencode(self.home)).hexdigest()[:12]
        return Path(f"/tmp/cluster-portal-{os.geteuid()}-{key}")

    @property
    def valkey(self) -> Path:
        return self.data / "valkey"

    @property
    def logs(self) -> Path:
        return self.data / "log"

    @property
    def mail(self) -> Path:
        return self.data / "mail"

    @property
    def media(self) -> Path:
        return self.data / "media"

    @property
    def static(self) -> Path:
        return self.data / "static"


def open_places(data: Path, account: pwd.struct_passwd | None) -> Places:
    """Make what is missing; Trouble when the disk is full or something belongs to others."""
    data = data.expanduser().resolve()
    data.mkdir(parents=True, exist_ok=True)
    require_space(data, LATER_START_MB)
    places = Places(data, _home(data) if account else data, account)
    require_space(places.home, LATER_START_MB if places.database.exists() else FIRST_START_MB)
    for folder in (places.valkey, places.logs, places.mail, places.media, places.static):
        folder.mkdir(exist_ok=True)
    for private in (places.mail, places.media, places.valkey):
        private.chmod(0o700)
    return places


def require_space(folder: Path, megabytes: int) -> None:
    free = shutil.disk_usage(folder).free // 1_000_000
    if free < megabytes:
        raise Trouble(
            f"The disk is full: {free} MB are free at {folder}, the demo needs {megabytes} MB."
            " Free some space, or choose another folder with DATA=…"
        )


def write_whole(path: Path, text: str) -> None:
    """Readable by us alone; killed at any point, the file is the old one or the new one."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    fresh.touch(mode=0o600)
    fresh.write_text(text)
    fresh.rename(path)


def _home(data: Path) -> Path:
    """Root's place for the database of this `data`."""
    name = data / "database-id"
    if not name.exists():
        write_whole(name, secrets.token_hex(8) + "\n")
    key = name.read_text().strip()
    if not key.isalnum():
        raise Trouble(f"{name} is damaged; delete {data} to start with a new database.")
    servers.ROOT_HOME.mkdir(mode=0o711, exist_ok=True)
    home = servers.ROOT_HOME / f"data-{key}"
    home.mkdir(mode=0o711, exist_ok=True)
    return home


def open_sockets(places: Places) -> None:
    """A folder that only we and the database's user can enter, even where all may write."""
    sockets, account = places.sockets, places.account
    sockets.mkdir(mode=0o700, exist_ok=True)
    found = sockets.lstat()
    ours = {os.geteuid(), account.pw_uid if account else os.geteuid()}
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in ours:
        raise Trouble(f"{sockets} belongs to another user; remove it first.")
    sockets.chmod(0o700)
    if account:
        os.chown(sockets, account.pw_uid, account.pw_gid)
