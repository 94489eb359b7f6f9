"""What comes to a list is held against the saved searches of it (docs/decisions/0008), and, where
it may answer one, against the open needs."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from cluster_portal.core.content import parts
from cluster_portal.core.visibility import Visibility
from cluster_portal.notifications import outbox, saved_searches
from members.models import AnswerArrival

if TYPE_CHECKING:
    from datetime import datetime

    from members.models import Organisation

HIDDEN = frozenset({Visibility.GROUP, Visibility.PRIVATE})


def came(kind: str, obj: Any, *, since: datetime | None, before: str = "") -> None:
    """Within the transaction that has written it: something new on the list, or a change of it.

    A change is held against the searches that were there when the thing came to the list, at
    `since`; what was hidden `before` comes to it now.
    """
    is_opened = before in HIDDEN and obj.visibility not in HIDDEN
    saved_searches.published(kind, obj.pk, since=None if is_opened else since)
    answers_came(kind, obj.pk)


def answers_came(key: str, *pks: int) -> None:
    """Things of a declared kind (`core.answers.Answers`) that were published or have changed."""
    if not any(answers.key == key for answers in parts(lambda one: one.answers)):
        return
    rows = [AnswerArrival(answers=key, object_id=pk) for pk in pks]
    AnswerArrival.objects.bulk_create(rows, batch_size=1000)
    outbox.wake_after_commit()


def organisations_came(organisations: list[Organisation]) -> None:
    """Those that were written together, new ones or changed."""
    by_day: dict[datetime | None, list[int]] = defaultdict(list)
    for each in organisations:
        by_day[each.created_at].append(each.pk)
    for since, pks in by_day.items():
        saved_searches.published("members", *pks, since=since)
        answers_came("members", *pks)


def organisation_came(organisation: Organisation, *, before: str = "") -> None:
    came("members", organisation, since=organisation.created_at, before=before)
