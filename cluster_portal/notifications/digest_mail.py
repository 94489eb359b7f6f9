"""The mail of a digest: its items, less what the reader may no longer see."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cluster_portal.notifications import digest_rounds, digest_words, inbox, preferences
from cluster_portal.notifications.digests import KIND
from cluster_portal.notifications.kinds import Kind, KindGroup, NothingToSay, register
from cluster_portal.notifications.models import (
    Channel,
    Digest,
    DigestItem,
    MailState,
    OutboxMail,
    Weekday,
)
from cluster_portal.notifications.sending.rendering import absolute, page_link

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from cluster_portal.core.visibility import Reader
    from cluster_portal.notifications.digest_words import Part


def context(mail: OutboxMail) -> dict[str, Any]:
    reader: Any = mail.recipient
    digest = Digest.objects.filter(user=reader, period=str(mail.values["period"])).first()
    parts = digest_words.parts_of(items_of(digest), reader) if digest else []
    if digest is None or not parts:
        raise NothingToSay
    count = sum(len(part.lines) for part in parts)
    left = len(digest_words.lines_of(left_of(digest), reader))
    return {
        "title": title(digest.kind, digest.period),
        "lead": lead(count),
        "parts": [_linked(part) for part in parts],
        "more": more(left),
        "digest_url": page_link(digest.get_absolute_url()),
        "when": when(digest.kind, preferences.weekday_of(reader)),
        "following_url": absolute(reverse("following:list")),
    }


def _linked(part: Part) -> Part:
    return replace(part, lines=[replace(one, path=page_link(one.path)) for one in part.lines])


def items_of(digest: Digest) -> Any:
    return DigestItem.objects.filter(digest=digest).order_by("pk")


def left_of(digest: Digest) -> list[tuple[int, int]]:
    pairs = (one.split(":") for one in digest.left)
    return [(int(kind), int(pk)) for kind, pk in pairs]


def title(frequency: str, period: str) -> str:
    first = digest_rounds.of_period(frequency, period).day
    if frequency == Channel.DAILY:
        return _("Digest of %(day)s") % {"day": f"{first.day}.{first.month}.{first.year}"}
    if frequency == Channel.MONTHLY:
        return _("Monthly digest %(month)d/%(year)d") % {"month": first.month, "year": first.year}
    year, week, _day = first.isocalendar()
    return _("Weekly digest %(week)d/%(year)d") % {"week": week, "year": year}


def lead(count: int) -> str:
    return ngettext(
        "There is %(count)d thing for you.", "There are %(count)d things for you.", count
    ) % {"count": count}


def more(count: int) -> str:
    if not count:
        return ""
    return ngettext("%(count)d more new thing", "%(count)d more new things", count) % {
        "count": count
    }


def when(frequency: str, weekday: int) -> str:
    """When the digest comes, as a sentence."""
    day = Weekday(weekday).label
    return {
        Channel.DAILY: _("The digest comes every day at 8.00."),
        Channel.WEEKLY: _("The digest comes once a week at 8.00. Its day: %(day)s."),
        Channel.MONTHLY: _(
            "The digest comes once a month at 8.00, on the first such day of the month: %(day)s."
        ),
    }[Channel(frequency)] % {"day": day}


def weekly_notices_of(users: list[Any], since: datetime) -> dict[int, Iterable[Any]]:
    """What was read in the portal does not wait any more."""
    left = OutboxMail.objects.filter(
        recipient__in=[user.pk for user in users],
        state=MailState.WEEKLY,
        is_notice=True,
        read_at=None,
        created_at__gte=since,
    )
    found: dict[Any, list[OutboxMail]] = defaultdict(list)
    for mail in left.only("pk", "recipient_id", "created_at").order_by("pk"):
        found[mail.recipient_id].append(mail)
    return dict(found)


def weekly_notices(user: Reader, since: datetime) -> Iterable[Any]:
    """Notices that the reader wants to get with the digest instead of at once."""
    return weekly_notices_of([user], since).get(user.pk, [])


def still_readable(user: Reader, mails: Any) -> Any:
    """Notices that are the reader's, and are about nothing that the reader may not see."""
    own = mails.visible_to(user)
    return own.filter(pk__in=[mail.pk for mail in inbox.readable(own, user)])


def register_own() -> None:
    register(
        Kind(
            KIND,
            label=gettext_lazy("Digest"),
            group=KindGroup.DIGEST,
            context=context,
            in_inbox=False,
        )
    )
