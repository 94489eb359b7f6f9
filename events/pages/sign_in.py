"""What one needs an account for in events."""

from django.utils.translation import gettext_lazy as _

from cluster_portal.core.sign_in import because


def register() -> None:
    because(
        _("Sign in to see your registration."),
        *("events:registration", "events:registration_cancel"),
        *("events:registration_mode", "events:registration_claim"),
    )
    because(_("Sign in to look after the event."), "events:move")
