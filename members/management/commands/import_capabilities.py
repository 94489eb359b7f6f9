from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cluster_portal.core.imports.command import ImportCommand
from members.services.capability_import import import_capabilities
from members.services.organisations import cluster_named

if TYPE_CHECKING:
    from cluster_portal.core.imports import Report
    from members.models import User


class Command(ImportCommand):
    help = "Imports capabilities of member organisations from a CSV or XLSX file: all rows or none."

    def take_in(self, data: bytes, by: User, options: dict[str, Any]) -> Report:
        cluster = cluster_named(options["cluster"])
        return import_capabilities(data, by=by, cluster=cluster, dry_run=options["dry_run"])
