from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KnowledgeConfig(AppConfig):
    name = "cluster_portal.knowledge"
    verbose_name = _("Knowledge")

    def ready(self) -> None:
        from cluster_portal.core import content
        from cluster_portal.knowledge import kinds
        from cluster_portal.knowledge.content import TYPES

        kinds.register()
        content.register(*TYPES)
