"""The runnable blocks of `docs/deployment.md`, in the order in which a reader meets them."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cluster_portal.home.demo.places import CHECKOUT

if TYPE_CHECKING:
    from pathlib import Path

PAPER = CHECKOUT / "docs" / "deployment.md"
_PART = re.compile(r"^(#+ [^\n]+)$|^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    heading: str
    text: str


def blocks(paper: Path = PAPER) -> list[Block]:
    """Those marked `sh`, each with the heading that it stands under."""
    heading, found = "", []
    for title, language, text in _PART.findall(paper.read_text()):
        heading = title.lstrip("# ") or heading
        if language == "sh":
            found.append(Block(heading, text))
    return found


def script(chosen: list[Block]) -> str:
    """One shell for all, as a reader's; it says where it is, and stops where a command fails."""
    lines = ["set -euo pipefail", "trap 'echo \"FAILED: $BASH_COMMAND\" >&2' ERR"]
    for block in chosen:
        lines += [f"echo {shlex.quote('== ' + block.heading)}", block.text]
    return "\n".join(lines)
