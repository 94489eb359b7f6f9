from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from cluster_portal.core.errors import Refused
from members.services.founding import make_cluster


class Command(BaseCommand):
    help = "Make a cluster; the rest of what its page tells is written in the administration."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="the part of the address: pirkanmaa")
        parser.add_argument("--region", required=True, help="its code: 06")
        parser.add_argument("--founded", type=int, default=timezone.localdate().year)
        for language in ("fi", "sv", "en"):
            parser.add_argument(f"--name-{language}", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        names = {language: options[f"name_{language}"] for language in ("fi", "sv", "en")}
        try:
            made = make_cluster(options["slug"], options["region"], options["founded"], names)
        except Refused as fault:
            raise CommandError(fault.message) from fault
        self.stdout.write(f"Made {made.name_fi}: {made.get_absolute_url()}")
