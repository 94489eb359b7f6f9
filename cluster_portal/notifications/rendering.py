"""From an outbox row to subject, text and HTML in the reader's language."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template import Context, Engine
from django.urls import reverse
from django.utils.translation import get_language, gettext, override

from cluster_portal.core.visibility import once
from cluster_portal.notifications import kinds, sealing
from cluster_portal.notifications.models import OutboxMail
from cluster_portal.notifications.outbox import Guest
from cluster_portal.notifications.preferences import unsubscribe_token

SUBJECT_LIMIT = 180
# Control and format characters, and every kind of line end: nothing of these belongs in a header.
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")
# What mail programs turn into links by themselves: a scheme, or a dot between a word and a letter.
LINK_LIKE = re.compile(r"(?<=\w)\.(?=[^\W\d_])|:(?=//)")
FENCE = "\u200b"


@dataclass(frozen=True)
class Letter:
    subject: str
    text: str
    html: str
    unsubscribe_url: str


def letter(mail: OutboxMail) -> Letter:
    """Everything rendered in the reader's language; one context serves all three parts."""
    kind = kinds.get(mail.kind)
    with override(mail.language):
        context = context_of(mail, kind)
        subject = mail.titles.get(mail.language) or _subject(kind, context)
        return Letter(
            subject=subject,
            text=_text(kind, context),
            html=_html(kind, context, subject),
            unsubscribe_url=context["unsubscribe_url"],
        )


def titles(mail: OutboxMail) -> dict[str, str]:
    """The subject in every language: what the inbox shows as the notice's title."""
    kind = kinds.get(mail.kind)
    found = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            found[code] = _subject(kind, context_of(mail, kind))
    return found


def context_of(mail: OutboxMail, kind: kinds.Kind) -> dict[str, Any]:
    """What every template may use; the kind's own `context` adds to it and wins."""
    unsubscribe_url = ""
    reader = mail.recipient
    if kind.can_unsubscribe and reader:
        token = once(mail, "_token", lambda: unsubscribe_token(reader, kind.group))
        unsubscribe_url = absolute(reverse("notifications:unsubscribe", args=[token]))
    return {
        "addressee": mail.recipient.first_name if mail.recipient else mail.guest_name,
        "recipient": mail.recipient or Guest(mail.guest_address, mail.guest_name, mail.language),
        "about": mail.about,
        "values": mail.values,
        "secrets": sealing.unseal(mail.secrets),
        "url": absolute(mail.about_url) if mail.about_url else "",
        "site": {"url": settings.SITE_URL, "name": gettext("Security cluster")},
        "is_demo": settings.DEMO,
        "kind": kind,
        "unsubscribe_url": unsubscribe_url,
        **_addresses(get_language()),
        "language": mail.language,
        **kind.context(mail),
    }


@lru_cache(maxsize=8)
def _paths(language: str) -> dict[str, str]:
    """Of the pages that every letter names; their addresses begin with the language."""
    with override(language):
        return {
            "preferences_url": reverse("notifications:preferences"),
            "desk_url": reverse("home:desk"),
            "privacy_url": reverse("home:privacy"),
        }


def _addresses(language: str) -> dict[str, str]:
    return {name: absolute(path) for name, path in _paths(language).items()}


def absolute(path: str) -> str:
    return path if path.startswith(("http://", "https://")) else f"{settings.SITE_URL}{path}"


def header_safe(text: str, limit: int = SUBJECT_LIMIT) -> str:
    """One printable line of bounded length, whatever a name or a title holds."""
    line = " ".join(UNPRINTABLE.sub(" ", text).split())
    return line if len(line) <= limit else f"{line[: limit - 1].rstrip()}…"


def fence(text: str) -> str:
    """Keep mail programs from linking what a person typed; our own addresses stay whole."""
    words = re.split(r"(\s+)", text)
    return "".join(word if _is_ours(word) else LINK_LIKE.sub(_fenced, word) for word in words)


def fence_html(html: str) -> str:
    """The same for the words between the tags; values cannot make tags, for they are escaped."""
    parts = re.split(r"(<style.*?</style>|<[^>]*>)", html, flags=re.DOTALL)
    return "".join(part if part.startswith("<") else fence(part) for part in parts)


def _fenced(found: re.Match[str]) -> str:
    return found.group() + FENCE


def _is_ours(word: str) -> bool:
    return word.startswith(f"{settings.SITE_URL}/") or word == settings.SITE_URL


def _subject(kind: kinds.Kind, context: dict[str, Any]) -> str:
    return header_safe(plain(f"mail/{kind.name}.subject.txt", context))


def _text(kind: kinds.Kind, context: dict[str, Any]) -> str:
    text = plain(f"mail/{kind.name}.body.txt", context)
    lines = "\n".join(line.rstrip() for line in text.strip().splitlines())
    return fence(re.sub(r"\n{3,}", "\n\n", lines)) + "\n"


def _html(kind: kinds.Kind, context: dict[str, Any], subject: str) -> str:
    template = Engine.get_default().get_template(f"mail/{kind.name}.body.html")
    return fence_html(template.render(Context({**context, "subject": subject})))


def plain(name: str, context: dict[str, Any]) -> str:
    """Plain text is not HTML: an ampersand stays an ampersand."""
    return Engine.get_default().get_template(name).render(Context(context, autoescape=False))
