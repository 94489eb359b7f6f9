"""An outbox row as a letter: headers, both bodies, and its bytes for the mail server.

Django's own message takes half a millisecond to put into bytes; a letter of plain shape is put
together here in a tenth of that. Whatever is not of plain shape is left to Django.
"""

import re
from email.utils import formatdate, parseaddr
from functools import lru_cache
from uuid import NAMESPACE_URL, uuid4, uuid5

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import (
    RFC5322_EMAIL_LINE_LENGTH_LIMIT,
    forbid_multi_line_headers,
    sanitize_address,
)

from cluster_portal.notifications.models import OutboxMail
from cluster_portal.notifications.rendering import Press

ADDRESS = re.compile(r"[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-zA-Z0-9-]+(\.[a-zA-Z0-9-]+)*")
PRINTABLE = re.compile(r"[\x20-\x7e]*")
LONGEST_LINE = 76  # of a header; a longer value begins on a line of its own
LINE_END = re.compile("\r\n|\r|\n")


def letter_of(mail: OutboxMail, press: Press) -> EmailMultiAlternatives:
    letter = press.letter(mail)
    headers = {
        "Message-ID": mail.message_id,
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    if thread := _thread_of(mail):
        headers["References"] = headers["In-Reply-To"] = thread
    if letter.unsubscribe_url:
        headers["List-Unsubscribe"] = f"<{letter.unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMultiAlternatives(
        letter.subject, letter.text, settings.DEFAULT_FROM_EMAIL, [mail.address], headers=headers
    )
    message.attach_alternative(letter.html, "text/html")
    return message


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


def as_bytes(letter: EmailMultiAlternatives) -> bytes | None:
    """With CRLF line ends, as it goes to a mail server; None for what is not of plain shape."""
    html = [str(content) for content, _type in letter.alternatives]
    parts = [_part(str(letter.body), "plain"), *(_part(text, "html") for text in html)]
    plain = all(PRINTABLE.fullmatch(value) for value in letter.extra_headers.values())
    if not (plain and all(parts) and len(letter.to) == 1 and ADDRESS.fullmatch(letter.to[0])):
        return None
    boundary = f"=_{uuid4().hex}_="  # nobody can have written it in a body
    head = [
        f'Content-Type: multipart/alternative; boundary="{boundary}"',
        "MIME-Version: 1.0",
        _header("Subject", letter.subject),
        _header("From", letter.from_email),
        f"To: {letter.to[0]}",
        f"Date: {formatdate(localtime=settings.EMAIL_USE_LOCALTIME)}",
        *(_folded(name, value) for name, value in letter.extra_headers.items()),
    ]
    pieces = "".join(f"--{boundary}\r\n{part}\r\n" for part in parts)
    return "\r\n".join([*head, "", f"{pieces}--{boundary}--", ""]).encode()


@lru_cache(maxsize=8)
def sender_of(from_email: str) -> str:
    return parseaddr(sanitize_address(from_email, "utf-8"))[1]


def _part(text: str, subtype: str) -> str:
    """Empty for a text with lines so long that it must be encoded."""
    lines = LINE_END.split(text)
    if any(len(line.encode()) > RFC5322_EMAIL_LINE_LENGTH_LIMIT for line in lines):
        return ""
    head = f'Content-Type: text/{subtype}; charset="utf-8"\r\nMIME-Version: 1.0'
    return "\r\n".join([head, "Content-Transfer-Encoding: 8bit", "", *lines])


@lru_cache(maxsize=256)
def _header(name: str, value: str) -> str:
    """As Django encodes it; raises for a line end in it."""
    encoded = forbid_multi_line_headers(name, value, "utf-8")[1]
    return "\r\n".join(f"{name}: {encoded}".splitlines())


def _folded(name: str, value: str) -> str:
    return f"{name}: {value}" if len(name) + len(value) < LONGEST_LINE else f"{name}:\r\n {value}"
