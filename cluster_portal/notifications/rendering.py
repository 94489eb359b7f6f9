"""From an outbox row to subject, text and HTML in the reader's language."""

import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property, lru_cache
from secrets import token_hex
from typing import Any

from django.conf import settings
from django.template import Context, Engine
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import get_language, gettext, override

from cluster_portal.core.visibility import once
from cluster_portal.notifications import frames, kinds, sealing
from cluster_portal.notifications.models import OutboxMail
from cluster_portal.notifications.preferences import unsubscribe_token

SUBJECT_LIMIT = 180
# Control and format characters, and every kind of line end: nothing of these belongs in a header.
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")
# What mail programs turn into links by themselves: a scheme, or a dot between a word and a letter.
LINK_LIKE = re.compile(r"(?<=\w)\.(?=[^\W\d_])|:(?=//)")
# From a word's beginning only: a long word without any is looked at once.
LINKED_WORD = re.compile(rf"(?<!\S)\S*?(?:{LINK_LIKE.pattern})\S*")
TAG_OR_WORD = re.compile(
    rf"(<style.*?</style>|<[^>]*>)|(?<![^\s>])([^\s<]*?(?:{LINK_LIKE.pattern})[^\s<]*)", re.DOTALL
)
FENCE = "\u200b"


# Where a letter differs from reader to reader of the same message; nobody can know these words.
ADDRESSEE, UNSUBSCRIBE = (f"{name}{token_hex(12)}" for name in ("addressee", "unsubscribe"))
MOST_COMPARED = 10
PAGES = {
    "preferences_url": "notifications:preferences",
    "desk_url": "home:desk",
    "privacy_url": "home:privacy",
}


@dataclass(frozen=True)
class Site:
    url: str
    name: str


@dataclass(frozen=True)
class Letter:
    subject: str
    text: str
    html: str
    unsubscribe_url: str


@dataclass
class Sheet:
    """A message in one language, rendered when asked, for all to whom its context applies."""

    kind: kinds.Kind
    context: dict[str, Any]

    @cached_property
    def subject(self) -> str:
        for_all = {**self.context, "addressee": "", "unsubscribe_url": ""}
        return header_safe(plain(f"mail/{self.kind.name}.subject.txt", for_all))

    @cached_property
    def text(self) -> str:
        name = f"mail/{self.kind.name}.body.txt"
        text = frames.render(name, self.context, autoescape=False)
        lines = "\n".join(line.rstrip() for line in text.strip().splitlines())
        return fence(re.sub(r"\n{3,}", "\n\n", lines), self._addresses) + "\n"

    @cached_property
    def html(self) -> str:
        html = frames.render(
            f"mail/{self.kind.name}.body.html", {**self.context, "subject": self.subject}
        )
        return fence_html(html, self._addresses)

    @property
    def _addresses(self) -> Collection[str]:
        """Web addresses that a party gave for the other, as the agreed place of a meeting."""
        return self.context.get("addresses", ())

    def addressed(self, name: str, unsubscribe_url: str) -> Letter:
        text = self.text.replace(ADDRESSEE, fence(name)).replace(UNSUBSCRIBE, unsubscribe_url)
        html = self.html.replace(ADDRESSEE, fence(escape(name)))
        html = html.replace(UNSUBSCRIBE, escape(unsubscribe_url))
        return Letter(self.subject, text, html, unsubscribe_url)


