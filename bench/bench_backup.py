"""How long a backup, its trial and a restore take: BACKUP_GB (0.2) of uploads and database.

The program that an installation runs (`deploy/backup.py`), with age and the PostgreSQL of this
machine; a fifth is in the database, in rows that compress badly, the rest in files of four
megabytes. Three times as much room on the disk is needed for a moment.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg

from cluster_portal.home.demo.places import CHECKOUT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.report import Report

COMMITS = True
GIGABYTES = float(os.environ.get("BACKUP_GB", "0.2"))
IN_DATABASE = 0.2
FILE = 4 * 1024 * 1024
ROW = 2048  # bytes of hexadecimal digits
PROGRAM = CHECKOUT / "deploy" / "backup.py"


def run(report: Report) -> None:
    report.section(f"Backup of {GIGABYTES:g} GB")
    with _machine() as (folder, environment):
        report.add("uploads", _write_files(folder / "media") / 1e9, "GB")
        report.add("database", _write_rows(environment["DATABASE_OWNER_URL"]) / 1e9, "GB")
        report.add("make", _act("make", environment), "s")
        report.add("check", _act("check", environment), "s")
        report.add(
            "verify (restores it into a PostgreSQL of its own)", _act("verify", environment), "s"
        )
        report.add("size of the backup", _size(folder / "backups") / 1e9, "GB")
        shutil.rmtree(folder / "media")
        environment["DATABASE_OWNER_URL"] = environment.pop("NEW_DATABASE")
        report.add("restore", _act("restore", environment), "s")
        files = len(list((folder / "media").rglob("*.bin")))
        report.add("files that came back", files, goal=_count(), at_least=True)
        report.add("a second backup of the same", _act("make", environment), "s")


@contextmanager
def _machine() -> Iterator[tuple[Path, dict[str, str]]]:
    spec: Any = spec_from_file_location("portal_backup", PROGRAM)
    backup = module_from_spec(spec)
    sys.modules["portal_backup"] = backup
    spec.loader.exec_module(backup)
    folder = Path(tempfile.mkdtemp(prefix="portal-bench-", dir=os.environ.get("BACKUP_PLACE")))
    try:
        with backup._cluster() as url:  # noqa: SLF001  the same as for the trial
            with psycopg.connect(url, autocommit=True) as own:
                own.execute("CREATE DATABASE old")
                own.execute("CREATE DATABASE new")
            yield folder, _environment(folder, url)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _environment(folder: Path, url: str) -> dict[str, str]:
    key = folder / "key"
    _say(["age-keygen", "-o", str(key)])
    public = _say(["age-keygen", "-y", str(key)])
    (folder / "state").mkdir()
    return {
        **os.environ,
        "BACKUP_ROOT": str(folder / "backups"),
        "BACKUP_RECIPIENT": public,
        "BACKUP_IDENTITY": str(key),
        "DATABASE_OWNER_URL": url.replace("/postgres?", "/old?"),
        "NEW_DATABASE": url.replace("/postgres?", "/new?"),
        "MEDIA_ROOT": str(folder / "media"),
        "STATE_ROOT": str(folder / "state"),
    }


def _say(argv: list[str]) -> str:
    made = subprocess.run(argv, check=True, capture_output=True, text=True)  # noqa: S603
    return made.stdout.strip()


def _count() -> int:
    return max(1, int(GIGABYTES * 1e9 * (1 - IN_DATABASE) / FILE))


def _write_files(folder: Path) -> int:
    for number in range(_count()):
        target = folder / f"{number % 100:02}" / f"{number}.bin"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(os.urandom(FILE))
    return _count() * FILE


def _write_rows(url: str) -> int:
    rows = int(GIGABYTES * 1e9 * IN_DATABASE / ROW)
    with psycopg.connect(url) as own:
        own.execute("CREATE TABLE text (id bigint PRIMARY KEY, words text)")
        own.execute("ALTER TABLE text ALTER words SET STORAGE PLAIN")
        with own.cursor().copy("COPY text FROM STDIN") as copy:
            for number in range(rows):
                copy.write_row((number, os.urandom(ROW // 2).hex()))
    with psycopg.connect(url) as own:
        found = own.execute("SELECT pg_database_size(current_database())").fetchone()
    return int(found[0]) if found else 0


def _act(act: str, environment: dict[str, str]) -> float:
    began = time.perf_counter()
    argv = [sys.executable, str(PROGRAM), act]
    subprocess.run(argv, env=environment, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    return time.perf_counter() - began


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
