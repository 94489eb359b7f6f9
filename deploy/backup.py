"""Backups of the portal: made, checked, tried by restoring, restored.

    portal-backup make       database and uploads into $BACKUP_ROOT, encrypted for $BACKUP_RECIPIENT
    portal-backup check      an alarm (exit status 1) when the newest is old, small, cut or changed
    portal-backup verify     restores the newest into a new PostgreSQL of a moment, and compares
    portal-backup restore    into the empty database and the empty folder of the portal

A backup is a folder named by its moment. `manifest.json` is written last, so a folder without it is
none; it holds numbers and hashes and nothing personal. Uploads lie beside the backups, once each,
named by their SHA-256; which name each has is in the backup, encrypted. Everything is encrypted by
age for a key whose secret half only `verify` and `restore` need ($BACKUP_IDENTITY).
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import json
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import psycopg
from psycopg import sql

if TYPE_CHECKING:
    from collections.abc import Iterator

DUMP, FILES, MANIFEST, OBJECTS = "database.dump.age", "files.json.age", "manifest.json", "objects"
HELD = "restored"  # in the state folder
MAX_AGE_HOURS = 26
LEAST_SHARE = 0.5  # of the dump before: a database does not lose half of itself in a day
CHUNK = 1024 * 1024
COUNTED = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1"


class Fault(Exception):
    """What an administrator is told in one sentence."""


@dataclass(frozen=True)
class Places:
    root: Path
    recipient: str
    identity: str
    owner_url: str
    media: Path
    state: Path

    @classmethod
    def of_environment(cls) -> Places:
        given = os.environ
        return cls(
            root=Path(given.get("BACKUP_ROOT", "/var/backups/cluster-portal")),
            recipient=given.get("BACKUP_RECIPIENT", ""),
            identity=given.get("BACKUP_IDENTITY", "/etc/cluster-portal/backup.key"),
            owner_url=given.get("DATABASE_OWNER_URL", "") or given.get("DATABASE_URL", ""),
            media=Path(given.get("MEDIA_ROOT", "var/media")),
            state=Path(given.get("STATE_ROOT", "var/state")),
        )

    def whole(self) -> list[Path]:
        """The backups that were finished, the oldest first."""
        return sorted(path.parent for path in self.root.glob(f"*/{MANIFEST}"))

    def newest(self, name: str = "") -> Path:
        found = [path for path in self.whole() if name in ("", path.name)]
        if not found:
            raise Fault(f"There is no backup {name} in {self.root}.")
        return found[-1]


def make(places: Places, *, keep: int) -> None:
    began = time.monotonic()
    places.root.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder = places.root / f"{datetime.datetime.now(datetime.UTC):%Y-%m-%dT%H%M%SZ}"
    folder.mkdir(mode=0o700)
    counts = _dump(places, folder / DUMP)
    files = _store_uploads(places)
    _encrypt(places, json.dumps(files).encode(), folder / FILES)
    manifest = {
        "made_at": datetime.datetime.now(datetime.UTC).isoformat(),
        "tables": counts,
        "dump": _described(folder / DUMP),
        "files": _described(folder / FILES),
        "objects": sorted(set(files.values())),
        "seconds": round(time.monotonic() - began, 1),
    }
    erased = places.state / "erased-accounts"
    if erased.exists():
        shutil.copy(erased, places.root / "erased-accounts")  # the newest counts for every backup
    _write(folder / MANIFEST, json.dumps(manifest))
    _prune(places, keep)
    say(
        f"{folder.name}: {sum(counts.values())} rows of {len(counts)} tables in"
        f" {manifest['dump']['bytes']} bytes, {len(files)} files, {manifest['seconds']} s"
    )


def check(places: Places) -> None:
    folders = places.whole()
    newest = places.newest()
    manifest = _manifest(newest)
    made = datetime.datetime.fromisoformat(manifest["made_at"])
    hours = (datetime.datetime.now(datetime.UTC) - made).total_seconds() / 3600
    if hours > MAX_AGE_HOURS:
        raise Fault(f"The newest backup {newest.name} is {hours:.0f} hours old.")
    if len(folders) > 1:
        before = _manifest(folders[-2])["dump"]["bytes"]
        if manifest["dump"]["bytes"] < before * LEAST_SHARE:
            raise Fault(f"The dump of {newest.name} is less than half of the one before.")
    for name, key in ((DUMP, "dump"), (FILES, "files")):
        if not (newest / name).exists() or _described(newest / name) != manifest[key]:
            raise Fault(f"{newest.name}/{name} is cut or changed.")
    missing = [key for key in manifest["objects"] if not _object(places, key).exists()]
    if missing:
        raise Fault(f"{len(missing)} uploaded files of {newest.name} are missing.")
    say(f"{newest.name} is whole and {hours:.1f} hours old.")


def verify(places: Places, name: str = "") -> None:
    """Restores it, and compares every table's rows and every file's hash."""
    began = time.monotonic()
    newest = places.newest(name)
    manifest = _manifest(newest)
    with _cluster() as url:
        _restore_database(places, newest, url)
        _compare(_counts(url), manifest["tables"])
    files = json.loads(_decrypt(places, newest / FILES))
    for key in set(files.values()):
        if hashlib.sha256(_decrypt(places, _object(places, key))).hexdigest() != key:
            raise Fault(f"The uploaded file {key} is changed.")
    seconds = round(time.monotonic() - began, 1)
    say(f"{newest.name} can be restored: {len(manifest['tables'])} tables, {seconds} s")


def restore(places: Places, name: str = "") -> None:
    newest = places.newest(name)
    if _counts(places.owner_url):
        raise Fault("The database is not empty: make a new one, as at the first installation.")
    if places.media.exists() and any(places.media.iterdir()):
        raise Fault(f"{places.media} is not empty.")
    _restore_database(places, newest, places.owner_url)
    _compare(_counts(places.owner_url), _manifest(newest)["tables"])
    owner = places.state.parent.stat()
    places.media.mkdir(parents=True, exist_ok=True)
    for relative, key in json.loads(_decrypt(places, newest / FILES)).items():
        target = places.media / relative
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(_decrypt(places, _object(places, key)))
    _remember_erased(places)
    (places.state / HELD).touch()  # no letter leaves before somebody releases them
    for path in (places.media, *places.media.rglob("*"), places.state, *places.state.iterdir()):
        os.chown(path, owner.st_uid, owner.st_gid)
    say(f"{newest.name} is restored. Now: portal-manage migrate, portal-manage after_restore")


def _remember_erased(places: Places) -> None:
    """Whoever was erased since, by this machine's list and the one beside the backups."""
    places.state.mkdir(parents=True, exist_ok=True)
    here, there = places.state / "erased-accounts", places.root / "erased-accounts"
    lines = {line for path in (here, there) if path.exists() for line in path.open()}
    here.write_text("".join(sorted(lines)))


