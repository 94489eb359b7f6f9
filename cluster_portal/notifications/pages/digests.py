"""What the pages of digests show: those that came, one of them, and the one that comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from cluster_portal.core import request_cache
from cluster_portal.notifications import (
    digest_mail,
    digest_rounds,
    digest_words,
    digests,
    preferences,
)
from cluster_portal.notifications.kinds import KindGroup
from cluster_portal.notifications.models import Channel, Digest

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader
    from cluster_portal.notifications.digest_rounds import Round


def rows_of(found: Any) -> list[dict[str, Any]]:
    return [
        {
            "title": digest_mail.title(one.kind, one.period),
            "url": one.get_absolute_url(),
            "text": digest_mail.lead(one.count),
        }
        for one in found
    ]


def shown(digest: Digest, user: Reader) -> dict[str, Any]:
    """As it came, less what the reader may no longer see; with what was left out of the mail."""
    return {
        "title": digest_mail.title(digest.kind, digest.period),
        "parts": digest_words.parts_of(digest_mail.items_of(digest), user),
        "left": digest_words.lines_of(digest_mail.left_of(digest), user),
        "when": digest_mail.when(digest.kind, preferences.weekday_of(user)),
    }


def next_round(user: Reader) -> tuple[Round, bool]:
    """The one that opens next, and whether it comes at all; who gets none sees the weekly one."""
    channel = preferences.channels_of(user)[KindGroup.DIGEST]
    is_on = channel != Channel.OFF
    frequency = channel if is_on else Channel.WEEKLY
    weekday = preferences.weekday_of(user)
    return digest_rounds.next_of(frequency, weekday, timezone.now()), is_on


@request_cache.scope()
def coming(user: Reader) -> dict[str, Any]:
    """What would come if nothing changed until then; nothing is stored."""
    round_, is_on = next_round(user)
    choice = digests.choices_of(round_, [user], digests.Candidates())[user.pk]
    items = digests.items_of(Digest(user_id=user.pk), choice)
    return {
        "parts": digest_words.parts_of(items, user),
        "left": digest_words.lines_of(choice.left, user),
        "opens_at": round_.opens_at,
        "is_on": is_on,
        "when": digest_mail.when(round_.frequency, round_.weekday),
    }
