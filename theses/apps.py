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
