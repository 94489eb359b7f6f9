"""What stands in a digest when it leaves: its items, less what the reader may no longer see."""

import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cluster_portal.notifications import inbox
from cluster_portal.notifications.digests import KIND, Section, sections
from cluster_portal.notifications.kinds import Kind, KindGroup, NothingToSay, register
from cluster_portal.notifications.models import Digest, DigestItem, MailState, OutboxMail
from cluster_portal.notifications.rendering import absolute, header_safe, plain

# A title that was corrected may stand in mails this long after; access is asked again every time.
LINE_SECONDS = 60.0


@dataclass(frozen=True)
class Line:
    title: str
    note: str
    url: str


@dataclass(frozen=True)
class Part:
    label: str | Promise
    lines: list[Line]


class Lines:
    """Each item is put into words once per language, not once per reader."""

    def __init__(self) -> None:
        self._lines: dict[tuple[Any, ...], Line] = {}
        self._born = 0.0

    def of(self, item: DigestItem) -> Line | None:
        return self._lines.get(self._key(item))

    def add(self, item: DigestItem, thing: Any, template: str) -> None:
        self._lines[self._key(item)] = Line(
            title=str(getattr(thing, "title", thing)),
            note=_note(thing, template),
            url=absolute(thing.get_absolute_url()),
        )

    def forget_old(self) -> None:
        if time.monotonic() - self._born > LINE_SECONDS:
            self._lines.clear()
            self._born = time.monotonic()

    def _key(self, item: DigestItem) -> tuple[Any, ...]:
        return (item.section, item.content_type_id, item.object_id, get_language())


_lines = Lines()


def context(mail: OutboxMail) -> dict[str, Any]:
    digest = Digest.objects.get(user=mail.recipient, period=mail.values["period"])
    year, week = digest.period.split("-W")
    parts = parts_of(digest, mail.recipient)
    if not parts:
        raise NothingToSay
    return {"week": str(int(week)), "year": year, "parts": parts}


def parts_of(digest: Digest, user: Any) -> list[Part]:
    _lines.forget_old()
    by_section: dict[str, list[DigestItem]] = defaultdict(list)
    for item in digest.items.select_related("content_type").order_by("pk"):
        by_section[item.section].append(item)
    parts = [
        Part(section.label, _visible_lines(section, by_section[section.key], user))
        for section in sections
        if section.key in by_section
    ]
    return [part for part in parts if part.lines]


def _visible_lines(section: Section, items: list[DigestItem], user: Any) -> list[Line]:
    """One statement per kind of thing finds what is still visible; new ones are put in words."""
    lines = []
    for model, same in _by_model(items).items():
        pks = [item.object_id for item in same]
        visible = set(_visible_pks(section, model, user, pks))
        unknown = [item for item in same if item.object_id in visible and not _lines.of(item)]
        things = model.objects.in_bulk([item.object_id for item in unknown])
        for item in unknown:
            _lines.add(item, things[item.object_id], section.template)
        lines += [line for item in same if item.object_id in visible and (line := _lines.of(item))]
    return lines


def _by_model(items: list[DigestItem]) -> dict[Any, list[DigestItem]]:
    grouped: dict[Any, list[DigestItem]] = defaultdict(list)
    for item in items:
        grouped[item.content_type.model_class()].append(item)
    return grouped


def _visible_pks(section: Section, model: Any, user: Any, pks: list[int]) -> Iterable[int]:
    if section.still_visible:
        return section.still_visible(user, pks)
    visible = model.objects.visible_to(user)
    return visible.filter(pk__in=pks).order_by().values_list("pk", flat=True)


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


def weekly_notices(user: Any, since: datetime) -> Iterable[Any]:
    """Notices that the reader wants to get with the digest instead of at once."""
    return weekly_notices_of([user], since).get(user.pk, [])


def still_readable(user: Any, pks: list[int]) -> list[int]:
    rows = list(OutboxMail.objects.visible_to(user).filter(pk__in=pks))
    return [mail.pk for mail in inbox.readable(rows, user)]


OWN_SECTION = Section(
    "notices",
    _("For you"),
    items=weekly_notices,
    for_many=weekly_notices_of,
    order=0,
    limit=50,
    still_visible=still_readable,
)


def register_own() -> None:
    sections.register(OWN_SECTION)
    register(
        Kind(
            KIND,
            label=_("Weekly digest"),
            group=KindGroup.DIGEST,
            context=context,
            in_inbox=False,
        )
    )
