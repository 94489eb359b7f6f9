"""How the house rules read the source: files, functions, addresses."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

from django.urls import URLPattern, URLResolver, get_resolver

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
APPS = ("cluster_portal", "members", "projects", "theses", "events")


def sources(pattern: str = "*.py") -> list[Path]:
    found = [path for app in APPS for path in (ROOT / app).rglob(pattern)]
    return [path for path in found if "migrations" not in path.parts]


def templates(pattern: str = "*.html") -> list[Path]:
    return sorted((ROOT / "templates").rglob(pattern))


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            yield node


def lines_of(node: ast.FunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def is_view_module(path: Path) -> bool:
    return path.name in {"views.py", "feeds.py"} or path.parent.name == "views"


def routes(
    patterns: list | None = None, names: tuple[str, ...] = ()
) -> Iterator[tuple[str, URLPattern]]:
    """Every named address of the portal as ("app:name", pattern)."""
    for entry in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(entry, URLResolver):
            inner = (*names, entry.namespace) if entry.namespace else names
            yield from routes(entry.url_patterns, inner)
        else:
            yield ":".join((*names, entry.name or "?")), entry
