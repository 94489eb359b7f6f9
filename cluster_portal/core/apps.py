from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


def _after_migrating(**_kwargs: Any) -> None:
    from cluster_portal.core import vocabulary
    from cluster_portal.core.database import ledgers

    ledgers.protect()
    vocabulary.load()


class CoreConfig(AppConfig):
    name = "cluster_portal.core"
    label = "core"
    verbose_name = _("Vocabulary and audit")

    def ready(self) -> None:
        from cluster_portal.core.audit import acts_of, refusals
        from cluster_portal.core.audit.forgetting import trim_ledgers
        from cluster_portal.core.content import Chore, Content, PersonalData, register

        register(
            Content(
                "ledgers", 90, _("What I have done"),
                exports=(PersonalData("acts", _("What I have done"), acts_of),),
                chores=(
                    Chore("ledgers", trim_ledgers, order=95),
                    Chore("refusals", refusals.forget, order=96),
                ),
            )
        )  # fmt: skip
        # A signal of Django's own, the only hook after migrations; between our apps there are none.
        post_migrate.connect(_after_migrating, sender=self)
