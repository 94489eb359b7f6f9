from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from cluster_portal.core.import_command import ImportCommand
from cluster_portal.core.imports import Report
from members.models import Cluster
from members.services.organisation_import import import_organisations


class Command(ImportCommand):
    help = "Import organisations from a CSV or XLSX file, all or nothing."

    def take_in(self, data: bytes, by: Any, options: dict[str, Any]) -> Report:
        cluster = Cluster.objects.filter(slug=options["cluster"]).first()
        if options["cluster"] and cluster is None:
            raise CommandError(_("There is no cluster %(slug)s.") % {"slug": options["cluster"]})
        return import_organisations(data, by=by, cluster=cluster, dry_run=options["dry_run"])
