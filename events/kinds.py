"""The events app's kinds of notice, and what each needs at the moment it is sent."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cluster_portal.notifications.kinds import (
    Kind,
    KindGroup,
    NothingToSay,
    no_calendar,
    no_files,
)
from cluster_portal.notifications.kinds import register as register_kind
from events.models import Event, ParticipantLetter
from events.models.events import Mode
from events.models.events import Stage as EventStage
from events.models.ideas import Stage as IdeaStage
from events.models.registrations import ACTIVE
from events.models.registrations import Stage as PlaceStage
from events.models.talks import TalkStage
from events.pages import body_mails, certificates, course_certificates, one_to_one_mails
from events.pages.calendars import one_as_ics
from events.pages.door import png_of
from events.pages.ideas import became
from events.pages.talks import slot_of
from events.pages.words import (
    day_of,
    has_open_offer,
    offer_end_words,
    promise_words,
    queue_words,
    registration_words,
    request_words,
    span,
)
from events.services.links import address_link_of, link_of

if TYPE_CHECKING:
    from cluster_portal.notifications.models import OutboxMail


def about_registration(mail: OutboxMail) -> dict[str, Any]:
    """Context of every kind: all are about a registration, and every link opens by its token."""
    registration: Any = mail.about
    event = registration.event
    return {
        "event": event,
        "registration": registration,
        "words": registration_words(registration),
        "when": span(event.starts_at, event.ends_at),
        "day": day_of(event),
        "place": registration.place,
        "link": registration.join_link,
        "url": link_of(registration),
        "manage_url": link_of(registration),
        "ics_url": link_of(registration, "ics_by_link"),
    }


def about_address(mail: OutboxMail) -> dict[str, Any]:
    """To a new address; nothing of the registration is told before it is confirmed."""
    registration: Any = mail.about
    confirm_url = address_link_of(registration, mail.values["email"])
    return {"event": registration.event, "when": span(registration.event.starts_at,
            registration.event.ends_at), "day": day_of(registration.event),
            "confirm_url": confirm_url, "url": ""}  # fmt: skip


def about_request(mail: OutboxMail) -> dict[str, Any]:
    """What confirming leads to: a place, or one in the queue."""
    registration: Any = mail.about
    return {
        **about_registration(mail), "request_words": request_words(registration.seats),
        "brought_by": registration.brought_by,
    }  # fmt: skip


def about_offer(mail: OutboxMail) -> dict[str, Any]:
    """An offer that was answered, or is over, is not told of any more."""
    registration: Any = mail.about
    if not has_open_offer(registration):
        raise NothingToSay
    return {**about_registration(mail), "until": offer_end_words(registration)}


def about_confirmed(mail: OutboxMail) -> dict[str, Any]:
    """With the code that opens the row at the door, as a picture and to be typed."""
    registration: Any = mail.about
    return {**about_registration(mail), "code": registration.code_in_groups}


def door_code(mail: OutboxMail) -> list[tuple[str, bytes, str]]:
    """The code as a picture, for who comes on site."""
    registration: Any = mail.about
    if registration.mode != Mode.ON_SITE or registration.stage != PlaceStage.CONFIRMED:
        return []
    return [(f"{registration.code_in_groups}.png", png_of(registration), "image/png")]


def entry_of(mail: OutboxMail) -> tuple[str, bytes] | None:
    """What a participant's calendar takes in, changes or takes out."""
    registration: Any = mail.about
    content = one_as_ics(registration.event, registration)
    return ("CANCEL" if b"METHOD:CANCEL" in content else "PUBLISH"), content


def about_queue(mail: OutboxMail) -> dict[str, Any]:
    registration: Any = mail.about
    event = registration.event
    return {
        **about_registration(mail), "queue_words": queue_words(registration),
        "promise_words": promise_words(event),
    }  # fmt: skip


def about_again(mail: OutboxMail) -> dict[str, Any]:
    """Sent when the form came again: what one has, and what was asked for now."""
    registration: Any = mail.about
    wanted = Mode(mail.values["mode"])
    return {
        **about_registration(mail),
        "other": wanted.label if wanted != registration.mode else "",
    }


def about_move(mail: OutboxMail) -> dict[str, Any]:
    """What was, for those for whom it has changed; the letter says what is besides."""
    registration: Any = mail.about
    event, was = registration.event, mail.values
    starts_at, ends_at = (datetime.fromisoformat(was[name]) for name in ("starts_at", "ends_at"))
    is_moved = (starts_at, ends_at) != (event.starts_at, event.ends_at)
    return {
        **about_registration(mail),
        "was_when": span(starts_at, ends_at) if is_moved else "",
        "was_place": was["place"] if was["place"] != registration.place else "",
        "has_new_link": was["link"] != registration.join_link,
    }


def about_reminder(mail: OutboxMail) -> dict[str, Any]:
    """Nothing is said of an event that was called off, or to one who will not come."""
    registration: Any = mail.about
    is_on = registration.event.stage == EventStage.PUBLISHED and not registration.event.is_over
    if not (is_on and registration.has_place):
        raise NothingToSay
    return about_registration(mail)


