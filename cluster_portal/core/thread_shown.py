"""Steps of a thread as lines, and as the strip that stands on every page of a thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cluster_portal.core.thread import Step, Thread


def row(step: Step) -> dict[str, Any]:
    """A step as a line for `components/row.html`."""
    return {
        "kind": step.kind, "title": step.title, "url": step.url, "text": step.text,
        "state": step.look, "state_text": step.state,
    }  # fmt: skip


def strip(shown: Thread) -> list[dict[str, Any]]:
    """The kinds of steps in their order; a kind with several steps leads to the whole thread."""
    groups: dict[tuple[int, str], list[Step]] = {}
    for step in shown.steps:
        groups.setdefault((step.column, str(step.kind)), []).append(step)
    return [_group(kind, group, shown) for (_column, kind), group in groups.items()]


def _group(kind: str, group: list[Step], shown: Thread) -> dict[str, Any]:
    only = group[0] if len(group) == 1 else None
    return {
        "name": kind, "count": len(group), "title": only.title if only else "",
        "url": only.url if only else "", "is_done": all(step.is_over for step in group),
        "is_here": shown.here in {step.place for step in group},
    }  # fmt: skip
