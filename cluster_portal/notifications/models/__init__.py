from cluster_portal.notifications.models.digest import Digest, DigestItem, Group
from cluster_portal.notifications.models.follow import Follow, FollowNews
from cluster_portal.notifications.models.letters import Letter, LetterReceiver
from cluster_portal.notifications.models.mail import MailState, OutboxMail
from cluster_portal.notifications.models.preference import (
    Channel,
    GuestRefusal,
    Preference,
    Weekday,
)
from cluster_portal.notifications.models.saved_search import (
    Arrival,
    Frequency,
    SavedSearch,
    SavedSearchHit,
)
from cluster_portal.notifications.models.trouble import MailTrouble

__all__ = [
    "Arrival",
    "Channel",
    "Digest",
    "DigestItem",
    "Follow",
    "FollowNews",
    "Frequency",
    "Group",
    "GuestRefusal",
    "Letter",
    "LetterReceiver",
    "MailState",
    "MailTrouble",
    "OutboxMail",
    "Preference",
    "SavedSearch",
    "SavedSearchHit",
    "Weekday",
]
