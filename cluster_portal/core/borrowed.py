"""Texts of Django that it does not translate to Finnish: marked here, translated in `locale/`."""

from django.utils.translation import gettext_noop

TEXTS = (
    gettext_noop("Model name"),
    gettext_noop("Add link"),
    gettext_noop("Change or view list link"),
    gettext_noop("Forgotten your login credentials?"),
    gettext_noop("%(model)s instance with %(field)s %(value)r is not a valid choice."),
)
