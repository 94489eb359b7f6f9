"""An installation with dangerous settings (98)."""

import os
import subprocess
import sys

from cluster_portal.home.demo.places import CHECKOUT

GOOD = {
    "SITE_URL": "https://portal.example.org",
    "ALLOWED_HOSTS": "portal.example.org",
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "DEBUG": "0",
}
BAD = {
    "no secret key": {"SECRET_KEY": None},
    "a weak secret key": {"SECRET_KEY": "secret"},
    "debugging": {"DEBUG": "1"},
    "no host names": {"ALLOWED_HOSTS": ""},
}


def check(changes):
    given = {**os.environ, **GOOD, **changes}
    given = {name: value for name, value in given.items() if value is not None}
    argv = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    return subprocess.run(argv, cwd=CHECKOUT, env=given, capture_output=True, check=False)


def test_dangerous_settings_are_refused(faults):
    let_through = [name for name, changes in BAD.items() if check(changes).returncode == 0]
    good = check({})

    faults(
        "98",
        f"started with {', '.join(BAD)}",
        lost=len(let_through),
        refused=len(BAD) - len(let_through),
        recovered="check --deploy says which, before anything serves",
    )
    assert let_through == []
    assert good.returncode == 0, good.stderr.decode()
