"""What no linter knows, for `make check`: sizes, and what templates and texts may hold.

    python -m tests.lint

Prints each fault with its place and exits with their number.
"""

from __future__ import annotations

import ast
import re
import sys
from typing import TYPE_CHECKING

from tests import house

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_FUNCTION, MAX_VIEW, MAX_MODULE, MAX_TEMPLATE, MAX_LINE = 40, 20, 430, 200, 120
STYLE_OR_SCRIPT = re.compile(
    r"\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)(?![^>]*application/json)"
)
BLOCK = re.compile(r"{%\s*blocktrans(?:late)?\b[^%]*%}")
FORMATTED = re.compile(r"""\b(?:_|gettext|ngettext|gettext_lazy)\(\s*f["']|_\([^()]*\)\.format\(""")
MARKED = re.compile(r"\b(?:format_html|mark_safe)\(")
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b(?=[^{]*;)")
NAMED = re.compile(
    r"`((?:cluster_portal|members|projects|theses|events|templates|tests|static|deploy|docs"
    r"|core|home|knowledge|notifications|surveys)/[\w/.-]*)`"
)
GETTEXT = {"_", "gettext", "ngettext", "pgettext"}


def faults_of_module(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    if text.count("\n") > MAX_MODULE:
        yield f"module of {text.count(chr(10))} lines, at most {MAX_MODULE}"
    limit = MAX_VIEW if house.is_view_module(path) else MAX_FUNCTION
    for function in house.functions(path):
        lines = house.lines_of(function)
        if lines > limit and function.name != "add_arguments":
            yield f"{function.name} has {lines} lines, at most {limit}"
    if FORMATTED.search(text) or any(_translated_in_f_strings(ast.parse(text))):
        yield "a translated text in an f-string or with .format()"
    if MARKED.search(text) and "core" not in path.parts:
        yield "HTML made in Python: it belongs in a template"


def _translated_in_f_strings(tree: ast.AST) -> Iterator[bool]:
    """`makemessages` finds none there, so that it would stay English."""
    for text in ast.walk(tree):
        if isinstance(text, ast.JoinedStr):
            for node in ast.walk(text):
                if isinstance(node, ast.Call):
                    yield getattr(node.func, "id", "") in GETTEXT


def faults_of_template(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html" and text.count("\n") > MAX_TEMPLATE:
        yield f"template of {text.count(chr(10))} lines, at most {MAX_TEMPLATE}"
    for number, line in enumerate(text.splitlines(), start=1):
        if len(line) > MAX_LINE:
            yield f"line {number} has {len(line)} characters, at most {MAX_LINE}"
    if path.suffix == ".html" and STYLE_OR_SCRIPT.search(text):
        yield "a style attribute, an inline script or a handler"
    if any("trimmed" not in block for block in BLOCK.findall(text)):
        yield "blocktranslate without trimmed"


def faults_of_sheet(path: Path) -> Iterator[str]:
    if path.name != "tokens.css" and COLOUR.search(path.read_text(encoding="utf-8")):
        yield "a colour outside tokens.css"


def faults_of_page(path: Path) -> Iterator[str]:
    """Files that the documents name exist; `x/` is a folder; the platform may stand short."""
    for name in NAMED.findall(path.read_text(encoding="utf-8")):
        if not any((root / name).exists() for root in (house.ROOT, house.ROOT / "cluster_portal")):
            yield f"names {name}, which does not exist"


def main() -> int:
    count = 0
    templates = [p for p in house.templates("*") if p.is_file() and p.suffix != ".svg"]
    for check, paths in (
        (faults_of_module, house.sources()),
        (faults_of_template, templates),
        (faults_of_page, [*(house.ROOT / "docs").rglob("*.md"), house.ROOT / "README.md"]),
        (faults_of_sheet, sorted((house.ROOT / "static/css").rglob("*.css"))),
    ):
        for path in paths:
            for fault in check(path):
                sys.stdout.write(f"{house.name_of(path)}: {fault}\n")
                count += 1
    return min(count, 100)


if __name__ == "__main__":
    sys.exit(main())