def _dump(places: Places, target: Path) -> dict[str, int]:
    """The dump and the counts see the same moment."""
    with psycopg.connect(places.owner_url) as own:
        own.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        snapshot = own.execute("SELECT pg_export_snapshot()").fetchone()[0]
        counts = _count(own)
        argv = ["pg_dump", "--format=custom", "--no-comments", f"--snapshot={snapshot}"]
        dump = subprocess.Popen(argv, env=_libpq(places.owner_url), stdout=subprocess.PIPE)
        age = ["age", "--recipient", places.recipient, "--output", str(target)]
        written = subprocess.run(age, stdin=dump.stdout).returncode
        dump.stdout.close()
        if dump.wait() or written:
            raise Fault("The database could not be dumped.")
    return counts


def _count(own: psycopg.Connection[Any]) -> dict[str, int]:
    names = [row[0] for row in own.execute(COUNTED).fetchall()]
    asked = sql.SQL("SELECT count(*) FROM {}")
    return {name: own.execute(asked.format(sql.Identifier(name))).fetchone()[0] for name in names}


def _counts(url: str) -> dict[str, int]:
    with psycopg.connect(url) as own:
        return _count(own)


def _compare(found: dict[str, int], wanted: dict[str, int]) -> None:
    differing = sorted(name for name in {*found, *wanted} if found.get(name) != wanted.get(name))
    if differing:
        raise Fault(f"Not the same rows as when it was made: {', '.join(differing)}")


def _store_uploads(places: Places) -> dict[str, str]:
    """The hash of each file by its name; content that was stored before is not stored again."""
    found = {}
    for path in sorted(places.media.rglob("*")):
        if not path.is_file():
            continue
        content = path.read_bytes()
        key = hashlib.sha256(content).hexdigest()
        target = _object(places, key)
        if not target.exists():
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _encrypt(places, content, target)
        found[path.relative_to(places.media).as_posix()] = key
    return found


def _object(places: Places, key: str) -> Path:
    return places.root / OBJECTS / key[:2] / f"{key}.age"


def _prune(places: Places, keep: int) -> None:
    for old in places.whole()[:-keep]:
        shutil.rmtree(old)
    needed = {key for folder in places.whole() for key in _manifest(folder)["objects"]}
    for path in (places.root / OBJECTS).glob("*/*.age"):
        if path.stem not in needed:
            path.unlink()


def _encrypt(places: Places, content: bytes, target: Path) -> None:
    partial = target.with_suffix(".partial")
    argv = ["age", "--recipient", places.recipient, "--output", str(partial)]
    if subprocess.run(argv, input=content).returncode:
        raise Fault(f"{target.name} could not be encrypted.")
    partial.replace(target)


