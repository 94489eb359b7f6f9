from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import CommandError, CommandParser

from cluster_portal.core.errors import Refused
from cluster_portal.core.imports.command import ImportCommand
from theses.services.topic_import import cluster_named, import_topics

if TYPE_CHECKING:
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
        try:
            cluster = cluster_named(options["cluster"])
        except Refused as refusal:
            raise CommandError(refusal.message) from None
        return import_topics(
            data,
            by=by,
            cluster=cluster,
            create_organisations=options["create_organisations"],
            dry_run=options["dry_run"],
        )
