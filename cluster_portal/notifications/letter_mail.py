"""The mail of a cluster's letter, and of its test: whose it is, in which language, and why."""

from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cluster_portal.notifications.kinds import Kind, KindGroup, NothingToSay, register
from cluster_portal.notifications.models import Letter, OutboxMail
from cluster_portal.notifications.sending.rendering import Site
from cluster_portal.notifications.services import letters


def context(mail: OutboxMail) -> dict[str, Any]:
    letter, language = _letter(mail), get_language() or "fi"
    return {
        "subject": letter.text("subject", language),
        "body": letter.text("body", language),
        "signed_by": letter.sender_name,
        "site": Site(settings.SITE_URL, str(letter.cluster)),
        "because": because(letter, str(mail.values.get("audience", ""))),
    }


def because(letter: Letter, key: str) -> str:
    """The reason of the audience by which the reader gets it; else of the letter's first one."""
    known = letters.audiences()
    keys = [key, *letter.chosen()]
    found = next((known[one] for one in keys if one in known), None)
    return str(found.because) % {"cluster": letter.cluster} if found else ""


def _letter(mail: OutboxMail) -> Letter:
    if not isinstance(mail.about, Letter):
        raise NothingToSay
    return mail.about


def reply_to(mail: OutboxMail) -> str:
    return _letter(mail).reply_to


def sender(mail: OutboxMail) -> str:
    return _letter(mail).sender_words


def language(mail: OutboxMail) -> str:
    return str(mail.values.get("language") or _letter(mail).language_for(mail.language))


def register_own() -> None:
    parts: dict[str, Any] = {
        "group": KindGroup.LETTERS,
        "context": context,
        "reply_to": reply_to,
        "sender": sender,
        "language": language,
    }
    register(Kind(letters.KIND, label=_("Letter from a cluster"), **parts))
    register(
        Kind(
            letters.TEST,
            label=_("Test of a letter"),
            can_unsubscribe=False,
            in_inbox=False,
            **parts,
        )
    )
