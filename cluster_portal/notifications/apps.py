from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "cluster_portal.notifications"
    verbose_name = _("Notifications")

    def ready(self) -> None:
        from cluster_portal.core import content
        from cluster_portal.core.admin import moves
        from cluster_portal.notifications import (
            digest_mail,
            letter_mail,
            outbox,
            search_mail,
            tasks,
        )
        from cluster_portal.notifications.content import NOTICES
        from cluster_portal.notifications.services import following

        outbox.wake_hooks.append(tasks.wake)
        moves.listeners.append(outbox.listening)
        digest_mail.register_own()
        search_mail.register_own()
        following.register_own()
        letter_mail.register_own()
        content.register(NOTICES)
