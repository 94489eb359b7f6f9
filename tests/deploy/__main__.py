"""`make deploy-test`: `docs/deployment.md` is run word by word on an empty Debian."""

from __future__ import annotations

import subprocess
import sys
import time

from cluster_portal.home.demo.places import CHECKOUT
from tests.deploy import container, paper


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
        machine.wait()
        found = paper.blocks()
        code = machine.shell(paper.script(found), check=False).returncode
        if code:
            machine.shell("journalctl -n 60 --no-pager -u 'portal*' || true", check=False)
    seconds = time.monotonic() - began
    sys.stdout.write(f"{len(found)} blocks, exit status {code}, {seconds:.0f} s\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
