"""What stands in a digest when it leaves: its items, less what the reader may no longer see."""

import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from cluster_portal.notifications import sight
from cluster_portal.notifications.digests import KIND, Section, sections
from cluster_portal.notifications.kinds import Kind, KindGroup, NothingToSay, register
from cluster_portal.notifications.models import DigestItem, MailState, OutboxMail
from cluster_portal.notifications.rendering import absolute, header_safe, plain

# A title that was corrected may stand in mails this long after; access is asked again every time.
LINE_SECONDS = 60.0
PARTS = "_digest_parts"  # of a mail, as `prepare` left them

Item = tuple[str, int, int]  # a thing in a section


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
        self._lines: dict[tuple[str, Item], Line] = {}
        self._born = 0.0

    def of(self, language: str, item: Item) -> Line | None:
        """None for what is gone."""
        return self._lines.get((language, item))

    def learn(self, wanted: dict[str, set[Item]]) -> None:
        """Put into words what is not yet known of these items by language."""
        self._forget_old()
        unknown = {
            language: {item for item in items if (language, item) not in self._lines}
            for language, items in wanted.items()
        }
        things = _things(set().union(*unknown.values()))
        for language, items in unknown.items():
            with override(language):
                for item in items & things.keys():
                    self._lines[language, item] = _line(item, things[item])

    def _forget_old(self) -> None:
        if time.monotonic() - self._born > LINE_SECONDS:
            self._lines.clear()
            self._born = time.monotonic()


_lines = Lines()


def _things(items: set[Item]) -> dict[Item, Any]:
    """One statement per model."""
    by_model: dict[int, set[int]] = defaultdict(set)
    for _section, kind, pk in items:
        by_model[kind].add(pk)
    found: dict[int, dict[int, Any]] = {}
    for kind, pks in by_model.items():
        model: Any = ContentType.objects.get_for_id(kind).model_class()
        found[kind] = model.objects.in_bulk(pks)
    return {item: found[item[1]][item[2]] for item in items if item[2] in found[item[1]]}


def _line(item: Item, thing: Any) -> Line:
    section = sections.get(item[0])
    return Line(
        title=str(getattr(thing, "title", thing)),
        note=_note(thing, section.template if section else ""),
        url=absolute(thing.get_absolute_url()),
    )


def prepare(mails: list[OutboxMail]) -> None:
    """What each digest still tells is found for all of them at once."""
    told = _told(mails)
    wanted: dict[str, set[Item]] = defaultdict(set)
    for mail in mails:
        wanted[mail.language].update(told[mail.pk])
    _lines.learn(wanted)
    for mail in mails:
        mail.__dict__[PARTS] = _parts(mail.language, told[mail.pk])


def context(mail: OutboxMail) -> dict[str, Any]:
    if PARTS not in mail.__dict__:
        prepare([mail])
    if not mail.__dict__[PARTS]:
        raise NothingToSay
    year, week = str(mail.values["period"]).split("-W")
    return {"week": str(int(week)), "year": year, "parts": mail.__dict__[PARTS]}


def _told(mails: list[OutboxMail]) -> dict[int, list[Item]]:
    """The items of each mail's digest, in their order, that its reader may still see."""
    items = _items(mails)
    checks: dict[Any, list[tuple[Any, sight.Thing]]] = defaultdict(list)
    for mail in mails:
        for key, kind, pk in items[mail.pk]:
            if section := sections.get(key):
                checks[section.still_visible or sight.seen].append((mail.recipient, (kind, pk)))
    visible = {check: check(wanted) for check, wanted in checks.items()}
    return {
        mail.pk: [
            (key, kind, pk)
            for key, kind, pk in items[mail.pk]
            if (section := sections.get(key))
            and (mail.recipient_id, kind, pk) in visible[section.still_visible or sight.seen]
        ]
        for mail in mails
    }


def _items(mails: list[OutboxMail]) -> dict[int, list[Item]]:
    """One statement."""
    readers = {mail.recipient_id for mail in mails}
    periods = {str(mail.values["period"]) for mail in mails}
    rows = DigestItem.objects.filter(digest__user__in=readers, digest__period__in=periods)
    found: dict[tuple[int | None, str], list[Item]] = defaultdict(list)
    columns = ("digest__user", "digest__period", "section", "content_type", "object_id")
    for reader, period, *item in rows.order_by("pk").values_list(*columns):
        found[reader, period].append((item[0], item[1], item[2]))
    return {mail.pk: found[mail.recipient_id, str(mail.values["period"])] for mail in mails}


def _parts(language: str, items: list[Item]) -> list[Part]:
    parts = [
        Part(
            section.label,
            [
                line
                for item in items
                if item[0] == section.key and (line := _lines.of(language, item))
            ],
        )
        for section in sections
    ]
    return [part for part in parts if part.lines]


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


def still_readable(wanted: Iterable[tuple[Any, sight.Thing]]) -> set[sight.Sight]:
    """Notices that are the reader's, and are about nothing that she may not see."""
    asked = {(thing[1], reader.pk): (reader, thing) for reader, thing in wanted}
    pks = [pk for pk, _reader in asked]
    found = [
        (*asked[mail.pk, mail.recipient_id], mail)
        for mail in OutboxMail.objects.filter(pk__in=pks, is_notice=True)
        if (mail.pk, mail.recipient_id) in asked
    ]
    visible = sight.seen(
        (reader, (mail.about_type_id, mail.about_id))
        for reader, _thing, mail in found
        if mail.about_type_id and mail.about_id
    )
    return {
        (reader.pk, *thing)
        for reader, thing, mail in found
        if mail.about_id is None or (reader.pk, mail.about_type_id, mail.about_id) in visible
    }


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
            prepare=prepare,
        )
    )
