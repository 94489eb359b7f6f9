from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cluster_portal.core.errors import Refused
from cluster_portal.core.imports import Outcome
from cluster_portal.core.imports.command import ImportCommand
from members.models import NamedPerson
from members.services import named_people
from members.services.import_matches import OTHER, SKIP
from members.services.member_groups import ALL
from members.services.member_import import Register, import_members
from members.services.organisations import cluster_named

if TYPE_CHECKING:
    from typing import Any

    from django.core.management.base import CommandParser

    from cluster_portal.core.imports import Report
    from members.models import User


class Command(ImportCommand):
    help = "Import a network that exists: organisations, memberships and people, all or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--invite", action="store_true", help="write to those recorded")
        parser.add_argument("--source", default="", help="what is said of every record")
        parser.add_argument(
            "--doubles",
            choices=[OTHER, SKIP],
            default="",
            help="what likely doubles are: other organisations, or rows to skip",
        )

    def take_in(self, data: bytes, by: User | None, options: dict[str, Any]) -> Report:
        cluster = cluster_named(options["cluster"])
        if cluster is None:
            raise Refused(_("Name the cluster: --cluster SLUG."))
        report = import_members(
            data,
            Register(cluster, options["source"] or options["file"].name),
            by=by,
            dry_run=options["dry_run"],
            decisions={ALL: options["doubles"]} if options["doubles"] else {},
        )
        if options["invite"] and report.is_written:
            people = NamedPerson.objects.filter(pk__in=report.keys)
            invited = named_people.invite_people(people, by=by)
            report.notes[-1] = _("People invited: %(count)d.") % {"count": len(invited)}
        return report

    def ending(self, report: Report) -> list[str]:
        counts = [f"{outcome.value} {report.count(outcome)}" for outcome in Outcome]
        line = ", ".join([*counts, f"faults {len(report.faults)}"])
        return [line.replace("created", "new")]
