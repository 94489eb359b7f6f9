"""The migrated test database, built once per set of migrations and copied for every run.

Running all migrations takes longer than most tests. `python -m tests.template` builds the database
on the server of DATABASE_URL; `pgplugin` calls it and keeps the cluster's files.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import django
from django.test.utils import setup_databases

from cluster_portal.home.demo.places import CHECKOUT

CACHE = CHECKOUT / ".pytest_cache" / "postgres"
KEPT = 8  # as many branches as someone switches between
SHAPING = (  # what decides how a migrated database looks
    "*/migrations/*.py",
    "cluster_portal/*/migrations/*.py",
    "cluster_portal/core/data/*",
    "requirements.txt",
    "cluster_portal/core/database/ledgers.py",
    "tests/pgplugin.py",
)


def key() -> str:
    digest = hashlib.sha256()
    for pattern in SHAPING:
        for path in sorted(CHECKOUT.glob(pattern)):
            name = path.relative_to(CHECKOUT).as_posix()
            digest.update(name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def find() -> Path | None:
    kept = CACHE / key()
    return kept if kept.exists() else None


def build() -> None:
    """In a process of its own, so that the test run's Django starts fresh."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.template"], cwd=CHECKOUT, capture_output=True, text=True
    )
    if done.returncode:
        sys.exit(f"The test database could not be built.\n{done.stdout}{done.stderr}")


def keep(data: Path) -> None:
    """`data` is the folder of a stopped server. Two runs at once: the first to rename wins."""
    CACHE.mkdir(parents=True, exist_ok=True)
    target = CACHE / key()
    fresh = target.with_name(f"{target.name}.{os.getpid()}")
    shutil.copytree(data, fresh)
    try:
        fresh.rename(target)
    except OSError:
        shutil.rmtree(fresh)
    by_age = sorted(CACHE.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in by_age[KEPT:]:
        shutil.rmtree(old, ignore_errors=True)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "cluster_portal.settings"
    django.setup()
    setup_databases(verbosity=0, interactive=False)