def about_certificate(mail: OutboxMail) -> dict[str, Any]:
    """Nothing is said where the mark was taken back, or the event gives none after all."""
    registration: Any = mail.about
    if not certificates.valid().filter(pk=registration.pk).exists():
        raise NothingToSay
    return {
        **about_registration(mail), "code": certificates.number_of(registration),
        "certificate_url": link_of(registration, "certificate_by_link"),
        "check_url": f"{settings.SITE_URL}{reverse('certificates:find')}",
    }  # fmt: skip


def about_letter(mail: OutboxMail) -> dict[str, Any]:
    """What the organiser wrote, to one who has not cancelled since."""
    registration: Any = mail.about
    letter = ParticipantLetter.objects.filter(pk=mail.values["letter"]).first()
    if letter is None or registration.stage not in ACTIVE:
        raise NothingToSay
    return {**about_registration(mail), "subject": letter.subject, "body": letter.text}


def about_proposal(mail: OutboxMail) -> dict[str, Any]:
    """What a coordinator has done with an event that the reader's side proposed."""
    event = mail.about
    if not isinstance(event, Event):
        raise NothingToSay
    return {
        "title": event.title, "stage": EventStage(mail.values["stage"]).label,
        "reason": mail.values.get("reason", ""), "when": span(event.starts_at, event.ends_at),
        "is_published": mail.values["stage"] == EventStage.PUBLISHED,
    }  # fmt: skip


def about_submitted(mail: OutboxMail) -> dict[str, Any]:
    told = about_proposal(mail)
    organiser = mail.about.organisation if mail.about else None
    return {**told, "organiser": organiser or ""}


def about_idea(mail: OutboxMail) -> dict[str, Any]:
    idea: Any = mail.about
    stage = mail.values.get("stage", "")
    told = {
        "idea": idea, "reason": mail.values.get("reason", ""),
        "stage": IdeaStage(stage).label if stage else "",
    }  # fmt: skip
    return told | {"became": became(idea, mail.recipient) if mail.recipient else None}


def about_talk(mail: OutboxMail) -> dict[str, Any]:
    talk: Any = mail.about
    is_for_review = mail.kind == "talk_proposed"
    if is_for_review and talk.stage != TalkStage.SUBMITTED:
        raise NothingToSay
    return {
        "talk": talk, "event": talk.event, "stage": talk.get_stage_display(),
        **(slot_of(talk.item) if talk.item else {}),
    }  # fmt: skip


def about_new_idea(mail: OutboxMail) -> dict[str, Any]:
    """One that another coordinator has read meanwhile is not told of."""
    idea: Any = mail.about
    if idea.stage != IdeaStage.PROPOSED:
        raise NothingToSay
    return {"idea": idea}


# Answers to a registration: somebody waits for them before the screen.
STAGES = ("requested", "again", "address", "confirmed", "waiting", "applied")
AT_THE_SCREEN = {f"registration_{stage}" for stage in STAGES}

# Letters after which an entry stands in a calendar, stands elsewhere, or no longer.
IN_CALENDARS = {
    *("registration_confirmed", "registration_moved_up", "registration_moved"),
    *("registration_added", "registration_cancelled", "registration_removed"),
    *("event_moved", "event_cancelled"),
}


def register() -> None:
    register_registrations()
    register_events()
    register_bodies()
    register_one_to_one()
    register_courses()


def register_registrations() -> None:
    for name, label, context in (
        ("registration_requested", _("Confirm your registration"), about_request),
        ("registration_again", _("Registered already"), about_again),
        ("registration_address", _("Confirm your new address"), about_address),
        ("registration_confirmed", _("Registration confirmed"), about_confirmed),
        ("registration_waiting", _("On the waiting list"), about_queue),
        ("registration_moved_up", _("A place became free"), about_confirmed),
        ("registration_offered", _("A place is offered to you"), about_offer),
        ("registration_offer_ends", _("An offered place waits for your answer"), about_offer),
        ("registration_expired", _("The time of an offer is over"), about_registration),
        ("registration_cancelled", _("Registration cancelled"), about_registration),
        ("registration_applied", _("Waits for the organiser to accept"), about_registration),
        ("registration_refused", _("Registration not accepted"), about_registration),
        ("registration_added", _("The organiser has registered you"), about_registration),
        ("registration_moved", _("Way of taking part changed"), about_registration),
        ("registration_removed", _("The organiser has removed a registration"), about_registration),
        ("event_letter", _("Letter from the organiser of an event"), about_letter),
        ("event_moved", _("Event changed"), about_move),
        ("event_cancelled", _("Event cancelled"), about_registration),
    ):
        register_kind(
            Kind(
                name, label, KindGroup.EVENTS, context, can_unsubscribe=False,
                urgent=name in AT_THE_SCREEN,
                calendar=entry_of if name in IN_CALENDARS else no_calendar,
                files=door_code if context is about_confirmed else no_files,
            )
        )  # fmt: skip


