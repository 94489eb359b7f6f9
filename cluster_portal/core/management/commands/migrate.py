"""Django's `migrate`, as the owner of the tables."""

from typing import Any

from django.core.management import CommandError
from django.core.management.commands import migrate
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from cluster_portal.core.database import ledgers


def is_of_another_version() -> bool:
    """Whether the database holds steps that this version does not know."""
    loader = MigrationLoader(connection)
    return not set(loader.applied_migrations) <= set(loader.disk_migrations)


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        with ledgers.as_owner():  # of a restored database the portal's role may read nothing yet
            if is_of_another_version():
                raise CommandError(
                    "Another version of the portal made this database, and its tables cannot be"
                    " carried over: use a database of this version or an empty one."
                )
            super().handle(*args, **options)
