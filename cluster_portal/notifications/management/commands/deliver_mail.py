from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from cluster_portal.notifications.sending import delivery
from cluster_portal.notifications.services import letters


class Command(BaseCommand):
    help = "Compose the letters and deliver the mail that is due, without Celery; ends when idle."

    def handle(self, *args: Any, **options: Any) -> None:
        letters.send_due(timezone.now())
        while delivery.deliver_due():
            pass
        letters.finish_sent(timezone.now())
