from cluster_portal.notifications.models.digest import Digest, DigestItem, Group
from cluster_portal.notifications.models.follow import Follow
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

__all__ = [
    "Arrival",
    "Channel",
    "Digest",
    "DigestItem",
    "Follow",
    "Frequency",
    "Group",
    "GuestRefusal",
    "Letter",
    "LetterReceiver",
    "MailState",
    "OutboxMail",
    "Preference",
    "SavedSearch",
    "SavedSearchHit",
    "Weekday",
]
