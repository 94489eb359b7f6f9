"""What one needs an account for in notifications and saved searches."""

from django.utils.translation import gettext_lazy as _

from cluster_portal.core.sign_in import because


def register() -> None:
    because(
        _("Sign in to read your notifications."),
        *("notifications:inbox", "notifications:open", "notifications:read"),
        "notifications:read_all",
    )
    because(
        _("Sign in to choose what is mailed to you."),
        *("notifications:preferences", "notifications:preferences_undo"),
    )
    because(
        _("You need an account to save a search and get what is new by it as mail."),
        "searches:new",
    )
    because(
        _("Sign in to see your saved searches."),
        *("searches:list", "searches:change", "searches:pause", "searches:delete"),
    )
