from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SurveysConfig(AppConfig):
    name = "cluster_portal.surveys"
    verbose_name = _("Surveys")

    def ready(self) -> None:
        from cluster_portal.core import content
        from cluster_portal.surveys.content import TYPES
        from cluster_portal.surveys.kinds import answering

        answering.register_kinds()
        content.register(*TYPES)
