"""The municipalities of Finland and the region of each (`data/municipalities.toml`)."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path

DATA = Path(__file__).parent.parent / "data" / "municipalities.toml"


@lru_cache(maxsize=1)
def _regions() -> dict[str, str]:
    """The code of the region by each name, Finnish and Swedish, without case."""
    data: dict[str, list[str]] = tomllib.loads(DATA.read_text(encoding="utf-8"))
    return {
        name.casefold(): code
        for code, municipalities in data.items()
        for names in municipalities
        for name in names.split("/")
    }


def region_code(text: str) -> str:
    """The region of the first municipality that is named; several may be separated by commas.

    Empty when none is known.
    """
    named = (_regions().get(part.strip().casefold()) for part in re.split(r"[,;/]| ja ", text))
    return next(filter(None, named), "")
