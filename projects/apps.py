from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectsConfig(AppConfig):
    name = "projects"
    verbose_name = _("Projects")

    def ready(self) -> None:
        from cluster_portal.core import content
        from projects import kinds
        from projects.content import TYPES
        from projects.services import pilots, testbeds

        kinds.register()
        pilots.register()
        testbeds.register()
        content.register(*TYPES)
