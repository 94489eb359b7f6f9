"""What one needs an account for on the pages of one's own."""

from django.utils.translation import gettext_lazy as _

from cluster_portal.core.sign_in import because


def register() -> None:
    because(_("Sign in to open your own desk."), "home:desk")
    because(
        _("Sign in to see what the portal knows of you."),
        *("home:my_data", "home:my_data_file", "home:account_erase"),
    )
