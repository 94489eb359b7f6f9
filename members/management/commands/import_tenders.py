from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cluster_portal.core.imports.command import ImportCommand
from members.services.organisations import cluster_named
from members.services.tender_import import import_tenders

if TYPE_CHECKING:
    from cluster_portal.core.imports import Report
    from members.models import User


class Command(ImportCommand):
    help = "Imports tender notices from a CSV or XLSX file: all rows or none."

    def take_in(self, data: bytes, by: User, options: dict[str, Any]) -> Report:
        cluster = cluster_named(options["cluster"])
        return import_tenders(data, by=by, cluster=cluster, dry_run=options["dry_run"])
