from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Events")

    def ready(self) -> None:
        from cluster_portal.core import content, origin
        from events import kinds
        from events.content import TYPES
        from events.pages.ideas import words_of
        from events.services import feedback, receivers
        from events.services.ideas import tie

        kinds.register()
        receivers.register()
        feedback.register()
        content.register(*TYPES)
        origin.plant("idea", origin.Seed(words_of, tie))
