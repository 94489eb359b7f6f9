"""What notifications and saved searches hold of a person, as plain data."""

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from cluster_portal.notifications.kinds import KindGroup
from cluster_portal.notifications.models import (
    Digest,
    DigestItem,
    Follow,
    Letter,
    LetterReceiver,
    MailTrouble,
    OutboxMail,
    Preference,
    SavedSearch,
)

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader


def messages(user: "Reader") -> list[dict[str, Any]]:
    """What the portal holds on messages to a person; their texts are not kept."""
    mails = OutboxMail.objects.filter(recipient=user.pk).order_by("pk")
    choices = Preference.objects.filter(user=user.pk).order_by("group")
    chosen = [_choice(one) for one in choices]
    return chosen + [
        {
            "kind": "message",
            "about": mail.kind_label,
            "title": mail.title,
            "state": mail.state,
            "created": mail.created_at.isoformat(),
            "sent": mail.sent_at.isoformat() if mail.sent_at else None,
            "read": mail.read_at.isoformat() if mail.read_at else None,
        }
        for mail in mails
    ]


def trouble(user: "Reader") -> list[dict[str, Any]]:
    """That mail to the person's address came back."""
    return [
        {
            "address": row.address,
            "status": row.status,
            "words": row.words,
            "times": row.count,
            "is_stopped": row.is_stopped,
            "last": row.last_at.isoformat(),
        }
        for row in MailTrouble.objects.of_person(user)
    ]


def _choice(one: Preference) -> dict[str, Any]:
    found = {"kind": "choice", "subject": one.group, "channel": one.channel}
    # Only the digest comes on a day of one's own.
    return found | {"weekday": one.weekday} if one.group == KindGroup.DIGEST else found


def searches(user: "Reader") -> list[dict[str, Any]]:
    rows = SavedSearch.objects.visible_to(user).order_by("pk")
    return [
        {
            "list": row.list_label,
            "name": row.name,
            "search": row.query,
            "how_often": row.get_frequency_display(),
            "saved": row.created_at.isoformat(),
            "last_told": row.last_told_at.isoformat() if row.last_told_at else None,
        }
        for row in rows
    ]


def letters(user: "Reader") -> list[dict[str, Any]]:
    """Those that went to the person, and those that they wrote as a coordinator."""
    got = LetterReceiver.objects.filter(user=user.pk).select_related("letter").order_by("pk")
    written = Letter.objects.filter(sender=user.pk).order_by("pk")
    rows: list[dict[str, Any]] = [
        {
            "kind": "received",
            "subject": row.letter.subject,
            "because": row.audience,
            "at": row.created_at.isoformat(),
        }
        for row in got
    ]
    return rows + [
        {
            "kind": "written",
            "subject": letter.subject,
            "text": letter.body,
            "name": letter.sender_name,
            "address": letter.reply_to,
            "state": letter.stage,
            "created": letter.created_at.isoformat(),
        }
        for letter in written
    ]


def digests(user: "Reader") -> list[dict[str, Any]]:
    """What was told in each, and why."""
    items: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    told = DigestItem.objects.filter(digest__user=user.pk).select_related("content_type")
    for item in told.order_by("pk"):
        items[item.digest_id].append(
            {
                "type": item.content_type.model,
                "thing": item.object_id,
                "because": item.reason,
                "of": item.reason_value,
            }
        )
    rows = Digest.objects.visible_to(user).order_by("pk")
    return [
        {
            "period": row.period,
            "composed": row.composed_at.isoformat(),
            "items": items[row.pk],
            "not_told": len(row.left),
        }
        for row in rows
    ]


def following(user: "Reader") -> list[dict[str, Any]]:
    rows = Follow.objects.visible_to(user).select_related("about_type").order_by("pk")
    return [
        {
            "kind": row.about_type.model,
            "thing": row.about_id,
            "muted": row.is_muted,
            "since": row.since.isoformat(),
        }
        for row in rows
    ]
