"""The words of approaches: what is offered or asked, and what follows from a yes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from members.models import Affiliation, Organisation
from theses.models.approaches import TO_PERSON, Kind, Stage

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cluster_portal.core.visibility import Reader
    from theses.models import Approach


def look_of(approach: Approach) -> dict[str, str]:
    return {"look": Stage(approach.stage).look, "words": str(approach.get_stage_display())}


def title_of(approach: Approach) -> str:
    """Who is on the other end, for a line of a list."""
    if approach.organisation is not None:
        return approach.organisation.title
    return str(approach.to or approach.by)


def words_of(kind: Kind) -> dict[str, str]:
    """Title and lead of the form, its button, and what a yes brings."""
    every = {
        Kind.COMMISSION: {
            "name": _("Commission this topic"),
            "lead": _("Tell why the topic matters to your organisation and what you can offer."),
            "effect": _("When this is accepted, the organisation is the topic’s commissioner."),
            "button": _("Send the offer"),
        },
        Kind.SUPERVISE: {
            "name": _("Offer to supervise"),
            "lead": _("Tell what you supervise and how the topic fits you."),
            "effect": _("When this is accepted, the supervisor stands by the topic."),
            "button": _("Send the offer"),
        },
        Kind.INVITE_STUDENT: {
            "name": _("Invite a student to apply"),
            "lead": _("Tell why the topic would suit this student."),
            "effect": _("A yes leads to the application form; nothing is promised yet."),
            "button": _("Send the invitation"),
        },
        Kind.INVITE_SUPERVISOR: {
            "name": _("Ask a supervisor"),
            "lead": _("Tell why you turn to this supervisor."),
            "effect": _("When this is accepted, the supervisor stands by the topic."),
            "button": _("Send the invitation"),
        },
        Kind.INVITE_COMMISSIONER: {
            "name": _("Ask an organisation to commission"),
            "lead": _(
                "Tell what the organisation would gain. Its contact persons get the message."
            ),
            "effect": _("When this is accepted, the organisation is the topic’s commissioner."),
            "button": _("Send the invitation"),
        },
    }
    return every[kind]


def opening_of(approach: Approach) -> str:
    """What is wanted, in a sentence to the addressee."""
    sentences = {
        Kind.COMMISSION: _("An organisation wants to commission your thesis topic."),
        Kind.SUPERVISE: _("A supervisor offers to supervise your thesis topic."),
        Kind.INVITE_STUDENT: _("You are invited to apply to a thesis topic."),
        Kind.INVITE_SUPERVISOR: _("You are asked to supervise a thesis on this topic."),
        Kind.INVITE_COMMISSIONER: _("Your organisation is asked to commission a thesis topic."),
    }
    return sentences[Kind(approach.kind)]


def effect_of(approach: Approach) -> str:
    """What a yes brings: where the topic is a student's idea, the student has the place at once."""
    kind = Kind(approach.kind)
    if kind in {Kind.COMMISSION, Kind.INVITE_COMMISSIONER} and approach.topic.student_id:
        return _(
            "When this is accepted, the organisation is the commissioner, the student has the "
            "place, and the thesis gets its workspace."
        )
    return words_of(kind)["effect"]


def organisation_of(approach: Approach) -> Organisation | None:
    """Which one joins or is asked; to a person who is invited, the one whose topic it is."""
    if approach.kind in TO_PERSON:
        return approach.topic.named_owner
    return approach.organisation


def facts_of(approach: Approach) -> list[dict[str, Any]]:
    organisation = organisation_of(approach)
    return [
        {
            "name": _("Topic"),
            "value": approach.topic.heading,
            "url": approach.topic.get_absolute_url(),
        },
        {"name": _("From"), "value": str(approach.by)},
        {"name": _("Organisation"), "value": organisation.title if organisation else ""},
        {"name": _("To"), "value": _addressee(approach)},
    ]


def _addressee(approach: Approach) -> str:
    if approach.to is None or approach.to_id == approach.by_id:
        return ""
    return str(approach.to)


def invitable_organisations(user: Reader) -> QuerySet[Organisation]:
    """Visible ones that somebody speaks for in the portal."""
    spoken_for = Affiliation.objects.contacts().values("organisation")
    rows = Organisation.objects.visible_to(user).filter(pk__in=spoken_for)
    return rows.order_by("name")
