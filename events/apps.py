from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Events")

    def ready(self) -> None:
        _register_mail_kinds()


def _register_mail_kinds() -> None:
    from cluster_portal.notifications.kinds import Kind, KindGroup, register
    from events.mails import about_registration

    for name, label in (
        ("registration_requested", _("Confirm your registration")),
        ("registration_confirmed", _("Registration confirmed")),
        ("registration_waiting", _("On the waiting list")),
        ("registration_moved_up", _("A place became free")),
        ("registration_cancelled", _("Registration cancelled")),
    ):
        register(
            Kind(name, label, KindGroup.EVENTS, context=about_registration, can_unsubscribe=False)
        )
    register(Kind("event_moved", _("Event moved"), KindGroup.EVENTS, can_unsubscribe=False))
    register(Kind("event_cancelled", _("Event cancelled"), KindGroup.EVENTS, can_unsubscribe=False))
