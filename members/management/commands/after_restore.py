from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cluster_portal.core.errors import Refused
from cluster_portal.notifications import restored
from cluster_portal.notifications.models import MailState, OutboxMail
from members import tombstones
from members.services.erasure import FAREWELL, erase_account


class Command(BaseCommand):
    help = (
        "After a database was restored from a copy: erase again whoever was erased since, and say"
        " how many letters wait. With --release they leave."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--release", action="store_true")

    def handle(self, *args: Any, release: bool, **options: Any) -> None:
        refused = [sentence for user in tombstones.come_back() if (sentence := self._erase(user))]
        waiting = OutboxMail.objects.filter(state=MailState.QUEUED)
        # Everyone got this letter when the account was erased the first time.
        waiting.filter(kind=FAREWELL).delete()
        self.stdout.write(f"{waiting.count()} letters wait.")
        if refused:
            raise CommandError("Not erased again: " + " ".join(refused))
        if release:
            restored.remember()
        elif restored.is_held():
            self.stdout.write("Mail is held; --release lets it leave.")

    def _erase(self, user: Any) -> str:
        pk = user.pk
        try:
            erase_account(user, by=None)
        except Refused as refusal:
            return f"account {pk}: {refusal}"
        self.stdout.write(f"Account {pk} was erased again.")
        return ""
