from typing import Any

from django.core.management.base import BaseCommand

from cluster_portal.notifications.services import bounces


class Command(BaseCommand):
    help = "Read the mailbox of BOUNCES_URL once: what came back, and what stops because of it."

    def handle(self, *args: Any, **options: Any) -> None:
        found = bounces.read_mailbox()
        self.stdout.write(f"read {found.read}, known {found.known}, stopped {found.stopped}")
