"""An outbox row as a letter, with the headers that mail programs and servers go by."""

from email.utils import formataddr, parseaddr
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from cluster_portal.notifications.models import OutboxMail
from cluster_portal.notifications.sending import rendering


def letter_of(
    mail: OutboxMail, contexts: rendering.Contexts | None = None
) -> EmailMultiAlternatives:
    letter = rendering.letter(mail, contexts)
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
        letter.subject,
        letter.text,
        _from(letter.sender),
        [mail.address],
        headers=headers,
        reply_to=[letter.reply_to] if letter.reply_to else None,
    )
    message.attach_alternative(letter.html, "text/html")
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