def _decrypt(places: Places, path: Path) -> bytes:
    argv = ["age", "--decrypt", "--identity", places.identity, str(path)]
    made = subprocess.run(argv, capture_output=True)
    if made.returncode:
        raise Fault(f"{path} cannot be decrypted: {made.stderr.decode().strip()}")
    return made.stdout


def _restore_database(places: Places, folder: Path, url: str) -> None:
    age = ["age", "--decrypt", "--identity", places.identity, str(folder / DUMP)]
    plain = subprocess.Popen(age, stdout=subprocess.PIPE)
    environment = _libpq(url)
    argv = ["pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "--dbname"]
    code = subprocess.run(
        [*argv, environment["PGDATABASE"]], stdin=plain.stdout, env=environment
    ).returncode
    plain.stdout.close()
    if plain.wait() or code:
        raise Fault(f"{folder.name} could not be restored.")


@contextmanager
def _cluster() -> Iterator[str]:
    """A new PostgreSQL that nobody else reaches, gone afterwards."""
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="portal-verify-"))
    data = folder / "data"
    user = _server_user()
    if user:
        os.chown(folder, user.pw_uid, user.pw_gid)
    extra = {"user": user.pw_uid, "group": user.pw_gid, "cwd": "/"} if user else {}
    init = [f"{programs}/initdb", "-D", str(data), "-U", "portal", "-A", "trust", "-E", "UTF8"]
    quiet = {"stdout": subprocess.DEVNULL, "check": True, **extra}
    subprocess.run([*init, "--locale=C.UTF-8", "--no-sync"], **quiet)
    options = f"-k {folder} -h '' -c fsync=off -c full_page_writes=off"
    control = [f"{programs}/pg_ctl", "-D", str(data), "-w", "-s"]
    subprocess.run([*control, "-l", str(folder / "log"), "-o", options, "start"], **quiet)
    try:
        yield f"postgresql://portal@/postgres?host={folder}"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], **quiet)
        shutil.rmtree(folder)


def _programs() -> str:
    """Debian keeps the server's programs beside the path, by version."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    given = shutil.which("initdb")
    if not found and not given:
        raise Fault("PostgreSQL's server programs are not installed: apt install postgresql")
    return str(found[-1].parent if found else Path(given or "").parent)


def _server_user() -> pwd.struct_passwd | None:
    """PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return None
    names = {each.pw_name: each for each in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]


def _libpq(url: str) -> dict[str, str]:
    """Not on the command line, where everybody on the machine reads it."""
    parts = urlsplit(url)
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if pair)
    given = {
        "PGHOST": unquote(query.get("host", parts.hostname or "")),
        "PGPORT": str(parts.port or ""),
        "PGUSER": unquote(parts.username or ""),
        "PGPASSWORD": unquote(parts.password or ""),
        "PGDATABASE": unquote(parts.path.lstrip("/")),
    }
    return {**os.environ, **{name: value for name, value in given.items() if value}}


def _described(path: Path) -> dict[str, Any]:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return {"bytes": path.stat().st_size, "sha256": digest.hexdigest()}


def _manifest(folder: Path) -> dict[str, Any]:
    return json.loads((folder / MANIFEST).read_text())


def _write(path: Path, text: str) -> None:
    partial = path.with_suffix(".partial")
    partial.write_text(text)
    partial.replace(path)


def _note(places: Places, act: str, fault: str) -> None:
    """For the portal's figures: when each act last went well, and what failed last."""
    path = places.state / "backup.json"
    if not places.state.exists():
        return
    known = json.loads(path.read_text()) if path.exists() else {}
    known[act] = {"ok": not fault, "at": time.time(), "fault": fault}
    if not fault:
        known[act]["ok_at"] = known[act]["at"]
    _write(path, json.dumps(known))
    path.chmod(0o644)


def say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="portal-backup", description=__doc__.split("\n")[0])
    parser.add_argument("act", choices=["make", "check", "verify", "restore"])
    parser.add_argument("name", nargs="?", default="", help="a backup; the newest by default")
    parser.add_argument("--keep", type=int, default=30, help="so many backups stay")
    given = parser.parse_args(argv)
    places = Places.of_environment()
    acts = {
        "make": lambda: make(places, keep=given.keep),
        "check": lambda: check(places),
        "verify": lambda: verify(places, given.name),
        "restore": lambda: restore(places, given.name),
    }
    fault = ""
    try:
        acts[given.act]()
    except (Fault, OSError, psycopg.Error, subprocess.SubprocessError) as error:
        fault = str(error)
        sys.stderr.write(f"{given.act}: {fault}\n")
    _note(places, given.act, fault)
    return bool(fault)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
