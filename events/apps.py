from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Events")

    def ready(self) -> None:
        from events import receivers, sign_in

        sign_in.register()
        receivers.register()
        _register_mail_kinds()
        _register_with_home()
        _register_rounds()
        _register_personal_data()
        _register_digest()
        _register_saved_searches()


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


def _register_with_home() -> None:
    from cluster_portal.core import registries as r
    from events import content, desk
    from events.models import Event

    r.navigation.register(r.Destination("events", 20, _("Events"), "events:list"))
    r.desk_cards.register(
        r.DeskCard(
            "registration_claims",
            5,
            _("Is this your registration?"),
            desk.claims,
            "events/_desk_claims.html",
            urgent=True,
        )
    )
    r.desk_cards.register(
        r.DeskCard(
            "registrations",
            30,
            _("My registrations"),
            desk.my_registrations,
            "events/_desk_registrations.html",
        )
    )
    r.search_kinds.register(r.SearchKind("events", 50, _("Events"), Event.objects.visible_to))
    r.front_sections.register(
        r.FrontSection("events", 20, content.front, "events/_front_events.html")
    )
    r.deadlines.register(r.DeadlineSource("events", 20, desk.closing))
    r.organisation_sections.register(
        r.OrganisationSection(
            "events", 40, _("Events"), content.of_organisation, "events/_organisation_events.html"
        )
    )


def _register_rounds() -> None:
    from cluster_portal.core import registries as r
    from events import demo, desk
    from events.services import rounds

    r.queues.register(r.Queue("event_drafts", 60, desk.drafts))
    r.chores.register(r.Chore("events_forget_needs", 50, rounds.forget_needs))
    r.chores.register(r.Chore("events_drop_requests", 51, rounds.drop_requests))
    r.chores.register(r.Chore("events_remind", 52, rounds.remind))
    r.chores.register(r.Chore("events_forget", 53, rounds.forget_registrations))
    r.demo_loaders.register(r.DemoLoader("events", 50, demo.load))


def _register_personal_data() -> None:
    from cluster_portal.core import registries as r
    from events import erasure, exports

    r.personal_data.register(
        r.PersonalData("registrations", 50, _("Registrations"), exports.personal_data)
    )
    r.erasures.register(
        r.Erasure(
            "registrations",
            20,
            _("Registrations"),
            erasure.blockers,
            erasure.effects,
            erasure.erase,
            erasure.forget,
        )
    )


def _register_digest() -> None:
    from cluster_portal.notifications.digests import Section, sections
    from events import digest

    sections.register(
        Section(
            "new_events",
            _("New events"),
            digest.new_since,
            order=30,
            per_audience=True,
            template="events/_digest_new.txt",
        )
    )
    sections.register(
        Section(
            "closing_events",
            _("Registration closes soon"),
            digest.closing_soon,
            order=40,
            per_audience=True,
            template="events/_digest_closing.txt",
            day="registration_closes_at",
        )
    )


def _register_saved_searches() -> None:
    from cluster_portal.core.lists import lists
    from events.pages.event_list import EVENTS

    lists.register(EVENTS)
