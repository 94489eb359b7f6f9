from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cluster_portal.core.imports.command import ImportCommand
from members.services.organisations import cluster_named
from theses.services.topic_import import import_topics

if TYPE_CHECKING:
    from django.core.management.base import CommandParser

    from cluster_portal.core.imports import Report
    from members.models import User


class Command(ImportCommand):
    help = "Imports thesis topics from a CSV or XLSX file: all rows or none."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--create-organisations", action="store_true", help="make unknown organisations"
        )

    def take_in(self, data: bytes, by: User, options: dict[str, Any]) -> Report:
        return import_topics(
            data,
            by=by,
            cluster=cluster_named(options["cluster"]),
            create_organisations=options["create_organisations"],
            dry_run=options["dry_run"],
        )
