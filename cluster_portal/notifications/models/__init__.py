from cluster_portal.notifications.models.digest import Digest, DigestItem
from cluster_portal.notifications.models.mail import MailState, OutboxMail
from cluster_portal.notifications.models.preference import Channel, Preference

__all__ = ["Channel", "Digest", "DigestItem", "MailState", "OutboxMail", "Preference"]
