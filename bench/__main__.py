"""`python -m bench [NAME …]`: run every `bench_*.py`, or those named, and print one table.

Each module has `run(report)` and finds a throw-away database with all migrations applied. It runs
in a transaction that is rolled back, unless it says `COMMITS = True` because it needs parallel
connections; then it cleans up after itself. Exit code 1 when a goal is missed or a bench fails.
"""

import importlib
import os
import sys
import traceback
from contextlib import nullcontext
from pathlib import Path

import django
from django.db import transaction
from django.test import override_settings
from django.test.runner import DiscoverRunner

from bench.report import Report
from tests import pgplugin

SETTINGS = {  # as in production, but for what other servers and a build step would give
    "CACHES": {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
    "STORAGES": {
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    },
}


def modules(wanted: list[str]) -> list[str]:
    found = sorted(path.stem for path in Path(__file__).parent.glob("bench_*.py"))
    return [name for name in found if not wanted or name.removeprefix("bench_") in wanted]


def run_one(name: str, report: Report) -> bool:
    """False when it failed; the others still run."""
    report.section(name.removeprefix("bench_"))
    try:
        module = importlib.import_module(f"bench.{name}")
        commits = getattr(module, "COMMITS", False)
        with nullcontext() if commits else transaction.atomic():
            module.run(report)
            if not commits:
                transaction.set_rollback(True)
    except Exception:  # noqa: BLE001  a broken bench must not hide the others' figures
        traceback.print_exc()
        return False
    return True


def main(wanted: list[str]) -> int:
    print(pgplugin.header)
    os.environ["DJANGO_SETTINGS_MODULE"] = "cluster_portal.settings"
    django.setup()
    migrated = bool(os.environ.get(pgplugin.IS_MIGRATED))  # then not all anew
    runner = DiscoverRunner(verbosity=0, interactive=False, keepdb=migrated)
    runner.setup_test_environment(debug=False)
    databases = runner.setup_databases()
    report = Report()
    try:
        with override_settings(**SETTINGS):
            results = [run_one(name, report) for name in modules(wanted)]
    finally:
        runner.teardown_databases(databases)
    report.show()
    return 0 if all(results) and not report.missed() else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
