"""Texts of libraries, marked here and translated in `locale/`.

Django lacks some in Finnish; those of allauth have a fault or another word than our own pages.
"""

from django.utils.translation import gettext_noop, ngettext_lazy

TEXTS = (
    gettext_noop("Model name"),
    gettext_noop("Add link"),
    gettext_noop("Change or view list link"),
    gettext_noop("This email address is already associated with this account."),
    gettext_noop("This field is required."),
    gettext_noop("Forgotten your login credentials?"),
    gettext_noop("%(model)s instance with %(field)s %(value)r is not a valid choice."),
    gettext_noop("Password successfully changed."),
    gettext_noop("Password successfully set."),
    gettext_noop("Successfully signed in as %(name)s."),
    gettext_noop("A new set of recovery codes has been generated."),
    gettext_noop("Authenticator app activated."),
    gettext_noop("Authenticator app deactivated."),
    gettext_noop("Authenticator code"),
    ngettext_lazy("%(num)d month", "%(num)d months", "num"),  # a stray space in Finnish
)
