"""Static files with long-lived names; the stylesheet's parts travel as one file."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from django.contrib.staticfiles import finders
from whitenoise.storage import CompressedManifestStaticFilesStorage

if TYPE_CHECKING:
    from collections.abc import Iterator

STYLESHEET = "css/app.css"
IMPORT = re.compile(r'^@import "(?P<file>[^"]+)" layer\((?P<layer>[\w-]+)\);$', re.MULTILINE)


class BundlingStorage(CompressedManifestStaticFilesStorage):
    """Joins the imports of `css/app.css` when static files are collected.

    A browser would ask for the parts one after another, each page anew with 30 requests. The
    sources stay one file per part, and where nothing is collected the imports work by themselves.
    """

    def post_process(self, paths: dict[str, Any], *args: Any, **options: Any) -> Iterator[Any]:
        if STYLESHEET in paths and not options.get("dry_run"):
            Path(self.path(STYLESHEET)).write_text(joined(STYLESHEET), encoding="utf-8")
            paths = {**paths, STYLESHEET: (self, STYLESHEET)}  # it is read there, not at its source
        yield from super().post_process(paths, *args, **options)


def joined(name: str) -> str:
    """The stylesheet with each imported file in the layer that the import names.

    Parts are read where they are written, not where they were collected: those may be older.
    """
    text = Path(str(finders.find(name))).read_text(encoding="utf-8")
    folder = PurePosixPath(name).parent
    return IMPORT.sub(lambda found: _layer(str(folder / found["file"]), found["layer"]), text)


def _layer(name: str, layer: str) -> str:
    part = Path(str(finders.find(name))).read_text(encoding="utf-8")
    return f"@layer {layer} {{\n{part}}}\n"
