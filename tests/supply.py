"""`python -m tests.supply audit|parts`: what the portal is made of.

`audit` asks the package index for known weaknesses of everything that is pinned to run. It fails
for what the index knows, never for an index that does not answer: it says so within a minute.
`parts` writes the list of parts (CycloneDX) and of their licences.
"""

from __future__ import annotations

import importlib.metadata
import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING

from cluster_portal.home.demo.places import CHECKOUT
from tests.lock import pins

if TYPE_CHECKING:
    from pathlib import Path

LOCK = CHECKOUT / "requirements-extra.txt"  # holds all that an installation may run
FOLDER = CHECKOUT / "var" / "supply"
PATIENCE = 60
FOUND = re.compile(r"^Found \d+ known vulnerabilit", re.MULTILINE)


def audit() -> int:
    argv = [sys.executable, "-m", "pip_audit", "--requirement", str(LOCK), "--no-deps"]
    argv += ["--disable-pip", "--progress-spinner", "off", "--timeout", "10"]
    try:
        asked = subprocess.run(argv, capture_output=True, text=True, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        sys.stdout.write("The package index does not answer: known weaknesses were not asked.\n")
        return 0
    said = asked.stderr.strip().splitlines() or ["nothing"]
    if asked.returncode == 0:
        sys.stdout.write(f"{said[-1]}\n")
        return 0
    if FOUND.search(asked.stderr):
        sys.stderr.write(asked.stdout + asked.stderr)
        return 1
    sys.stdout.write(f"Known weaknesses could not be asked here: {said[-1][:200]}\n")
    return 0


def parts() -> int:
    FOLDER.mkdir(parents=True, exist_ok=True)
    target = FOLDER / "parts.cdx.json"
    argv = [sys.executable, "-m", "cyclonedx_py", "requirements", str(LOCK)]
    argv += ["--output-reproducible", "--output-format", "JSON", "--output-file", str(target)]
    subprocess.run(argv, check=True)
    listed = json.loads(target.read_text())["components"]
    lines = ["# Licences of what the portal runs with", "", "| part | version | licence |"]
    lines.append("| --- | --- | --- |")
    lines += [_licence_line(name) for name in sorted(pins(LOCK.read_text()))]
    (FOLDER / "licences.md").write_text("\n".join(lines) + "\n")
    sys.stdout.write(f"{len(listed)} parts: {_shown(target)}, {_shown(FOLDER / 'licences.md')}\n")
    return 0


def _licence_line(name: str) -> str:
    about = importlib.metadata.metadata(name)
    classified = [
        line.rsplit(" :: ", 1)[-1]
        for line in about.get_all("Classifier") or []
        if line.startswith("License :: ") and line != "License :: OSI Approved"
    ]
    short = (about.get("License") or "").strip().split("\n")[0][:60]
    said = about.get("License-Expression") or ", ".join(classified) or short or "not said"
    return f"| {name} | {about['Version']} | {said} |"


def _shown(path: Path) -> str:
    return path.relative_to(CHECKOUT).as_posix()


if __name__ == "__main__":
    sys.exit({"audit": audit, "parts": parts}[sys.argv[1]]())
