"""The published versions of a topic's texts, from the ledger of rows, and what changed."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.utils.translation import gettext as _

from theses.models import Topic
from theses.models.topic_workflow import TEXTS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime


NEWEST = 30
_WORD = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Piece:
    """A stretch of text: `same`, `added` or `removed`."""

    kind: str
    text: str


@dataclass(frozen=True)
class Change:
    name: str
    pieces: list[Piece]


@dataclass(frozen=True)
class Version:
    number: int
    since: datetime
    is_current: bool
    changes: list[Change]
    texts: list[tuple[str, str]]


def versions_of(topic: Topic) -> list[Version]:
    """Newest first. Drafts are not among them: only what stood open to readers."""
    states = _last_of_each(_published_rows(topic))
    found = []
    for place, (row, since) in enumerate(states):
        before = states[place - 1][0] if place else None
        found.append(
            Version(
                number=row["version"],
                since=since,
                is_current=place == len(states) - 1,
                changes=changes(before, row) if before else [],
                texts=[(_name(key), words(key, row[key])) for key in TEXTS if row[key]],
            )
        )
    return found[::-1][:NEWEST]


def _published_rows(topic: Topic) -> Iterable[dict[str, Any]]:
    events = apps.get_model("theses", "TopicEvent")
    rows = events.objects.filter(pgh_obj_id=topic.pk, published_at__isnull=False)
    return rows.order_by("pgh_id").values("version", "pgh_created_at", "published_at", *TEXTS)


def _last_of_each(rows: Iterable[dict[str, Any]]) -> list[tuple[dict[str, Any], datetime]]:
    """The last row of each version, and when that version began to be shown."""
    found: dict[int, tuple[dict[str, Any], datetime]] = {}
    for row in rows:
        number = row["version"]
        since = found[number][1] if number in found else row["pgh_created_at"]
        found[number] = (row, since)
    return [found[number] for number in sorted(found)]


def changes(before: dict[str, Any], after: dict[str, Any]) -> list[Change]:
    return [
        Change(_name(key), difference(words(key, before[key]), words(key, after[key])))
        for key in TEXTS
        if before[key] != after[key]
    ]


def _field(key: str) -> Any:
    return Topic._meta.get_field(key)


def _name(key: str) -> str:
    return str(_field(key).verbose_name)


def words(key: str, value: object) -> str:
    """A column's value as its reader knows it."""
    field = _field(key)
    labels = dict(getattr(field, "base_field", field).flatchoices)
    values = value if isinstance(value, list) else [value]
    return ", ".join(str(labels.get(each, each)) for each in values)


def difference(before: str, after: str) -> list[Piece]:
    """Word by word; neighbours of one kind stand together."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    pieces: list[Piece] = []
    # Words that are everywhere are left to the matcher's own rule, which bounds the time it takes.
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(old[a:b])))
            continue
        if b > a:
            pieces.append(Piece("removed", "".join(old[a:b])))
        if d > c:
            pieces.append(Piece("added", "".join(new[c:d])))
    return pieces


ACTS = {
    "created": lambda: _("Draft made"),
    "edited": lambda: _("Edited"),
    "submit": lambda: _("Sent for review"),
    "publish": lambda: _("Published"),
    "send_back": lambda: _("Returned for changes"),
    "renew": lambda: _("Renewed"),
    "withdraw": lambda: _("Withdrawn"),
    "expired": lambda: _("Expired"),
    "split": lambda: _("Split into parts"),
    "commissioned": lambda: _("Got a commissioner"),
    "supervised": lambda: _("Got a supervisor"),
    "open": lambda: _("A place became free"),
    "reserved": lambda: _("Reserved"),
    "agreed": lambda: _("Agreed"),
    "in_progress": lambda: _("Work began"),
    "finished": lambda: _("Finished"),
    "imported": lambda: _("Imported"),
}


def act_in_words(action: str) -> str:
    return ACTS[action]() if action in ACTS else action
