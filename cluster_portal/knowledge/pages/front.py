"""News on the front page: the newest large, then some to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cluster_portal.core import thread
from cluster_portal.knowledge.pages.articles import of_reader, story
from projects.models import Result
from projects.pages.threads import url_of

if TYPE_CHECKING:
    from cluster_portal.core.thread import Step
    from cluster_portal.core.visibility import Reader

MORE, STOPS = 3, 5


def latest(user: Reader) -> dict[str, Any] | None:
    newest, *others = [*of_reader(user)[: 1 + MORE]] or [None]
    if newest is None:
        return None
    return {
        "lead": story(newest, is_lead=True),
        "more": [story(article) for article in others],
    }


def journey(user: Reader) -> dict[str, Any] | None:
    """One thread from its need on: that of the newest result which a decision has used."""
    result = Result.objects.visible_to(user).out().used().order_by("-published_at").first()
    shown = thread.of(result, user) if result else None
    if shown is None or not shown.is_one:
        return None
    stops: dict[int, Step] = {}
    for step in shown.steps:
        stops.setdefault(step.column, step)
    steps = [stops[column] for column in sorted(stops)][:STOPS]
    return {
        "steps": [
            {"state": "done" if step.is_over else "now", "kind": step.kind, "day": step.day,
             "title": step.title, "url": step.url, "who": step.who}
            for step in steps
        ],
        "title": shown.step.title,
        "url": url_of(shown.step),
    }  # fmt: skip
