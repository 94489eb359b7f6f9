from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = _("Members")

    def ready(self) -> None:
        from cluster_portal.core import content
        from cluster_portal.core.visibility import register_audience
        from members import account_acts, notices, receivers, sign_in
        from members.audiences import audience_of, audiences_of
        from members.content import TYPES

        register_audience(audience_of, audiences_of)
        notices.register_kinds()
        receivers.register()
        content.register(*TYPES)
        sign_in.register()
        # Signals of Django's and allauth's own: they offer no other hook for these.
        account_acts.connect()
