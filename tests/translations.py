"""`python -m tests.translations`: every text is there in every language."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

from cluster_portal.home.demo import messages
from cluster_portal.home.demo.places import CHECKOUT

MAKEMESSAGES = ("--no-location", "--no-wrap", "--no-obsolete", "-e", "html,txt,md,py,svg")
LANGUAGES = ("fi", "sv", "en")
NO_SOURCE = ("tests", "bench", "docs", "deploy", "var")
IGNORED = shutil.ignore_patterns(".*", "__pycache__", "*.mo", "node_modules", *NO_SOURCE)


def key(entry: polib.POEntry) -> tuple[str, str, str]:
    return entry.msgctxt or "", entry.msgid, entry.msgid_plural


def unsound(path: Path) -> list[str]:
    """Untranslated and fuzzy entries of one file, and what msgfmt says of its placeholders."""
    catalogue = polib.pofile(path)
    found = [f"untranslated: {entry.msgid!r}" for entry in catalogue.untranslated_entries()]
    found += [f"fuzzy: {entry.msgid!r}" for entry in catalogue.fuzzy_entries()]
    if shutil.which("msgfmt"):
        checked = subprocess.run(
            ["msgfmt", "--check-format", "-o", os.devnull, path], capture_output=True, text=True
        )
        found += checked.stderr.splitlines()
    return found


def extracted(language: str, copy: Path) -> set[tuple[str, str, str]]:
    """What the source says now."""
    return {
        key(entry)
        for entry in polib.pofile(copy / "locale" / language / "LC_MESSAGES" / "django.po")
        if not entry.obsolete
    }


def extract(copy: Path) -> None:
    """Run makemessages on a copy, so that checking changes nothing."""
    shutil.copytree(CHECKOUT, copy, ignore=IGNORED)
    languages = [option for language in LANGUAGES for option in ("-l", language)]
    done = subprocess.run(
        [sys.executable, "-m", "django", "makemessages", *languages, *MAKEMESSAGES],
        cwd=copy,
        env={key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        sys.exit(f"The texts could not be extracted:\n{done.stdout}{done.stderr}")


def main() -> int:
    if shutil.which("xgettext") is None:
        sys.exit("gettext is missing: apt install gettext")
    faults = 0
    with tempfile.TemporaryDirectory() as folder:
        extract(Path(folder) / "copy")
        for language in LANGUAGES:
            path = CHECKOUT / "locale" / language / "LC_MESSAGES" / "django.po"
            ours = {key(entry) for entry in polib.pofile(path) if not entry.obsolete}
            found = unsound(path)
            now = extracted(language, Path(folder) / "copy")
            found += [f"not in the catalogue: {text[1]!r}" for text in sorted(now - ours)]
            found += [f"in no source any more: {text[1]!r}" for text in sorted(ours - now)]
            sys.stdout.writelines(f"{language}: {line}\n" for line in found)
            faults += len(found)
    compiled = messages.compile_stale()
    sys.stdout.write(f"Translations: {faults} faults, {len(compiled)} files compiled.\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