def register_events() -> None:
    for name, label, context in (
        ("event_submitted", _("An event waits for a coordinator"), about_submitted),
        ("event_taken_back", _("An event was withdrawn before review"), about_submitted),
        ("event_proposal_moved", _("Our event moved on"), about_proposal),
        ("talk_proposed", _("A talk is proposed"), about_talk),
        ("talk_decided", _("My proposal of a talk was answered"), about_talk),
        ("idea_proposed", _("An idea waits to be read"), about_new_idea),
        ("idea_moved", _("My idea moved on"), about_idea),
    ):
        register_kind(Kind(name, label, KindGroup.EVENTS, context))
    for name, label, context in (
        ("event_reminder", _("Reminder of an event"), about_reminder),
        ("event_certificate", _("The certificate of an event"), about_certificate),
    ):
        register_kind(Kind(name, label, KindGroup.EVENTS, context))


def register_bodies() -> None:
    """Invitations and decisions cannot be switched off: others count on them."""
    for name, label in (
        ("meeting_called", _("Invitation to a meeting")),
        ("meeting_moved", _("A meeting has moved")),
        ("meeting_cancelled", _("A meeting was called off")),
    ):
        register_kind(
            Kind(
                name, label, KindGroup.EVENTS, body_mails.about_answer, can_unsubscribe=False,
                calendar=body_mails.invitation,
            )
        )  # fmt: skip
    for name, label, context in (
        ("body_member_added", _("A seat in a body"), body_mails.about_seat),
        ("seat_linked", _("A seat was linked to an account"), body_mails.about_linked),
        ("statement_open", _("A joint statement waits for signatures"), body_mails.about_open),
        ("statement_published", _("A joint statement was published"), body_mails.about_published),
        ("statement_signed", _("A joint statement was signed"), body_mails.about_signed),
        ("matter_proposed", _("A member proposes a matter"), body_mails.about_meeting),
        ("matter_answered", _("My proposal for an agenda was answered"), body_mails.about_meeting),
        ("minutes_to_approve", _("Minutes wait for approval"), body_mails.about_meeting),
        ("minutes_approved", _("Minutes were approved"), body_mails.about_meeting),
        ("decision_reported", _("A decision was reported on"), body_mails.about_decision),
        ("decision_late", _("A decision is late"), body_mails.about_undone),
        ("decision_ownerless", _("A decision has nobody responsible"), body_mails.about_undone),
    ):
        register_kind(Kind(name, label, KindGroup.EVENTS, context))
    for name, label, context in (
        ("seat_invited", _("A seat waits for your account"), body_mails.about_invited),
        ("decision_given", _("A decision that I am responsible for"), body_mails.about_undone),
        ("decision_due", _("What I promised is due"), body_mails.about_undone),
        ("decision_reported_by_link", _("My link was used"), body_mails.about_decision),
    ):
        register_kind(Kind(name, label, KindGroup.EVENTS, context, can_unsubscribe=False))


def register_one_to_one() -> None:
    """Of one's own meetings, which the other side counts on: never switched off."""
    for name, label, context in (
        ("one_to_one_asked", _("Somebody asks for a meeting"), one_to_one_mails.about_waiting),
        ("one_to_one_times", _("Other times for a meeting"), one_to_one_mails.about_waiting),
        ("one_to_one_waits", _("A meeting waits for your answer"), one_to_one_mails.about_waiting),
        ("one_to_one_held", _("What came of a meeting?"), one_to_one_mails.about_held),
        ("one_to_one_outcome", _("The outcome of a meeting"), one_to_one_mails.about),
    ):
        register_kind(Kind(name, label, KindGroup.EVENTS, context, can_unsubscribe=False))
    for name, label, context in (
        ("one_to_one_agreed", _("A meeting is agreed"), one_to_one_mails.about_agreed),
        ("one_to_one_off", _("A meeting does not take place"), one_to_one_mails.about),
    ):
        register_kind(
            Kind(
                name, label, KindGroup.EVENTS, context, can_unsubscribe=False,
                calendar=one_to_one_mails.calendar,
            )
        )  # fmt: skip


def register_courses() -> None:
    for name, label, context in (
        ("course_submitted", _("A course waits for a coordinator"),
         course_certificates.about_course),
        ("course_moved", _("Our course moved on"), course_certificates.about_course),
        ("output_commented", _("A trainer commented on our group’s work"),
         course_certificates.about_output),
    ):  # fmt: skip
        register_kind(Kind(name, label, KindGroup.EVENTS, context))
    for name, label, told in (
        ("course_certificate", _("The certificate of a course"),
         course_certificates.about_certificate),
        ("course_cancelled", _("A course was called off"), course_certificates.about_course),
    ):  # fmt: skip
        register_kind(Kind(name, label, KindGroup.EVENTS, told, can_unsubscribe=False))
