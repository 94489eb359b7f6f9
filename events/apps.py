from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Events")

    def ready(self) -> None:
        from cluster_portal.core import content
        from events import receivers, sign_in
        from events.content import TYPES

        sign_in.register()
        receivers.register()
        _register_mail_kinds()
        content.register(*TYPES)


# Answers to a registration: somebody waits for them before the screen.
STAGES = ("requested", "again", "confirmed", "waiting")
AT_THE_SCREEN = {f"registration_{stage}" for stage in STAGES}


def _register_mail_kinds() -> None:
    from cluster_portal.notifications.kinds import Kind, KindGroup, register
    from events import mails

    for name, label, context in (
        ("registration_requested", _("Confirm your registration"), mails.about_request),
        ("registration_again", _("Registered already"), mails.about_again),
        ("registration_confirmed", _("Registration confirmed"), mails.about_registration),
        ("registration_waiting", _("On the waiting list"), mails.about_queue),
        ("registration_moved_up", _("A place became free"), mails.about_registration),
        ("registration_cancelled", _("Registration cancelled"), mails.about_registration),
        ("event_moved", _("Event changed"), mails.about_move),
        ("event_cancelled", _("Event cancelled"), mails.about_registration),
    ):
        register(
            Kind(
                name, label, KindGroup.EVENTS, context, can_unsubscribe=False,
                urgent=name in AT_THE_SCREEN,
            )
        )  # fmt: skip
    reminder = _("Reminder of an event")
    register(Kind("event_reminder", reminder, KindGroup.EVENTS, mails.about_reminder))
