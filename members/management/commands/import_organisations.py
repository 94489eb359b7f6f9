from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cluster_portal.core.imports.command import ImportCommand
from members.services.organisation_import import ALL, OTHER, SKIP, import_organisations
from members.services.organisations import cluster_named

if TYPE_CHECKING:
    from django.core.management.base import CommandParser

    from cluster_portal.core.imports import Report
    from members.models import User


class Command(ImportCommand):
    help = "Import organisations from a CSV or XLSX file, all or nothing."

    def take_in(self, data: bytes, by: User, options: dict[str, Any]) -> Report:
        cluster = cluster_named(options["cluster"])
        decisions = {ALL: options["doubles"]} if options["doubles"] else {}
        return import_organisations(
            data, by=by, cluster=cluster, dry_run=options["dry_run"], decisions=decisions
        )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--doubles",
            choices=[OTHER, SKIP],
            default="",
            help="what likely doubles are: other organisations, or rows to skip",
        )
