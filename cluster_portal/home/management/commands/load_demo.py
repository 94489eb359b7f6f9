"""Loads the example content from the plain files of `home/demo_data`; twice changes nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from cluster_portal.core import content, request_cache

if TYPE_CHECKING:
    from django.core.management.base import CommandParser

FOLDER = Path(__file__).resolve().parents[2] / "demo_data"


class Command(BaseCommand):
    help = "Load the example content (idempotent; dates are relative to the day of the first load)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--into", required=True, help="the name of the database, typed out")

    @request_cache.scope()
    def handle(self, *args: Any, **options: Any) -> None:
        if options["into"] != connection.settings_dict["NAME"]:
            raise CommandError(
                f"This is not the database {options['into']}; the example accounts have a password"
                " that everybody knows, so they go into a database that is named only."
            )
        today = timezone.localdate()
        for loader in content.parts(lambda one: one.demo):
            loader.load(FOLDER, today)
            self.stdout.write(f"{loader.key}: loaded")
