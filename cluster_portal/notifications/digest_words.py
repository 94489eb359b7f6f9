"""A digest as its reader sees it: what they may still see, with true reasons, in their language."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.utils.text import capfirst

from cluster_portal.core import interests
from cluster_portal.core.interests import FOR_ORGANISATION
from cluster_portal.notifications.digest_choice import BY_SECTION, Key
from cluster_portal.notifications.digests import sections
from cluster_portal.notifications.models import DigestItem, Group
from cluster_portal.notifications.sending.rendering import header_safe, plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model

    from cluster_portal.core.digest_section import DigestSection
    from cluster_portal.core.visibility import Reader

    Said = dict[tuple[str, str], str]

NOTE_LIMIT = 300


@dataclass(frozen=True)
class Line:
    title: str
    note: str
    why: str
    path: str


@dataclass(frozen=True)
class Part:
    label: str
    lines: list[Line]


def parts_of(items: Iterable[DigestItem], reader: Reader) -> list[Part]:
    """By what they are for the reader; what fits an organisation stands under its name."""
    rows = list(items)
    known = {section.key: section for section in sections()}
    things = _things(rows, known, reader)
    said = _said(rows, known, reader)
    lines: defaultdict[tuple[str, int | None], list[Line]] = defaultdict(list)
    for item in rows:
        thing = things.get((item.section, item.content_type_id, item.object_id))
        why = said.get((item.reason, item.reason_value))
        if thing is not None and why:
            owner = item.organisation_id if item.group == Group.FITS else None
            note = _said_of(thing, known[item.section])
            lines[item.group, owner].append(_line(thing, note, why))
    order = [group.value for group in Group]
    found = sorted(lines, key=lambda each: (order.index(each[0]), each[1] or 0))
    return [Part(_label(group, owner, said), lines[group, owner]) for group, owner in found]


def _label(group: str, owner: int | None, said: Said) -> str:
    return said.get((FOR_ORGANISATION, str(owner)), "") or str(Group(group).label)


def _said(rows: list[DigestItem], known: dict[str, DigestSection], reader: Reader) -> Said:
    wanted = {(item.reason, item.reason_value) for item in rows}
    wanted |= {
        (FOR_ORGANISATION, str(item.organisation_id)) for item in rows if item.organisation_id
    }
    own = {
        (BY_SECTION, key): str(section.because) for key, section in known.items() if section.because
    }
    return interests.in_words(wanted, reader) | own


def _things(
    rows: list[DigestItem], known: dict[str, DigestSection], reader: Reader
) -> dict[tuple[str, int, int], Any]:
    """By section and thing; a few statements for all. Of a section that is gone there is none."""
    wanted: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
    for item in rows:
        if item.section in known:
            wanted[item.section, item.content_type_id].append(item.object_id)
    found = {}
    for (key, kind), pks in wanted.items():
        section = known[key]
        name = section.tells_of or "pk"
        model: Any = section.model or ContentType.objects.get_for_id(kind).model_class()
        seen = _seen(section, model, reader).filter(**{f"{name}__in": pks})
        for thing in seen:
            found[key, kind, getattr(thing, f"{name}_id" if section.tells_of else name)] = thing
    return found


def _seen(section: DigestSection, model: Any, reader: Any) -> Any:
    if section.still_visible:
        return section.still_visible(reader, model.objects.all())
    return model.objects.visible_to(reader)


def lines_of(things: Iterable[Key], reader: Reader) -> list[Line]:
    """Of what came and was not told: those that the reader may see, in the order given."""
    keys = list(things)
    found: dict[Key, Any] = {}
    for kind in {kind for kind, _pk in keys}:
        model: Any = ContentType.objects.get_for_id(kind).model_class()
        if model is None:  # of a release that is gone
            continue
        rows = model.objects.visible_to(reader).filter(pk__in=[pk for k, pk in keys if k == kind])
        found |= {(kind, row.pk): row for row in rows}
    return [_line(found[key], _kind_of(found[key], ""), "") for key in keys if key in found]


def _said_of(thing: Model, section: DigestSection) -> str:
    """A notice is one's own: its title says what it is."""
    if section.waits:
        return _note(thing, section.template)
    return _kind_of(thing, section.template, section.tells_of)


def _kind_of(thing: Model, template: str, tells_of: str = "") -> str:
    """A name alone, of an expert or an owner say, tells nobody what it is."""
    told: Any = thing._meta.get_field(tells_of).related_model if tells_of else type(thing)
    kind = str(capfirst(getattr(told, "digest_kind", told._meta.verbose_name)))
    note = _note(thing, template)
    return f"{kind} · {note}" if note else kind


def _line(thing: Any, note: str, why: str) -> Line:
    title = header_safe(str(getattr(thing, "title", thing)))
    return Line(title, note, why, thing.get_absolute_url())


def _note(thing: Model, template: str) -> str:
    if template:
        return header_safe(plain(template, {"item": thing}), NOTE_LIMIT)
    note = getattr(thing, "digest_line", "")
    return header_safe(str(note() if callable(note) else note), NOTE_LIMIT)
