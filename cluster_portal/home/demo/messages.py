"""Compiles the translations, so that no machine needs gettext to run the portal."""

import os
from pathlib import Path

import polib

from cluster_portal.home.demo.places import CHECKOUT


def compile_stale(root: Path = CHECKOUT / "locale") -> list[Path]:
    """Write the .mo of every .po that is newer; each appears whole or not at all."""
    stale = [po for po in sorted(root.glob("*/LC_MESSAGES/*.po")) if _is_stale(po)]
    for source in stale:
        partial = source.with_suffix(f".mo.{os.getpid()}")
        polib.pofile(source).save_as_mofile(partial)
        partial.replace(source.with_suffix(".mo"))
    return stale


def _is_stale(source: Path) -> bool:
    target = source.with_suffix(".mo")
    return not target.exists() or target.stat().st_mtime < source.stat().st_mtime


if __name__ == "__main__":
    compile_stale()
