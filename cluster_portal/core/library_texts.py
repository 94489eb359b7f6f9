"""Texts of libraries, marked here and translated in `locale/`.

Django lacks some in Finnish; those of allauth have a fault or another word than our own pages.
"""

from django.utils.translation import gettext_noop, ngettext_lazy

TEXTS = (
    gettext_noop("Model name"),
    gettext_noop("Add link"),
    gettext_noop("Change or view list link"),
    # Django's admin: what Finnish cannot put a bare name into, or Django has not translated.
    gettext_noop("Change %s"),
    gettext_noop("Error:"),
    gettext_noop("Change selected %(model)s"),
    gettext_noop("Delete selected %(model)s"),
    gettext_noop("View selected %(model)s"),
    gettext_noop("Delete selected %(verbose_name_plural)s"),
    gettext_noop("Successfully deleted %(count)d %(items)s."),
    gettext_noop("Select all %(total_count)s %(module_name)s"),
    gettext_noop("%(app)s administration"),
    gettext_noop("Models in the %(name)s application"),
    gettext_noop("Select this object for an action - {}"),
    gettext_noop("Changed {fields} for {name} “{object}”."),
    gettext_noop("The {name} “{obj}” was added successfully. You may add another {name} below."),
    gettext_noop("The {name} “{obj}” was changed successfully. You may add another {name} below."),
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
