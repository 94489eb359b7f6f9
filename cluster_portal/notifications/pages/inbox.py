"""The inbox: what is new by subject, and what is about one thing together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.urls import reverse

from cluster_portal.notifications import kinds, preferences
from cluster_portal.notifications.kinds import KindGroup
from cluster_portal.notifications.models import MailTrouble, OutboxMail

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cluster_portal.core.visibility import Reader


@dataclass(frozen=True)
class Tab:
    label: Any
    url: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Bundle:
    """The newest notice about a thing, and the earlier ones."""

    newest: OutboxMail
    earlier: list[OutboxMail]


def names_in(group: str) -> list[str]:
    """The kinds of a group by name; none for what is no group."""
    return [kind.name for kind in kinds.every() if kind.group == group]


def tabs(user: Reader, chosen: str) -> list[Tab]:
    """The groups in which something is unread, and the chosen one; one statement."""
    unread = OutboxMail.objects.visible_to(user).unread().order_by()
    counts = dict(unread.values_list("kind").annotate(Count("pk")))
    page = reverse("notifications:inbox")
    found = []
    for group in KindGroup:
        count = sum(counts.get(name, 0) for name in names_in(group))
        if count or group == chosen:
            found.append(Tab(group.label, f"{page}?group={group}", count, group == chosen))
    return found


def of_group(chosen: str) -> Q:
    return Q(kind__in=names_in(chosen)) if chosen in KindGroup.values else Q()


def bundles(notices: Iterable[OutboxMail]) -> list[Bundle]:
    """In the order in which the newest of each came."""
    found: dict[Any, Bundle] = {}
    for one in notices:
        key = (one.about_type_id, one.about_id) if one.about_id else one.pk
        if key in found:
            found[key].earlier.append(one)
        else:
            found[key] = Bundle(one, [])
    return list(found.values())


def trouble_of(user: Reader) -> MailTrouble | None:
    """Why nothing is mailed to the reader."""
    return MailTrouble.objects.of_person(user).stopped().first()


@dataclass(frozen=True)
class Subject:
    """A group of kinds in the catalogue: where they go by themselves, and where for the reader."""

    label: Any
    usual: Any
    own: Any
    kinds: list[str]


def catalogue(channels: dict[str, str]) -> list[Subject]:
    """Every kind that can be switched; `channels` are the reader's, by group."""
    return [
        Subject(
            group.label,
            _channel_words(group, preferences.default_channel(group)),
            _channel_words(group, channels[group.value]),
            kinds.labels_of_choice(group),
        )
        for group in kinds.groups_of_choice()
    ]


def _channel_words(group: KindGroup, channel: str) -> Any:
    return dict(preferences.choices_of(group)).get(channel, "")


def always_mailed() -> list[str]:
    """Labels of what cannot be switched off."""
    labels = {str(kind.label) for kind in kinds.every() if not kind.can_unsubscribe}
    return sorted(labels, key=str.casefold)
