from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


def _after_migrating(**_kwargs: Any) -> None:
    from cluster_portal.surveys.services.ready_made import load_ready_made

    load_ready_made()


class SurveysConfig(AppConfig):
    name = "cluster_portal.surveys"
    verbose_name = _("Surveys")

    def ready(self) -> None:
        from cluster_portal.core import content
        from cluster_portal.surveys.content import TYPES
        from cluster_portal.surveys.kinds import answering, rounds

        answering.register_kinds()
        rounds.register_kinds()
        content.register(*TYPES)
        # A signal of Django's own, the only hook after migrations; between our apps there are none.
        post_migrate.connect(_after_migrating, sender=self)