class Press:
    """Renders each message once for all readers for whom its context is the same."""

    def __init__(self) -> None:
        self._sheets: dict[tuple[Any, ...], list[Sheet]] = defaultdict(list)
        self._shared: dict[str, dict[str, Any]] = {}
        self._abouts: dict[tuple[Any, ...], dict[str, Any]] = {}

    def letter(self, mail: OutboxMail) -> Letter:
        with override(mail.language):
            return self._sheet(mail).addressed(_name_of(mail), _unsubscribe_url(mail))

    def titles(self, mail: OutboxMail) -> dict[str, str]:
        """The subject in every language: what the inbox shows as the notice's title."""
        found = {}
        for code, _name in settings.LANGUAGES:
            with override(code):
                found[code] = self._sheet(mail).subject
        return found

    def _sheet(self, mail: OutboxMail) -> Sheet:
        """In the active language."""
        kind, language = kinds.get(mail.kind), get_language()
        context = once(mail, f"_context_{language}", lambda: self._context(mail, kind))
        about = (mail.about_type_id, mail.about_id)
        like = (kind.name, language, context["addressee"], context["unsubscribe_url"], about)
        for sheet in self._sheets[like][-MOST_COMPARED:]:
            if sheet.context == context:
                return sheet
        self._sheets[like].append(Sheet(kind, context))
        return self._sheets[like][-1]

    def _context(self, mail: OutboxMail, kind: kinds.Kind) -> dict[str, Any]:
        """What every template may use; the kind's own `context` adds to it and wins."""
        language = get_language()
        if language not in self._shared:
            self._shared[language] = _shared(language)
        place = (language, mail.about_type_id, mail.about_id)
        if place not in self._abouts:
            url = mail.about_url
            self._abouts[place] = {"about": mail.about, "url": absolute(url) if url else ""}
        return {
            **self._shared[language],
            **self._abouts[place],
            "addressee": ADDRESSEE if _name_of(mail) else "",
            "unsubscribe_url": UNSUBSCRIBE if kind.can_unsubscribe and mail.recipient else "",
            "values": mail.values,
            "secrets": sealing.unseal(mail.secrets),
            "kind": kind,
            **kind.context(mail),
        }


def letter(mail: OutboxMail) -> Letter:
    """Everything rendered in the reader's language; one context serves all three parts."""
    return Press().letter(mail)


def titles(mail: OutboxMail) -> dict[str, str]:
    return Press().titles(mail)


def _shared(language: str) -> dict[str, Any]:
    """What all letters share in the active language."""
    return {
        "site": Site(settings.SITE_URL, gettext("Security cluster")),
        "is_demo": settings.DEMO,
        "language": language,
        **{name: absolute(_paths(language)[name]) for name in PAGES},
    }


def _name_of(mail: OutboxMail) -> str:
    return mail.recipient.first_name if mail.recipient else mail.guest_name


def _unsubscribe_url(mail: OutboxMail) -> str:
    """In the active language; empty for a guest, and for what cannot be switched off."""
    kind, reader = kinds.get(mail.kind), mail.recipient
    if not kind.can_unsubscribe or reader is None:
        return ""
    page = absolute(_paths(get_language())["unsubscribe"])
    return page.replace(UNSUBSCRIBE, unsubscribe_token(reader, kind.group))


@lru_cache(maxsize=8)
def _paths(language: str) -> dict[str, str]:
    """Of the pages that every letter names; their addresses begin with the language."""
    with override(language):
        return {
            **{name: reverse(page) for name, page in PAGES.items()},
            "unsubscribe": reverse("notifications:unsubscribe", args=[UNSUBSCRIBE]),
        }


def absolute(path: str) -> str:
    return path if path.startswith(("http://", "https://")) else f"{settings.SITE_URL}{path}"


def header_safe(text: str, limit: int = SUBJECT_LIMIT) -> str:
    """One printable line of bounded length, whatever a name or a title holds."""
    line = " ".join(UNPRINTABLE.sub(" ", text).split())
    return line if len(line) <= limit else f"{line[: limit - 1].rstrip()}…"


def fence(text: str, addresses: Collection[str] = ()) -> str:
    """Keep mail programs from linking what a person typed; our own addresses stay whole.

    `addresses` are words that stay whole as well.
    """
    return LINKED_WORD.sub(lambda found: _fenced(found.group(), addresses), text)


def fence_html(html: str, addresses: Collection[str] = ()) -> str:
    """The same for the words between the tags; values cannot make tags, for they are escaped."""
    escaped = [escape(address) for address in addresses]
    return TAG_OR_WORD.sub(lambda found: found.group(1) or _fenced(found.group(2), escaped), html)


def _fenced(word: str, addresses: Collection[str]) -> str:
    if _is_ours(word) or word in addresses:
        return word
    return LINK_LIKE.sub(lambda found: found.group() + FENCE, word)


def _is_ours(word: str) -> bool:
    return word.startswith(f"{settings.SITE_URL}/") or word == settings.SITE_URL


def plain(name: str, context: dict[str, Any]) -> str:
    """Plain text is not HTML: an ampersand stays an ampersand."""
    return Engine.get_default().get_template(name).render(Context(context, autoescape=False))
