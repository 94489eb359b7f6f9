from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = _("Members")

    def ready(self) -> None:
        from cluster_portal.core import content
        from cluster_portal.core.visibility import register_audience
        from cluster_portal.notifications import outbox
        from members import tasks
        from members.content import TYPES
        from members.kinds import experts, members, needs, tenders
        from members.models.audiences import audience_of, audiences_of
        from members.services import capability_enquiries, receivers
        from members.views import account_acts

        register_audience(audience_of, audiences_of)
        members.register_kinds()
        experts.register_kinds()
        tenders.register_kinds()
        needs.register_kinds()
        outbox.wake_hooks.append(tasks.wake)
        receivers.register()
        capability_enquiries.register()
        content.register(*TYPES)
        # Signals of Django's and allauth's own: they offer no other hook for these.
        account_acts.connect()
