from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "cluster_portal.notifications"
    verbose_name = _("Notifications")

    def ready(self) -> None:
        from cluster_portal.core import registries as floor
        from cluster_portal.notifications import (
            digest_mail,
            erasure,
            forgetting,
            inbox,
            outbox,
            queues,
            saved_searches,
            search_mail,
            sign_in,
            tasks,
        )

        outbox.wake_hooks.append(tasks.wake)
        digest_mail.register_own()
        search_mail.register_own()
        sign_in.register()
        queues.register()
        floor.personal_data.register(
            floor.PersonalData("notifications", 60, _("Notifications"), inbox.personal_data)
        )
        floor.personal_data.register(
            floor.PersonalData(
                "saved-searches", 61, _("Saved searches"), saved_searches.personal_data
            )
        )
        floor.chores.register(floor.Chore("old-mail", 94, forgetting.forget_mail))
        floor.erasures.register(
            floor.Erasure(
                "notifications",
                80,
                _("Notifications"),
                erasure.blockers,
                erasure.effects,
                erasure.erase,
                erasure.forget,
            )
        )
