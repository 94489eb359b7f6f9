"""What one needs an account for in memberships and organisations, and in the account itself."""

from django.utils.translation import gettext_lazy as _

from cluster_portal.core.sign_in import because


def register() -> None:
    because(
        _("You need an account to apply for membership."),
        *("members:join", "members:application_organisation", "members:application_facts_new"),
        "members:application_person",
    )
    because(
        _("Sign in to follow your membership application."),
        *("members:application", "members:application_edit", "members:application_reply"),
        *("members:application_withdraw", "members:application_facts"),
    )
    because(
        _("You need an account to accept the invitation of an organisation."), "members:invitation"
    )
    because(
        _("Sign in to look after your organisation."),
        *("members:organisation_edit", "members:people", "members:person_invite"),
        *("members:affiliation_role", "members:affiliation_step", "members:removal"),
    )
    because(
        _("You need an account to be confirmed as a colleague of an organisation."),
        "members:affiliation_request",
    )
    because(
        _("Sign in to change the settings of your account."),
        *("account_email", "account_change_password", "account_set_password", "mfa_index"),
        "usersessions_list",
    )
    because(_("The administration is for coordinators. Sign in with your account."), "admin:")
