"""The runnable blocks of `docs/deployment.md`, in the order in which a reader meets them."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cluster_portal.home.demo.places import CHECKOUT

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Protocol

    Place = tuple[str, int]

    class Drills(Protocol):
        """Shell of the test's own, before and after blocks of the paper."""

        TOOLS: str
        BEFORE: dict[Place, str]
        AFTER: dict[Place, str]


PAPER = CHECKOUT / "docs" / "deployment.md"
_PART = re.compile(r"^(#+ [^\n]+)$|^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    heading: str
    text: str
    number: int = 1  # under its heading


def blocks(paper: Path = PAPER) -> list[Block]:
    """Those marked `sh`, each with the heading that it stands under."""
    heading, found = "", []
    for title, language, text in _PART.findall(paper.read_text()):
        heading = title.lstrip("# ") or heading
        if language == "sh":
            number = sum(block.heading == heading for block in found) + 1
            found.append(Block(heading, text, number))
    return found


def script(chosen: list[Block], drills: Drills) -> str:
    """One shell for all, as a reader's; it says where it is, and stops where a command fails."""
    lines = ["set -eEuo pipefail", "trap 'echo \"FAILED: $BASH_COMMAND\" >&2' ERR", drills.TOOLS]
    known = {(block.heading, block.number) for block in chosen}
    if strange := (set(drills.BEFORE) | set(drills.AFTER)) - known:
        raise LookupError(f"The paper has no such blocks: {strange}")
    for block in chosen:
        place = (block.heading, block.number)
        lines += [
            f"echo {shlex.quote('== ' + block.heading)} at ${{SECONDS}} s",
            drills.BEFORE.get(place, ""),
            block.text,
            drills.AFTER.get(place, ""),
        ]
    return "\n".join(lines)
