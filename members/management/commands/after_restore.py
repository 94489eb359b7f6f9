from typing import Any

from django.contrib.sessions.models import Session
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from cluster_portal.core.errors import Refused
from cluster_portal.notifications import outbox
from cluster_portal.notifications.models import MailState, OutboxMail
from cluster_portal.notifications.sending import restored
from members.services import tombstones
from members.services.erasure import FAREWELL, erase_account


class Command(BaseCommand):
    help = (
        "After a database was restored from a copy: end all sessions, erase again whoever was"
        " erased since, and say how many letters wait. With --release they leave."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--release", action="store_true")

    def handle(self, *args: Any, release: bool, **options: Any) -> None:
        if not release:  # who released has seen the restored portal, signed in
            Session.objects.all().delete()
        refused = [sentence for user in tombstones.come_back() if (sentence := self._erase(user))]
        waiting = OutboxMail.objects.filter(state=MailState.QUEUED)
        self.stdout.write(f"{waiting.count()} letters wait.")
        if refused:
            raise CommandError("Not erased again: " + " ".join(refused))
        if release:
            restored.remember(release=True)
        elif restored.is_held():
            self.stdout.write("Mail is held; --release lets it leave.")

    def _erase(self, user: Any) -> str:
        pk, email, started = user.pk, user.email, timezone.now()
        try:
            with outbox.told_before():
                erase_account(user, by=None)
        except Refused as refusal:
            return f"account {pk}: {refusal}"
        again = OutboxMail.objects.filter(kind=FAREWELL, created_at__gte=started)
        again.filter(guest_address=email).delete()
        self.stdout.write(f"Account {pk} was erased again.")
        return ""
