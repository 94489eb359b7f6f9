"""`make deploy-test`: `docs/deployment.md` is run word by word on an empty Debian."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from cluster_portal.home.demo.places import CHECKOUT
from tests.deploy import container, drills, paper

STEP = """
from django.db import migrations

class Migration(migrations.Migration):
    dependencies = [("members", "{leaf}")]
    operations = [
        migrations.RunSQL("ALTER TABLE members_cluster ADD COLUMN drill text NULL", "SELECT 1")
    ]
"""


def main() -> int:
    if reason := container.lacking():
        sys.stderr.write(f"The paper cannot be run here. {reason}\n")
        return 2
    began = time.monotonic()
    with container.booted() as machine:
        source = machine.root / "srv" / "cluster-portal"
        clone = ["git", "clone", "--quiet", "--bare", str(CHECKOUT), str(source)]
        subprocess.run(clone, check=True)
        head = ["git", "-C", str(CHECKOUT), "rev-parse", "HEAD"]
        commit = subprocess.run(head, check=True, capture_output=True, text=True).stdout.strip()
        subprocess.run(["git", "-C", str(source), "branch", "--force", "main", commit], check=True)
        _next_release(source)
        machine.wait()
        found = paper.blocks()
        code = machine.shell(paper.script(found, drills), check=False).returncode
        if code:
            machine.shell("journalctl -n 60 --no-pager -u 'portal*' || true", check=False)
        figures = machine.root / "var" / "tmp" / "figures"
        told = figures.read_text() if figures.exists() else ""
    seconds = time.monotonic() - began
    sys.stdout.write(f"\n{told}")
    sys.stdout.write(f"{len(found)} blocks, exit status {code}, {seconds:.0f} s\n")
    return code


def _next_release(source: Path) -> None:
    """The branch `next`: this version and one column more, which the update brings."""
    with tempfile.TemporaryDirectory(prefix="portal-next-") as folder:
        subprocess.run(["git", "clone", "--quiet", "-b", "main", source, folder], check=True)
        steps = Path(folder) / "members" / "migrations"
        names = sorted(path.stem for path in steps.glob("0*.py"))
        texts = [(steps / f"{name}.py").read_text() for name in names]
        leaf = next(name for name in names if not any(_follows(text, name) for text in texts))
        (steps / "9999_drill.py").write_text(STEP.format(leaf=leaf))
        git = ["git", "-C", folder, "-c", "user.name=Drill", "-c", "user.email=drill@localhost"]
        subprocess.run([*git, "add", "."], check=True)
        subprocess.run([*git, "commit", "--quiet", "--message", "one column more"], check=True)
        subprocess.run([*git, "push", "--quiet", "origin", "HEAD:next"], check=True)


def _follows(text: str, name: str) -> bool:
    return f'("members", "{name}")' in text


if __name__ == "__main__":
    sys.exit(main())
