from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ThesesConfig(AppConfig):
    name = "theses"
    verbose_name = _("Theses")

    def ready(self) -> None:
        from cluster_portal.core import content
        from theses import kinds, receivers
        from theses.content import TYPES

        kinds.register()
        receivers.register()
        content.register(*TYPES)
        _register_thread()


def _register_thread() -> None:
    from projects import thread
    from theses import topic_thread
    from theses.services.links import move_measure

    thread.sources.register(thread.ThreadSource("topics", 60, topic_thread.links, move_measure))
