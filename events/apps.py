from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Events")

    def ready(self) -> None:
        from cluster_portal.core import content
        from events import kinds
        from events.content import TYPES
        from events.services import feedback, receivers

        kinds.register()
        receivers.register()
        feedback.register()
        content.register(*TYPES)
