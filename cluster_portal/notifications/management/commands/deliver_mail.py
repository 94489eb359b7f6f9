from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from cluster_portal.notifications.sending import delivery
from cluster_portal.notifications.services import following, letters


class Command(BaseCommand):
    help = "Compose letters and news and deliver what is due, without Celery; ends when idle."

    def handle(self, *args: Any, **options: Any) -> None:
        letters.send_due(timezone.now())
        following.expand_news()
        while delivery.deliver_due():
            pass
        letters.finish_sent(timezone.now())
