"""What notifications and saved searches hold of a person, as plain data."""

from typing import TYPE_CHECKING, Any

from cluster_portal.notifications.models import OutboxMail, Preference, SavedSearch

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader


def messages(user: "Reader") -> list[dict[str, Any]]:
    """What the portal holds on messages to a person; their texts are not kept."""
    mails = OutboxMail.objects.filter(recipient=user.pk).order_by("pk")
    choices = Preference.objects.filter(user=user.pk).order_by("group")
    return [{"kind": "choice", "subject": one.group, "channel": one.channel} for one in choices] + [
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
