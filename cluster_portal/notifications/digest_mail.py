"""What stands in a digest when it leaves: its items, less what the reader may no longer see."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _

from cluster_portal.notifications import inbox
from cluster_portal.notifications.digests import KIND, sections
from cluster_portal.notifications.kinds import Kind, KindGroup, NothingToSay, register
from cluster_portal.notifications.models import DigestItem, MailState, OutboxMail
from cluster_portal.notifications.sending.rendering import header_safe, page_link, plain

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.utils.functional import Promise

    from cluster_portal.core.content import DigestSection
    from cluster_portal.core.visibility import Reader


@dataclass(frozen=True)
class Line:
    title: str
    note: str
    url: str


@dataclass(frozen=True)
class Part:
    label: str | Promise
    lines: list[Line]


def context(mail: OutboxMail) -> dict[str, Any]:
    parts = _parts(mail.recipient, str(mail.values["period"]))
    if not parts:
        raise NothingToSay
    year, week = str(mail.values["period"]).split("-W")
    return {"week": str(int(week)), "year": year, "parts": parts}


def _parts(reader: Any, period: str) -> list[Part]:
    items = DigestItem.objects.filter(digest__user=reader, digest__period=period).order_by("pk")
    by_section: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for section, kind, pk in items.values_list("section", "content_type", "object_id"):
        by_section[section].append((kind, pk))
    parts = [Part(one.label, _lines(one, by_section[one.key], reader)) for one in sections()]
    return [part for part in parts if part.lines]


def _lines(section: DigestSection, things: list[tuple[int, int]], reader: Reader) -> list[Line]:
    """In the order in which the digest was composed; a few statements for all."""
    found: dict[tuple[int, int], Any] = {}
    for kind in {kind for kind, _pk in things}:
        model: Any = ContentType.objects.get_for_id(kind).model_class()
        pks = [pk for one, pk in things if one == kind]
        found |= {(kind, row.pk): row for row in _seen(section, model, reader).filter(pk__in=pks)}
    return [_line(section, found[thing]) for thing in things if thing in found]


def _seen(section: DigestSection, model: Any, reader: Any) -> Any:
    if section.still_visible:
        return section.still_visible(reader, model.objects.all())
    return model.objects.visible_to(reader)


def _line(section: DigestSection, thing: Any) -> Line:
    return Line(
        title=str(getattr(thing, "title", thing)),
        note=_note(thing, section.template),
        url=page_link(thing.get_absolute_url()),
    )


def _note(thing: Any, template: str) -> str:
    if template:
        return header_safe(plain(template, {"item": thing}))
    note = getattr(thing, "digest_line", "")
    return str(note() if callable(note) else note)


def weekly_notices_of(users: list[Any], since: datetime) -> dict[int, Iterable[Any]]:
    left = OutboxMail.objects.filter(
        recipient__in=[user.pk for user in users],
        state=MailState.WEEKLY,
        is_notice=True,
        created_at__gte=since,
    )
    found: dict[Any, list[OutboxMail]] = defaultdict(list)
    for mail in left.only("pk", "recipient_id").order_by("pk"):
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
            label=_("Weekly digest"),
            group=KindGroup.DIGEST,
            context=context,
            in_inbox=False,
        )
    )
