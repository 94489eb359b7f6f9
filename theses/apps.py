from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ThesesConfig(AppConfig):
    name = "theses"
    verbose_name = _("Theses")

    def ready(self) -> None:
        from cluster_portal.core import content
        from theses import kinds
        from theses.content import TYPES
        from theses.services import profiles

        kinds.register()
        profiles.register_receiver()
        content.register(*TYPES)
        _register_thread()


def _register_thread() -> None:
    from projects.thread import ThreadSource, sources
    from theses.pages import thread
    from theses.services.links import move_measure

    sources.register(ThreadSource("topics", 60, thread.links, move_measure))
