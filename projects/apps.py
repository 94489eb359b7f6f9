from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectsConfig(AppConfig):
    name = "projects"
    verbose_name = _("Projects")

    def ready(self) -> None:
        from cluster_portal.core import content
        from projects import kinds
        from projects.content import TYPES

        kinds.register()
        content.register(*TYPES)
