"""From an outbox row to a letter in the reader's language: subject, text, HTML, headers."""

import re
from dataclasses import dataclass
from email.utils import formataddr, parseaddr
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context, Engine
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, override

from cluster_portal.notifications import kinds
from cluster_portal.notifications.models import OutboxMail
from cluster_portal.notifications.preferences import guest_token, unsubscribe_token
from cluster_portal.notifications.sending import mail_templates, sealing

SUBJECT_LIMIT, NAME_LIMIT = 180, 80
FROM_LETTER = "letter"  # in the address of a page, as a letter links to it
# Control and format characters, and every kind of line end: nothing of these belongs in a header.
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")

# What a mail's templates may use, by language, so that it is built once for each.
Contexts = dict[str, dict[str, Any]]


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
    reply_to: str
    sender: str


@dataclass(frozen=True)
class Shown:
    """A letter as its reader will see it, for a page."""

    language: str
    subject: str
    words: SafeString


def letter(mail: OutboxMail, contexts: Contexts | None = None) -> Letter:
    with override(_language(mail)):
        name, words = _template(mail), _words(mail, {} if contexts is None else contexts)
        subject = header_safe(mail_templates.subject(name, words))
        context = {**_frame(mail), **words}
        return Letter(
            subject=subject,
            text=mail_templates.text(name, context),
            html=mail_templates.inlined(mail_templates.html(name, {**context, "subject": subject})),
            unsubscribe_url=context["unsubscribe_url"],
            reply_to=context["reply_to"],
            sender=header_safe(context["sender"], NAME_LIMIT),
        )


def shown(mail: OutboxMail) -> Shown:
    language = _language(mail)
    with override(language):
        name, words = _template(mail), _words(mail, {})
        subject = header_safe(mail_templates.subject(name, words))
        return Shown(language, subject, mail_templates.words(name, {**_frame(mail), **words}))


def _language(mail: OutboxMail) -> str:
    return kinds.get(mail.kind).language(mail) or mail.language


def titles(mail: OutboxMail, contexts: Contexts) -> dict[str, str]:
    """The subject in every language: what the inbox shows as the notice's title."""
    found, name = {}, _template(mail)
    for code, _name in settings.LANGUAGES:
        with override(code):
            found[code] = header_safe(mail_templates.subject(name, _words(mail, contexts)))
    return found


def _template(mail: OutboxMail) -> str:
    return f"mail/{kinds.get(mail.kind).name}.md"


def _words(mail: OutboxMail, contexts: Contexts) -> dict[str, Any]:
    """What a subject may use, in the active language: the row's values and the kind's own."""
    language = get_language() or settings.LANGUAGE_CODE
    if language not in contexts:
        kind = kinds.get(mail.kind)
        contexts[language] = {
            "about": mail.about,
            "addressee": mail.recipient.first_name if mail.recipient else mail.guest_name,
            "values": mail.values,
            "secrets": sealing.unseal(mail.secrets),
            "kind": kind,
            **kind.context(mail),
        }
    return contexts[language]


def _frame(mail: OutboxMail) -> dict[str, Any]:
    """What every letter may use besides; the words win."""
    kind, url = kinds.get(mail.kind), mail.about_url
    return {
        "site": Site(settings.SITE_URL, gettext("Security cluster")),
        "is_demo": settings.DEMO,
        "language": get_language(),
        "preferences_url": absolute(reverse("notifications:preferences")),
        "desk_url": absolute(reverse("home:desk")),
        "privacy_url": absolute(reverse("home:privacy")),
        "url": page_link(url) if url else "",
        "unsubscribe_url": _unsubscribe_url(mail, kind),
        "is_guest": mail.recipient is None,
        "reply_to": kind.reply_to(mail),
        "sender": kind.sender(mail),
        "chosen_group": kind.group.label,
    }


def letter_of(mail: OutboxMail, contexts: Contexts | None = None) -> EmailMultiAlternatives:
    """The row as a message, with the headers that mail programs and servers go by."""
    found = letter(mail, contexts)
    headers = {
        "Message-ID": mail.message_id,
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    if thread := _thread_of(mail):
        headers["References"] = headers["In-Reply-To"] = thread
    if found.unsubscribe_url:
        headers["List-Unsubscribe"] = f"<{found.unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMultiAlternatives(
        found.subject,
        found.text,
        _from(found.sender),
        [mail.address],
        headers=headers,
        reply_to=[found.reply_to] if found.reply_to else None,
    )
    message.attach_alternative(found.html, "text/html")
    with override(_language(mail)):
        kind = kinds.get(mail.kind)
        entry, attached = kind.calendar(mail), kind.files(mail)
    if entry:
        method, content = entry
        message.attach_alternative(content.decode(), f"text/calendar; method={method}")
    for name, data, mime in attached:
        message.attach(name, data, mime)
    return message


def _from(sender: str) -> str:
    """The portal's own address; under the name of the person, where one wrote the letter."""
    if not sender:
        return settings.DEFAULT_FROM_EMAIL
    return formataddr((sender, parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))


def _thread_of(mail: OutboxMail) -> str:
    """One conversation in the reader's mailbox for all letters about one subject.

    An object names the subject by `mail_thread`, an object that it belongs to; else it is its own.
    """
    about = mail.about
    if about is None:
        return ""
    subject = getattr(about, "mail_thread", about)
    name = uuid5(NAMESPACE_URL, f"{subject._meta.label_lower}:{subject.pk}")
    return f"<{name}@{mail.message_id.rpartition('@')[2]}"


def _unsubscribe_url(mail: OutboxMail, kind: kinds.Kind) -> str:
    """Empty for what cannot be switched off; a guest can stop letters alone."""
    if not kind.can_unsubscribe:
        return ""
    if mail.recipient:
        token = unsubscribe_token(mail.recipient, kind.group)
    elif kind.group == kinds.KindGroup.LETTERS:
        token = guest_token(mail.guest_address)
    else:
        return ""
    return absolute(reverse("notifications:unsubscribe", args=[token]))


def page_link(path: str) -> str:
    """To a page that may not be public: who is signed out is led to signing in, not to a 404."""
    page, fragment, place = path.partition("#")
    mark = "&" if "?" in page else "?"
    return absolute(f"{page}{mark}{FROM_LETTER}{fragment}{place}")


def absolute(path: str) -> str:
    return path if path.startswith(("http://", "https://")) else f"{settings.SITE_URL}{path}"


def header_safe(text: str, limit: int = SUBJECT_LIMIT) -> str:
    """One printable line of bounded length, whatever a name or a title holds."""
    line = " ".join(UNPRINTABLE.sub(" ", text).split())
    return line if len(line) <= limit else f"{line[: limit - 1].rstrip()}…"


def plain(name: str, context: dict[str, Any]) -> str:
    """Plain text is not HTML: an ampersand stays an ampersand."""
    return Engine.get_default().get_template(name).render(Context(context, autoescape=False))
