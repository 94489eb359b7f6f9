from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "cluster_portal.notifications"
    verbose_name = _("Notifications")

    def ready(self):
        from cluster_portal.notifications import digest_mail, outbox, tasks

        outbox.wake_hooks.append(tasks.wake)
        digest_mail.register_own()
