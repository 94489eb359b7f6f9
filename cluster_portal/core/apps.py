from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


def _after_migrating(**_kwargs: Any) -> None:
    from cluster_portal.core import ledgers, vocabulary

    ledgers.protect()
    vocabulary.load()


class CoreConfig(AppConfig):
    name = "cluster_portal.core"
    label = "core"
    verbose_name = _("Vocabulary and audit")

    def ready(self) -> None:
        from cluster_portal.core import refusals
        from cluster_portal.core.audit import acts_of
        from cluster_portal.core.forgetting import trim_ledgers
        from cluster_portal.core.registries import Chore, PersonalData, chores, personal_data

        personal_data.register(PersonalData("acts", 90, _("What I have done"), acts_of))
        chores.register(Chore("ledgers", 95, trim_ledgers))
        chores.register(Chore("refusals", 96, refusals.forget))
        # A signal of Django's own, the only hook after migrations; between our apps there are none.
        post_migrate.connect(_after_migrating, sender=self)
