"""What the import commands share: the file, the actor, the report in sentences, exit code 1."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from cluster_portal.core import request_cache
from cluster_portal.core.errors import Refused

if TYPE_CHECKING:
    from cluster_portal.core.imports import Report


class ImportCommand(BaseCommand):
    """Subclasses implement `take_in(data, by, options) -> Report`, which may raise `Refused`."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="CSV (UTF-8) or XLSX")
        parser.add_argument("--dry-run", action="store_true", help="show what would happen")
        parser.add_argument("--cluster", default="", help="slug of the home cluster")
        parser.add_argument("--by", default="", help="e-mail of the acting user")

    def take_in(self, data: bytes, by: Any, options: dict[str, Any]) -> Report:
        raise NotImplementedError

    def ending(self, report: Report) -> list[str]:
        """Last lines for programs that read the output; they come with faults too."""
        return []

    @request_cache.scope()
    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            data = options["file"].read_bytes()
        except OSError:
            raise CommandError(
                _("The file %(name)s cannot be read.") % {"name": options["file"]}
            ) from None
        try:
            report = self.take_in(data, self._actor(options["by"]), options)
        except Refused as refusal:
            raise CommandError(refusal.message) from None
        lines = [*report.sentences(), *self.ending(report)]
        if report.faults:
            self.stdout.write("\n".join(self.ending(report)))
            raise CommandError("\n".join(lines))
        for result in report.results if report.dry_run else ():
            line = f"{result.row}: {result.title} – {result.outcome.label}"
            self.stdout.write(f"{line} ({', '.join(result.changes)})" if result.changes else line)
        self.stdout.write("\n".join(lines))

    def _actor(self, email: str) -> Any:
        """The named user, else an administrator; None (the portal itself) when there is none."""
        users = get_user_model().objects.filter(is_active=True)
        if not email:
            return users.filter(is_superuser=True).order_by("pk").first()
        found = users.filter(email__iexact=email).first()
        if found is None:
            raise CommandError(_("There is no user %(email)s.") % {"email": email})
        return found
