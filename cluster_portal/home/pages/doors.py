"""What the portal offers first to each kind of visitor: `data/doors.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from django.urls import reverse
from django.utils.translation import get_language

from cluster_portal.core.content import parts
from cluster_portal.core.request_cache import Part
from cluster_portal.core.visibility import audience
from members.pages.first_steps import facts_of
from theses.models import StudentProfile

if TYPE_CHECKING:
    from members.models import User

DATA = Path(__file__).parent.parent / "data" / "doors.toml"
ON_DESK = 3
JOIN = "members:join"
OWN_KEYS: Part[str] = Part("door of a reader")
Words = dict[str, str]


def _said(words: Words) -> str:
    return words[(get_language() or "fi")[:2]]


@dataclass(frozen=True)
class Offer:
    page: str
    _title: Words
    _text: Words

    @property
    def title(self) -> str:
        return _said(self._title)

    @property
    def text(self) -> str:
        return _said(self._text)

    @property
    def url(self) -> str:
        return reverse(self.page)


@dataclass(frozen=True)
class Door:
    key: str
    sectors: tuple[str, ...]
    _words: dict[str, Words]
    offers: tuple[Offer, ...]

    @property
    def who(self) -> str:
        return _said(self._words["who"])

    @property
    def title(self) -> str:
        return _said(self._words["title"])

    @property
    def need(self) -> str:
        return _said(self._words["need"])

    @property
    def lead(self) -> str:
        return _said(self._words["lead"])

    @property
    def first_offers(self) -> tuple[Offer, ...]:
        """On the desk, which a kind has as a member: nothing of becoming one."""
        return tuple(offer for offer in self.offers if offer.page != JOIN)[:ON_DESK]


@lru_cache(maxsize=1)
def every() -> tuple[Door, ...]:
    rows = tomllib.loads(DATA.read_text(encoding="utf-8"))["door"]
    return tuple(_door(row) for row in rows)


def _door(row: dict[str, Any]) -> Door:
    words = {name: row[name] for name in ("who", "title", "need", "lead")}
    offers = (Offer(each["page"], each["title"], each["text"]) for each in row["offer"])
    return Door(row["key"], tuple(row["sectors"]), words, tuple(offers))


def named(key: str) -> Door | None:
    return next((door for door in every() if door.key == key), None)


def own(user: User) -> Door | None:
    """By the sector of the reader's organisation; else as a student or a private member."""
    return named(OWN_KEYS.get(user.pk, lambda: _key_of(user))) if user.is_authenticated else None


def _key_of(user: User) -> str:
    known = audience(user)
    if known.organisations:
        sector = facts_of(user).sector
        return next((door.key for door in every() if sector in door.sectors), "")
    if StudentProfile.objects.filter(user=user).exists():
        return "student"
    return "person" if known.is_member and not known.coordinates else ""


class OnFront(NamedTuple):
    """A door with how much there is behind it."""

    key: str
    who: str
    need: str
    label: str = ""
    amount: int = 0


def in_order(user: User) -> list[OnFront]:
    """All of them, the reader's own first; one statement for each figure that is shown."""
    mine = own(user)
    figures = {one.url_name: one for one in parts(lambda one: one.figures) if one.url_name}
    counts: dict[str, int] = {}
    found = []
    for door in sorted(every(), key=lambda door: door is not mine):
        shown = OnFront(door.key, door.who, door.need)
        figure = next((figures[one.page] for one in door.offers if one.page in figures), None)
        if figure is not None:
            if figure.key not in counts:
                counts[figure.key] = figure.rows(user).count()
            shown = shown._replace(label=str(figure.label), amount=counts[figure.key])
        found.append(shown)
    return found
