from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectsConfig(AppConfig):
    name = "projects"
    verbose_name = _("Projects")

    def ready(self) -> None:
        from cluster_portal.core import content
        from projects import kinds, sign_in
        from projects.content import TYPES

        kinds.register()
        sign_in.register()
        content.register(*TYPES)
