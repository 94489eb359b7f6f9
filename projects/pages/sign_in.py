"""What one needs an account for in projects, challenges and the programme."""

from django.utils.translation import gettext_lazy as _

from cluster_portal.core.sign_in import because


def register() -> None:
    because(_("Sign in to look after the challenge."), "projects:challenge_move")
    because(_("Sign in to read the whole challenge."), "projects:challenge")
    because(_("Sign in to look after the project."), "projects:project_move")
    because(_("Sign in to approve the action programme."), "projects:programme_approve")
