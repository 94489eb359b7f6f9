"""Writing what was learned, and closing the pilot with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from cluster_portal.core import audit, search
from cluster_portal.core.errors import Refused
from members.services.arrivals import came
from projects.models import Learning
from projects.models.pilots import OVER, Stage
from projects.services import entries
from projects.services.pilot_makers import edited
from projects.services.pilots import move_pilot

if TYPE_CHECKING:
    from collections.abc import Iterable

    from members.models import User
    from projects.models import Pilot


@dataclass(frozen=True)
class Written:
    """One learning of the form; without a `number` it is new, `is_gone` takes it away."""

    kind: str
    title: str
    text: str = ""
    number: int | None = None
    is_gone: bool = False


@transaction.atomic
def write_learnings(
    pilot: Pilot,
    written: Iterable[Written],
    *,
    by: User,
    seen: str = "",
    close: bool = False,
) -> Pilot:
    """1. the pilot's lock; 2. each learning; 3. with `close`, the end of the pilot."""
    pilot = edited(pilot, by)
    entries.refuse_late(pilot, seen)
    if pilot.stage in {Stage.DRAFT, Stage.PLANNED}:
        raise Refused(_("Learnings are written once the pilot is under way."))
    known = {learning.number: learning for learning in pilot.learnings.all()}
    for each in written:
        learning = known.get(each.number) if each.number is not None else None
        if each.is_gone:
            if learning is not None:
                learning.delete()
        elif learning is None and _told_already(known.values(), each):
            continue  # the same new row sent twice is one
        elif learning is None:
            _store(Learning(pilot=pilot, number=_next(pilot), author=by), each)
        elif (learning.kind, learning.title, learning.text) != (each.kind, each.title, each.text):
            _store(learning, each)
    _refuse_silence(pilot)
    pilot.save(update_fields=["updated_at"])
    audit.record(pilot, "learnings written", by=by)
    return move_pilot(pilot, "close", by=by) if close else pilot


def _told_already(known: Iterable[Learning], each: Written) -> bool:
    words = (each.kind, each.title, each.text)
    return words in {(one.kind, one.title, one.text) for one in known}


def _next(pilot: Pilot) -> int:
    return (pilot.learnings.aggregate(last=Max("number"))["last"] or 0) + 1


def _store(learning: Learning, each: Written) -> None:
    learning.kind, learning.title, learning.text = each.kind, each.title, each.text
    learning.save()
    found = list(entries.found_terms(each.title, each.text))
    learning.terms.set(found or learning.pilot.terms.all())
    search.reindex(learning)
    if learning.pilot.stage in OVER and learning.pilot.published_at:
        came("learnings", learning, since=learning.created_at)


def _refuse_silence(pilot: Pilot) -> None:
    """A closed pilot keeps one learning at least."""
    if pilot.stage == Stage.CLOSED and not pilot.learnings.exists():
        raise Refused(_("A closed pilot keeps at least one learning."))
