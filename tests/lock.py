"""`python -m tests.lock`: every requirement of every pinned package is itself pinned.

The locks are installed without resolving, so what is missing from one is missing when installed.
Each of the larger ones holds all of `requirements.txt`.
"""

import importlib.metadata
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from cluster_portal.home.demo.places import CHECKOUT

LOCKS = (
    "requirements.txt",
    "requirements-extra.txt",
    "requirements-demo.txt",
    "requirements-dev.txt",
)
Pins = dict[str, Requirement]


def pins(text: str) -> Pins:
    """By canonical name, those that apply to this machine."""
    lines = (line.rstrip("\\ ") for line in text.splitlines() if "==" in line)
    found = (Requirement(line) for line in lines if not line.startswith((" ", "#")))
    return {canonicalize_name(pin.name): pin for pin in found if applies(pin, "")}


def applies(requirement: Requirement, extra: str) -> bool:
    return requirement.marker is None or requirement.marker.evaluate({"extra": extra})


def gaps(locked: Pins, requires: Callable[[str], list[str]]) -> Iterator[str]:
    """What a pinned package needs and the lock does not pin, in words.

    `requires` gives the requirements that a package declares, extras included.
    """
    for pin in locked.values():
        for line in requires(pin.name):
            needed = Requirement(line)
            if any(applies(needed, extra) for extra in ("", *pin.extras)):
                yield from (f"{pin.name} needs {fault}" for fault in _faults(needed, locked))


def _faults(needed: Requirement, locked: Pins) -> Iterator[str]:
    pin = locked.get(canonicalize_name(needed.name))
    if pin is None:
        yield f"{needed.name}, which is not pinned"
        return
    version = next(iter(pin.specifier)).version
    if not needed.specifier.contains(version, prereleases=True):
        yield f"{needed.name}{needed.specifier}, but {version} is pinned"
    for extra in sorted(needed.extras - pin.extras):
        yield f"{needed.name}[{extra}], but the pin lacks that extra"


def declared(name: str) -> list[str]:
    return importlib.metadata.requires(name) or []


def check(lock: Path) -> list[str]:
    return [f"{lock.name}: {gap}" for gap in gaps(pins(lock.read_text()), declared)]


def lacking(lock: Path) -> list[str]:
    """What the portal runs with, and this lock has not, or in another version."""
    ours, base = pins(lock.read_text()), pins((CHECKOUT / LOCKS[0]).read_text())
    return [
        f"{lock.name}: {pin.name}{pin.specifier} of {LOCKS[0]} is not pinned"
        for key, pin in base.items()
        if key not in ours or ours[key].specifier != pin.specifier
    ]


def main() -> int:
    found = [gap for name in LOCKS for gap in check(CHECKOUT / name)]
    found += [gap for name in LOCKS[1:] for gap in lacking(CHECKOUT / name)]
    for gap in found:
        sys.stderr.write(f"{gap}\n")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
