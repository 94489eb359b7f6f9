from typing import Any

from django.core.management.base import BaseCommand

from cluster_portal.notifications.sending import delivery


class Command(BaseCommand):
    help = "Deliver the mail that is due, without Celery; ends when nothing is left."

    def handle(self, *args: Any, **options: Any) -> None:
        while delivery.deliver_due():
            pass
