"""Django's `migrate`, as the owner of the tables."""

from typing import Any

from django.core.management.commands import migrate

from cluster_portal.core import ledgers


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        with ledgers.as_owner():
            super().handle(*args, **options)
