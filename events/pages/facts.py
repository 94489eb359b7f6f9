"""What is told of an event and of a registration line by line, and what has happened with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from cluster_portal.core import audit
from cluster_portal.core.audit import names
from events.models.questions import questionnaire_of
from events.models.registrations import Stage

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader
    from events.models import Event, Registration
    from members.models import Cluster

MOST_LISTED = 300


def required_words(event: Event, user: Reader) -> str:
    """Which event one must have attended; its name only for who may see it."""
    if event.requires_id is None:
        return ""
    return str(event.required_for(user) or _("an earlier event of the organiser"))


def event_facts(event: Event, user: Reader) -> list[dict[str, object]]:
    organiser = event.named_owner
    given = pgettext("certificate", "given")
    return [
        {
            "name": _("Organiser"),
            "value": organiser or event.home_cluster,
            "url": (organiser or event.home_cluster).get_absolute_url(),
        },
        {"name": _("Cluster"), "value": _clusters(event) if organiser or others_of(event) else ""},
        {"name": _("Language"), "value": event.get_language_display()},
        {"name": _("Certificate"), "value": given if event.gives_certificate else ""},
        {
            "name": _("For those who have attended"),
            "value": required_words(event, user),
        },
        {"name": _("Themes"), "value": ", ".join(term.label for term in event.terms.all())},
        {"name": _("Who sees this"), "value": event.get_visibility_display()},
    ]


def others_of(event: Event) -> list[Cluster]:
    """The other clusters that host it; `clusters` spares the statement where there are none."""
    if len(event.clusters) < 2:
        return []
    return [each for each in event.co_hosts.all() if each.pk != event.home_cluster_id]


def _clusters(event: Event) -> str:
    return ", ".join(str(each) for each in (event.home_cluster, *others_of(event)))


def participants(registration: Registration) -> list[Registration]:
    """Whom a participant may see as fellow participants; nobody in an invited group's event."""
    if not registration.has_place or registration.event.hides_venue:
        return []
    return list(registration.event.registrations.listed()[:MOST_LISTED])


def registration_facts(registration: Registration) -> list[dict[str, object]]:
    answers: list[dict[str, object]] = [
        {"name": question.text, "value": question.words(registration.answers[question.key])}
        for question in questionnaire_of(registration.event)
        if question.key in registration.answers
    ]
    return [
        {"name": _("Name"), "value": registration.name},
        {"name": _("E-mail address"), "value": registration.address},
        {"name": _("Organisation"), "value": registration.organisation_name},
        {"name": _("Way of taking part"), "value": registration.seats.get_mode_display()},
        {"name": _("Dietary needs"), "value": registration.diet},
        {"name": _("Accessibility needs"), "value": registration.accessibility},
        {
            "name": _("Name on the list of participants"),
            "value": pgettext("on a list", "yes") if registration.is_listed
            else pgettext("on a list", "no"),
        },
        *answers,
    ]  # fmt: skip


WHY = {
    "freed": gettext_lazy("A place became free."),
    "cancelled": gettext_lazy("Somebody cancelled."),
    "declined": gettext_lazy("Somebody declined an offered place."),
    "expired": gettext_lazy("The time of an offer was over."),
    "mode": gettext_lazy("Somebody changed the way of taking part."),
    "capacity": gettext_lazy("There are more places."),
    "extra": gettext_lazy("The organiser added places."),
    "quota": gettext_lazy("Places kept for a group were released."),
    "morning": gettext_lazy("A place had become free at night."),
    "accepted": gettext_lazy("The offered place was taken."),
    "cannot come": gettext_lazy("Can no longer come: passed over in the queue."),
}


# The word of other apps' records says of an answer to a request what here is one to an offer.
OWN_NAMES = {"declined": Stage.DECLINED.label}


def history(registration: Registration) -> list[dict[str, object]]:
    """Every move of a registration and why, the latest first, for its holder and the organisers."""
    told: list[dict[str, object]] = []
    for entry in audit.entries_about(registration):
        given = str(entry.details.get("why", ""))
        why = WHY.get(given, "") if given != entry.action else ""  # of oneself it is no reason
        told.append(
            {
                "at": entry.at, "what": OWN_NAMES.get(entry.action) or names.name_of(entry.action),
                "why": " ".join(filter(None, [str(why), entry.reason])),
            }
        )  # fmt: skip
    return told
